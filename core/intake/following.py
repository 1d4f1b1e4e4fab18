"""Somebody else has reported the same: the report can be followed instead of being filed once more."""

from dataclasses import replace
from datetime import timedelta

from core import conversation, record, redact, tracking
from core.categories import category
from core.conversation import Follow, Outcome
from core.errors import Refused
from core.intake.turn import Done, Turn, nothing
from core.messages import Line
from core.model import Act, Contact, ContactId, DeliveryId, Draft, Holder, ReportId, Role, Step
from core.phrases import phrase
from core.workflow import By, Order

_RECENT = timedelta(days=30)
_KELURAHAN = 13  # characters of the code of the smallest area: 31.74.01.1001


def offered(turn: Turn, outcome: Outcome) -> Outcome:
    """The summary with that offer, where it is asked and there is such a report."""
    draft = outcome.dialogue.draft
    if outcome.dialogue.step is not Step.SUMMARY or outcome.effect is not None or outcome.say is None:
        return outcome
    alike = _alike(turn, draft)
    if alike is None:
        return outcome
    again = conversation.offered(outcome.dialogue, *alike, turn.manner)
    if again.say is None:
        return outcome
    before = next((at for at, line in enumerate(outcome.say.lines) if line.key == "summary"), 0)
    lead = outcome.say.lines[:before]
    return replace(again, say=replace(again.say, lines=(*lead, *again.say.lines)))


def _alike(turn: Turn, draft: Draft) -> tuple[ReportId, int] | None:
    if draft.category is None or draft.place is None or draft.place.area is None:
        return None
    leaf = category(draft.category)
    if leaf.restricted is not None or leaf.sensitive or len(draft.place.area) != _KELURAHAN:
        return None
    return turn.tx.reports.alike(leaf.id, draft.place.area, turn.now - _RECENT)


def follow(turn: Turn, outcome: Outcome) -> Done:
    """An own code and an own contact; the words and photos of the draft are added to that report."""
    effect = outcome.effect
    if not isinstance(effect, Follow):
        return nothing(turn, outcome)
    report = turn.tx.reports.get(effect.report)
    lang = outcome.dialogue.lang
    if report is None or report.restricted:
        return Done((Line("answer_over"),), outcome)
    words = redact.closed(effect.draft.text, lang, effect.draft.kept) or phrase("only_photo", lang)
    step = record.Step(frozenset({By.CITIZEN}), files=effect.draft.files)
    try:
        record.act(record.Turn(turn.tx, turn.now, turn.house), report, Order(Act.ADD, words), step)
    except Refused:
        return Done((Line("answer_over"),), outcome)
    code, reply = tracking.new_code(turn.house.dice), DeliveryId(turn.house.dice.token())
    contact = Contact(ContactId(turn.house.dice.token()), turn.envelope.channel, turn.envelope.sender, lang, reply)
    turn.tx.holders.add(Holder(report.id, Role.FOLLOWER, tracking.last4(code), contact.id), code, contact)
    lines = (Line("followed", (("code", tracking.shown(code)),)), Line("code_secret", keep=False))
    return Done(lines, outcome, contact.id, reply)
