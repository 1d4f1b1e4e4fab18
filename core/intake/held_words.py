"""Words that may be an answer, from somebody who shows no right to give one: kept a day, and the address is asked.

Only who is at that address gets the question, and only their reply to that very message lets the words count.
"""

from core import deadlines, record
from core.conversation import Hold, Outcome
from core.intake.standing import PATIENCE
from core.intake.turn import Done, MessageTurn, nothing
from core.messages import Line
from core.model import Capability, DeliveryId, Held

_MOST_HELD = 3  # a day and number: each is four digits more that a guess could hit


def hold(turn: MessageTurn, outcome: Outcome) -> Done:
    """The same whoever was ever asked anything there, or nobody."""
    effect = outcome.effect
    if not isinstance(effect, Hold):
        return nothing(turn, outcome)
    held = Held(effect.words, effect.files)
    capability = Capability(turn.now + PATIENCE, held=held, owner=turn.ordering_key.hex())
    reply = DeliveryId(turn.context.rng.token())
    if turn.profile.threads:
        turn.tx.capabilities.put(turn.tx.capabilities.tag(reply), capability)
        return Done((Line("held_confirm"),), outcome, reply=reply, granted=True)
    who = turn.ordering_key.hex()
    if turn.tx.inbox.counted("held", who, turn.now, PATIENCE)[0] >= _MOST_HELD:
        return Done(() if effect.beside else (Line("not_shown"),), outcome)
    turn.tx.inbox.count("held", who, deadlines.minute(turn.now))
    digits = record.drawn(turn.tx, turn.ordering_key, capability, turn.now, turn.context)
    told = Line("held_digits", (("digits", digits),), keep=not effect.beside)
    return Done((told,), outcome, reply=reply, granted=True)
