"""`resi partners`: who may file over Open311; a key is printed once and kept as a hash only."""

import re
from collections.abc import Callable

from app.chance import SystemDice
from app.house import opened_house
from app.settings import Settings
from bots.channels import CHANNELS
from core import casework
from core.casework import Turn
from core.errors import NameTaken, Refused
from core.model import Partner

Print = Callable[[str], None]
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,31}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_OURS = frozenset(channel.name for channel in CHANNELS)


def add(settings: Settings, name: str, channel: str, say: Print) -> None:
    """A new partner; its key is the last line. Raises Refused."""
    if not _NAME.fullmatch(name):
        raise Refused("staff_name_wrong")
    if not _CHANNEL.fullmatch(channel) or channel in _OURS:
        raise Refused("partner_channel_wrong")
    dice = SystemDice()
    key = dice.token() + dice.token()
    with opened_house(settings) as opened:
        try:
            now, partner = opened.clock.now(), Partner(name, channel)
            opened.store.run(lambda tx: casework.add_partner(Turn(tx, now, opened.house), partner, key))
        except NameTaken:
            raise Refused("staff_name_taken") from None
    say(f"{name}: {channel}")
    say(key)


def listed(settings: Settings, say: Print) -> None:
    """A line a partner."""
    with opened_house(settings) as opened:
        partners = opened.store.run(lambda tx: tx.partners.all())
    for each in partners:
        say(f"{each.name} {each.channel}{'' if each.active else ' disabled'}")
    if not partners:
        say("No partners yet. `resi partners add` makes one.")


def disable(settings: Settings, name: str, say: Print) -> None:
    """Its key opens nothing from this moment. Raises Refused."""
    with opened_house(settings) as opened:
        now = opened.clock.now()
        opened.store.run(lambda tx: casework.disable_partner(Turn(tx, now, opened.house), name))
    say(f"{name} can file no more.")
