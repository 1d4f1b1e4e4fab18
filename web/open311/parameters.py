"""What a request says: jurisdiction, key, the form of a report, and which reports are asked for."""

import hashlib
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol

from starlette.datastructures import QueryParams

from core import areas
from core.categories import ALL_CATEGORIES, GROUPS, Category
from core.city.present import Changes, of_present
from core.city.profile import CITY
from core.intake import Filled
from core.messages import Point, WireId
from core.model import AreaCode, CategoryId, Number, PublishedQuery
from web.form_body import Filled as Form
from web.open311.serialization import Trouble
from web.partners import Media

JURISDICTION = CITY.jurisdiction
_FIELDS = frozenset(each.id for each in GROUPS)
ANY_KIND = "any"
"""The service_code of what is told without its kind."""
_BACK = timedelta(days=90)  # the standard's: what is listed where no time is asked for, and the longest span
MOST = 1000
"""Rows of an answer; the standard's."""
MOST_MEDIA = 5
"""Files of a report."""
_DIGITS, _LAST_PAGE = 9, 10**9
_LISTS = ("service_request_id", "service_code", "status")
_RECEIVED, _CHANGED = ("start_date", "end_date"), ("updated_after", "updated_before")
_ANY_TIME = (None, None)
_MOMENT = timedelta(microseconds=1)
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
_LEAP_SECOND = re.compile(r"(?<=:\d\d:)60")
_NUMBER = re.compile(r"R[0-9A-HJKMNP-TV-Z]{8}")
_STATUSES = {"open": False, "closed": True}


def open_to_all(code: str) -> Category | None:
    """A kind that anybody may file at present; None: there is none of this code."""
    leaf = ALL_CATEGORIES.get(CategoryId(code))
    return leaf if leaf is not None and leaf.restricted is None and not leaf.retired else None


@of_present
def _groups_of_kinds(_: Changes) -> tuple[Mapping[CategoryId, str], Mapping[CategoryId, str]]:
    """For everybody, and for who filed them: sensitive matters are nobody else's to look up, in a list or by number."""
    listed, own = (
        {
            each.id: each.group
            for each in ALL_CATEGORIES.values()
            if each.restricted is None and (own or not each.sensitive)
        }
        for own in (False, True)
    )
    return listed, own


def jurisdiction(given: Mapping[str, str]) -> None:
    """Ours, or none; raises Trouble 404."""
    if given.get("jurisdiction_id", JURISDICTION) not in {"", JURISDICTION}:
        raise Trouble(404, f"jurisdiction_id was not found: this is {JURISDICTION}")


def filled(given: Mapping[str, str], lang: str) -> Filled:
    """The form of a POST. Names, addresses and devices of people are not read. Raises Trouble 400 or 404."""
    code = given.get("service_code", "")
    if not code:
        raise Trouble(400, "service_code is missing")
    leaf = open_to_all(code)
    if leaf is None:
        raise Trouble(404, "service_code was not found")
    words, area = given.get("address_string", ""), given.get("address_id", "")
    if area and area not in areas.AREAS:
        raise Trouble(404, "address_id was not found: it is the code of an area")
    return Filled(
        channel="",
        category=leaf.id,
        text=given.get("description", "") or leaf.labels[lang],
        words=words,
        area=AreaCode(area) if area else None,
        point=_point(given),
        lang=lang,
        attributes={each: said for each in leaf.attributes for said in _attribute(given, each)},
    )


def once(key: str, given: Mapping[str, str]) -> WireId | None:
    """What makes a report that is sent again one report: the key of a request, and all that is said under it.

    Other words under the same key are another report, so that a key used twice by mistake loses nobody's.
    """
    if not key:
        return None
    told = sorted((name, said) for name, said in given.items() if name != "api_key")
    return WireId(hashlib.sha256(repr((key, told)).encode()).hexdigest())


def _attribute(given: Mapping[str, str], asked: str) -> tuple[str, ...]:
    """An answer, as one of one or of several; no other attribute is read, for they may name somebody."""
    found = (given.get(f"attribute[{asked}]{many}", "") for many in ("", "[]"))
    return tuple(said for said in found if said)[:1]


def media(sent: Form, given: Mapping[str, str]) -> Media | None:
    """Files of the form, and those that lie elsewhere; None: there are none. Raises Trouble 400."""
    urls = sent.ticked.get("media_url") or ((given["media_url"],) if given.get("media_url") else ())
    found = Media(tuple(sent.files.values()), tuple(url.strip() for url in urls if url.strip()))
    if len(found.files) + len(found.urls) > MOST_MEDIA:
        raise Trouble(400, f"{MOST_MEDIA} files or media_url at most")
    return found if found.files or found.urls else None


def _point(given: Mapping[str, str]) -> Point | None:
    told = given.get("lat", ""), given.get("long", "")
    if not any(told):
        return None
    try:
        latitude, longitude = (float(each.replace("_", "-")) for each in told)  # Python alone reads -6_0.2 as -60.2
    except ValueError:
        raise Trouble(400, "lat and long must both be degrees, such as -6.2 and 106.8") from None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - the earth
        raise Trouble(400, "lat and long must lie on the earth")
    return Point(latitude, longitude)


def given(query: QueryParams) -> Mapping[str, str]:
    """Of an address; what may be named several times is one list with commas."""
    lists = {name: ",".join(query.getlist(name)) for name in _LISTS if name in query}
    return {**query, **lists}


class Read(Protocol):
    """Which reports a list is of."""

    def __call__(self, given: Mapping[str, str], now: datetime, zone: tzinfo, *, own: bool = False) -> PublishedQuery:
        """Raises Trouble 400."""


def query(given: Mapping[str, str], now: datetime, zone: tzinfo, *, own: bool = False) -> PublishedQuery:
    """Of a list. Without numbers: at most 90 days, those before now where no time is said; raises Trouble 400.

    Times are compared as they are told, by days of `zone`, so that no question learns more than an answer tells.
    `own`: of what the one who asks has filed.
    """
    kinds, (most, skip) = _groups_of_kinds()[own], _page(given)
    if given.get("service_request_id"):
        numbers = tuple(filter(None, (number_of(each) for each in given["service_request_id"].split(","))))
        return PublishedQuery(numbers, tuple(kinds), most=most if numbers else 0, skip=skip)
    categories, groups = _kinds(given.get("service_code", ""), kinds)
    received, changed = (_times(given, *names) for names in (_RECEIVED, _CHANGED))
    if changed == _ANY_TIME:
        received = _ninety_days(*received, now)
    states = _parts(given.get("status", ""))
    if not states <= set(_STATUSES):
        raise Trouble(400, "status is open, closed or both")
    ended = _STATUSES[next(iter(states))] if len(states) == 1 else None
    since, until = _days(*received, zone)
    changed_since, changed_until = _days(*changed, zone)
    most = most if categories or groups else 0
    return PublishedQuery((), categories, since, until, ended, most, groups, changed_since, changed_until, skip)


def updates(given: Mapping[str, str], now: datetime, zone: tzinfo, *, own: bool = False) -> PublishedQuery:
    """As `query`, of the extension for updates, whose times are those of the last change; raises Trouble 400."""
    since, until = _ninety_days(*_times(given, *_RECEIVED), now)
    renamed = dict(given) | {_CHANGED[0]: since.isoformat(), _CHANGED[1]: until.isoformat()}
    return query({name: each for name, each in renamed.items() if name not in _RECEIVED}, now, zone, own=own)


def _ninety_days(since: datetime | None, until: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    if since is None:
        since = (until or now) - _BACK
    if until is None or until - since > _BACK:
        until = since + _BACK
    return since, until


def _days(since: datetime | None, until: datetime | None, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """The whole days of `zone` whose beginnings lie between the two."""
    begins = None if since is None else _midnight(since - _MOMENT, zone, 1)
    ends = None if until is None else _midnight(until, zone, 1) - _MOMENT
    return begins, ends


def _midnight(at: datetime, zone: tzinfo, days: int) -> datetime:
    return datetime.combine(at.astimezone(zone).date() + timedelta(days), time(), tzinfo=zone).astimezone(UTC)


def _page(given: Mapping[str, str]) -> tuple[int, int]:
    """How many rows, and after how many."""
    size = min(_count(given, "page_size", MOST), MOST)
    return size, (_count(given, "page", 1) - 1) * size


def _count(given: Mapping[str, str], name: str, otherwise: int) -> int:
    typed = given.get(name, "").strip() or str(otherwise)
    if not (typed.isascii() and typed.isdigit()) or not typed.strip("0"):
        raise Trouble(400, f"{name} must be a number from 1 on")
    return min(int(typed[-_DIGITS:]) if len(typed) <= _DIGITS else _LAST_PAGE, _LAST_PAGE)


def _kinds(given: str, kinds: Mapping[CategoryId, str]) -> tuple[tuple[CategoryId, ...], tuple[str, ...] | None]:
    """Kinds that are asked for, by themselves or by their field; and of which fields what is told no finer, too."""
    asked = _parts(given)
    if not asked:
        return tuple(kinds), None
    found = tuple(leaf for leaf, group in kinds.items() if leaf in asked or group in asked)
    return found, tuple(sorted(asked & _FIELDS)) + (("",) if ANY_KIND in asked else ())


def _parts(typed: str) -> set[str]:
    return {each.strip() for each in typed.split(",") if each.strip()}


def one(number: str, *, own: bool = False) -> PublishedQuery:
    """Of one report, found where a list would have it; raises Trouble 404 for what can be no number of ours."""
    found = number_of(number)
    if found is None:
        raise Trouble(404, "service_request_id was not found")
    return PublishedQuery((found,), tuple(_groups_of_kinds()[own]), most=1)


def number_of(typed: str) -> Number | None:
    """None: it can be no number of ours."""
    typed = typed.strip().upper()
    return Number(typed) if _NUMBER.fullmatch(typed) else None


def _times(given: Mapping[str, str], first: str, last: str) -> tuple[datetime | None, datetime | None]:
    return moment(given, first), moment(given, last)


def moment(given: Mapping[str, str], name: str) -> datetime | None:
    """Of a time with its zone; None: it is not there. Raises Trouble 400."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        # RFC 3339 has t and z small, too, and a second that was put in; a + is one that was not written as %2B.
        at = datetime.fromisoformat(_LEAP_SECOND.sub("59", typed.upper().replace(" ", "+")))
    except ValueError:
        raise Trouble(400, f"{name} must be a time with its zone, such as 2026-01-31T00:00:00Z") from None
    if at.tzinfo is None:
        raise Trouble(400, f"{name} must say its zone, such as 2026-01-31T00:00:00Z")
    return min(max(at, _EARLIEST), _LATEST)
