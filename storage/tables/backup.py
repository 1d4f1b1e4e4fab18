"""What outlives a backup: what was erased or taken back since, as HMACs, and when copies were last made and tried."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.shapes import BY_KEY, StoredRow, table_of


class ErasureRow(StoredRow):
    """Something that a copy of before must forget: an HMAC of its internal id, and not even when."""

    __tablename__ = "erasure"
    __table_args__ = BY_KEY
    mark: bytes = Field(primary_key=True)


class CopyRow(StoredRow):
    """When a backup was last made (`backup`), and when one was last restored on trial and found whole (`drill`)."""

    __tablename__ = "copy"
    __table_args__ = BY_KEY
    what: str = Field(primary_key=True)
    at: datetime


ERASURE = table_of(ErasureRow)
COPY = table_of(CopyRow)
