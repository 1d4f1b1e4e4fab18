"""What core asks of the outside: Protocols, named for what they give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol, TypeVar

from core.messages import Address, Look, Manner, WireId
from core.model import (
    AgencyId,
    AreaCode,
    AuditEntry,
    Awaited,
    CategoryId,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    Dialogue,
    HistoryEntry,
    Holder,
    Listed,
    Notice,
    Number,
    Report,
    ReportId,
    Route,
    Staff,
    Status,
    TrackingCode,
)

T = TypeVar("T")


class Clock(Protocol):
    """The time, asked once a turn."""

    def now(self) -> datetime:
        """UTC, aware."""
        ...


class Dice(Protocol):
    """Chance that nobody can guess."""

    def token(self) -> str:
        """128 random bits, 26 lower-case base32 characters."""
        ...

    def below(self, end: int) -> int:
        """A whole number, 0 <= n < end."""
        ...


class Inbox(Protocol):
    """What was seen before, and how often somebody did something that is limited."""

    def first_sight(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        """Records the message; False when it was recorded before."""
        ...

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        """Records that a message failed by a fault of ours; the time of its first failure."""
        ...

    def count(self, what: str, who: str, now: datetime, within: timedelta) -> int:
        """Counts one more of `what` for `who` (kept as an HMAC) and returns the sum within the time, this one too."""
        ...

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        """The sum so far, and the time of the last."""
        ...


class Dialogues(Protocol):
    """Where each conversation stands, found by an HMAC of channel and address."""

    def lane(self, channel: str, sender: Address) -> bytes:
        """The HMAC: key of the dialogue, and the lane of its replies."""
        ...

    def get(self, lane: bytes) -> tuple[Dialogue, datetime] | None:
        """The dialogue, and the minute of its last turn."""
        ...

    def put(self, lane: bytes, dialogue: Dialogue, now: datetime) -> None: ...

    def drop(self, lane: bytes) -> None: ...


class AwaitedAnswers(Protocol):
    """Whose answer is awaited, found by the lane of the person who was asked; gone when answered or out of time."""

    def get(self, lane: bytes, now: datetime) -> tuple[Awaited, ...]:
        """Those whose time has not passed, oldest first."""
        ...

    def put(self, lane: bytes, awaited: tuple[Awaited, ...]) -> None:
        """All that are awaited of a lane; empty: none any more."""
        ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Which reports somebody may see. `agency`: what it holds or held; `every`: all but restricted ones."""

    agency: AgencyId
    every: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reports of those that somebody may see, and how many; None: any. `agency`: who holds it now.

    `area`: of it and all inside it. `after`: deadline and number of the last one of the page before.
    """

    status: Status | None = None
    agency: AgencyId | None = None
    category: CategoryId | None = None
    area: AreaCode | None = None
    ended: bool = False  # those that have ended too, where no status is asked for
    after: tuple[datetime, Number] | None = None
    most: int | None = None


class Reports(Protocol):
    """Reports and their history."""

    def add(self, report: Report, first: HistoryEntry) -> None: ...

    def get(self, report: ReportId) -> Report | None:
        """Whoever reads a report in a turn may change it: turns about one report wait for each other here."""
        ...

    def by_number(self, number: Number) -> Report | None:
        """Likewise."""
        ...

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Oldest first."""
        ...

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        """Stores it anew (all but id, number, channel and time of receipt), with the entry that says what happened.

        Who holds it is noted among those who held it; where it has become restricted, those before are struck out.
        Raises NotFound.
        """
        ...

    def held(self, report: ReportId) -> frozenset[AgencyId]:
        """Who holds or held it."""
        ...

    def alarmed(self, now: datetime, most: int) -> Sequence[ReportId]:
        """Whose alarm has come, oldest alarm first."""
        ...

    def alike(self, category: CategoryId, area: AreaCode, since: datetime) -> tuple[ReportId, int] | None:
        """An open report of that category in that very area, received since then, and how many hold it.

        Of several the one that most hold; never a restricted one, nor one that goes along with another.
        """
        ...

    def along_with(self, main: ReportId) -> Sequence[ReportId]:
        """Reports about the same problem that go along with it."""
        ...


class Queues(Protocol):
    """Lists of reports, short enough to be read while others write."""

    def page(self, sight: Sight, sought: Sought) -> Sequence[Listed]:
        """By deadline, the nearest first; of two with one deadline the number decides."""
        ...


class Looks(Protocol):
    """What the photos of results look like; `scope` empty: of the whole city, else of one agency's restricted ones."""

    def keep(self, report: ReportId, look: Look, scope: str) -> None: ...

    def like(self, look: Look, scope: str) -> Sequence[ReportId]:
        """Reports with a photo that looks the same, nearest first."""
        ...


class Notices(Protocol):
    """What offices are told of time that passes."""

    def add(self, notice: Notice) -> None:
        """The same one (report, mark, office) again is passed over."""
        ...

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        """Newest first."""
        ...


class Accounts(Protocol):
    """Staff, and the hash of their passwords."""

    def add(self, staff: Staff, password: str) -> None:
        """`password` is a hash already. Raises NameTaken."""
        ...

    def by_name(self, name: str) -> Staff | None: ...

    def all(self) -> Sequence[Staff]:
        """By name."""
        ...

    def change(self, staff: Staff, password: str | None = None) -> None:
        """Stores it anew, and the hash if there is a new one."""
        ...

    def password(self, name: str) -> str | None:
        """The hash; None where there is no such account."""
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


class Holders(Protocol):
    """Who may speak for a report: codes and contacts, never columns of the report."""

    def add(self, holder: Holder, code: TrackingCode, contact: Contact | None) -> None:
        """The report comes first; `contact` is the one that the holder names, or None."""
        ...

    def by_code(self, code: TrackingCode) -> Holder | None: ...

    def of(self, report: ReportId) -> Sequence[Holder]:
        """All who may speak for it, in no order that tells anything."""
        ...

    def told(self, contact: ContactId, at: datetime) -> None:
        """When the last news to that contact was, or will be, due."""
        ...

    def contact(self, contact: ContactId) -> Contact | None: ...

    def forget(self, contact: ContactId) -> None:
        """Destroys the address, its key and every delivery that still waits for it (mark a dead one first)."""
        ...


class Outbox(Protocol):
    """Deliveries on their way."""

    def add(self, delivery: Delivery) -> None:
        """Nothing is kept for a contact that was forgotten."""
        ...

    def pending(self, contact: ContactId) -> Delivery | None:
        """Its news or digest that waits and that nobody is sending; of several the one that was added last."""
        ...

    def replace(self, delivery: Delivery) -> None:
        """Other words, kind or time for one that waits and that nobody is sending."""
        ...

    def drop_all_for(self, contact: ContactId) -> None:
        """Every delivery that waits for a contact."""
        ...

    def claim(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """The next due delivery of each free lane, leased to who asks."""
        ...

    def hold(self, delivery: DeliveryId, until: datetime) -> None:
        """A longer lease, if it is leased at all: it is still being sent."""
        ...

    def sent(self, delivery: DeliveryId, provider_id: str, now: datetime) -> None:
        """Marks it sent, and erases address and words in the same transaction."""
        ...

    def again(self, delivery: DeliveryId, at: datetime) -> None:
        """It failed for a passing reason: one attempt more, not before `at`."""
        ...

    def dead(self, delivery: DeliveryId) -> None:
        """It failed for good: address and words are erased, the row stays as a dead letter."""
        ...


class Tx(Protocol):
    """One open transaction; nothing in it commits."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def queues(self) -> Queues: ...
    @property
    def holders(self) -> Holders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def awaited(self) -> AwaitedAnswers: ...
    @property
    def looks(self) -> Looks: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def audit(self) -> Audit: ...


class Store(Protocol):
    """Where turns run: all of a turn is kept, or nothing of it."""

    def run(self, turn: Callable[[Tx], T], *, lane: bytes = b"") -> T:
        """Calls `turn` in one transaction, again if the database asks for it; returns after the commit.

        `lane`: turns of the same lane run one after the other, on any number of processes.
        Raises StoreAway when the database cannot be reached or written.
        """
        ...

    def read(self, turn: Callable[[Tx], T]) -> T:
        """A turn that only reads: it sees the last commit, and neither waits for who writes nor holds them up.

        What it writes is refused or lost, and a report that may be changed (`get`, `by_number`) is read by `run`.
        Raises StoreAway.
        """
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What stays the same from turn to turn."""

    dice: Dice
    zone: tzinfo
    lang: str
    manners: Mapping[str, Manner]
    news_delay: tuple[int, int] = (0, 0)  # minutes, from and to: chance between them, so that no wire tells who acted
