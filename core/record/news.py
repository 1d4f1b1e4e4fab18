"""News of a report: who is told, in which words, and when; the first of an hour alone, later ones together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from core import deadlines, workflow
from core.categories import category
from core.messages import Line, Option, Say, Thread
from core.model import (
    AgencyId,
    Asking,
    Awaited,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Report,
)
from core.phrases import day, phrase
from core.ports import Context
from core.record.capabilities import granted
from core.record.turn import Turn
from core.workflow import Order

ALONE = timedelta(hours=1)
ANSWER_WITHIN = timedelta(days=7)
_LONGEST_WAIT = timedelta(days=1)  # of news: an hour, and a night
_DONE = "news_done"
_AT_ONCE = frozenset({"question", "withdrawal_asked"})
_BY_CLOCK = frozenset({"news_late", "news_evaluation"})
_QUIET_FROM, _QUIET_TO = 21, 6  # hours of the day in which nobody's phone shall ring for news


@dataclass(frozen=True, slots=True)
class News:
    """A phrase of the table's `tells`, and the order that it is about."""

    tells: str
    order: Order
    question: int = 0  # which one of the report's it is


def tell(turn: Turn, report: Report, news: News, *, but: ContactId | None = None) -> None:
    """Queues the news for everybody who has a code of the report and left a contact, in their language."""
    for holder in turn.tx.code_holders.of(report.id):
        if holder.contact is None or holder.contact == but or not holder.may_hear(restricted=report.restricted):
            continue
        contact = turn.tx.code_holders.contact(holder.contact)
        if contact is None:
            continue
        said = _say(news, report, holder, contact, turn.context)
        letter = _Letter(contact, said, _awaits(news, holder, turn.now), news.tells in _BY_CLOCK)
        if news.tells in _AT_ONCE:
            _ask(turn, letter)
        else:
            _put(turn, letter, holder.told)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What one code holder is told."""

    contact: Contact
    said: Say
    awaits: Awaited | None
    by_clock: bool = False  # nobody has just done it

    def delivery(self, kind: DeliveryKind, at: datetime, context: Context) -> Delivery:
        """Returns it as a delivery."""
        thread = Thread(ours=self.contact.thread) if self.contact.thread else None
        return Delivery(
            id=DeliveryId(context.rng.token()),
            ordering_key=b"",
            kind=kind,
            channel=self.contact.channel,
            to=self.contact.address,
            say=self.said,
            lang=self.contact.lang,
            not_before=at,
            thread=thread,
            contact=self.contact.id,
            awaits=self.awaits,
        )


def _ask(turn: Turn, letter: _Letter) -> None:
    """Queues a question at once, ordered with the replies of the conversation."""
    ordering_key = turn.tx.dialogues.ordering_key(letter.contact.channel, letter.contact.address)
    turn.tx.outbox.add(
        granted(
            turn, replace(letter.delivery(DeliveryKind.QUESTION, turn.now, turn.context), ordering_key=ordering_key)
        )
    )


def _put(turn: Turn, letter: _Letter, told: datetime | None) -> None:
    """Adds the news to what waits for this contact; else queues it alone, or as the beginning of a digest."""
    pending = turn.tx.outbox.pending(letter.contact.id)
    # A clock that was asked about another day may have told news then: only what is near counts.
    near = told is not None and abs(turn.now - told) < ALONE
    at = told + ALONE if near and told is not None else turn.now + _delay(turn.context)
    at = _awake(at, letter, turn.context)
    if pending is not None and pending.not_before > turn.now:
        # Nor may it hold back what happens before that day.
        at = at if pending.not_before - turn.now > _LONGEST_WAIT else pending.not_before
        say = replace(letter.said, lines=(*_shorter(pending.say.lines, letter.said), *letter.said.lines))
        later = replace(pending, kind=DeliveryKind.DIGEST, say=say, awaits=letter.awaits, not_before=at)
        turn.tx.outbox.replace(granted(turn, later))
        turn.tx.code_holders.set_last_news(letter.contact.id, at)
        return
    turn.tx.code_holders.set_last_news(letter.contact.id, at)
    turn.tx.outbox.add(
        granted(turn, letter.delivery(DeliveryKind.DIGEST if near else DeliveryKind.NEWS, at, turn.context))
    )


def _shorter(lines: tuple[Line, ...], later: Say) -> tuple[Line, ...]:
    """Earlier news may go where there is no room, and must where it asks whether what has later news is solved."""
    told = [arg for line in later.lines for arg in line.args if arg[0] == "last4"]
    return tuple(replace(line, keep=False) for line in lines if line.key != _DONE or not {*told} & {*line.args})


def _delay(context: Context) -> timedelta:
    start, end = context.news_delay
    return timedelta(minutes=start) + timedelta(seconds=context.rng.below(max(1, (end - start) * 60 + 1)))


def _awake(at: datetime, letter: _Letter, context: Context) -> datetime:
    """Moves a time at night to the morning where a message would ring."""
    local = at.astimezone(context.zone)
    rings = context.profiles[letter.contact.channel].gsm7 and (context.quiet_nights or letter.by_clock)
    if not rings or _QUIET_TO <= local.hour < _QUIET_FROM:
        return at
    morning = local.date() + timedelta(days=1 if local.hour >= _QUIET_FROM else 0)
    return datetime.combine(morning, time(_QUIET_TO), tzinfo=context.zone).astimezone(UTC)


def _awaits(news: News, holder: CodeHolder, now: datetime) -> Awaited | None:
    asking, within = _ASKING.get(news.tells, (None, timedelta()))
    return (
        None if asking is None else Awaited(holder.report, holder.last4, asking, now + within, question=news.question)
    )


_ASKING: Mapping[str, tuple[Asking, timedelta]] = {
    "question": (Asking.ANSWER, ANSWER_WITHIN),
    _DONE: (Asking.FEEDBACK, workflow.REOPENS_WITHIN),
    "withdrawal_asked": (Asking.OBJECTION, deadlines.WITHDRAWN_AFTER),
}


def _say(news: News, report: Report, holder: CodeHolder, contact: Contact, context: Context) -> Say:
    lang, words = contact.lang, news.order.text
    apart = news.tells in _WITH_WORDS
    order = replace(news.order, text="") if apart else news.order
    args = (("last4", holder.last4), *((name, read(report, order, lang, context)) for name, read in _ARGS.items()))
    lines = [Line(news.tells, args)]
    shy = report.restricted or category(report.category).sensitive
    if apart and words and not shy:
        lines.append(Line("news_words", (("text", words),), keep=False))
    pressed = context.profiles[contact.channel].buttons
    options = _OPTIONS.get(news.tells, ()) if pressed or news.tells != "question" else ()
    return Say(
        tuple(lines),
        tuple(Option(f"{each}.{holder.last4}", phrase(f"option_{each}", lang)) for each in options),
        long=bool(words),
    )


_OPTIONS: Mapping[str, tuple[str, ...]] = {
    _DONE: ("solved", "unsolved"),
    "question": ("answer",),
    "withdrawal_asked": ("object",),
}
_WITH_WORDS = frozenset({"news_checking"})  # of staff, as a line apart that may go


def _agency(report: Report, _: Order, lang: str, __: Context) -> str:
    if report.restricted:
        return phrase("agency_hidden", lang)
    return workflow.agency_name(report.agency, lang)


def _outside(report: Report, order: Order, lang: str, _: Context) -> str:
    """Where it was forwarded to; of a restricted report the agency would name the matter."""
    if report.restricted or not order.to or not workflow.known(AgencyId(order.to)):
        return phrase("agency_hidden", lang)
    return workflow.agency_name(AgencyId(order.to), lang)


def _due(report: Report, _: Order, lang: str, context: Context) -> str:
    return day(report.due, context.zone, lang)


def _text(_: Report, order: Order, __: str, ___: Context) -> str:
    return order.text


_ARGS: Mapping[str, Callable[[Report, Order, str, Context], str]] = {
    "agency": _agency,
    "outside": _outside,
    "due": _due,
    "text": _text,
}
