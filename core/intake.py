"""A citizen's message arrives: one turn from "seen before?" to the reply in the outbox.

Who calls: app/wiring for a message, the tracking page and the command line for a code alone. Nothing here commits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from core import conversation, deadlines, guesses, redact, tracking, workflow
from core.categories import category, label
from core.conversation import Correct, FileReport, Forget, LookUp, Outcome
from core.messages import Envelope, Incoming, Line, Manner, Say, Taken
from core.model import (
    ENDED,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    Dialogue,
    Filed,
    HistoryEntry,
    Holder,
    Kind,
    Place,
    Report,
    ReportId,
    Role,
    Status,
    TrackingCode,
)
from core.phrases import phrase
from core.ports import House, Tx

PATIENCE = timedelta(hours=24)
_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who tries a code, for the limit of wrong tries (kept as an HMAC only), and the language of the answer."""

    who: str = field(repr=False)
    lang: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a code is answered with; `report` None: no such code, a mistyped one, or one try too many (`wait`)."""

    lines: tuple[Line, ...]
    holder: Holder | None = None
    report: Report | None = None
    history: tuple[HistoryEntry, ...] = ()
    wait: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    tx: Tx
    envelope: Envelope
    lane: bytes
    manner: Manner
    now: datetime
    house: House


@dataclass(frozen=True, slots=True)
class _Done:
    """What an effect came to: lines that are said first, and the outcome that goes on."""

    lines: tuple[Line, ...]
    outcome: Outcome
    contact: ContactId | None = None


def message(tx: Tx, incoming: Incoming, now: datetime, house: House) -> Taken:
    """One turn of the conversation, with all that comes of it; the reply is a row of the outbox too."""
    taken, reply = answer(tx, incoming, now, house)
    if reply is not None:
        tx.outbox.add(reply)
    return taken


def answer(tx: Tx, incoming: Incoming, now: datetime, house: House) -> tuple[Taken, Delivery | None]:
    """The same for who shows the reply at once, and sends nothing."""
    envelope = incoming.envelope
    if not tx.inbox.first_sight(envelope.channel, envelope.wire_id, now):
        return Taken.SEEN, None
    lane = tx.dialogues.lane(envelope.channel, envelope.sender)
    turn = _Turn(tx, envelope, lane, house.manners[envelope.channel], now, house)
    outcome = conversation.step(_dialogue(turn), conversation.event_of(incoming), turn.manner)
    done = _EFFECTS[type(outcome.effect)](turn, outcome)
    _keep(turn, done.outcome.dialogue)
    return Taken.DONE, _reply(turn, done)


def apology(tx: Tx, envelope: Envelope, now: datetime, house: House) -> Taken:
    """Records a message that our own fault made unreadable, so that it blocks nothing, and asks for it once more."""
    if not tx.inbox.first_sight(envelope.channel, envelope.wire_id, now):
        return Taken.SEEN
    lane = tx.dialogues.lane(envelope.channel, envelope.sender)
    turn = _Turn(tx, envelope, lane, house.manners[envelope.channel], now, house)
    fresh = Dialogue(lang=house.lang)
    reply = _reply(turn, _Done((Line("send_again"),), Outcome(fresh)))
    if reply is not None:
        tx.outbox.add(reply)
    return Taken.FAILED


def look_up(tx: Tx, code: TrackingCode, asker: Asker, now: datetime, house: House) -> Answer:
    """The status behind a code; a mistyped one is answered at once and is no guess."""
    if not tracking.holds_code(code):
        return Answer((Line("code_mistyped"),))
    misses, last = tx.inbox.counted("miss", asker.who, now, guesses.MEMORY)
    everybody, _ = tx.inbox.counted("miss", "everybody", now, guesses.RECENT)
    wait = guesses.wait(misses, last, everybody, now)
    if wait:
        minutes = str(-(-wait // timedelta(minutes=1)))
        return Answer((Line("code_wait", (("minutes", minutes),)),), wait=True)
    holder = tx.holders.by_code(code)
    report = tx.reports.get(holder.report) if holder else None
    if holder is None or report is None:
        tx.inbox.count("miss", asker.who, now, guesses.MEMORY)
        tx.inbox.count("miss", "everybody", now, guesses.RECENT)
        return Answer((Line("code_unknown"),))
    history = tuple(tx.reports.history(report.id))
    return Answer((_status_line(report, history, holder, house, asker.lang),), holder, report, history)


def forget(tx: Tx, code: TrackingCode, asker: Asker, now: datetime, house: House) -> Answer:
    """Erases the address behind a code at once."""
    answer = look_up(tx, code, asker, now, house)
    if answer.holder is None:
        return answer
    had_contact = answer.holder.contact is not None
    if answer.holder.contact is not None:
        tx.holders.forget(answer.holder.contact)
    key = "forgotten" if had_contact else "forgotten_before"
    return replace(answer, lines=(Line(key, (("last4", answer.holder.last4),)),))


def day(at: datetime, zone: tzinfo, lang: str) -> str:
    """A day as people say it: "24 Nov"."""
    local = at.astimezone(zone)
    return f"{local.day} {_MONTHS.get(lang, _MONTHS['en'])[local.month - 1]}"


def _dialogue(turn: _Turn) -> Dialogue:
    """Where the conversation stands; one that was left for a day has ended."""
    standing = turn.tx.dialogues.get(turn.lane)
    if standing is None:
        return Dialogue(lang=turn.house.lang)
    dialogue, last = standing
    if turn.now - last < PATIENCE:
        return dialogue
    return conversation.step(dialogue, conversation.PatienceEnded(), turn.manner).dialogue


def _keep(turn: _Turn, dialogue: Dialogue) -> None:
    """Keeps only what somebody may still answer; a language other than the house's is worth a day."""
    if dialogue == Dialogue(lang=turn.house.lang, revision=dialogue.revision):
        turn.tx.dialogues.drop(turn.lane)
    else:
        turn.tx.dialogues.put(turn.lane, dialogue, deadlines.minute(turn.now))


def _reply(turn: _Turn, done: _Done) -> Delivery | None:
    said = done.outcome.say or Say(())
    lines = done.lines + said.lines
    if not lines:
        return None
    return Delivery(
        id=DeliveryId(turn.house.dice.token()),
        lane=turn.lane,
        kind=Kind.REPLY,
        channel=turn.envelope.channel,
        to=turn.envelope.sender,
        say=replace(said, lines=lines),
        lang=done.outcome.dialogue.lang,
        not_before=turn.now,
        thread=turn.envelope.thread,
        contact=done.contact,
    )


def _nothing(_: _Turn, outcome: Outcome) -> _Done:
    return _Done((), outcome)


def _file(turn: _Turn, outcome: Outcome) -> _Done:
    effect = outcome.effect
    if not isinstance(effect, FileReport):
        return _nothing(turn, outcome)
    lang = outcome.dialogue.lang
    code = tracking.new_code(turn.house.dice)
    report = _report(turn, effect, lang)
    contact = Contact(ContactId(turn.house.dice.token()), turn.envelope.channel, turn.envelope.sender, lang)
    turn.tx.reports.add(report, HistoryEntry(report.received, report.status, report.agency))
    holder = Holder(report.id, Role.REPORTER, tracking.last4(code), contact.id)
    turn.tx.holders.add(holder, code, contact)
    placed = report.place.area is not None or not category(report.category).place_required
    filed = Filed(report.id, placed=placed, alternatives=effect.alternatives)
    lines = [Line("filed", (("code", tracking.shown(code)),))]
    if effect.hint:
        lines.insert(0, Line(effect.hint))
    after = conversation.after_filing(outcome.dialogue, effect, filed, turn.manner)
    said = after.say or Say(())
    closing = [Line("filed_due", (("due", day(report.due, turn.house.zone, lang)),), keep=False)]
    if effect.shot and report.text != effect.draft.text:
        closing.append(Line("closed_note", keep=False))
    # The way to correct stands last, next to its options.
    said = replace(said, lines=(*said.lines[:1], *closing, *said.lines[1:]))
    return _Done(tuple(lines), replace(after, say=said), contact.id)


def _report(turn: _Turn, effect: FileReport, lang: str) -> Report:
    draft = effect.draft
    chosen = draft.category
    if chosen is None:
        raise AssertionError("a draft is filed with its category")
    received = deadlines.minute(turn.now)
    place = draft.place or Place()
    return Report(
        id=ReportId(turn.house.dice.token()),
        number=tracking.new_number(turn.house.dice),
        channel=turn.envelope.channel,
        status=Status.MENUNGGU,
        category=chosen,
        agency=workflow.first_holder(chosen, place),
        received=received,
        due=deadlines.due(received),
        text=redact.closed(draft.text, lang),
        place=replace(place, words=redact.closed(place.words, lang)),
        files=draft.files,
        restricted=category(chosen).restricted is not None,
    )


def _asked(turn: _Turn, outcome: Outcome) -> _Done:
    effect = outcome.effect
    asker = Asker(turn.lane.hex(), outcome.dialogue.lang)
    if isinstance(effect, LookUp):
        return _Done(look_up(turn.tx, effect.code, asker, turn.now, turn.house).lines, outcome)
    if isinstance(effect, Forget):
        return _Done(forget(turn.tx, effect.code, asker, turn.now, turn.house).lines, outcome)
    return _nothing(turn, outcome)


def _correct(turn: _Turn, outcome: Outcome) -> _Done:
    """Another category or place for a report that nobody has begun to handle."""
    effect = outcome.effect
    report = turn.tx.reports.get(effect.report) if isinstance(effect, Correct) else None
    if report is None or not isinstance(effect, Correct) or report.status is not Status.MENUNGGU:
        return _Done((Line("too_late"),), replace(outcome, say=None))
    lang = outcome.dialogue.lang
    chosen = effect.category or report.category
    place = _merged(report.place, effect.place, lang)
    changed = replace(
        report,
        category=chosen,
        place=place,
        agency=workflow.first_holder(chosen, place),
        restricted=category(chosen).restricted is not None,
    )
    turn.tx.reports.reroute(changed, HistoryEntry(deadlines.minute(turn.now), changed.status, changed.agency))
    lines: tuple[Line, ...] = ()
    if effect.category is not None:
        lines += (Line("recategorised", (("category", label(chosen, lang)),)),)
    if effect.place is not None and effect.place.area is not None:
        lines += (Line("replaced", (("place", place.name),)),)
    missing = category(chosen).place_required and place.area is None
    if missing and effect.category is not None:
        lines += (Line("ask_place_filed"),)
    dialogue = outcome.dialogue
    if dialogue.filed is not None:
        dialogue = replace(dialogue, filed=replace(dialogue.filed, placed=not missing))
    return _Done(lines or (() if outcome.say else (Line("added"),)), replace(outcome, dialogue=dialogue))


def _merged(old: Place, new: Place | None, lang: str) -> Place:
    if new is None:
        return old
    told = redact.closed(new.words, lang)
    return Place(
        area=new.area or old.area,
        name=new.name or old.name,
        words=told if old.words in told else ", ".join(part for part in (old.words, told) if part),
        point=new.point or old.point,
    )


def _status_line(report: Report, history: tuple[HistoryEntry, ...], holder: Holder, house: House, lang: str) -> Line:
    since = day(history[-1].at if history else report.received, house.zone, lang)
    named = (("last4", holder.last4), ("status", phrase(f"status_{report.status.value}", lang)))
    if report.status in ENDED:
        return Line("status_ended", (*named, ("since", since)))
    agency = phrase("agency_hidden", lang) if report.restricted else workflow.agency_name(report.agency, lang)
    due = day(report.due, house.zone, lang)
    return Line("status_is", (*named, ("agency", agency), ("since", since), ("due", due)))


_EFFECTS: Mapping[type, Callable[[_Turn, Outcome], _Done]] = {
    type(None): _nothing,
    FileReport: _file,
    LookUp: _asked,
    Forget: _asked,
    Correct: _correct,
}
