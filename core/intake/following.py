"""Somebody else has reported the same: the report can be followed instead of being filed once more."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import areas, conversation, record, tracking
from core.batch_periods import period
from core.categories import category
from core.conversation import Follow, Outcome
from core.errors import Refused
from core.intake.turn import Done, MessageTurn, nothing, own_contact
from core.messages import Line, Say
from core.model import Act, CodeHolder, DeliveryId, Draft, ReportId, Role, Step
from core.phrases import phrase
from core.ports import Context, UnitOfWork
from core.workflow import Order, Relation

_RECENT = timedelta(days=30)
_MOMENT = timedelta(microseconds=1)


def offered(turn: MessageTurn, outcome: Outcome) -> Outcome:
    """The summary with that offer, where it is asked and there is such a report; else what is ready is done."""
    draft = outcome.dialogue.draft
    if outcome.dialogue.step is not Step.SUMMARY or outcome.effect is not None or outcome.say is None:
        return outcome
    before = next((at for at, line in enumerate(outcome.say.lines) if line.key == "summary"), None)
    if before is None:
        return outcome
    found = alike(turn.tx, draft, turn.now, turn.context)
    if found is None and outcome.ready is not None:
        refused = conversation.complained(outcome.say)
        return Outcome(outcome.dialogue, Say(refused) if refused else None, outcome.ready)
    # Who wrote of it before needs no second code; a claimed sender may be anybody, and is not told apart.
    if found is not None and turn.proved and own_contact(turn, found[0]) is not None:
        found = None
    if found is None and outcome.dialogue.alike is None:
        return outcome
    return conversation.offered(outcome.dialogue, found, turn.profile, *outcome.say.lines[:before])


def alike(tx: UnitOfWork, draft: Draft, now: datetime, context: Context) -> tuple[ReportId, int] | None:
    """An open report that says the same, and how many have its code; None: there is none that may be told of.

    Where reports are published in batches it is told of no sooner than theirs is over, and nought stands for how many:
    whoever asks again and again, by whatever way, would learn the minute in which somebody reported or followed.
    Looked for first, for most have none; then the words are read, which may lean to a kind of which none is told.
    """
    if draft.category is None or draft.place is None or draft.place.area is None:
        return None
    leaf = category(draft.category)
    if not leaf.public or not areas.area(draft.place.area).finest:
        return None
    rules = context.publishing
    until = now if rules.at_once else period(now, rules.every, context.zone)[0] - _MOMENT
    found = tx.reports.open_duplicate(leaf.id, draft.place.area, now - _RECENT, until)
    if found is None or conversation.filed_as(draft, leaf.id) != leaf.id:
        return None
    return found if rules.at_once else (found[0], 0)


def _words(draft: Draft, lang: str) -> str:
    """The story, the place in the writer's words and their answers, closed as a report's are."""
    story = conversation.closed(draft, lang)
    place = conversation.closed_place(draft.place.words, draft, lang) if draft.place is not None else ""
    parts = (story, place if place not in story else "", conversation.attributes_shown(draft, lang))
    return "\n".join(part for part in parts if part) or phrase("only_photo", lang)


def follow(turn: MessageTurn, outcome: Outcome) -> Done:
    """An own code and an own contact; the words and photos of the draft are added to that report."""
    effect = outcome.effect
    if not isinstance(effect, Follow):
        return nothing(turn, outcome)
    lang = outcome.dialogue.lang
    if not joined(turn.recording, effect.report, effect.draft, turn.marks(lang)):
        own = replace(outcome.dialogue, draft=effect.draft)
        return Done((), conversation.offered(own, None, turn.profile, Line("alike_over")))
    code, reply = tracking.new_code(turn.context.rng), DeliveryId(turn.context.rng.token())
    contact = turn.contact(lang, reply)
    holder = CodeHolder(effect.report, Role.FOLLOWER, tracking.last4(code), contact.id)
    turn.tx.code_holders.add(holder, code, contact)
    lines = (Line("followed", (("code", tracking.shown(code)),)), Line("code_secret", keep=False))
    return Done(lines, outcome, contact.id, reply, code=code)


def joined(turn: record.Turn, of: ReportId, draft: Draft, lang: str) -> bool:
    """Adds the words and photos of a draft to that report. `lang`: of the marks where words are closed.

    False where that report is open no more, or became one that only its agency may read.
    """
    report = turn.tx.reports.get(of)
    leaf = draft.category
    if report is None or report.restricted or leaf is None or conversation.filed_as(draft, leaf) != leaf:
        return False
    step = record.ActedBy(frozenset({Relation.CITIZEN}), files=draft.files)
    try:
        record.act(turn, report, Order(Act.ADD, _words(draft, lang)), step)
    except Refused:
        return False
    return True
