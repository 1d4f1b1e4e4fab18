"""Citizens of a demonstration: they write as citizens do, keep their code, and leave no address behind."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from random import Random

from app.seed.stories import Story, demo, words
from core import intake, tracking
from core.intake import Filled
from core.messages import Address, Envelope, Incoming, WireId
from core.model import TrackingCode
from core.ports import Context, UnitOfWork
from core.toml_rows import number, table

_WIRES = frozenset({"telegram", "sms", "mail"})
_MOST_MESSAGES = 8


@dataclass(frozen=True, slots=True)
class Chance:
    """The random generator of a demonstration, and the context of its turns."""

    random: Random
    context: Context


def file(tx: UnitOfWork, story: Story, chance: Chance, now: datetime) -> TrackingCode | None:
    """Files it by some channel, an SMS without its photos; None where a conversation came to no code."""
    channel = chance.random.choice(_channels())
    if channel not in _WIRES:
        filled = Filled(channel, story.category, story.text, story.words, area=story.area.code, files=story.photos)
        receipt = intake.form(tx, filled, now, chance.context)
        return None if receipt is None else receipt.code
    return _talked(tx, channel, story, chance, now)


@cache
def _channels() -> tuple[str, ...]:
    """Each as often as its share."""
    shares = table(demo(), "channels")
    return tuple(channel for channel in shares for _ in range(number(shares, channel, 1)))


def say(tx: UnitOfWork, text: str, chance: Chance, now: datetime) -> None:
    """A message from a phone that never wrote before: whoever has the code may speak."""
    _send(tx, Incoming(_letter("telegram", chance, text)), chance, now)


def answer(tx: UnitOfWork, code: TrackingCode, chance: Chance, now: datetime) -> None:
    """To whatever staff asked."""
    say(tx, f"{tracking.shown(code)} {words('answers', chance.random)}", chance, now)


def _letter(channel: str, chance: Chance, text: str) -> Envelope:
    rng = chance.context.rng
    return Envelope(channel, Address(f"demo {rng.token()}"), WireId(rng.token()), text=text)


def _talked(tx: UnitOfWork, channel: str, story: Story, chance: Chance, now: datetime) -> TrackingCode | None:
    """The conversation as a person leads it who agrees to the first that is offered."""
    opening = f"LAPOR {story.text}" if channel == "sms" else story.text
    letter, photos = _letter(channel, chance, opening), () if channel == "sms" else story.photos
    for _ in range(_MOST_MESSAGES):
        said = _send(tx, Incoming(letter, photos), chance, now)
        if said is None:
            return None
        code, options, revision = said
        if code is not None:
            return code
        choice = "send" if "send" in options else options[0] if options else ""
        letter = replace(
            letter,
            wire_id=WireId(chance.context.rng.token()),
            text="" if choice else story.words,
            choice=choice,
            revision=revision if choice else None,
        )
        photos = ()
    return None


def _send(
    tx: UnitOfWork, message: Incoming, chance: Chance, now: datetime
) -> tuple[TrackingCode | None, tuple[str, ...], int] | None:
    """One message and what comes back: nothing is put into the outbox, and an address that was left is forgotten."""
    _, reply = intake.answer(tx, message, now, chance.context)
    if reply is None:
        return None
    if reply.contact is not None:
        tx.code_holders.forget(reply.contact)
    shown = next((value for line in reply.say.lines for name, value in line.args if name == "code"), "")
    code = tracking.tried(shown) if shown else None
    return code, tuple(option.id for option in reply.say.options), reply.say.revision
