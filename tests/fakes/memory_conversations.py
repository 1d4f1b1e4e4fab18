"""core.ports.ConversationRepositories in dictionaries."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.messages import Address, SealedAddress, Tag, WireId
from core.model import (
    Awaited,
    Capability,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
)
from tests.fakes.memory_state import Sent, State, minute


@dataclass(frozen=True, slots=True)
class MemoryInbox:
    state: State

    def record_if_new(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        first = (channel, wire_id) not in self.state.seen
        self.state.seen.setdefault((channel, wire_id), minute(now))
        return first

    def recorded(self, channel: str, wire_id: WireId) -> bool:
        return (channel, wire_id) in self.state.seen

    def unrecord(self, channel: str, wire_id: WireId) -> None:
        self.state.seen.pop((channel, wire_id), None)

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        return self.state.failing.setdefault((channel, wire_id), minute(now))

    def count(self, what: str, who: str, now: datetime) -> None:
        before = self.state.counts.get((what, who), ())
        self.state.counts[what, who] = (*before, now.replace(microsecond=0))

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        recent = [at for at in self.state.counts.get((what, who), ()) if at > now - within]
        return len(recent), max(recent, default=None)

    def sums(self, what: str, who: str, now: datetime, spans: tuple[timedelta, ...]) -> tuple[int, ...]:
        return tuple(self.counted(what, who, now, span)[0] for span in spans)


@dataclass(frozen=True, slots=True)
class MemoryDialogues:
    state: State

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        if isinstance(sender, SealedAddress):
            return sender.person
        return hashlib.sha256(f"{channel}\0{sender.reveal()}".encode()).digest()

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        return self.state.dialogues.get(ordering_key)

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None:
        self.state.dialogues[ordering_key] = (dialogue, minute(now))

    def drop(self, ordering_key: bytes) -> None:
        self.state.dialogues.pop(ordering_key, None)


@dataclass(frozen=True, slots=True)
class MemoryOutbox:
    state: State

    def add(self, delivery: Delivery) -> None:
        if delivery.contact is None or delivery.contact in self.state.contacts:
            ordering_key = delivery.ordering_key or (delivery.contact or "").encode()
            self.state.waiting[delivery.id] = replace(delivery, ordering_key=ordering_key)

    def pending(self, contact: ContactId) -> Delivery | None:
        news = (
            d
            for d in self.state.waiting.values()
            if d.contact == contact and d.kind in {DeliveryKind.NEWS, DeliveryKind.DIGEST}
        )
        return next((delivery for delivery in reversed(list(news)) if delivery.id not in self.state.leases), None)

    def replace(self, delivery: Delivery) -> None:
        old = self.state.waiting.get(delivery.id)
        if old is not None and delivery.id not in self.state.leases:
            self.state.waiting[delivery.id] = replace(
                delivery, ordering_key=old.ordering_key, channel=old.channel, contact=old.contact, attempts=old.attempts
            )

    def drop_all_for(self, contact: ContactId) -> None:
        for delivery in list(self.state.waiting.values()):
            if delivery.contact == contact:
                del self.state.waiting[delivery.id]
                self.state.leases.pop(delivery.id, None)

    def claim(
        self, now: datetime, lease: timedelta, most: int, busy: frozenset[str] = frozenset()
    ) -> Sequence[Delivery]:
        heads: dict[bytes, Delivery] = {}
        for delivery in self.state.waiting.values():
            heads.setdefault(delivery.ordering_key, delivery)
        open_to = [delivery for delivery in heads.values() if delivery.channel not in busy]
        free = [d for d in open_to if d.not_before <= now and self._free(d.id, now)]
        taken = sorted(free, key=lambda d: d.not_before)[:most]
        for delivery in taken:
            self.state.leases[delivery.id] = now + lease
        return taken

    def extend_lease(self, delivery: DeliveryId, until: datetime) -> None:
        if delivery in self.state.leases:
            self.state.leases[delivery] = until

    def _free(self, delivery: DeliveryId, now: datetime) -> bool:
        until = self.state.leases.get(delivery)
        return until is None or until <= now

    def mark_sent(self, delivery: Delivery, provider_id: str, now: datetime) -> None:
        self._finish(Sent(delivery.id, "sent", minute(now), provider_id))

    def retry_at(self, delivery: DeliveryId, at: datetime, why: str = "") -> None:
        del why
        self.state.leases.pop(delivery, None)
        if delivery in self.state.waiting:
            old = self.state.waiting[delivery]
            self.state.waiting[delivery] = replace(old, attempts=old.attempts + 1, not_before=at)

    def mark_dead(self, delivery: DeliveryId, why: str = "") -> None:
        del why
        self._finish(Sent(delivery, "dead"))

    def _finish(self, end: Sent) -> None:
        self.state.leases.pop(end.delivery, None)
        if self.state.waiting.pop(end.delivery, None) is not None:
            self.state.done[end.delivery] = end


@dataclass(frozen=True, slots=True)
class MemoryAwaitedAnswers:
    state: State

    def get(self, ordering_key: bytes, now: datetime) -> tuple[Awaited, ...]:
        return tuple(awaited for awaited in self.state.awaited.get(ordering_key, ()) if awaited.until > now)

    def put(self, ordering_key: bytes, awaited: tuple[Awaited, ...]) -> None:
        self.state.awaited[ordering_key] = awaited
        if not awaited:
            del self.state.awaited[ordering_key]


@dataclass(frozen=True, slots=True)
class MemoryCapabilities:
    state: State

    def tag(self, delivery: DeliveryId) -> Tag:
        return Tag(base64.b32encode(hashlib.sha256(delivery.encode()).digest()[:16]).decode().rstrip("=").lower())

    def put(self, tag: Tag, capability: Capability) -> None:
        self.state.capabilities[tag] = replace(capability, until=minute(capability.until))

    def get(self, tag: Tag, now: datetime) -> Capability | None:
        found = self.state.capabilities.get(tag)
        return found if found is not None and found.until > now else None

    def drop(self, tag: Tag) -> None:
        self.state.capabilities.pop(tag, None)

    def forget(self, contact: ContactId) -> None:
        for tag in [tag for tag, each in self.state.capabilities.items() if each.contact == contact]:
            del self.state.capabilities[tag]
