"""Repositories of conversations: messages seen, dialogues, awaited answers, what a reply proves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.messages import Address, SealedAddress, Tag, WireId
from core.model import Awaited, Capability, ContactId, Delivery, DeliveryId, Dialogue


class Inbox(Protocol):
    """Which messages were seen before, and how often somebody did something that is limited."""

    def record_if_new(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        """Records the message. Returns False, and changes nothing, where it was recorded before."""

    def recorded(self, channel: str, wire_id: WireId) -> bool:
        """Returns whether the message was recorded before."""

    def unrecord(self, channel: str, wire_id: WireId) -> None:
        """Deletes the record of a message that could not be handled: when it comes again, it counts as new."""

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        """Records that handling the message failed by a fault of ours. Returns the time of its first failure."""

    def count(self, what: str, who: str, now: datetime) -> None:
        """Counts one more of `what` for `who` (kept as an HMAC)."""

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        """Returns the sum of the last `within`, and the time of the last one counted; None: nothing was counted."""

    def sums(self, what: str, who: str, now: datetime, spans: tuple[timedelta, ...]) -> tuple[int, ...]:
        """Returns the sum within each of the spans up to `now`, in the order of `spans`, by one query."""


class Dialogues(Protocol):
    """Where each conversation stands, found by an HMAC of channel and address. Locks nothing: turns of one key wait."""

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        """Returns the HMAC: it is the key of the dialogue and orders the sender's turns and replies.

        A sealed address tells it without being opened.
        """

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        """Returns the dialogue, and the minute of its last turn. None: there is none."""

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None:
        """Stores the dialogue in place of the one before."""

    def drop(self, ordering_key: bytes) -> None:
        """Deletes it; nothing happens where there is none."""


class AwaitedAnswers(Protocol):
    """Which answers are awaited of a person, found by their ordering key; deleted when answered or expired."""

    def get(self, ordering_key: bytes, now: datetime) -> tuple[Awaited, ...]:
        """Returns those that have not expired, oldest first. Locks the row of the person."""

    def put(self, ordering_key: bytes, awaited: tuple[Awaited, ...]) -> None:
        """Replaces all that is awaited of the person; empty: deletes the row."""


class Capabilities(Protocol):
    """What a tag opens, found by an HMAC of the tag: no row tells its tag, and no tag can be guessed."""

    def tag(self, delivery: DeliveryId) -> Tag:
        """Returns the tag of one message of ours: an HMAC of its id, the same at every call."""

    def put(self, tag: Tag, capability: Capability) -> None:
        """Stores what the tag opens, in place of what it opened before."""

    def get(self, tag: Tag, now: datetime) -> Capability | None:
        """Returns what the tag opens, and locks its row. None: we never gave that tag, or it has expired."""

    def drop(self, tag: Tag) -> None:
        """Deletes what the tag opened: it can be used once."""

    def forget(self, contact: ContactId) -> None:
        """Deletes every capability that was given to that contact."""


class Outbox(Protocol):
    """Deliveries that wait to be sent, are being sent, or failed for good."""

    def add(self, delivery: Delivery) -> None:
        """Stores a delivery; for a contact that was erased it stores nothing."""

    def pending(self, contact: ContactId) -> Delivery | None:
        """Returns the news or digest for the contact that waits and is not leased, and locks its row.

        Of several the one that was added last. None: there is none.
        """

    def replace(self, delivery: Delivery) -> None:
        """Replaces words, kind or time of a delivery that waits and is not leased."""

    def drop_all_for(self, contact: ContactId) -> None:
        """Deletes every delivery that waits for the contact."""

    def claim(
        self, now: datetime, lease: timedelta, most: int, busy: frozenset[str] = frozenset()
    ) -> Sequence[Delivery]:
        """Leases at most `most` due deliveries to the caller until `now` + `lease`, and returns them.

        None of a channel in `busy`, whose wire takes no more at this moment. Of each ordering key only the first that
        waits is leased, so that order is kept. Rows that another process is leasing at this moment are passed over.
        """

    def extend_lease(self, delivery: DeliveryId, until: datetime) -> None:
        """Extends the lease of a delivery that is still being sent; nothing happens where it is not leased."""

    def mark_sent(self, delivery: Delivery, provider_id: str, now: datetime) -> None:
        """Marks it sent, and erases address and words in this transaction."""

    def retry_at(self, delivery: DeliveryId, at: datetime, why: str = "") -> None:
        """Notes why it failed for now: ends the lease and allows one attempt more, not before `at`."""

    def mark_dead(self, delivery: DeliveryId, why: str = "") -> None:
        """Notes a failure for good, and its reason: erases address and words; the row stays as a dead letter."""


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
