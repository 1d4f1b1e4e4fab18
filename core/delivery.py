"""The outbox empties: what is due is put into words, and what came of sending it is written down.

A crash between the wire's yes and `sent` repeats a message and never loses one; see docs/decisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core import record
from core.errors import AddressLocked, DeliveryFailed
from core.messages import TAG_MARK, Line, Outgoing, SealedAddress, Tag
from core.model import Delivery, DeliveryId, DeliveryKind
from core.phrases import named, phrase, render
from core.ports import Context, ConversationRepositories, RandomSource, UnitOfWork

# Short, and renewed while a message is on its wire: what a killed process held is sent by another within 15 s.
LEASE = timedelta(seconds=12)
_FIRST = timedelta(seconds=4)  # the first retry comes within 15 s
_LONGEST = timedelta(hours=1)
_GIVE_UP_AFTER = 90  # attempts: with an hour between them, more than three days


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery that was claimed."""

    delivery: Delivery
    context: Context = field(repr=False)
    tag: Tag  # what a reply to it shows
    thread_tag: Tag | None = None  # of the message of ours that began its thread

    @property
    def outgoing(self) -> Outgoing:
        """In words, made when they are asked for: one that cannot be said must not hold up those claimed with it.

        Raises AddressLocked where its address was not opened before.
        """
        return _outgoing(self)


def claim(
    tx: UnitOfWork, now: datetime, most: int, context: Context, busy: frozenset[str] = frozenset()
) -> Sequence[Ready]:
    """What is due now, leased to who asks; from now on the answer to what it asks is awaited. None of `busy` wires."""
    claimed = tx.outbox.claim(now, LEASE, most, busy)
    for each in claimed:
        record.asking(tx, each, now)
    return [_ready(tx, each, context) for each in claimed]


def _ready(tx: ConversationRepositories, delivery: Delivery, context: Context) -> Ready:
    began = delivery.thread.ours if delivery.thread is not None else ""
    tags = tx.capabilities
    return Ready(delivery, context, tags.tag(delivery.id), tags.tag(DeliveryId(began)) if began else None)


def hold(tx: ConversationRepositories, delivery: Delivery, now: datetime) -> None:
    """It is still on the wire: nobody else may send it."""
    tx.outbox.extend_lease(delivery.id, now + LEASE)


def sent(tx: UnitOfWork, delivery: Delivery, provider_id: str, now: datetime, context: Context) -> None:
    """The wire took it, and calls it so: an answer may name it."""
    record.asked(record.Turn(tx, now, context), delivery, provider_id)
    tx.outbox.mark_sent(delivery, provider_id, now)


def failed(tx: UnitOfWork, delivery: Delivery, failure: DeliveryFailed, now: datetime, rng: RandomSource) -> None:
    """The wire did not take it: later again, or never, and then the address is forgotten."""
    record.unasked(tx, delivery, now)
    if not failure.final and delivery.attempts + 1 < _GIVE_UP_AFTER:
        tx.outbox.retry_at(delivery.id, now + pause(delivery.attempts, failure.retry_after, rng), failure.reason)
        return
    tx.outbox.mark_dead(delivery.id, failure.reason)
    if failure.gone and delivery.contact is not None:
        tx.awaited.put(tx.dialogues.ordering_key(delivery.channel, delivery.to), ())
        tx.capabilities.forget(delivery.contact)
        tx.code_holders.forget(delivery.contact)


def pause(attempts: int, retry_after: float | None, rng: RandomSource) -> timedelta:
    """Doubling, with a quarter of chance so that waiting messages do not march in step; what a wire asks is obeyed."""
    waits = min(_FIRST * (1 << min(attempts, 12)), _LONGEST)
    waits += waits / 4 * (rng.below(1000) / 1000)
    return max(waits, timedelta(seconds=retry_after or 0))


def _outgoing(ready: Ready) -> Outgoing:
    delivery, profile = ready.delivery, ready.context.profiles[ready.delivery.channel]
    if isinstance(delivery.to, SealedAddress):
        raise AddressLocked(delivery.to.pair)
    rendered = render(delivery.say, delivery.lang, profile)
    about, tag, thread = _about(delivery.say.lines), ready.tag.reveal(), delivery.thread
    if delivery.kind is DeliveryKind.ALERT:
        tag = ""  # no answer to it is a citizen's
    if thread is not None and ready.thread_tag is not None:
        thread = replace(thread, ours=ready.thread_tag.reveal())
    reference = f"\n\n{phrase('mail_reference', delivery.lang, tag=TAG_MARK + tag)}" if profile.threads and tag else ""
    subject = phrase("desk_alert_subject" if delivery.kind is DeliveryKind.ALERT else "mail_subject", delivery.lang)
    return Outgoing(
        to=delivery.to,
        text=rendered.text + reference,
        id=delivery.id,
        options=rendered.options,
        ask_point=delivery.say.ask_point and profile.buttons,
        point_label=phrase("point_button", delivery.lang) if profile.buttons else "",
        revision=delivery.say.revision,
        subject=subject if profile.threads else "",
        thread=thread,
        tag=tag,
        kind=delivery.kind,
        lang=delivery.lang,
        key="" if about is None else about.key,
        arguments=_arguments(about, delivery.lang),
    )


def _about(lines: tuple[Line, ...]) -> Line | None:
    """What a message is about: the first line that may not be left out, of a digest the newest of its news."""
    return next((line for line in lines if line.keep), next(iter(lines), None))


def _arguments(line: Line | None, lang: str) -> tuple[tuple[str, str], ...]:
    if line is None:
        return ()
    given = dict(line.args)  # of a phrase with a short form perhaps not all that the long one names
    return tuple((name, given[name]) for name in named(line.key, lang) if name in given)
