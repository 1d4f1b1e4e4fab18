"""Reports, who holds them, what leaves and what passes."""

from datetime import datetime

from sqlalchemy import ColumnElement, Index, literal_column, text
from sqlmodel import Field

from storage.tables.shapes import BY_KEY, COUNTING, StoredRow, table_of, where

# A page of a queue is found in an index alone, whatever it is narrowed by: the rows themselves are large.
_QUEUE = ("due", "number", "status", "agency", "category", "area", "restricted", "closed", "waits", "channel")
_HELD = ("agency", "open", "due", "number", "status", "holder", "category", "area", "waits", "channel")

# What is counted of offices is found in an index alone too.
_SAME = ("agency", "restricted", "evaluation", "reopened", "feedback")


class SecretRow(StoredRow):
    """Lookup secrets and the key of what passes, wrapped by a master key."""

    __tablename__ = "secret"
    __table_args__ = BY_KEY
    name: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes


class DataKeyRow(StoredRow):
    """One key a report or contact; small, for erasing means deleting here and vacuuming this table alone."""

    __tablename__ = "data_key"
    __table_args__ = BY_KEY
    owner: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes


class ReportRow(StoredRow):
    """A report. Category and area are empty where it is restricted; `area` is a kelurahan's or kecamatan's code."""

    __tablename__ = "report"
    __table_args__ = (
        Index("report_by_channel_and_status", "channel", "status"),
        Index("report_by_category_and_area", "category", "area", "received", **where("area IS NOT NULL")),
        Index("report_in_order", *_QUEUE),
        Index("report_waiting_in_order", *_QUEUE, **where("waits IS NOT NULL")),
        Index("report_by_agency_in_order", "agency", *(name for name in _QUEUE if name != "agency")),
        Index("report_by_category_in_order", "category", *(name for name in _QUEUE if name != "category")),
        Index("report_restricted", "agency", **where("category IS NULL")),
        Index("report_by_receipt", "received"),
        Index("report_by_closing", "closed", *_SAME, "received", **where("closed IS NOT NULL")),
        Index("report_open_by_agency", *_SAME, "due", "waits", **where("waits IS NOT NULL")),
        Index("report_by_alarm", "alarm", **where("alarm IS NOT NULL")),
        Index("report_by_main", "main", **where("main IS NOT NULL")),
        BY_KEY,
    )
    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    channel: str
    status: str
    category: str | None = None
    agency: str
    area: str | None = None
    restricted: bool
    received: datetime
    due: datetime
    closed: datetime | None = None
    late: bool = Field(sa_column_kwargs={"server_default": text("false")})
    evaluation: bool = Field(sa_column_kwargs={"server_default": text("false")})
    alarm: datetime | None = None
    main: str | None = None
    plan: str = Field(sa_column_kwargs={"server_default": text("''")})
    estimate: str = Field(sa_column_kwargs={"server_default": text("''")})
    reopened: int = Field(sa_column_kwargs={"server_default": text("0")})
    feedback: str | None = None
    waits: str | None = None
    sealed: bytes


class HeldRow(StoredRow):
    """Who holds or held a report; of a restricted one, nobody from before it was.

    With what an office's queue is ordered and narrowed by: a join would read every report that it ever held.
    """

    __tablename__ = "held"
    __table_args__ = (
        Index("held_in_order", *_HELD),
        Index(
            "held_waiting_in_order", *(name for name in _HELD if name != "open"), "open", **where("waits IS NOT NULL")
        ),
        BY_KEY,
    )
    report: str = Field(primary_key=True, foreign_key="report.id")
    agency: str = Field(primary_key=True)
    open: bool = Field(sa_column_kwargs={"server_default": text("true")})
    due: datetime | None = None
    number: str = Field(sa_column_kwargs={"server_default": text("''")})
    status: str = Field(sa_column_kwargs={"server_default": text("''")})
    holder: str = Field(sa_column_kwargs={"server_default": text("''")})  # who holds it now
    category: str | None = None
    area: str | None = None
    waits: str | None = None
    channel: str = Field(sa_column_kwargs={"server_default": text("''")})


class HistoryRow(StoredRow):
    """The life of a report; triggers refuse to change or delete a row, so what it tells of a place is sealed."""

    __tablename__ = "history"
    __table_args__ = (Index("history_by_time", "at"), BY_KEY)
    report: str = Field(primary_key=True, foreign_key="report.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    status: str
    act: str = Field(sa_column_kwargs={"server_default": text("'filed'")})
    sealed: bytes


class ContactRow(StoredRow):
    """An address, under a key of its own; `pair`: which pair of keys it was sealed to before, if any."""

    __tablename__ = "contact"
    __table_args__ = BY_KEY
    id: str = Field(primary_key=True)
    sealed: bytes
    pair: str | None = None


class HolderRow(StoredRow):
    """Who may speak for a report, found by the HMAC of a code."""

    __tablename__ = "holder"
    __table_args__ = (
        Index("holder_by_report", "report"),
        Index("holder_by_contact", "contact", **where("contact IS NOT NULL")),
        BY_KEY,
    )
    code: bytes = Field(primary_key=True)
    report: str = Field(foreign_key="report.id")
    role: str
    contact: str | None = Field(default=None, foreign_key="contact.id")
    told: datetime | None = None
    sealed: bytes


class DialogueRow(StoredRow):
    """Where a conversation stands, found by an HMAC; `seen` is the minute of the last turn."""

    __tablename__ = "dialogue"
    __table_args__ = (Index("dialogue_by_seen", "seen"), BY_KEY)
    lane: bytes = Field(primary_key=True)
    seen: datetime
    sealed: bytes


class AwaitedRow(StoredRow):
    """Answers that somebody (an HMAC) was asked for, a list that is sealed as a whole; `until`: the last one's end."""

    __tablename__ = "awaited"
    __table_args__ = (Index("awaited_by_time", "until"), BY_KEY)
    lane: bytes = Field(primary_key=True)
    until: datetime
    sealed: bytes


class CapabilityRow(StoredRow):
    """What a tag opens; both keys are HMACs. `holds`: words and files that wait for a confirmation are sealed in it."""

    __tablename__ = "capability"
    __table_args__ = (
        Index("capability_by_time", "until"),
        Index("capability_by_contact", "contact", **where("contact IS NOT NULL")),
        Index("capability_that_holds", "holds", **where("holds")),
        BY_KEY,
    )
    tag: bytes = Field(primary_key=True)
    until: datetime
    contact: bytes | None = None
    holds: bool
    sealed: bytes


class OutboxRow(StoredRow):
    """A delivery. Once sent or dead, lane, contact and sealed are empty and `done` is the minute of its end.

    `pair`: as with a contact. `why`: what the last try failed of, in a word of core.errors.DeliveryFailed.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_by_lane", "lane", "seq", **where("state = 'waiting'")),
        Index("outbox_by_time", "not_before", **where("state = 'waiting'")),
        Index("outbox_by_contact", "contact", **where("contact IS NOT NULL")),
        Index("outbox_by_provider", "provider", **where("provider IS NOT NULL")),
        Index("outbox_by_end", "done", **where("done IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True, sa_type=COUNTING)
    id: str = Field(unique=True)
    kind: str
    channel: str
    state: str
    not_before: datetime
    attempts: int
    lease: datetime | None = None
    lane: bytes | None = None
    contact: bytes | None = None
    sealed: bytes | None = None
    pair: str | None = None
    provider: bytes | None = None
    arrived: bool | None = None
    done: datetime | None = None
    why: str | None = None


class SeenRow(StoredRow):
    """Messages that came before: an HMAC, and no reference to anything."""

    __tablename__ = "seen"
    __table_args__ = (Index("seen_by_time", "at"), BY_KEY)
    message: bytes = Field(primary_key=True)
    at: datetime


class FailingRow(StoredRow):
    """Messages that failed by a fault of ours, since when."""

    __tablename__ = "failing"
    __table_args__ = BY_KEY
    message: bytes = Field(primary_key=True)
    since: datetime


class TallyRow(StoredRow):
    """How often somebody (an HMAC) did something that is limited: by the minute, where it may be a report."""

    __tablename__ = "tally"
    __table_args__ = (Index("tally_by_time", "at"), BY_KEY)
    who: bytes = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    times: int


class LookRow(StoredRow):
    """What photos of results look like, piece by piece; `scope` is empty, or the agency of restricted reports.

    All of it is the key, so that those of one value lie side by side: a look-up reads a thousand of them.
    """

    __tablename__ = "look"
    __table_args__ = BY_KEY
    scope: str = Field(primary_key=True)
    chunk: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    report: str = Field(primary_key=True, foreign_key="report.id")
    whole: bytes = Field(primary_key=True)


class PhotoRow(StoredRow):
    """Names of files that reports need. Which report: only its sealed part says so."""

    __tablename__ = "photo"
    __table_args__ = BY_KEY
    name: str = Field(primary_key=True)


class CorrectionRow(StoredRow):
    """How often a kind was taken for another: of no report in particular; where either is restricted, as that alone."""

    __tablename__ = "correction"
    __table_args__ = BY_KEY
    before: str = Field(primary_key=True)
    after: str = Field(primary_key=True)
    times: int


class ClosingRow(StoredRow):
    """How often citizens opened or closed a trace of a kind: of no report, and without a word of it."""

    __tablename__ = "closing"
    __table_args__ = BY_KEY
    kind: str = Field(primary_key=True)
    deed: str = Field(primary_key=True)
    times: int


SECRET = table_of(SecretRow)
DATA_KEY = table_of(DataKeyRow)
REPORT = table_of(ReportRow)
HELD = table_of(HeldRow)
HISTORY = table_of(HistoryRow)
CONTACT = table_of(ContactRow)
HOLDER = table_of(HolderRow)
DIALOGUE = table_of(DialogueRow)
AWAITED = table_of(AwaitedRow)
CAPABILITY = table_of(CapabilityRow)
OUTBOX = table_of(OutboxRow)
WAITING: ColumnElement[str] = literal_column("'waiting'")  # as the indexes say it: a parameter would keep them from use
SEEN = table_of(SeenRow)
FAILING = table_of(FailingRow)
TALLY = table_of(TallyRow)
PHOTO = table_of(PhotoRow)
LOOK = table_of(LookRow)
CORRECTION = table_of(CorrectionRow)
CLOSING = table_of(ClosingRow)
