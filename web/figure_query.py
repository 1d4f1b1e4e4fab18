"""What figures are asked of, as it stands in the address: read strictly, and written again for links."""

import re
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from core import areas
from core.categories import AGENCIES, ALL_CATEGORIES, GROUPS
from core.model import AgencyId, AreaCode, FigureQuery, Grain
from core.publication import KIND, calendar

GRAINS = {"bulan": Grain.MONTH, "minggu": Grain.WEEK, "hari": Grain.DAY}
NAMES = {grain: name for name, grain in GRAINS.items()}
FIELDS = ("periode", "pada", "jenis", "wilayah", "kantor", "kanal")
_GROUPS = frozenset(each.id for each in GROUPS)
_WORD = re.compile(r"[a-z0-9_]{1,40}")
_FIRST_YEAR = "2000"


class BadFilter(ValueError):
    """`field`: which of the address; `web_figures_bad_<field>` says what it should be."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read(params: QueryParams) -> FigureQuery:
    """Raises BadFilter. What is not ours is passed over; what is empty narrows nothing."""
    for field in FIELDS:
        if len(params.getlist(field)) > 1:
            raise BadFilter(field)
    typed = {field: params.get(field, "").strip() for field in FIELDS}
    grain = GRAINS.get(typed["periode"] or "bulan")
    if grain is None:
        raise BadFilter("periode")
    starts = calendar.asked(grain, typed["pada"]) if typed["pada"] else ""
    if starts is None or (starts and starts < _FIRST_YEAR):
        raise BadFilter("pada")
    for field, known in (
        ("jenis", typed["jenis"] in _GROUPS or typed["jenis"] in ALL_CATEGORIES),
        ("wilayah", typed["wilayah"] in areas.AREAS),
        ("kantor", _is_office(typed["kantor"])),
        ("kanal", _WORD.fullmatch(typed["kanal"]) is not None),
    ):
        if typed[field] and not known:
            raise BadFilter(field)
    return FigureQuery(grain, starts, typed["jenis"], AreaCode(typed["wilayah"]), typed["kantor"], typed["kanal"])


def address(path: str, query: FigureQuery, lang: str = "", **besides: str) -> str:
    """A link to the same figures, or to others of them."""
    parts = {
        "periode": NAMES[query.grain] if query.grain is not Grain.MONTH else "",
        "pada": calendar.written(query.grain, query.starts) if query.starts else "",
        "jenis": query.kind,
        "wilayah": query.area,
        "kantor": query.office,
        "kanal": query.channel,
        "lang": lang,
        **besides,
    }
    asked = urlencode({name: value for name, value in parts.items() if value})
    return f"{path}?{asked}" if asked else path


def _is_office(typed: str) -> bool:
    if typed.startswith(KIND):
        return _WORD.fullmatch(typed.removeprefix(KIND)) is not None
    if typed in AGENCIES:
        return True
    try:
        areas.area_of(AgencyId(typed))
    except KeyError:
        return False
    return True
