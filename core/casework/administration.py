"""What is arranged: where new reports go by themselves, who may file for citizens, which words are ready; all noted."""

import re
from dataclasses import replace
from datetime import timedelta

from core import areas, workflow
from core.casework.accounts import office_of
from core.casework.actors import OPERATOR, Actor, arranges
from core.categories import CATEGORIES, category
from core.errors import NameTaken, Refused
from core.model import AreaCode, AuditEntry, Canned, CannedId, CategoryId, Partner, PartnerRight, Route
from core.ports import RandomSource
from core.record import Turn

TITLE_LONGEST = 60
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,31}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?")
_HOOK = re.compile(r"https://[^\s@\\]{1,400}")
_PARTNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")


def route_of(to: str, category_id: str, area: str) -> Route:
    """A row as it is written; empty is any. Raises Refused for an office, a category or an area that is not known."""
    if category_id and category_id not in {each.id for each in CATEGORIES}:
        raise Refused("routes_category_unknown")
    if category_id and category(CategoryId(category_id)).restricted is not None:
        raise Refused("case_restricted_stays")
    if area and area not in areas.AREAS:
        raise Refused("routes_area_unknown")
    return Route(office_of(to), CategoryId(category_id) or None, AreaCode(area) or None)


def add_route(turn: Turn, route: Route, by: Actor = OPERATOR) -> None:
    """Counts for reports that are filed from now on; raises Refused."""
    arranges(turn.tx, by)
    if workflow.external(route.to):
        raise Refused("case_office_outside")  # nobody there could read them
    turn.tx.routes.add(route)
    _noted(turn, f"route-add {_row(route)}", by)


def drop_route(turn: Turn, category: str, area: str, by: Actor = OPERATOR) -> bool:
    """False where there is no such row."""
    arranges(turn.tx, by)
    for route in turn.tx.routes.all():
        if (route.category or "", route.area or "") == (category, area) and turn.tx.routes.drop(route):
            _noted(turn, f"route-remove {_row(route)}", by)
            return True
    return False


def partner_key(rng: RandomSource) -> str:
    """What a partner shows, told once."""
    return rng.token() + rng.token()


def add_partner(turn: Turn, partner: Partner, key: str, by: Actor = OPERATOR) -> None:
    """Under a channel that is none of our own; raises Refused."""
    arranges(turn.tx, by)
    if not _PARTNER.fullmatch(partner.name):
        raise Refused("partner_name_wrong")
    if not all(map(_HOST.fullmatch, partner.hosts)):
        raise Refused("partner_host_wrong")
    if not _CHANNEL.fullmatch(partner.channel) or partner.channel in turn.context.profiles:
        raise Refused("partner_channel_wrong")
    try:
        turn.tx.partners.add(partner, key)
    except NameTaken:
        raise Refused("staff_name_taken") from None
    _noted(turn, f"partner-add {partner.name}", by)


def rotate_partner(turn: Turn, name: str, key: str, days: int, by: Actor = OPERATOR) -> None:
    """Another key; the one before opens the same for so many days more. Raises Refused."""
    arranges(turn.tx, by)
    turn.tx.partners.rotate(_known_partner(turn, name), key, turn.now + timedelta(days))
    _noted(turn, f"partner-rotate {name}", by)


def change_partner_rights(turn: Turn, name: str, rights: frozenset[PartnerRight], by: Actor = OPERATOR) -> None:
    """Its key opens these from now on; raises Refused."""
    arranges(turn.tx, by)
    turn.tx.partners.change(replace(_known_partner(turn, name), rights=rights))
    _noted(turn, f"partner-rights {name} {','.join(sorted(rights))}", by)


def tell_partner_at(turn: Turn, name: str, hook: str, by: Actor = OPERATOR) -> bytes:
    """Tells it there what becomes of its reports, or nowhere; returns what signs it from now on. Raises Refused."""
    arranges(turn.tx, by)
    if hook and not _HOOK.fullmatch(hook):
        raise Refused("partner_hook_wrong")
    secret = turn.tx.partners.tell_at(replace(_known_partner(turn, name), hook=hook), turn.context.rng.token())
    _noted(turn, f"partner-hook {name}", by)
    return secret


def _known_partner(turn: Turn, name: str) -> Partner:
    found = next((each for each in turn.tx.partners.all() if each.name == name), None)
    if found is None:
        raise Refused("partner_unknown")
    return found


def disable_partner(turn: Turn, name: str, by: Actor = OPERATOR) -> None:
    """Its key opens nothing from this moment; raises Refused."""
    arranges(turn.tx, by)
    turn.tx.partners.change(replace(_known_partner(turn, name), active=False))
    _noted(turn, f"partner-disable {name}", by)


def add_canned(turn: Turn, canned: Canned, by: Actor = OPERATOR) -> Canned:
    """As it will be sent; raises Refused."""
    arranges(turn.tx, by)
    title = " ".join(canned.title.split())
    if not title or len(title) > TITLE_LONGEST:
        raise Refused("canned_title", most=TITLE_LONGEST)
    agency = office_of(canned.agency) if canned.agency else None
    text, id_ = workflow.told(canned.text), CannedId(turn.context.rng.token())
    workflow.sent(text, turn.context.named, asks=False)
    added = replace(canned, id=id_, agency=agency, title=title, text=text)
    turn.tx.canned.add(added)
    _noted(turn, f"canned-add {agency or '*'} {title}", by)
    return added


def drop_canned(turn: Turn, canned: CannedId, by: Actor = OPERATOR) -> bool:
    """False where there is none."""
    arranges(turn.tx, by)
    gone = turn.tx.canned.drop(canned)
    if gone is not None:
        _noted(turn, f"canned-remove {gone.agency or '*'} {gone.title}", by)
    return gone is not None


def _row(route: Route) -> str:
    return f"{route.category or '*'} {route.area or '*'} {route.to}"


def _noted(turn: Turn, act: str, by: Actor) -> None:
    turn.tx.audit.add(AuditEntry(turn.now, by.name, act, via=by.via))
