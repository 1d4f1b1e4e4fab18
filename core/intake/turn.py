"""What one turn knows, and what an effect of the conversation comes to."""

from dataclasses import dataclass
from datetime import datetime

from core.conversation import Outcome
from core.messages import Envelope, Line, Manner
from core.model import ContactId, DeliveryId, ReportId
from core.ports import House, Tx


@dataclass(frozen=True, slots=True)
class Turn:
    """One message on its way through the core."""

    tx: Tx
    envelope: Envelope
    lane: bytes
    manner: Manner
    now: datetime
    house: House


@dataclass(frozen=True, slots=True)
class Done:
    """What an effect came to: lines that are said first, and the outcome that goes on."""

    lines: tuple[Line, ...]
    outcome: Outcome
    contact: ContactId | None = None
    reply: DeliveryId | None = None  # id of the message that says so, where it was needed before
    long: bool = False  # carries words of staff


def own_contact(turn: Turn, report: ReportId) -> ContactId | None:
    """The address that whoever writes left with a report, if they did."""
    for holder in turn.tx.holders.of(report):
        contact = turn.tx.holders.contact(holder.contact) if holder.contact is not None else None
        if contact is not None and (contact.channel, contact.address) == (turn.envelope.channel, turn.envelope.sender):
            return contact.id
    return None


def nothing(_: Turn, outcome: Outcome) -> Done:
    """Where the conversation asked for nothing."""
    return Done((), outcome)
