"""What a conversation keeps: messages seen, dialogues, awaited answers."""

from datetime import datetime, timedelta
from typing import Protocol

from core.messages import Address, Tag, WireId
from core.model import Awaited, Capability, ContactId, DeliveryId, Dialogue
from core.ports.reports import Outbox


class Inbox(Protocol):
    """What was seen before, and how often somebody did something that is limited."""

    def record_if_new(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        """Records the message; False when it was recorded before."""
        ...

    def unrecord(self, channel: str, wire_id: WireId) -> None:
        """The message was not taken after all: when it comes again, it is seen for the first time."""
        ...

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        """Records that a message failed by a fault of ours; the time of its first failure."""
        ...

    def count(self, what: str, who: str, now: datetime) -> None:
        """Counts one more of `what` for `who` (kept as an HMAC)."""
        ...

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        """The sum so far, and the time of the last."""
        ...

    def sums(self, what: str, who: str, now: datetime, spans: tuple[timedelta, ...]) -> tuple[int, ...]:
        """The sum within each of the spans, in one query."""
        ...


class Dialogues(Protocol):
    """Where each conversation stands, found by an HMAC of channel and address."""

    def ordering_key(self, channel: str, sender: Address) -> bytes:
        """The HMAC: key of the dialogue, and the ordering key of its replies."""
        ...

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        """The dialogue, and the minute of its last turn."""
        ...

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None: ...

    def drop(self, ordering_key: bytes) -> None: ...


class AwaitedAnswers(Protocol):
    """Whose answer is awaited, by the ordering key of the person who was asked; gone when answered or out of time."""

    def get(self, ordering_key: bytes, now: datetime) -> tuple[Awaited, ...]:
        """Those whose time has not passed, oldest first."""
        ...

    def put(self, ordering_key: bytes, awaited: tuple[Awaited, ...]) -> None:
        """All that are awaited of an ordering key; empty: none any more."""
        ...


class Capabilities(Protocol):
    """What a tag opens, found by an HMAC of the tag: no row tells which tag it is of, nor can it be guessed."""

    def tag(self, delivery: DeliveryId) -> Tag:
        """The tag of one message of ours: an HMAC of its id, the same at every call."""
        ...

    def put(self, tag: Tag, capability: Capability) -> None:
        """New, or in place of what the tag opened before."""
        ...

    def get(self, tag: Tag, now: datetime) -> Capability | None:
        """Locks the row. None for a tag that we never gave, and for one whose time has passed."""
        ...

    def drop(self, tag: Tag) -> None:
        """It was used, and can be used once."""
        ...

    def forget(self, contact: ContactId) -> None:
        """Everything that was given to who is at that contact."""
        ...


class ConversationRepositories(Protocol):
    """What conversations keep: messages seen, dialogues, deliveries, awaited answers, what a reply proves."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def awaited(self) -> AwaitedAnswers: ...
    @property
    def capabilities(self) -> Capabilities: ...
