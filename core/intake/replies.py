"""What a reply to our answer has to show: noted when the answer is made, and told where it is four digits."""

from dataclasses import replace
from datetime import timedelta

from core import record
from core.intake.standing import PATIENCE, Standing
from core.intake.turn import Done
from core.messages import Line, Say
from core.model import Asking, Awaited, Capability, Delivery, Step

_WITH_DIGITS = {"fix_one": "fix_one_digits", "ask_place_filed": "ask_place_digits"}
"""Phrases that say how to answer, each with the one that says it with digits."""


def granted(standing: Standing, done: Done, key: bytes | None, reply: Delivery) -> Delivery:
    """The answer as it leaves. `key`: of the dialogue that a reply to it goes on with; None: it needs no right."""
    turn = standing.turn
    if done.granted:
        return reply
    owner = standing.owner.hex() if standing.owner is not None else ""
    contact = done.contact or turn.shown
    awaited = _still_asked(standing, done)
    capability = Capability(turn.now + record.LIVES, key.hex() if key else "", awaited, owner=owner, contact=contact)
    if turn.profile.threads:
        return _threaded(standing, done, reply, capability)
    if key is None or not record.needs_digits(turn.profile):
        return reply
    brief = replace(capability, until=turn.now + PATIENCE)
    digits = record.drawn(turn.tx, turn.ordering_key, brief, turn.now, turn.context)
    return _correctable(done, key, replace(reply, say=_told(reply.say, digits)), PATIENCE)


def _still_asked(standing: Standing, done: Done) -> Awaited | None:
    """The question whose words are asked for once more, as its answer had none."""
    after = done.outcome.dialogue
    if after.step is not Step.ANSWER or after.about is None:
        return None
    asked = (each for each in standing.dialogue.awaited if each.asking is Asking.ANSWER)
    return next((each for each in asked if each.report == after.about.report), None)


def _threaded(standing: Standing, done: Done, reply: Delivery, capability: Capability) -> Delivery:
    """The tag of this answer, and the code in it where somebody quotes no more than that, go on with the dialogue."""
    capabilities = standing.turn.tx.capabilities
    capabilities.put(capabilities.tag(reply.id), capability)
    if done.code is not None:
        capabilities.put(record.tag_of_code(done.code), capability)
    key = bytes.fromhex(capability.dialogue)
    return reply if standing.turn.proved or not key else _correctable(done, key, reply, PATIENCE)


def _correctable(done: Done, key: bytes, reply: Delivery, within: timedelta) -> Delivery:
    """Who drops what they have to show, and confirms that the address is theirs, may still correct what was filed."""
    filed = done.outcome.dialogue.filed
    if filed is None or reply.awaits is not None:
        return reply
    until = reply.not_before + within
    awaits = Awaited(filed.report, filed.last4, Asking.CORRECTION, until, dialogue=key.hex())
    return replace(reply, awaits=awaits)


def _told(say: Say, digits: str) -> Say:
    arg = ("digits", digits)
    swapped = tuple(
        replace(line, key=_WITH_DIGITS[line.key], args=(*line.args, arg)) if line.key in _WITH_DIGITS else line
        for line in say.lines
    )
    if swapped != say.lines:
        return replace(say, lines=swapped)
    return replace(say, lines=(*say.lines, Line(record.DIGITS, (arg,))))
