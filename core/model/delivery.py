"""Who may speak for a report and hears of it, and one message to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.messages import Address, DeliveryKind, Say, SealedAddress, Thread
from core.model.dialogue import Awaited
from core.model.identifiers import ContactId, DeliveryId, ReportId


class Role(StrEnum):
    """Why a holder may speak for a report."""

    REPORTER = "reporter"
    FOLLOWER = "follower"


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that news of one report goes to; once it is kept, mostly sealed."""

    id: ContactId
    channel: str
    address: Address | SealedAddress
    lang: str
    thread: str = field(default="", repr=False)  # id of our first message to it: what later ones refer to


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Who may speak for a report. `last4` of the code: news must say which report it is about."""

    report: ReportId
    role: Role
    last4: str = field(repr=False)
    contact: ContactId | None = None
    told: datetime | None = None  # when the last news was, or will be, due

    def may_hear(self, *, restricted: bool) -> bool:
        """Who follows what became restricted hears no more of it: a question of its agency would tell the matter."""
        return self.role is not Role.FOLLOWER or not restricted


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outgoing message, a row of the outbox.

    `ordering_key`: deliveries of one ordering key leave in order. Empty: the ordering key of its contact, so that news
    which waits for its hour holds up no reply. `to`: where it is sealed, the citizen's own thread is sealed with it.
    """

    id: DeliveryId
    ordering_key: bytes = field(repr=False)
    kind: DeliveryKind
    channel: str
    to: Address | SealedAddress
    say: Say
    lang: str
    not_before: datetime
    thread: Thread | None = None
    contact: ContactId | None = None  # erased when the wire refuses for good
    attempts: int = 0
    awaits: Awaited | None = None  # what its answer is about


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery as an operator may see it."""

    id: str
    kind: DeliveryKind
    channel: str
    state: str  # waiting | dead
    attempts: int
    not_before: datetime
    why: str = ""  # what the last try failed of
