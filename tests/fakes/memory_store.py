"""core.ports.Store in dictionaries: the second implementation of the storage contract, fast enough for every test."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from core.errors import NotFound, StoreAway
from core.messages import Address, WireId
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


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Sent:
    """What stays of a delivery: neither address nor words."""

    delivery: DeliveryId
    state: str  # sent | dead
    at: datetime | None = None
    provider_id: str = ""


@dataclass(slots=True)
class State:
    """Everything that is kept; all values are frozen, so that a copy of the dictionaries is a copy of it all."""

    seen: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    failing: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    counts: dict[tuple[str, str], tuple[datetime, ...]] = field(default_factory=dict)
    dialogues: dict[bytes, tuple[Dialogue, datetime]] = field(default_factory=dict)
    reports: dict[ReportId, Report] = field(default_factory=dict)
    history: dict[ReportId, tuple[HistoryEntry, ...]] = field(default_factory=dict)
    holders: dict[TrackingCode, Holder] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    waiting: dict[DeliveryId, Delivery] = field(default_factory=dict)  # in the order they were added
    leases: dict[DeliveryId, datetime] = field(default_factory=dict)
    done: dict[DeliveryId, Sent] = field(default_factory=dict)

    def copy(self) -> "State":
        return State(**{name: dict(getattr(self, name)) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class MemoryInbox:
    state: State

    def first_sight(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        first = (channel, wire_id) not in self.state.seen
        self.state.seen.setdefault((channel, wire_id), _minute(now))
        return first

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        return self.state.failing.setdefault((channel, wire_id), _minute(now))

    def count(self, what: str, who: str, now: datetime, within: timedelta) -> int:
        before = self.state.counts.get((what, who), ())
        self.state.counts[what, who] = (*before, now.replace(microsecond=0))
        return self.counted(what, who, now, within)[0]

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        recent = [at for at in self.state.counts.get((what, who), ()) if at > now - within]
        return len(recent), max(recent, default=None)


@dataclass(frozen=True, slots=True)
class MemoryDialogues:
    state: State

    def lane(self, channel: str, sender: Address) -> bytes:
        return hashlib.sha256(f"{channel}\0{sender.reveal()}".encode()).digest()

    def get(self, lane: bytes) -> tuple[Dialogue, datetime] | None:
        return self.state.dialogues.get(lane)

    def put(self, lane: bytes, dialogue: Dialogue, now: datetime) -> None:
        self.state.dialogues[lane] = (dialogue, _minute(now))

    def drop(self, lane: bytes) -> None:
        self.state.dialogues.pop(lane, None)


@dataclass(frozen=True, slots=True)
class MemoryReports:
    state: State

    def add(self, report: Report, first: HistoryEntry) -> None:
        if report.id in self.state.reports or any(r.number == report.number for r in self.state.reports.values()):
            raise ValueError("report is there")
        self.state.reports[report.id] = report
        self.state.history[report.id] = (first,)

    def get(self, report: ReportId) -> Report | None:
        return self.state.reports.get(report)

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        return self.state.history.get(report, ())

    def reroute(self, report: Report, entry: HistoryEntry) -> None:
        old = self.state.reports.get(report.id)
        if old is None:
            raise NotFound
        self.state.reports[report.id] = replace(
            old, category=report.category, place=report.place, agency=report.agency, restricted=report.restricted
        )
        self.state.history[report.id] += (entry,)


@dataclass(frozen=True, slots=True)
class MemoryHolders:
    state: State

    def add(self, holder: Holder, code: TrackingCode, contact: Contact | None) -> None:
        if code in self.state.holders or holder.report not in self.state.reports:
            raise ValueError("code is taken, or no such report")
        self.state.holders[code] = holder
        if contact is not None:
            self.state.contacts[contact.id] = contact

    def by_code(self, code: TrackingCode) -> Holder | None:
        return self.state.holders.get(code)

    def contact(self, contact: ContactId) -> Contact | None:
        return self.state.contacts.get(contact)

    def forget(self, contact: ContactId) -> None:
        self.state.contacts.pop(contact, None)
        for code, holder in list(self.state.holders.items()):
            if holder.contact == contact:
                self.state.holders[code] = replace(holder, contact=None)
        for delivery in list(self.state.waiting.values()):
            if delivery.contact == contact:
                del self.state.waiting[delivery.id]
                self.state.leases.pop(delivery.id, None)


@dataclass(frozen=True, slots=True)
class MemoryOutbox:
    state: State

    def add(self, delivery: Delivery) -> None:
        if delivery.contact is None or delivery.contact in self.state.contacts:
            self.state.waiting[delivery.id] = delivery

    def claim(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        heads: dict[bytes, Delivery] = {}
        for delivery in self.state.waiting.values():
            heads.setdefault(delivery.lane, delivery)
        free = [d for d in heads.values() if d.not_before <= now and self._free(d.id, now)]
        taken = sorted(free, key=lambda d: d.not_before)[:most]
        for delivery in taken:
            self.state.leases[delivery.id] = now + lease
        return taken

    def hold(self, delivery: DeliveryId, until: datetime) -> None:
        if delivery in self.state.leases:
            self.state.leases[delivery] = until

    def _free(self, delivery: DeliveryId, now: datetime) -> bool:
        until = self.state.leases.get(delivery)
        return until is None or until <= now

    def sent(self, delivery: DeliveryId, provider_id: str, now: datetime) -> None:
        self._finish(Sent(delivery, "sent", _minute(now), provider_id))

    def again(self, delivery: DeliveryId, at: datetime) -> None:
        self.state.leases.pop(delivery, None)
        if delivery in self.state.waiting:
            old = self.state.waiting[delivery]
            self.state.waiting[delivery] = replace(old, attempts=old.attempts + 1, not_before=at)

    def dead(self, delivery: DeliveryId) -> None:
        self._finish(Sent(delivery, "dead"))

    def _finish(self, end: Sent) -> None:
        self.state.leases.pop(end.delivery, None)
        if self.state.waiting.pop(end.delivery, None) is not None:
            self.state.done[end.delivery] = end


@dataclass(frozen=True, slots=True)
class MemoryTx:
    inbox: MemoryInbox
    dialogues: MemoryDialogues
    reports: MemoryReports
    holders: MemoryHolders
    outbox: MemoryOutbox


class MemoryStore:
    """Turns one after the other; one that raises leaves nothing. Look at `state` to see what was kept."""

    def __init__(self) -> None:
        self.state = State()
        self.away = False  # set: every turn raises StoreAway, as when the disk is full
        self.lanes: list[bytes] = []  # of the turns that were kept, in order
        self._one = threading.RLock()

    def run(self, turn: Callable[[MemoryTx], T], *, lane: bytes = b"") -> T:
        with self._one:
            if self.away:
                raise StoreAway
            trial = self.state.copy()
            result = turn(
                MemoryTx(
                    MemoryInbox(trial),
                    MemoryDialogues(trial),
                    MemoryReports(trial),
                    MemoryHolders(trial),
                    MemoryOutbox(trial),
                )
            )
            self.state = trial
            self.lanes.append(lane)
            return result
