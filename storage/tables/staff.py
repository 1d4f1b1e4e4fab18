"""Staff: accounts and their way in, forwarding, notices, the trail."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.shapes import BY_KEY, COUNTING, StoredRow, table_of, where


class NoticeRow(StoredRow):
    """What an office is told of time that passes; `at` is the mark's own moment, so that a second climb is another."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("notice_by_receiver", "receiver", "at"),
        Index("notice_by_mark", "receiver", "mark", "report"),
        Index("notice_by_time", "at"),
        BY_KEY,
    )
    report: str = Field(primary_key=True, foreign_key="report.id")
    mark: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    receiver: str = Field(primary_key=True)
    number: str
    holder: str
    days: int


class StaffRow(StoredRow):
    """An account; `password` is a hash that is slow to guess."""

    __tablename__ = "staff"
    __table_args__ = (Index("staff_by_agency", "agency"), BY_KEY)
    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    agency: str
    role: str
    active: bool
    password: str
    fresh: bool = Field(sa_column_kwargs={"server_default": text("false")})
    given: datetime | None = None
    pending: str | None = None  # JSON of core.model.Pending
    missed_logins: int = Field(sa_column_kwargs={"server_default": text("0")})
    missed_pages: int = Field(sa_column_kwargs={"server_default": text("0")})


class SessionRow(StoredRow):
    """A browser that is logged in, found by the HMAC of its token; `id` names it in a list and opens nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("session_by_staff", "staff"), Index("session_by_begin", "began"), BY_KEY)
    token: bytes = Field(primary_key=True)
    id: str = Field(unique=True)
    staff: str = Field(foreign_key="staff.id")
    began: datetime
    seen: datetime
    whole: bool
    proved: datetime | None = None
    missed_logins: int = Field(sa_column_kwargs={"server_default": text("0")})
    missed_pages: int = Field(sa_column_kwargs={"server_default": text("0")})
    provider: bool = Field(sa_column_kwargs={"server_default": text("false")})
    provider_session: str = Field(sa_column_kwargs={"server_default": text("''")})


class IdentityRow(StoredRow):
    """Whom a provider of single sign-on means: a subject, which is a pseudonym of its own, and the account."""

    __tablename__ = "staff_identity"
    __table_args__ = BY_KEY
    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    staff: str = Field(foreign_key="staff.id", unique=True)
    by_claim: bool


class FactorRow(StoredRow):
    """The second step of an account's login, under a key of its own."""

    __tablename__ = "factor"
    __table_args__ = BY_KEY
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    sealed: bytes


class SavedViewRow(StoredRow):
    """A filter of the list that somebody gave a name; nothing of any report."""

    __tablename__ = "saved_view"
    __table_args__ = BY_KEY
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    name: str = Field(primary_key=True)
    filter: str


class MentionRow(StoredRow):
    """That a colleague named somebody in a note on a report; what the note says stays with the report."""

    __tablename__ = "mention"
    __table_args__ = (Index("mention_by_time", "at"), BY_KEY)
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    number: str = Field(primary_key=True)
    at: datetime


class AlertChoiceRow(StoredRow):
    """Which alerts an account gets by mail; `contact` is the sealed address, `code` a hash."""

    __tablename__ = "alert_choice"
    __table_args__ = BY_KEY
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    contact: str
    lang: str
    since: datetime
    kinds: str
    hour: int | None = None
    confirmed: bool
    code: str
    code_until: datetime | None = None
    tries: int
    sent: datetime | None = None
    looked: datetime | None = None


class AlertRow(StoredRow):
    """That an account is told of one step of a report, once; nothing of what it says."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("alert_waiting", "staff", "at", **where("NOT told")),
        Index("alert_by_time", "at"),
        BY_KEY,
    )
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    report: str = Field(primary_key=True, foreign_key="report.id")
    step: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str
    kind: str
    at: datetime
    told: bool


class RouteRow(StoredRow):
    """Automatic forwarding to `agency`; an empty category or area is any."""

    __tablename__ = "route"
    __table_args__ = BY_KEY
    category: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    agency: str


class PartnerRow(StoredRow):
    """Who files for citizens over the interface for machines; `key` is an HMAC."""

    __tablename__ = "partner"
    __table_args__ = BY_KEY
    name: str = Field(primary_key=True)
    channel: str
    active: bool
    key: bytes = Field(unique=True)
    rights: str
    until: datetime | None = None
    hosts: str
    hook: str
    salt: str
    old_key: bytes | None = None
    old_until: datetime | None = None


class HookRow(StoredRow):
    """What a partner is told of one of its reports, and what came of it; no word of a report."""

    __tablename__ = "hook"
    __table_args__ = (Index("hook_waiting", "state", "not_before"), BY_KEY)
    id: str = Field(primary_key=True)
    partner: str
    number: str
    status: str
    created: bool
    at: datetime
    state: str
    not_before: datetime
    attempts: int
    answer: str


class CannedRow(StoredRow):
    """Words that an office has ready for citizens; an empty agency is every one. No report stands behind them."""

    __tablename__ = "canned"
    __table_args__ = BY_KEY
    id: str = Field(primary_key=True)
    agency: str
    title: str
    text: str


class CityChangeRow(StoredRow):
    """What administrators changed of the city, as JSON; `row` null: taken out. A part of "" counts the changes."""

    __tablename__ = "city_change"
    __table_args__ = BY_KEY
    part: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    row: str | None = None
    place: int = Field(sa_type=COUNTING)  # the version that it first came with: the order of lists
    version: int = Field(sa_type=COUNTING)


class AuditRow(StoredRow):
    """What somebody did, each row bound to the one before by `hash`; no trigger guards it, the chain shows changes."""

    __tablename__ = "audit"
    seq: int = Field(primary_key=True, sa_type=COUNTING, sa_column_kwargs={"autoincrement": False})
    at: datetime
    sealed: bytes
    hash: bytes


class ChainHeadRow(StoredRow):
    """Where the trail ends: one row, locked by whoever adds to it."""

    __tablename__ = "chain_head"
    __table_args__ = BY_KEY
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(sa_type=COUNTING)
    hash: bytes
    mac: bytes


NOTICE = table_of(NoticeRow)
STAFF = table_of(StaffRow)
SESSION = table_of(SessionRow)
FACTOR = table_of(FactorRow)
IDENTITY = table_of(IdentityRow)
SAVED_VIEW = table_of(SavedViewRow)
MENTION = table_of(MentionRow)
ALERT_CHOICE = table_of(AlertChoiceRow)
ALERT = table_of(AlertRow)
ROUTE = table_of(RouteRow)
PARTNER = table_of(PartnerRow)
HOOK = table_of(HookRow)
CANNED = table_of(CannedRow)
CITY_CHANGE = table_of(CityChangeRow)
AUDIT = table_of(AuditRow)
CHAIN_HEAD = table_of(ChainHeadRow)
