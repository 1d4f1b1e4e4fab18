"""`resi partners`: who may file over Open311; a key is printed once and kept as a hash only."""

from collections.abc import Callable

from app.partner_hooks import secret_shown
from app.runtime import opened_runtime
from app.settings import Settings
from core import casework
from core.model import Partner, PartnerRight

Print = Callable[[str], None]


def add(settings: Settings, partner: Partner, say: Print) -> None:
    """A new partner; its key is the last line. Raises Refused."""
    with opened_runtime(settings) as opened:
        key = casework.partner_key(opened.context.rng)
        opened.turn(lambda turn: casework.add_partner(turn, partner, key))
    say(f"{partner.name}: {partner.channel}")
    say(key)


def rotate(settings: Settings, name: str, days: int, say: Print) -> None:
    """Another key, the last line; the one before opens the same for some days more. Raises Refused."""
    with opened_runtime(settings) as opened:
        key = casework.partner_key(opened.context.rng)
        opened.turn(lambda turn: casework.rotate_partner(turn, name, key, days))
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
