"""A report is taken back: at once by who is known to have reported it, else after a day in which they may object."""

from core import record, redact
from core.conversation import Outcome, Withdraw
from core.errors import Refused
from core.intake.codes import Answer, look_up, requester_of
from core.intake.restricting import stands_apart
from core.intake.turn import Done, MessageTurn, nothing, own_contact
from core.messages import Line
from core.model import Act, CodeHolder, ContactId, Report, Role
from core.record import ActedBy as Written
from core.workflow import Order, Relation

_CITIZEN = frozenset({Relation.CITIZEN})


def withdraw(turn: MessageTurn, outcome: Outcome) -> Done:
    """Ends the report, its history kept; who only follows it follows no more.

    Whoever else holds the code may ask for it, too: who reported is told, and has a day to object. The answer is the
    same for every claimed sender.
    """
    effect = outcome.effect
    if not isinstance(effect, Withdraw):
        return nothing(turn, outcome)
    found = look_up(turn.tx, effect.code, requester_of(turn, outcome.dialogue.lang), turn.now, turn.context)
    return withdrawn(turn, outcome, found, effect.words)


def withdrawn(turn: MessageTurn, outcome: Outcome, found: Answer, words: str) -> Done:
    """The same, of a code that was looked up in this turn. `words`: why."""
    report, holder = found.report, found.holder
    if report is None or holder is None:
        return Done(found.lines, outcome)
    last4 = (("last4", holder.last4),)
    if holder.role is Role.FOLLOWER:
        if holder.contact is not None:
            record.forgotten(turn.tx, report.id, holder.contact, turn.now)
        return Done((Line("unfollowed", last4),), outcome)
    own = own_contact(turn, report.id) if turn.proved else None
    key, order, but = _order(holder, own)
    apart = stands_apart(report, words)
    words = "" if apart else redact.closed(words, turn.marks(outcome.dialogue.lang))
    try:
        record.act(turn.recording, report, Order(order, words), Written(_CITIZEN, but=but))
    except Refused as no:
        if no.phrase == "withdrawal_waits":
            return Done((Line(no.phrase, last4),), outcome)
        return Done(found.beside(outcome.say), outcome, long=found.long)
    return Done((Line(key, last4), *apart), outcome)


def _order(holder: CodeHolder, own: ContactId | None) -> tuple[str, Act, ContactId | None]:
    if own is not None and own == holder.contact:
        return "withdrawn", Act.WITHDRAW, own
    return "withdrawal_begun", Act.ASK_WITHDRAWAL, None


def objected(turn: MessageTurn, outcome: Outcome, report: Report, last4: str) -> Done:
    """It stays."""
    said = (("last4", last4),)
    try:
        record.act(turn.recording, report, Order(Act.OBJECT), Written(_CITIZEN, but=own_contact(turn, report.id)))
    except Refused:
        return Done((Line("objection_over", said),), outcome)
    return Done((Line("objection_kept", said),), outcome)
