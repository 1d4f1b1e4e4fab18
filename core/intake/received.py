"""One message from "seen before?" to its reply."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import conversation, deadlines
from core.conversation import Add, ByCode, Correct, FileReport, Follow, Forget, Heard, LookUp, Outcome, Withdraw
from core.intake import answers, filing, following
from core.intake.codes import Asker, forget, look_up
from core.intake.turn import Done, Turn, nothing
from core.messages import Envelope, Incoming, Line, Say, Taken
from core.model import Delivery, DeliveryId, Dialogue, Kind
from core.ports import House, Tx

PATIENCE = timedelta(hours=24)
_ANSWERS_AN_HOUR = 6
_ANSWERS_A_DAY = 20
_REVISIONS = 1_000_000


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
    turn = Turn(tx, envelope, lane, house.manners[envelope.channel], now, house)
    awaited = tx.awaited.get(lane, now)
    standing = replace(_dialogue(turn), awaited=awaited)
    outcome = conversation.step(standing, conversation.event_of(incoming), turn.manner)
    outcome = following.offered(turn, outcome)
    done = _EFFECTS[type(outcome.effect)](turn, outcome)
    _keep(turn, done.outcome.dialogue)
    if outcome.effect is None and not _may_answer(turn):
        return Taken.DONE, None
    return Taken.DONE, _reply(turn, done)


def apology(tx: Tx, envelope: Envelope, now: datetime, house: House) -> Taken:
    """Records a message that our own fault made unreadable, so that it blocks nothing, and asks for it once more."""
    if not tx.inbox.first_sight(envelope.channel, envelope.wire_id, now):
        return Taken.SEEN
    lane = tx.dialogues.lane(envelope.channel, envelope.sender)
    turn = Turn(tx, envelope, lane, house.manners[envelope.channel], now, house)
    fresh = Dialogue(lang=house.lang)
    reply = _reply(turn, Done((Line("send_again"),), Outcome(fresh)))
    if reply is not None:
        tx.outbox.add(reply)
    return Taken.FAILED


def _dialogue(turn: Turn) -> Dialogue:
    """Where the conversation stands; one that was left for a day has ended.

    A new one counts its questions from anywhere, so that no button of an older one fits.
    """
    standing = turn.tx.dialogues.get(turn.lane)
    if standing is None:
        return Dialogue(lang=turn.house.lang, revision=turn.house.dice.below(_REVISIONS))
    dialogue, last = standing
    if turn.now - last < PATIENCE:
        return dialogue
    return conversation.step(dialogue, conversation.PatienceEnded(), turn.manner).dialogue


def _may_answer(turn: Turn) -> bool:
    """By mail two robots could talk for ever: what files and finds nothing is answered so often and no more."""
    if not turn.manner.threads:
        return True
    who = turn.lane.hex()
    spans = ((timedelta(hours=1), _ANSWERS_AN_HOUR), (timedelta(days=1), _ANSWERS_A_DAY))
    if any(turn.tx.inbox.counted("answer", who, turn.now, span)[0] >= most for span, most in spans):
        return False
    turn.tx.inbox.count("answer", who, turn.now, timedelta(days=1))
    return True


def _keep(turn: Turn, dialogue: Dialogue) -> None:
    """Keeps only what somebody may still answer; a language other than the house's is worth a day."""
    dialogue = replace(dialogue, awaited=())
    if dialogue == Dialogue(lang=turn.house.lang, revision=dialogue.revision):
        turn.tx.dialogues.drop(turn.lane)
    else:
        turn.tx.dialogues.put(turn.lane, dialogue, deadlines.minute(turn.now))


def _reply(turn: Turn, done: Done) -> Delivery | None:
    said = done.outcome.say or Say(())
    lines = done.lines + said.lines
    if not lines:
        return None
    return Delivery(
        id=done.reply or DeliveryId(turn.house.dice.token()),
        lane=turn.lane,
        kind=Kind.REPLY,
        channel=turn.envelope.channel,
        to=turn.envelope.sender,
        say=replace(said, lines=lines, long=done.long),
        lang=done.outcome.dialogue.lang,
        not_before=turn.now,
        thread=turn.envelope.thread,
        contact=done.contact,
    )


def _asked(turn: Turn, outcome: Outcome) -> Done:
    effect = outcome.effect
    asker = Asker(turn.lane.hex(), outcome.dialogue.lang)
    if isinstance(effect, LookUp):
        found = look_up(turn.tx, effect.code, asker, turn.now, turn.house)
        return Done(found.beside(outcome.say), outcome, long=found.long)
    if isinstance(effect, Forget):
        return Done(forget(turn.tx, effect.code, asker, turn.now, turn.house).lines, outcome)
    return nothing(turn, outcome)


_EFFECTS: Mapping[type, Callable[[Turn, Outcome], Done]] = {
    type(None): nothing,
    FileReport: filing.file,
    LookUp: _asked,
    Forget: _asked,
    Correct: filing.correct,
    Heard: answers.heard,
    ByCode: answers.by_code,
    Add: answers.add,
    Withdraw: answers.withdraw,
    Follow: following.follow,
}
