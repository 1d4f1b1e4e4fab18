"""What a request says: jurisdiction, key, the form of a report, and which reports are asked for."""

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from core import areas
from core.categories import CATEGORIES, GROUPS, Category
from core.intake import Filled
from core.messages import Point
from core.model import AreaCode, CategoryId, Number, PublishedQuery
from web.open311.written import Trouble

JURISDICTION = "jakarta.go.id"
OPEN_TO_ALL: Mapping[str, Category] = {each.id: each for each in CATEGORIES if each.restricted is None}
# Sensitive matters are nobody's to look up, in a list or by number, but for who filed them.
_LISTED, _OWN = (
    {each.id: each.group for each in OPEN_TO_ALL.values() if own or not each.sensitive} for own in (False, True)
)
_FIELDS = frozenset(each.id for each in GROUPS)
_BACK = timedelta(days=90)  # the standard's: what is listed where no time is asked for, and the longest span
_MOST = 1000
_NUMBER = re.compile(r"R[0-9A-HJKMNP-TV-Z]{8}")
_STATUSES = {"open": False, "closed": True}


def jurisdiction(given: Mapping[str, str]) -> None:
    """Ours, or none; raises Trouble 404."""
    if given.get("jurisdiction_id", JURISDICTION) not in {"", JURISDICTION}:
        raise Trouble(404, f"jurisdiction_id was not found: this is {JURISDICTION}")


def filled(given: Mapping[str, str], lang: str) -> Filled:
    """The form of a POST. Names, addresses and devices of people are not read. Raises Trouble 400 or 404."""
    code = given.get("service_code", "")
    if not code:
        raise Trouble(400, "service_code is missing")
    leaf = OPEN_TO_ALL.get(code)
    if leaf is None:
        raise Trouble(404, "service_code was not found")
    words, area = given.get("address_string", ""), given.get("address_id", "")
    if area and area not in areas.AREAS:
        raise Trouble(404, "address_id was not found: it is the code of a kelurahan or a kecamatan")
    return Filled(
        channel="",
        category=leaf.id,
        text=given.get("description", "") or leaf.labels[lang],
        words=words,
        area=AreaCode(area) if area else None,
        point=_point(given),
        lang=lang,
    )


def _point(given: Mapping[str, str]) -> Point | None:
    told = given.get("lat", ""), given.get("long", "")
    if not any(told):
        return None
    try:
        latitude, longitude = (float(each) for each in told)
    except ValueError:
        raise Trouble(400, "lat and long must both be degrees, such as -6.2 and 106.8") from None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - the earth
        raise Trouble(400, "lat and long must lie on the earth")
    return Point(latitude, longitude)


def query(given: Mapping[str, str], now: datetime, *, own: bool = False) -> PublishedQuery:
    """Of a list. Without numbers: at most 90 days, those before now where no time is said; raises Trouble 400.

    `own`: of what the one who asks has filed.
    """
    kinds = _OWN if own else _LISTED
    numbers = tuple(filter(None, (_number(each) for each in given.get("service_request_id", "").split(","))))
    if given.get("service_request_id"):
        return PublishedQuery(numbers, tuple(kinds), most=_MOST if numbers else 0)
    categories, groups = _kinds(given.get("service_code", ""), kinds)
    since, until = _time(given, "start_date"), _time(given, "end_date")
    if since is None:
        since = (until or now) - _BACK
    if until is None or until - since > _BACK:
        until = since + _BACK
    states = {each.strip() for each in given.get("status", "").split(",") if each.strip()}
    if not states <= set(_STATUSES):
        raise Trouble(400, "status is open, closed or both")
    ended = _STATUSES[next(iter(states))] if len(states) == 1 else None
    return PublishedQuery((), categories, since, until, ended, _MOST if categories else 0, groups)


def _kinds(given: str, kinds: Mapping[CategoryId, str]) -> tuple[tuple[CategoryId, ...], tuple[str, ...] | None]:
    """Kinds that are asked for, by themselves or by their field; and of which fields what is told no finer, too."""
    asked = {each.strip() for each in given.split(",") if each.strip()}
    if not asked:
        return tuple(kinds), None
    found = tuple(leaf for leaf, group in kinds.items() if leaf in asked or group in asked)
    return found, tuple(sorted(asked & _FIELDS))


def one(number: str, *, own: bool = False) -> PublishedQuery:
    """Of one report, found where a list would have it; raises Trouble 404 for what can be no number of ours."""
    found = _number(number)
    if found is None:
        raise Trouble(404, "service_request_id was not found")
    return PublishedQuery((found,), tuple(_OWN if own else _LISTED), most=1)


def _number(typed: str) -> Number | None:
    typed = typed.strip().upper()
    return Number(typed) if _NUMBER.fullmatch(typed) else None


def _time(given: Mapping[str, str], name: str) -> datetime | None:
    typed = given.get(name, "")
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise Trouble(400, f"{name} must be a time with its zone, such as 2026-01-31T00:00:00Z") from None
    if at.tzinfo is None:
        raise Trouble(400, f"{name} must say its zone, such as 2026-01-31T00:00:00Z")
    return at
