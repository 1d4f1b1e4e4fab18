"""What a list is narrowed by, as it stands in an address: read, written, and offered as choices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from core import areas, workflow
from core.areas import Area
from core.casework import Wanted, Which
from core.model import RIGHTS, AgencyId, AreaCode, CategoryId, Right, StaffRole, Status
from core.phrases import KEYS, channel
from web.desk.session import ROOT, Visit

_WHICH, _STATUS, _KIND, _OFFICE, _AREA, _CHANNEL = "daftar", "status", "jenis", "kantor", "wilayah", "saluran"
_NAMED = "web_channel_"
CHANNELS = tuple(sorted(key.removeprefix(_NAMED) for key in KEYS if key.startswith(_NAMED)))
_LONGEST = 40  # characters of an id
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from; `areas`: each city with what lies in it; `offices`: empty where there is none.

    `finer`: the area that was chosen, where it is smaller than those.
    """

    statuses: Sequence[Status]
    channels: Sequence[str]
    areas: Sequence[tuple[Area, Sequence[Area]]]
    offices: Sequence[AgencyId]
    finer: Area | None = None


def choices(role: StaffRole, lang: str, chosen: AreaCode | None = None) -> Choices:
    """By name. For everybody the same, but that only Biro Pemerintahan sees what several offices hold."""
    cities = tuple((city, areas.children(city.code)) for city in areas.children(None))
    held = workflow.offices_for(None, outside=False) if Right.CITY in RIGHTS[role] else ()
    offered = {each.code for city, inside in cities for each in (city, *inside)}
    finer = areas.area(chosen) if chosen is not None and chosen not in offered else None
    offices = sorted((workflow.agency_name(each, lang).casefold(), each) for each in held if ":" not in each)
    channels = sorted((channel(each, lang).casefold(), each) for each in CHANNELS)
    return Choices(
        tuple(Status), tuple(each for _, each in channels), cities, tuple(each for _, each in offices), finer
    )


def wanted_of(get: Callable[[str], str], which: Which = Which.OPEN) -> Wanted:
    """What cannot be read is left out; `which` where no list is named."""
    page, area, office = get("hal"), AreaCode(get(_AREA)), AgencyId(get(_OFFICE))
    return Wanted(
        which=_one(Which, get(_WHICH)) or which,
        status=_one(Status, get(_STATUS)),
        category=CategoryId(get(_KIND)[:_LONGEST]) or None,
        agency=office if office and workflow.known(office) else None,
        area=area if area in areas.AREAS else None,
        channel=get(_CHANNEL)[:_LONGEST] or None,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,  # noqa: PLR2004 - no list is as long
    )


def _one(of: type[E], asked: str) -> E | None:
    return next((each for each in of if each.value == asked), None)


def asked_in(visit: Visit) -> Wanted:
    """In the address; who searches without naming a list means all reports."""
    return wanted_of(visit.asked, Which.ALL if visit.asked("cari") else Which.OPEN)


def kept_in(query: str) -> Wanted:
    """In a query that was kept."""
    parts = dict(parse_qsl(query))
    return wanted_of(lambda name: parts.get(name, "").strip())


def query_of(wanted: Wanted, **other: str | int) -> str:
    """The same filters but one; what is as always is left out."""
    parts: dict[str, str | int] = {
        _WHICH: wanted.which.value,
        _STATUS: wanted.status.value if wanted.status else "",
        _KIND: wanted.category or "",
        _OFFICE: wanted.agency or "",
        _AREA: wanted.area or "",
        _CHANNEL: wanted.channel or "",
    }
    usual = Which.ALL.value if other.get("cari") else Which.OPEN.value
    return urlencode({name: value for name, value in (parts | other).items() if value not in {"", usual, 1}})


def link(wanted: Wanted, *, page: str = ROOT, **other: str | int) -> str:
    """The list with the same filters but one; `page`: another page that has them."""
    query = query_of(wanted, **other)
    return f"{page}?{query}" if query else page
