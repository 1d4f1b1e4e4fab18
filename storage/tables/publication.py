"""What the public sees of reports, and what waits for its batch; of who reported, a sealed mark until then."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.shapes import BY_KEY, StoredRow, table_of, where


class UnpublishedRow(StoredRow):
    """A report that waits for its batch. Sealed: two bytes of an HMAC of its sender, where that one was proved."""

    __tablename__ = "unpublished"
    __table_args__ = BY_KEY
    report: str = Field(primary_key=True, foreign_key="report.id")
    sealed: bytes | None = None


class PublishedRow(StoredRow):
    """A report as it is listed: its columns from `number` to `updated` are for all to read. Empty: coarser than that.

    Those of one `pack` go together when one of them must go. `office`: under which it is counted; `proved`,
    sealed: whether it is the first of a proved sender in its batch; in clear that would pair reports.
    """

    __tablename__ = "published"
    __table_args__ = (
        Index("published_in_order", "batch", "number"),
        Index("published_by_pack", "pack"),
        Index("published_by_status", "status"),
        Index("published_by_change", "updated"),
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
    office: str = Field(sa_column_kwargs={"server_default": text("''")})
    proved: bytes | None = None


class PublishedClassRow(StoredRow):
    """How many reports of a batch were published under which kind and place; it only grows."""

    __tablename__ = "published_class"
    __table_args__ = BY_KEY
    batch: datetime = Field(primary_key=True)
    field: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    reports: int


class PublishedStatusRow(StoredRow):
    """How many listed reports have a status, as it was last shown."""

    __tablename__ = "published_status"
    __table_args__ = BY_KEY
    status: str = Field(primary_key=True)
    reports: int


class PublishingRow(StoredRow):
    """Where the last batch ended: one row."""

    __tablename__ = "publishing"
    __table_args__ = BY_KEY
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    until: datetime | None = None


class OutcomeRow(StoredRow):
    """What became of a listed report, once of each kind, and whether it is counted yet."""

    __tablename__ = "outcome"
    __table_args__ = (Index("outcome_waiting", "report", **where("NOT told")), BY_KEY)
    report: str = Field(primary_key=True, foreign_key="report.id")
    kind: str = Field(primary_key=True)
    outcome: str
    days: int
    told: bool


class FigureRow(StoredRow):
    """How many reports of a class had an outcome, in the day, week or month that began then, and in how many days."""

    __tablename__ = "figure"
    __table_args__ = BY_KEY
    grain: str = Field(primary_key=True)
    starts: str = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    office: str = Field(primary_key=True)
    reports: int
    days: int  # of all of them together


class FigureSumRow(StoredRow):
    """The same summed up by one thing at a time, so that a page reads few rows; `days`: how many took so many.

    Counts of single days are not for all to read: a median is made of them.
    """

    __tablename__ = "figure_sum"
    __table_args__ = BY_KEY
    grain: str = Field(primary_key=True)
    starts: str = Field(primary_key=True)
    by: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    days: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reports: int


class FigureChannelRow(StoredRow):
    """How many reports came by a channel, likewise; empty: by one that too few used."""

    __tablename__ = "figure_channel"
    __table_args__ = BY_KEY
    grain: str = Field(primary_key=True)
    starts: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    reports: int


class PartnerReportRow(StoredRow):
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
OUTCOME = table_of(OutcomeRow)
FIGURE = table_of(FigureRow)
FIGURE_SUM = table_of(FigureSumRow)
FIGURE_CHANNEL = table_of(FigureChannelRow)
PARTNER_REPORT = table_of(PartnerReportRow)
