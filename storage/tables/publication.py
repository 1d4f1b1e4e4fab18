"""What the public sees of reports, and what waits for its batch; of who reported, a sealed mark until then."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.shapes import BY_KEY, table_of


class UnpublishedRow(SQLModel, table=True):
    """A report that waits for its batch. Sealed: two bytes of an HMAC of its sender, where that one was proved."""

    __tablename__ = "unpublished"
    __table_args__ = BY_KEY
    report: str = Field(primary_key=True, foreign_key="report.id")
    sealed: bytes | None = None


class PublishedRow(SQLModel, table=True):
    """A report as it is listed: everything but `report` and `pack` is for all to read. Empty: coarser than that.

    Those of one `pack` go together when one of them must go.
    """

    __tablename__ = "published"
    __table_args__ = (
        Index("published_in_order", "batch", "number"),
        Index("published_by_pack", "pack"),
        Index("published_by_status", "status"),
        BY_KEY,
    )
    report: str = Field(primary_key=True, foreign_key="report.id")
    number: str = Field(unique=True)
    batch: datetime
    field: str
    category: str
    area: str
    status: str
    updated: datetime
    pack: str


class PublishedClassRow(SQLModel, table=True):
    """How many reports of a batch were published under which kind and place; it only grows."""

    __tablename__ = "published_class"
    __table_args__ = BY_KEY
    batch: datetime = Field(primary_key=True)
    field: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    reports: int


class PublishedStatusRow(SQLModel, table=True):
    """How many listed reports have a status, as it was last shown."""

    __tablename__ = "published_status"
    __table_args__ = BY_KEY
    status: str = Field(primary_key=True)
    reports: int


class PublishingRow(SQLModel, table=True):
    """Where the last batch ended: one row."""

    __tablename__ = "publishing"
    __table_args__ = BY_KEY
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    until: datetime | None = None


class PartnerReportRow(SQLModel, table=True):
    """Which partner filed a report."""

    __tablename__ = "partner_report"
    __table_args__ = (Index("partner_report_by_partner", "partner"), BY_KEY)
    report: str = Field(primary_key=True, foreign_key="report.id")
    partner: str = Field(foreign_key="partner.name")


UNPUBLISHED = table_of(UnpublishedRow)
PUBLISHED = table_of(PublishedRow)
PUBLISHED_CLASS = table_of(PublishedClassRow)
PUBLISHED_STATUS = table_of(PublishedStatusRow)
PUBLISHING = table_of(PublishingRow)
PARTNER_REPORT = table_of(PartnerReportRow)
