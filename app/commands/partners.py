"""`resi partners`: who may file over Open311; a key is printed once and kept as a hash only."""

from collections.abc import Callable

from app.runtime import opened_runtime
from app.settings import Settings
from core import casework
from core.model import Partner

Print = Callable[[str], None]


def add(settings: Settings, name: str, channel: str, say: Print) -> None:
    """A new partner; its key is the last line. Raises Refused."""
    with opened_runtime(settings) as opened:
        partner, key = Partner(name, channel), casework.partner_key(opened.context.rng)
        opened.turn(lambda turn: casework.add_partner(turn, partner, key))
    say(f"{name}: {channel}")
    say(key)


def listed(settings: Settings, say: Print) -> None:
    """A line a partner."""
    with opened_runtime(settings) as opened:
        partners = opened.store.run(lambda tx: tx.partners.all())
    for each in partners:
        say(f"{each.name} {each.channel}{'' if each.active else ' disabled'}")
    if not partners:
        say("No partners yet. `resi partners add` makes one.")


def disable(settings: Settings, name: str, say: Print) -> None:
    """Its key opens nothing from this moment. Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.disable_partner(turn, name))
    say(f"{name} can file no more.")
