"""What staff need kept: accounts, rows of forwarding, notices, the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import (
    AgencyId,
    AuditEntry,
    Canned,
    CannedId,
    Climbed,
    Factor,
    Handled,
    Lateness,
    Mention,
    Missed,
    Notice,
    Number,
    Partner,
    ReportId,
    Route,
    SavedView,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
)
from core.ports.reports import Visibility


class Notices(Protocol):
    """What offices are told of time that passes."""

    def add(self, notice: Notice) -> None:
        """The same one (report, mark, office) again is passed over."""
        ...

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        """Newest first."""
        ...


class Overview(Protocol):
    """Offices side by side; quick enough to be read while others write."""

    def handled(self, start: datetime, end: datetime, office: AgencyId | None = None) -> Sequence[Handled]:
        """What was closed from `start` on and before `end`, and all that is open; of one office, or of all.

        Restricted ones too: `casework.evaluated` says who may see them.
        """
        ...

    def late(self, office: AgencyId, now: datetime, *, every: bool) -> Sequence[Lateness]:
        """By agency, most first. `every`: all but other agencies' restricted ones.

        Else what the office holds, and what has climbed to it.
        """
        ...

    def climbed(self, office: AgencyId, now: datetime, holder: AgencyId, most: int) -> Sequence[Climbed]:
        """Late ones of that holder that climbed to the office, by deadline."""
        ...

    def climbed_restricted(self, office: AgencyId, now: datetime, most: int) -> Sequence[Climbed]:
        """The same of restricted ones, whoever holds them."""
        ...


class Accounts(Protocol):
    """Staff, and the hash of their passwords."""

    def add(self, staff: Staff, password: str) -> None:
        """`password` is a hash already. Raises NameTaken."""
        ...

    def by_name(self, name: str) -> Staff | None: ...

    def lock_by_name(self, name: str) -> Staff | None:
        """As it stands now; turns that may change the same account wait for each other here."""
        ...

    def by_similar_name(self, name: str) -> Staff | None:
        """One whose name differs by capitals alone, if at all."""
        ...

    def get(self, staff: StaffId) -> Staff | None: ...

    def all(self) -> Sequence[Staff]:
        """By name."""
        ...

    def change(self, staff: Staff, password: str | None = None) -> None:
        """Stores it anew, and the hash if there is a new one."""
        ...

    def password_hash(self, name: str) -> str | None:
        """The hash; None where there is no such account."""
        ...

    def count_miss(self, name: str, *, page: bool = False) -> None:
        """Counts a wrong password or code, or a refused page; costs as much where nobody has that name."""
        ...

    def take_misses(self, staff: StaffId) -> Missed:
        """What was counted since this was asked last."""
        ...


@dataclass(frozen=True, slots=True)
class PageViewer:
    """Who opens a report: the words that their office has ready, and whether a colleague named them on it."""

    staff: Staff
    ready: tuple[Canned, ...] = ()
    mentioned: bool = False


class PageViewers(Protocol):
    """Accounts together with what a page shows of their own: one query each, and whoever acts is known by it."""

    def of_report(self, name: str, number: Number) -> PageViewer | None:
        """None where nobody has the name; there may be no such report."""
        ...

    def of_list(self, name: str) -> tuple[Staff, Sequence[SavedView]] | None:
        """With the filters that they gave a name, by that."""
        ...


class Routes(Protocol):
    """Rows of automatic forwarding."""

    def all(self) -> Sequence[Route]: ...

    def add(self, route: Route) -> None:
        """The same category and area again replaces the row."""
        ...

    def drop(self, route: Route) -> bool:
        """False where there is no such row."""
        ...


class Audit(Protocol):
    """The trail of what staff did, chained by hash: one row is locked, so that many processes make one chain."""

    def add(self, entry: AuditEntry) -> None: ...

    def add_nothing(self, entry: AuditEntry) -> None:
        """Costs what `add` costs, and adds nothing: so that no clock tells whether there was something to add."""
        ...

    def since(self, start: datetime) -> Sequence[AuditEntry]:
        """What was written from then on, newest first; what cannot be opened is passed over."""
        ...


class Partners(Protocol):
    """Who may file over the interface for machines, found by a hash of their key."""

    def add(self, partner: Partner, key: str) -> None:
        """Raises NameTaken."""
        ...

    def by_key(self, key: str) -> Partner | None:
        """Those who may file no more, too."""
        ...

    def all(self) -> Sequence[Partner]:
        """By name."""
        ...

    def change(self, partner: Partner) -> bool:
        """Stores the one of that name anew; False where there is none."""
        ...

    def filed(self, partner: Partner, report: ReportId) -> None:
        """Notes that the report is theirs, who may then read it before anybody may."""
        ...


class CannedAnswers(Protocol):
    """Words that offices have ready."""

    def all(self) -> Sequence[Canned]:
        """Those of every office first, then by office; by title."""
        ...

    def add(self, canned: Canned) -> None: ...

    def drop(self, canned: CannedId) -> Canned | None:
        """What was there."""
        ...


class Sessions(Protocol):
    """Who is logged in."""

    def add(self, session: Session, token: SessionToken) -> None: ...

    def by_token(self, token: SessionToken) -> tuple[Session, Staff] | None:
        """With the account that it is of; whatever its age: rules say how long one lasts."""
        ...

    def with_factor(self, token: SessionToken) -> tuple[Session, Staff, bool] | None:
        """The same in one query with whether a second step of the account is set up."""
        ...

    def of(self, staff: StaffId) -> Sequence[Session]:
        """Last used first."""
        ...

    def change(self, session: Session) -> None:
        """All but when it began, and of whom it is."""
        ...

    def end(self, session: SessionId) -> None:
        """Nothing happens where there is none."""
        ...


class Factors(Protocol):
    """Second steps, each sealed under a key of its own."""

    def of(self, staff: StaffId) -> Factor | None: ...

    def put(self, factor: Factor) -> None: ...

    def drop(self, staff: StaffId) -> None:
        """Destroys its key too."""
        ...


class Views(Protocol):
    """Filters of the list that somebody gave a name."""

    def of(self, staff: StaffId) -> Sequence[SavedView]:
        """By name."""
        ...

    def put(self, view: SavedView) -> None:
        """One of the same name is replaced."""
        ...

    def drop(self, staff: StaffId, name: str) -> None:
        """Nothing happens where there is none."""
        ...


class Mentions(Protocol):
    """Who was named by a colleague in a note on which report."""

    def of(self, staff: StaffId, visibility: Visibility) -> Sequence[Mention]:
        """Newest first; of reports that can be seen, and of no other."""
        ...

    def put(self, mention: Mention) -> None:
        """One of the same report is replaced."""
        ...

    def drop(self, staff: StaffId, number: Number) -> None:
        """Nothing happens where there is none."""
        ...


class StaffRepositories(Protocol):
    """Accounts and sessions of staff, what they arranged and are told, and the trail of what they did."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def factors(self) -> Factors: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def page_viewers(self) -> PageViewers: ...
    @property
    def views(self) -> Views: ...
    @property
    def mentions(self) -> Mentions: ...
    @property
    def canned(self) -> CannedAnswers: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def partners(self) -> Partners: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def overview(self) -> Overview: ...
