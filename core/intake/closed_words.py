"""Words of a report that was just filed are closed too, for whoever filed it; and what citizens correct is counted."""

from dataclasses import replace

from core import conversation, deadlines
from core.conversation import CloseMore, Outcome
from core.intake.turn import Done, MessageTurn
from core.messages import Line
from core.model import ENDED, Act, Draft, HistoryEntry


def close_more(turn: MessageTurn, outcome: Outcome) -> Done:
    """In every place where they stand; what officers have read, they have read."""
    effect = outcome.effect
    report = turn.tx.reports.get(effect.report) if isinstance(effect, CloseMore) else None
    if report is None or not isinstance(effect, CloseMore) or report.status in ENDED:
        return Done((Line("answer_over"),), outcome)
    lang = turn.marks(outcome.dialogue.lang)
    told = "\n".join((report.text, report.place.words, *(said for _, said in report.attributes)))
    hides = tuple(conversation.as_it_stands(each, told) for each in effect.hides)
    found = tuple(each for each in hides if conversation.hidden_in(report.text, (each,), lang) != report.text)
    place = conversation.hidden_in(report.place.words, hides, lang)
    attributes = tuple((each, conversation.hidden_in(said, hides, lang)) for each, said in report.attributes)
    if not found and (place, attributes) == (report.place.words, report.attributes):
        return Done((Line("closing_unfound"),), outcome)
    changed = replace(
        report,
        text=conversation.hidden_in(report.text, hides, lang),
        place=replace(report.place, words=place),
        attributes=attributes,
    )
    entry = HistoryEntry(deadlines.minute(turn.now), report.status, report.agency, act=Act.CORRECTED)
    turn.tx.reports.change(changed, entry)
    count(turn, Draft(hidden=found))
    return Done((Line("closing_done"),), outcome)


def count(turn: MessageTurn, draft: Draft) -> None:
    """By kind, never by word."""
    for kind, deed in conversation.corrections(draft):
        turn.tx.reports.count_closing(kind.value, deed)
