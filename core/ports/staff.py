"""Repositories of staff: what they arranged and are told, what their pages show, and the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import (
    AgencyId,
    Alert,
    AlertChoice,
    AuditEntry,
    Canned,
    CannedId,
    CityChange,
    Climbed,
    Contact,
    Handled,
    Lateness,
    Mention,
    Notice,
    Number,
    Partner,
    ReportId,
    Route,
    SavedView,
    Staff,
    StaffId,
)
from core.ports.accounts import Accounts, Factors, Identities, Sessions
from core.ports.reports import Visibility


class Notices(Protocol):
    """What offices are told of deadlines that pass."""

    def add(self, notice: Notice) -> None:
        """Stores a notice; the same report, mark and office again changes nothing."""

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        """Returns the notices of an office, newest first."""


class Overview(Protocol):
    """Figures of offices side by side. Locks nothing, and is quick enough to be read while others write."""

    def handled(self, start: datetime, end: datetime, office: AgencyId | None = None) -> Sequence[Handled]:
        """Returns reports closed from `start` on and before `end`, and all open ones, of one office or (None) of all.

        Restricted ones are among them. Not filtered by permission; `casework.evaluation` checks.
        """

    def late(self, office: AgencyId, now: datetime, *, every: bool) -> Sequence[Lateness]:
        """Counts late reports by agency, most first.

        `every`: all but other agencies' restricted ones. Otherwise those that the office holds, and those whose
        lateness was escalated to it.
        """

    def climbed(self, office: AgencyId, now: datetime, holder: AgencyId, most: int) -> Sequence[Climbed]:
        """Returns late reports of that holder that were escalated to the office, by deadline."""

    def climbed_restricted(self, office: AgencyId, now: datetime, most: int) -> Sequence[Climbed]:
        """Returns the restricted reports that were escalated to the office, whoever holds them, by deadline."""


@dataclass(frozen=True, slots=True)
class PageViewer:
    """Who opens a page of a report.

    `ready`: the canned answers of their office. `mentioned`: whether a colleague named them in a note on it.
    """

    staff: Staff
    ready: tuple[Canned, ...] = ()
    mentioned: bool = False


class PageViewers(Protocol):
    """Accounts together with what a page shows of their own, by one query each. Locks nothing."""

    def of_report(self, name: str, number: Number) -> PageViewer | None:
        """None: there is no such account. Whether there is such a report is not checked."""

    def of_list(self, name: str) -> tuple[Staff, Sequence[SavedView]] | None:
        """Returns the account with its saved views, by name. None: there is no such account."""


class Routes(Protocol):
    """Rules that forward new reports to an office."""

    def all(self) -> Sequence[Route]:
        """Returns every rule."""

    def add(self, route: Route) -> None:
        """Stores a rule in place of the one for the same category and area."""

    def drop(self, route: Route) -> bool:
        """Deletes a rule. Returns False where there is no such rule."""


class Audit(Protocol):
    """The trail of what staff did, chained by hash. Its head is locked at the commit, so that it is one chain."""

    def add(self, entry: AuditEntry) -> None:
        """Adds an entry, which is written at the end of the turn."""

    def add_nothing(self, entry: AuditEntry) -> None:
        """Takes as long as `add` and adds nothing, so that no answer's time tells whether an entry was added."""

    def since(self, start: datetime) -> Sequence[AuditEntry]:
        """Returns the entries from then on, newest first; those that cannot be decrypted are left out."""


class Partners(Protocol):
    """Partners whose machines may file reports, found by a hash of their key."""

    def add(self, partner: Partner, key: str) -> None:
        """Stores a new partner with its key. Raises NameTaken."""

    def by_key(self, key: str) -> Partner | None:
        """Returns the partner of that key, also one that is disabled. None: nobody has that key."""

    def all(self) -> Sequence[Partner]:
        """Returns every partner, by name."""

    def change(self, partner: Partner) -> bool:
        """Stores the partner of that name as it is now. Returns False where there is none."""

    def rotate(self, partner: Partner, key: str, old_until: datetime) -> None:
        """Gives it another key; the one before opens the same until then."""

    def tell_at(self, partner: Partner, salt: str) -> bytes:
        """Stores the `hook` of the partner. Returns the secret that signs what it is told, another for each salt."""

    def filed(self, partner: Partner, report: ReportId) -> None:
        """Notes that the partner filed the report: it may read it before it is published, and is told of it."""

    def report_of(self, partner: Partner, number: Number) -> ReportId | None:
        """Returns the report of that number where the partner filed it; a restricted one is None. Locks nothing."""


class CannedAnswers(Protocol):
    """Canned answers of offices."""

    def all(self) -> Sequence[Canned]:
        """Returns those for every office first, then by office, and by title."""

    def add(self, canned: Canned) -> None:
        """Stores a new one."""

    def drop(self, canned: CannedId) -> Canned | None:
        """Deletes one and returns it. None: there was none."""


class CityChanges(Protocol):
    """What administrators changed of the city since its folder was read."""

    def version(self) -> int:
        """Returns how many changes there were: another number, another city. Locks nothing."""

    def all(self) -> Sequence[CityChange]:
        """Returns the rows as they are now, the one that was changed first standing first."""

    def lock(self) -> int:
        """Same as `version`; until the end of the turn nobody else changes anything."""

    def put(self, change: CityChange) -> None:
        """Stores it in place of the one before, with the next version; a row that is there keeps its place."""


class Views(Protocol):
    """Filters of the list that somebody saved under a name."""

    def of(self, staff: StaffId) -> Sequence[SavedView]:
        """Returns the saved views of an account, by name."""

    def put(self, view: SavedView) -> None:
        """Stores it in place of one of the same name."""

    def drop(self, staff: StaffId, name: str) -> None:
        """Deletes it; nothing happens where there is none."""


class Mentions(Protocol):
    """Who was named by a colleague in an internal note on which report."""

    def of(self, staff: StaffId, visibility: Visibility) -> Sequence[Mention]:
        """Returns the mentions of an account on reports that it may see, newest first."""

    def put(self, mention: Mention) -> None:
        """Stores it in place of one on the same report."""

    def drop(self, staff: StaffId, number: Number) -> None:
        """Deletes it; nothing happens where there is none."""


class Alerts(Protocol):
    """What staff are told by mail: who wants to be, what happened, and what of it was told."""

    def choice(self, staff: StaffId) -> AlertChoice | None:
        """None: that account gets no alerts."""

    def choices(self) -> Sequence[AlertChoice]:
        """Returns those whose address is confirmed, by account. Locks nothing."""

    def put(self, choice: AlertChoice, contact: Contact | None = None) -> None:
        """Stores it in place of the one before. `contact`: its new address, which is sealed; None: it stays."""

    def code_hash(self, staff: StaffId, code: str) -> str:
        """Returns what is kept of the code that was mailed to the account: without the keys it cannot be guessed at."""

    def drop(self, staff: StaffId) -> None:
        """Erases the choice with its address, and what waited for it."""

    def happened(self, since: datetime, most: int) -> Sequence[Alert]:
        """Returns what happened since to reports of offices where it is wanted, and is not noted; oldest first."""

    def note(self, alert: Alert) -> None:
        """Stores that it is to be told; the same account, report and step again changes nothing."""

    def waiting(self, staff: StaffId, until: datetime, most: int) -> Sequence[Alert]:
        """Returns what was noted for the account up to then and not told, oldest first."""

    def tell(self, staff: StaffId, until: datetime) -> None:
        """Marks all that waited for the account up to then as told."""


class StaffRepositories(Protocol):
    """Accounts and sessions of staff, what they arranged and are told, and the trail of what they did."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def factors(self) -> Factors: ...
    @property
    def identities(self) -> Identities: ...
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
    def city_changes(self) -> CityChanges: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def partners(self) -> Partners: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def overview(self) -> Overview: ...
    @property
    def alerts(self) -> Alerts: ...
