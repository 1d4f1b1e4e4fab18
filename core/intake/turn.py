"""What one turn knows, and what an effect of the conversation comes to."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from core import record
from core.authority import Bearer
from core.messages import ChannelProfile, Envelope, Line, Say
from core.model import Contact, ContactId, Delivery, DeliveryId, DeliveryKind, ReportId, TrackingCode
from core.ports import Context, UnitOfWork

if TYPE_CHECKING:
    from core.conversation import Effect, Outcome  # who looks up a code holds no conversation


@dataclass(frozen=True, slots=True)
class MessageTurn:
    """One message on its way through the core. `ordering_key`: of the address that it comes from, or claims to.

    `profile`: the channel's, with what is known of this very message's sender. `shown`: the contact to whom the message
    of ours went whose tag it shows.
    """

    tx: UnitOfWork
    envelope: Envelope
    ordering_key: bytes
    profile: ChannelProfile
    now: datetime
    context: Context
    bearer: Bearer = Bearer.CLAIMED
    shown: ContactId | None = None

    @property
    def proved(self) -> bool:
        """Whether nobody else can have sent it."""
        return self.profile.proved

    @property
    def person_key(self) -> str:
        """Of who writes, for limits and to tell people apart: the same by every channel that brings the same people.

        A sender who is only claimed is one of that channel alone, or whoever forges a number would use its limits up.
        """
        if not self.proved:
            return self.ordering_key.hex()
        people = self.profile.people or self.envelope.channel
        return self.tx.dialogues.ordering_key(people, self.envelope.author).hex()

    @property
    def recording(self) -> record.Turn:
        """The same, as whoever writes the life of a report down takes it."""
        return record.Turn(self.tx, self.now, self.context)

    def contact(self, lang: str, reply: DeliveryId) -> Contact:
        """The address that is told of what is filed. `reply`: the message that gives the code."""
        return Contact(ContactId(self.context.rng.token()), self.envelope.channel, self.envelope.sender, lang, reply)

    def marks(self, lang: str) -> str:
        """Language of the marks in what others read; `lang`: of the dialogue.

        By a number that anybody can claim, the dialogue's would tell others what was spoken with that number before.
        """
        return marks_of(self.profile, lang, self.context)


def marks_of(profile: ChannelProfile, lang: str, context: Context) -> str:
    """See Turn.marks."""
    return lang if profile.proved or profile.threads else context.lang


@dataclass(frozen=True, slots=True)
class Done:
    """What an effect came to: lines that are said first, and the outcome that goes on."""

    lines: tuple[Line, ...]
    outcome: "Outcome"
    contact: ContactId | None = None
    reply: DeliveryId | None = None  # id of the message that says so, where it was needed before
    long: bool = False  # carries words of staff
    code: TrackingCode | None = None  # that was given
    granted: bool = False  # what a reply to it has to show is noted already
    effect: "Effect | None" = None  # that was asked for


def turn_of(tx: UnitOfWork, envelope: Envelope, now: datetime, context: Context) -> MessageTurn:
    """A message as it comes in, before anything is known of the right that it shows."""
    ordering_key = tx.dialogues.ordering_key(envelope.channel, envelope.sender)
    return MessageTurn(tx, envelope, ordering_key, context.profile_of(envelope), now, context)


def reply_of(turn: MessageTurn, done: Done) -> Delivery | None:
    """What is said to who writes; None: nothing."""
    said = done.outcome.say or Say(())
    lines = tuple(sorted(done.lines + said.lines, key=lambda each: not each.key.startswith("hint_")))  # calls first
    if not lines:
        return None
    return Delivery(
        id=done.reply or DeliveryId(turn.context.rng.token()),
        ordering_key=turn.ordering_key,
        kind=DeliveryKind.REPLY,
        channel=turn.envelope.channel,
        to=turn.envelope.sender,
        say=said if done.long is said.long and not done.lines else replace(said, lines=lines, long=done.long),
        lang=done.outcome.dialogue.lang,
        not_before=turn.now,
        thread=turn.envelope.thread,
        contact=done.contact,
    )


def own_contact(turn: MessageTurn, report: ReportId) -> ContactId | None:
    """The address that whoever writes left with a report, if they did and it is known to be theirs."""
    if not turn.proved:
        shown = turn.shown
        return shown if any(holder.contact == shown for holder in turn.tx.code_holders.of(report)) else None
    for holder in turn.tx.code_holders.of(report):
        contact = turn.tx.code_holders.contact(holder.contact) if holder.contact is not None else None
        if contact is not None and _is_of(turn, contact):
            return contact.id
    return None


def _is_of(turn: MessageTurn, contact: Contact) -> bool:
    """By what their addresses are found by: an address that is kept is not opened."""
    whose = turn.tx.dialogues.ordering_key(contact.channel, contact.address)
    return hmac.compare_digest(whose, turn.ordering_key)


def nothing(_: MessageTurn, outcome: "Outcome") -> Done:
    """Where the conversation asked for nothing."""
    return Done((), outcome)
