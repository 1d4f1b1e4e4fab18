"""What a reply has to show where anybody could have sent it: the tag of our message, or four digits that it told."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.messages import ChannelProfile, Line, Secret, Tag
from core.model import Capability, Delivery
from core.ports import Context, ConversationRepositories
from core.record.turn import Turn

LIVES = timedelta(days=30)  # a tag that waits for nothing in particular
DIGITS = "with_digits"  # the phrase that tells them
_DRAWS = 8  # of four digits that nobody was told already


def tag_of_digits(ordering_key: bytes, digits: str) -> Tag:
    """Returns the tag of four digits, which count only for the number that they were sent to."""
    return Tag(f"digits.{ordering_key.hex()}.{digits}")


def tag_of_code(code: Secret) -> Tag:
    """Returns the tag of a quoted tracking code, which opens the conversation that it was given in."""
    return Tag(f"code.{code.reveal()}")


def needs_digits(profile: ChannelProfile) -> bool:
    """Whether an answer by this channel has neither a proved sender nor a thread that could carry a tag."""
    return not profile.proved and not profile.threads


def drawn(
    tx: ConversationRepositories, ordering_key: bytes, capability: Capability, now: datetime, context: Context
) -> str:
    """Draws four random digits that open the capability, and stores it under them. Returns the digits."""
    digits = ""
    for _ in range(_DRAWS):
        digits = f"{context.rng.below(10_000):04d}"
        if tx.capabilities.get(tag_of_digits(ordering_key, digits), now) is None:
            tx.capabilities.put(tag_of_digits(ordering_key, digits), capability)
            break
    return digits  # taken, where nearly all are: these open what they opened before, and the code opens all


def granted(turn: Turn, delivery: Delivery) -> Delivery:
    """Stores what a reply to a delivery may open. Returns the delivery, with digits in its text where it needs them."""
    profile = turn.context.profiles[delivery.channel]
    awaits = delivery.awaits
    awaited = None if awaits is None else replace(awaits, message=delivery.id)
    until = turn.now + LIVES if awaits is None else awaits.until
    capability = Capability(until, awaited=awaited, contact=delivery.contact)
    if profile.threads:
        turn.tx.capabilities.put(turn.tx.capabilities.tag(delivery.id), capability)
    told = tuple(line for line in delivery.say.lines if line.key != DIGITS)
    if awaited is not None and needs_digits(profile):
        ordering_key = turn.tx.dialogues.ordering_key(delivery.channel, delivery.to)
        digits = drawn(turn.tx, ordering_key, capability, turn.now, turn.context)
        told = (*told, Line(DIGITS, (("digits", digits),)))
    return replace(delivery, say=replace(delivery.say, lines=told))
