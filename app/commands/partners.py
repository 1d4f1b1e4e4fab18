"""`resi partners`: who may file over Open311; a key is printed once and kept as a hash only."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from app.partner_hooks import secret_shown
from app.runtime import opened_runtime
from app.settings import Settings
from app.standard_streams import shown_once
from bots.channels import CHANNELS
from core import casework
from core.model import Partner, PartnerRight
from core.phrases import channels_named

Print = Callable[[str], None]


def add(settings: Settings, partner: Partner, say: Print, warn: Print) -> None:
    """A new partner; its key is the last line. Raises Refused."""
    with opened_runtime(settings) as opened:
        key = casework.partner_key(opened.context.rng)
        opened.turn(lambda turn: casework.add_partner(turn, partner, key))
    others = sorted(channels_named() - {each.name for each in CHANNELS})
    if partner.channel not in others:
        warn(
            f"warning: nothing says what the channel {partner.channel} is called, so pages show its id. If it is no "
            f"new one, disable this partner and add another. Those with a name: {', '.join(others)}."
        )
    with _shown(partner.name):
        say(f"{partner.name}: {partner.channel}")
        say(key)


def _shown(name: str) -> AbstractContextManager[None]:
    return shown_once(f"{name} has a key that nobody saw. `resi partners rotate --days 0 {name}` gives another.")


def rotate(settings: Settings, name: str, days: int, say: Print) -> None:
    """Another key, the last line; the one before opens the same for some days more. Raises Refused."""
    with opened_runtime(settings) as opened:
        key = casework.partner_key(opened.context.rng)
        opened.turn(lambda turn: casework.rotate_partner(turn, name, key, days))
    with _shown(name):
        say(f"{name}: the key before ends in {days} days.")
        say(key)


def change_rights(settings: Settings, name: str, rights: frozenset[PartnerRight], say: Print) -> None:
    """What its key opens from now on. Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.change_partner_rights(turn, name, rights))
    say(f"{name} may: {', '.join(sorted(rights))}.")


def tell_at(settings: Settings, name: str, hook: str, say: Print) -> None:
    """Where it is told what becomes of its reports; the secret that signs it is the last line. Raises Refused."""
    with opened_runtime(settings) as opened:
        secret = opened.turn(lambda turn: casework.tell_partner_at(turn, name, hook))
    if hook:
        with shown_once(f"{name} has a secret that nobody saw. The same command gives another."):
            say(f"{name} is told at {hook}, signed with:")
            say(secret_shown(secret))
    else:
        say(f"{name} is told nothing more.")


def listed(settings: Settings, say: Print) -> None:
    """A line a partner."""
    with opened_runtime(settings) as opened:
        partners = opened.store.run(lambda tx: tx.partners.all())
    for each in partners:
        until = f" until {each.until.astimezone(settings.zone):%Y-%m-%d}" if each.until is not None else ""
        rights = "" if each.rights == frozenset(PartnerRight) else f" {','.join(sorted(each.rights))}"
        more = f"{rights}{until}{' told' if each.hook else ''}"
        say(f"{each.name} {each.channel}{more}{'' if each.active else ' disabled'}")
    if not partners:
        say("No partners yet. `resi partners add` makes one.")


def disable(settings: Settings, name: str, say: Print) -> None:
    """Its key opens nothing from this moment. Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.disable_partner(turn, name))
    say(f"{name} can file no more.")
