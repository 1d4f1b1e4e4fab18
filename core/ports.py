"""What core asks of the outside: Protocols, named for what they give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol, TypeVar

from core.messages import Address, Manner, WireId
from core.model import (
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    Dialogue,
    HistoryEntry,
    Holder,
    Report,
    ReportId,
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


class Reports(Protocol):
    """Reports and their history."""

    def add(self, report: Report, first: HistoryEntry) -> None: ...

    def get(self, report: ReportId) -> Report | None: ...

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Oldest first."""
        ...

    def reroute(self, report: Report, entry: HistoryEntry) -> None:
        """Stores category, place, agency and restriction anew (nothing else of it), with the entry that says so.

        Raises NotFound.
        """
        ...


class Holders(Protocol):
    """Who may speak for a report: codes and contacts, never columns of the report."""

    def add(self, holder: Holder, code: TrackingCode, contact: Contact | None) -> None:
        """The report comes first; `contact` is the one that the holder names, or None."""
        ...

    def by_code(self, code: TrackingCode) -> Holder | None: ...

    def contact(self, contact: ContactId) -> Contact | None: ...

    def forget(self, contact: ContactId) -> None:
        """Destroys the address, its key and every delivery that still waits for it (mark a dead one first)."""
        ...


class Outbox(Protocol):
    """Deliveries on their way."""

    def add(self, delivery: Delivery) -> None:
        """Nothing is kept for a contact that was forgotten."""
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
    def holders(self) -> Holders: ...
    @property
    def outbox(self) -> Outbox: ...


class Store(Protocol):
    """Where turns run: all of a turn is kept, or nothing of it."""

    def run(self, turn: Callable[[Tx], T], *, lane: bytes = b"") -> T:
        """Calls `turn` in one transaction, again if the database asks for it; returns after the commit.

        `lane`: turns of the same lane run one after the other, on any number of processes.
        Raises StoreAway when the database cannot be reached or written.
        """
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What stays the same from turn to turn."""

    dice: Dice
    zone: tzinfo
    lang: str
    manners: Mapping[str, Manner]
