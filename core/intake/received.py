"""One message from "seen before?" to its reply."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from core import areas, conversation
from core.analysis import once
from core.authority import Bearer, Deed, may
from core.conversation import (
    Add,
    ByCode,
    CloseMore,
    Correct,
    Event,
    FileReport,
    Follow,
    Forget,
    Heard,
    Hold,
    LookUp,
    Outcome,
    Withdraw,
    code_of,
)
from core.intake import budgets, closed_words, filing, following, held_words, replies, report_answers, withdrawing
from core.intake.codes import forget, look_up, requester_of
from core.intake.standing import Standing, keep, standing_of
from core.intake.turn import Done, MessageTurn, nothing, reply_of, turn_of
from core.messages import Envelope, Incoming, IntakeResult, Line
from core.model import Asking, Delivery, Dialogue
from core.ports import Context, UnitOfWork


def message(tx: UnitOfWork, incoming: Incoming, now: datetime, context: Context) -> IntakeResult:
    """One turn of the conversation, with all that comes of it; the reply is a row of the outbox too."""
    result, reply = answer(tx, incoming, now, context)
    if reply is not None:
        tx.outbox.add(reply)
    return result


def answer(tx: UnitOfWork, incoming: Incoming, now: datetime, context: Context) -> tuple[IntakeResult, Delivery | None]:
    """Same as `message`, and returns the reply to a caller that shows it itself; nothing is queued."""
    with once(), areas.on_map(context.city_map):
        return _answer(tx, incoming, now, context)


def _answer(
    tx: UnitOfWork, incoming: Incoming, now: datetime, context: Context
) -> tuple[IntakeResult, Delivery | None]:
    envelope = incoming.envelope
    if not tx.inbox.record_if_new(envelope.channel, envelope.wire_id, now):
        return IntakeResult.SEEN, None
    standing = standing_of(turn_of(tx, envelope, now, context), incoming)
    turn = standing.turn
    event = conversation.event_of(standing.incoming)
    outcome = _held(standing, event, refers=envelope.in_thread)
    outcome = outcome or conversation.step(standing.dialogue, event, turn.profile)
    outcome = following.offered(turn, outcome)
    files = isinstance(outcome.effect, FileReport)
    if files and not budgets.may_file(turn):
        tx.inbox.unrecord(envelope.channel, envelope.wire_id)
        return IntakeResult.LATER, None
    done = _with_refused(standing, _done(turn, outcome))
    if files:
        budgets.count_filed(turn)
    key = keep(standing, done.outcome.dialogue)
    reply = reply_of(turn, done)
    if reply is None or not budgets.may_answer(turn, done):
        budgets.withheld(turn, done)
        return IntakeResult.DONE, None
    reply = replies.granted(standing, done, key, reply)
    say = budgets.released(turn, reply.say, reply.lang)
    return IntakeResult.DONE, reply if say is reply.say else replace(reply, say=say)


def _with_refused(standing: Standing, done: Done) -> Done:
    """Whatever is answered, a file that was not taken is said beside it."""
    said = done.outcome.say.lines if done.outcome.say else ()
    missing = conversation.complaints(standing.incoming.refused)
    if not missing or not (done.lines or said):
        return done
    if conversation.complaints(line.key for line in (*done.lines, *said)):
        return replace(done, lines=(*done.lines, *_numbered(standing, done)))
    keep = not standing.turn.profile.terse
    return replace(done, lines=(*done.lines, *(replace(line, keep=keep) for line in missing)))


def _numbered(standing: Standing, done: Done) -> tuple[Line, ...]:
    """Which of several files it was, where they come beside a code and one answer is all that is said of them."""
    incoming = standing.incoming
    several = isinstance(done.effect, FileReport) and bool(incoming.files) and bool(incoming.refused_at)
    if not several or standing.turn.profile.terse or "file_lost" in incoming.envelope.refused:
        return ()
    return (Line("file_numbers", (("numbers", ", ".join(map(str, incoming.refused_at))),), keep=False),)


def _held(standing: Standing, event: Event, *, refers: bool) -> Outcome | None:
    """Without a right, words that may be an answer are kept, and whose they are is asked."""
    turn = standing.turn
    if turn.bearer is not Bearer.CLAIMED:
        return None
    return conversation.held(standing.dialogue, event, turn.profile, refers=refers)


def _done(turn: MessageTurn, outcome: Outcome) -> Done:
    """The table has the last word on what the conversation wants done."""
    effect = outcome.effect
    if effect is not None and not may(_bearer(turn, outcome), _deed(outcome)):
        return Done((Line("not_shown"),), replace(outcome, effect=None, say=None))
    done = _EFFECTS[type(effect)](turn, outcome)
    return done if effect is None else replace(done, effect=effect)


def _bearer(turn: MessageTurn, outcome: Outcome) -> Bearer:
    return Bearer.CODED if code_of(outcome.effect) is not None else turn.bearer


def _deed(outcome: Outcome) -> Deed:
    effect = outcome.effect
    if isinstance(effect, Heard):
        return _ANSWERS[effect.awaited.asking]
    if isinstance(effect, Add) and effect.code is None and effect.about is None:
        return Deed.HOLD  # how to add is told to anybody
    return _DEEDS[type(effect)]


def apology(tx: UnitOfWork, envelope: Envelope, now: datetime, context: Context) -> IntakeResult:
    """Records a message that our own fault made unreadable, so that it blocks nothing, and asks for it once more."""
    if not tx.inbox.record_if_new(envelope.channel, envelope.wire_id, now):
        return IntakeResult.SEEN
    turn = turn_of(tx, envelope, now, context)
    fresh = Dialogue(lang=context.lang)
    reply = reply_of(turn, Done((Line("send_again"),), Outcome(fresh)))
    if reply is not None:
        tx.outbox.add(reply)
    return IntakeResult.FAILED


def _asked(turn: MessageTurn, outcome: Outcome) -> Done:
    effect = outcome.effect
    asker = requester_of(turn, outcome.dialogue.lang)
    if isinstance(effect, LookUp):
        found = look_up(turn.tx, effect.code, asker, turn.now, turn.context)
        return Done(found.beside(outcome.say), outcome, long=found.long)
    if isinstance(effect, Forget):
        return Done(forget(turn.tx, effect.code, asker, turn.now, turn.context).lines, outcome)
    return nothing(turn, outcome)


_EFFECTS: Mapping[type, Callable[[MessageTurn, Outcome], Done]] = {
    type(None): nothing,
    FileReport: filing.file,
    LookUp: _asked,
    Forget: _asked,
    Correct: filing.correct,
    CloseMore: closed_words.close_more,
    Heard: report_answers.heard,
    ByCode: report_answers.by_code,
    Add: report_answers.add,
    Withdraw: withdrawing.withdraw,
    Follow: following.follow,
    Hold: held_words.hold,
}
_ANSWERS: Mapping[Asking, Deed] = {
    Asking.ANSWER: Deed.ANSWER,
    Asking.FEEDBACK: Deed.FEEDBACK,
    Asking.OBJECTION: Deed.OBJECT,
    Asking.CORRECTION: Deed.CORRECT,
}
_DEEDS: Mapping[type, Deed] = {
    FileReport: Deed.FILE,
    LookUp: Deed.STATUS,
    Forget: Deed.FORGET,
    Correct: Deed.CORRECT,
    CloseMore: Deed.CORRECT,
    ByCode: Deed.ANSWER,
    Add: Deed.ADD,
    Withdraw: Deed.WITHDRAW,
    Follow: Deed.FOLLOW,
    Hold: Deed.HOLD,
}
