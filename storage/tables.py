"""Every table: what is clear because queues and figures need it, and `sealed` for all else; declares, never queries."""

from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Index, Integer, Row, Table, text
from sqlmodel import Field, SQLModel

# In SQLite a table without row numbers lies in the order of its random keys: the order of arrival cannot pair rows.
_BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}


def _where(condition: str) -> dict[str, Any]:
    return {f"{name}_where": text(condition) for name in ("sqlite", "postgresql")}


# A page of a queue is found in an index alone, whatever it is narrowed by: the rows themselves are large.
_QUEUE = ("due", "number", "status", "agency", "category", "area", "restricted", "closed", "waits")
_COUNTING: Any = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up an INTEGER only
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row as a query gives it; only the mappers look inside."""


class SecretRow(SQLModel, table=True):
    """Lookup secrets and the key of what passes, wrapped by a master key."""

    __tablename__ = "secret"
    __table_args__ = _BY_KEY
    name: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes


class DataKeyRow(SQLModel, table=True):
    """One key a report or contact; small, for erasing means deleting here and vacuuming this table alone."""

    __tablename__ = "data_key"
    __table_args__ = _BY_KEY
    owner: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes


class ReportRow(SQLModel, table=True):
    """A report. Category and area are empty where it is restricted; `area` is a kelurahan's or kecamatan's code."""

    __tablename__ = "report"
    __table_args__ = (
        Index("report_by_channel_and_status", "channel", "status"),
        Index("report_by_category_and_area", "category", "area", "received", **_where("area IS NOT NULL")),
        Index("report_in_order", *_QUEUE),
        Index("report_waiting_in_order", *_QUEUE, **_where("waits IS NOT NULL")),
        Index("report_by_agency_in_order", "agency", *(name for name in _QUEUE if name != "agency")),
        Index("report_restricted", "agency", **_where("category IS NULL")),
        Index("report_by_receipt", "received"),
        Index("report_by_closing", "closed", **_where("closed IS NOT NULL")),
        Index("report_by_alarm", "alarm", **_where("alarm IS NOT NULL")),
        Index("report_by_main", "main", **_where("main IS NOT NULL")),
        _BY_KEY,
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


class HeldRow(SQLModel, table=True):
    """Who holds or held a report; of a restricted one, nobody from before it was.

    With what an office's queue is ordered and narrowed by: a join would read every report that it ever held.
    """

    __tablename__ = "held"
    __table_args__ = (
        Index("held_in_order", *("agency", "open", "due", "number", "status", "holder", "category", "area", "waits")),
        _BY_KEY,
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


class HistoryRow(SQLModel, table=True):
    """The life of a report; triggers refuse to change or delete a row, so what it tells of a place is sealed."""

    __tablename__ = "history"
    __table_args__ = _BY_KEY
    report: str = Field(primary_key=True, foreign_key="report.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    status: str
    act: str = Field(sa_column_kwargs={"server_default": text("'filed'")})
    sealed: bytes


class ContactRow(SQLModel, table=True):
    """An address, under a key of its own."""

    __tablename__ = "contact"
    __table_args__ = _BY_KEY
    id: str = Field(primary_key=True)
    sealed: bytes


class HolderRow(SQLModel, table=True):
    """Who may speak for a report, found by the HMAC of a code."""

    __tablename__ = "holder"
    __table_args__ = (
        Index("holder_by_report", "report"),
        Index("holder_by_contact", "contact", **_where("contact IS NOT NULL")),
        _BY_KEY,
    )
    code: bytes = Field(primary_key=True)
    report: str = Field(foreign_key="report.id")
    role: str
    contact: str | None = Field(default=None, foreign_key="contact.id")
    told: datetime | None = None
    sealed: bytes


class DialogueRow(SQLModel, table=True):
    """Where a conversation stands, found by an HMAC; `seen` is the minute of the last turn."""

    __tablename__ = "dialogue"
    __table_args__ = (Index("dialogue_by_seen", "seen"), _BY_KEY)
    lane: bytes = Field(primary_key=True)
    seen: datetime
    sealed: bytes


class AwaitedRow(SQLModel, table=True):
    """Answers that somebody (an HMAC) was asked for, a list that is sealed as a whole; `until`: the last one's end."""

    __tablename__ = "awaited"
    __table_args__ = (Index("awaited_by_time", "until"), _BY_KEY)
    lane: bytes = Field(primary_key=True)
    until: datetime
    sealed: bytes


class OutboxRow(SQLModel, table=True):
    """A delivery. Once sent or dead, lane, contact and sealed are empty and `done` is the minute of its end."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_by_lane", "lane", "seq", **_where("state = 'waiting'")),
        Index("outbox_by_time", "not_before", **_where("state = 'waiting'")),
        Index("outbox_by_contact", "contact", **_where("contact IS NOT NULL")),
        Index("outbox_by_provider", "provider", **_where("provider IS NOT NULL")),
        Index("outbox_by_end", "done", **_where("done IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True, sa_type=_COUNTING)
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
    provider: bytes | None = None
    arrived: bool | None = None
    done: datetime | None = None


class SeenRow(SQLModel, table=True):
    """Messages that came before: an HMAC, and no reference to anything."""

    __tablename__ = "seen"
    __table_args__ = (Index("seen_by_time", "at"), _BY_KEY)
    message: bytes = Field(primary_key=True)
    at: datetime


class FailingRow(SQLModel, table=True):
    """Messages that failed by a fault of ours, since when."""

    __tablename__ = "failing"
    __table_args__ = _BY_KEY
    message: bytes = Field(primary_key=True)
    since: datetime


class TallyRow(SQLModel, table=True):
    """How often somebody (an HMAC) did something that is limited, second by second."""

    __tablename__ = "tally"
    __table_args__ = (Index("tally_by_time", "at"), _BY_KEY)
    who: bytes = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    times: int


class LookRow(SQLModel, table=True):
    """What photos of results look like, piece by piece; `scope` is empty, or the agency of restricted reports.

    All of it is the key, so that those of one value lie side by side: a look-up reads a thousand of them.
    """

    __tablename__ = "look"
    __table_args__ = _BY_KEY
    scope: str = Field(primary_key=True)
    chunk: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    report: str = Field(primary_key=True, foreign_key="report.id")
    whole: bytes = Field(primary_key=True)


class PhotoRow(SQLModel, table=True):
    """Names of files that reports need. Which report: only its sealed part says so."""

    __tablename__ = "photo"
    __table_args__ = _BY_KEY
    name: str = Field(primary_key=True)


class NoticeRow(SQLModel, table=True):
    """What an office is told of time that passes; `at` is the mark's own moment, so that a second climb is another."""

    __tablename__ = "notice"
    __table_args__ = (Index("notice_by_receiver", "receiver", "at"), Index("notice_by_time", "at"), _BY_KEY)
    report: str = Field(primary_key=True, foreign_key="report.id")
    mark: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    receiver: str = Field(primary_key=True)
    number: str
    holder: str
    days: int


class StaffRow(SQLModel, table=True):
    """An account; `password` is a hash that is slow to guess."""

    __tablename__ = "staff"
    __table_args__ = _BY_KEY
    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    agency: str
    role: str
    active: bool
    password: str
    fresh: bool = Field(sa_column_kwargs={"server_default": text("false")})


class SessionRow(SQLModel, table=True):
    """A browser that is logged in, found by the HMAC of its token; `id` names it in a list and opens nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("session_by_staff", "staff"), Index("session_by_begin", "began"), _BY_KEY)
    token: bytes = Field(primary_key=True)
    id: str = Field(unique=True)
    staff: str = Field(foreign_key="staff.id")
    began: datetime
    seen: datetime
    whole: bool


class FactorRow(SQLModel, table=True):
    """The second step of an account's login, under a key of its own."""

    __tablename__ = "factor"
    __table_args__ = _BY_KEY
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    sealed: bytes


class RouteRow(SQLModel, table=True):
    """Automatic forwarding to `agency`; an empty category or area is any."""

    __tablename__ = "route"
    __table_args__ = _BY_KEY
    category: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    agency: str


class PartnerRow(SQLModel, table=True):
    """Who files for citizens over the interface for machines; `key` is an HMAC."""

    __tablename__ = "partner"
    __table_args__ = _BY_KEY
    name: str = Field(primary_key=True)
    channel: str
    active: bool = True
    key: bytes = Field(unique=True)


class AuditRow(SQLModel, table=True):
    """What somebody did, each row bound to the one before by `hash`; no trigger guards it, the chain shows changes."""

    __tablename__ = "audit"
    seq: int = Field(primary_key=True, sa_type=_COUNTING, sa_column_kwargs={"autoincrement": False})
    at: datetime
    sealed: bytes
    hash: bytes


class ChainHeadRow(SQLModel, table=True):
    """Where the trail ends: one row, locked by whoever adds to it."""

    __tablename__ = "chain_head"
    __table_args__ = _BY_KEY
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(sa_type=_COUNTING)
    hash: bytes
    mac: bytes


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


SECRET = _table(SecretRow)
DATA_KEY = _table(DataKeyRow)
REPORT = _table(ReportRow)
HELD = _table(HeldRow)
HISTORY = _table(HistoryRow)
CONTACT = _table(ContactRow)
HOLDER = _table(HolderRow)
DIALOGUE = _table(DialogueRow)
AWAITED = _table(AwaitedRow)
OUTBOX = _table(OutboxRow)
SEEN = _table(SeenRow)
FAILING = _table(FailingRow)
TALLY = _table(TallyRow)
PHOTO = _table(PhotoRow)
LOOK = _table(LookRow)
NOTICE = _table(NoticeRow)
STAFF = _table(StaffRow)
SESSION = _table(SessionRow)
FACTOR = _table(FactorRow)
ROUTE = _table(RouteRow)
PARTNER = _table(PartnerRow)
AUDIT = _table(AuditRow)
CHAIN_HEAD = _table(ChainHeadRow)
