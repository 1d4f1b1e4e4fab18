"""Who acts on reports, by which rows they come, and what offices are told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.model.identifiers import AgencyId, AreaCode, CannedId, CategoryId, Number, ReportId, SessionId, StaffId
from core.model.report import Feedback
from core.model.roles import RIGHTS, Right, StaffRole
from core.model.status import Status


@dataclass(frozen=True, slots=True)
class Pending:
    """Why an account opens nothing yet: what was done to it, and who has seen it.

    `id`: of the last change, so that nobody confirms what they did not see. `by`: all who changed it since it was
    whole, "-" an operator. `first`: of two others the one who has confirmed; empty: nobody has.
    """

    id: str
    act: str
    by: tuple[str, ...]
    at: datetime
    first: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """An account. `fresh`: its password was made up for it, and is changed at the first login.

    `given`: since when somebody else knows its password; None: its owner chose it. `pending`: it waits for a second
    person; None: it is whole.
    """

    id: StaffId
    name: str
    agency: AgencyId
    role: StaffRole
    active: bool = True
    fresh: bool = False
    given: datetime | None = None
    pending: Pending | None = None

    @property
    def whole(self) -> bool:
        """Whether it opens anything."""
        return self.active and self.pending is None

    def may(self, *rights: Right) -> bool:
        """Whether its role has one of these rights at least; whether the account is whole is another question."""
        return bool(RIGHTS[self.role] & {*rights})


@dataclass(frozen=True, slots=True)
class Missed:
    """What others tried in somebody's name since they came in last: wrong passwords or codes, and refused pages."""

    logins: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody logged in with: when, and when it was last used; never from where.

    `proved`: when its password was last typed, or its owner last showed the provider who they are.
    `missed`: what its owner is told of the time before it.
    """

    id: SessionId
    staff: StaffId
    began: datetime
    seen: datetime
    whole: bool = True  # False: the second step is still to be taken
    proved: datetime | None = None
    missed: Missed = Missed()
    provider: bool = False  # it was begun by single sign-on: password and second step are the provider's
    provider_session: str = field(default="", repr=False)  # hash of what the provider calls its own; empty: not told


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """Whom a provider of single sign-on means by a subject. `by_claim`: it says what the account may do, too."""

    issuer: str
    subject: str = field(repr=False)
    staff: StaffId
    by_claim: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """The second step of an account's login. `step`: of the last code that was taken, so that none is taken twice."""

    staff: StaffId
    secret: str = field(repr=False)
    on: bool = False  # a code of it was shown, so that nobody locks themselves out
    step: int = 0
    spare: tuple[str, ...] = field(default=(), repr=False)  # hashes of the recovery codes that are left
    session: str = ""  # that it was begun in, until it is on: no other one of the account sees its secret


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter of the list that somebody gave a name; `filter` as it stands in the address of the list."""

    staff: StaffId
    name: str
    filter: str


@dataclass(frozen=True, slots=True)
class Mention:
    """That a colleague named somebody in a note on a report."""

    staff: StaffId
    number: Number
    at: datetime


class Mark(StrEnum):
    """A moment that deadlines make."""

    LOOK = "look"  # a day has passed, and nobody has opened it
    HALF = "half"  # of the time
    LATE = "late"  # all of the time
    CLIMB = "climb"  # half as much again, and each half after it: one rung up
    EVALUATION = "evaluation"  # thirty days


@dataclass(frozen=True, slots=True)
class Notice:
    """What an office is told of time that passes: number, office and days, never what a report says."""

    to: AgencyId
    report: ReportId
    number: Number
    holder: AgencyId
    mark: Mark
    at: datetime
    days: int  # since it was received


@dataclass(frozen=True, slots=True)
class Handled:
    """Reports that its agency's evaluation counts alike; `restricted`: in no other figure than that agency's own."""

    agency: AgencyId
    took: timedelta | None  # from receipt to closing; None: open
    evaluation: bool
    reopened: int
    feedback: Feedback | None
    restricted: bool
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Lateness:
    """What an agency holds past its deadline: how many, since when the oldest, and how many are to be evaluated."""

    agency: AgencyId
    reports: int
    oldest: datetime  # deadline
    evaluation: int


@dataclass(frozen=True, slots=True)
class Climbed:
    """A late report of which an office above was told: never what it says. `readable`: that office held it once."""

    number: Number
    agency: AgencyId
    due: datetime
    evaluation: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A row of automatic forwarding: such reports go to that agency at once. None: any."""

    to: AgencyId
    category: CategoryId | None = None
    area: AreaCode | None = None  # a kelurahan, or all of a kecamatan or a city


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did; `who` is an account's name, "-" for an operator. Sealed as a whole."""

    at: datetime
    who: str
    act: str
    number: Number | None = None
    via: str = "terminal"


class PartnerRight(StrEnum):
    """What the key of a partner opens."""

    FILE = "file"  # reports
    MEDIA = "media"  # with photos
    READ = "read"  # its own reports, as they are
    UPDATE = "update"  # say more of its own reports


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who files for citizens over the interface for machines; `channel`: what their reports come by.

    `until`: when its key ends; None: never. `hosts`: from where its media may be fetched. `hook`: the address that is
    told what becomes of its reports; empty: none.
    """

    name: str
    channel: str
    active: bool = True
    rights: frozenset[PartnerRight] = frozenset(PartnerRight)
    until: datetime | None = None
    hosts: tuple[str, ...] = ()
    hook: str = ""

    def may(self, right: PartnerRight, now: datetime) -> bool:
        """Whether its key opens that now."""
        return self.active and right in self.rights and (self.until is None or now < self.until)


class HookState(StrEnum):
    """Of what a partner is told."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One thing that a partner is told of one of its reports. `answer`: the last status, or why there was none."""

    id: str
    partner: str
    number: Number
    status: Status
    created: bool  # it was filed; else its status changed
    at: datetime
    state: HookState = HookState.WAITING
    attempts: int = 0
    answer: str = ""
    hook: str = ""  # where to, as it is now
    secret: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Canned:
    """Words for citizens that are ready to be used; `agency` None: by every office."""

    id: CannedId
    agency: AgencyId | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Traced:
    """A row of the trail as it is looked at; `entry` None: what lies there is not what was written."""

    row: int
    entry: AuditEntry | None


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """Which rows of the trail: those before a row, of an account (what was done by it, and to it), of a report."""

    before: int | None = None
    account: str = ""
    number: str = ""
    most: int = 50


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Newest first. `older`: before which row to go on; None: there is nothing more."""

    rows: tuple[Traced, ...] = ()
    older: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows hold, and the number of the first that does not; None where the chain holds to its end."""

    rows: int
    bad: int | None
