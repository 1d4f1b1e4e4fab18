"""/statistik/peta: the published figures of areas as a map in five tones, and as a table; never a point."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from core import areas
from core.model import AreaCode
from core.phrases import phrase
from web.conditional import unless_known
from web.map_view import Shape, View, chain, holds, view
from web.pages import language, number, page
from web.recent import SECONDS, Recent
from web.services import AreaFigure, PlaceFigures, services_of

router = APIRouter(redirect_slashes=False)
HERE = "/statistik/peta"
COUNT, DAYS = "jumlah", "hari"
_TONES = 5
_ALL = 100_000  # areas: as many as there are


@dataclass(frozen=True, slots=True)
class Tone:
    """One of the tones: its number from 1, and the least and the greatest value that it stands for."""

    number: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Group:
    """What of a picture lies in one area right below; `link`: to a picture of that area, empty where it is the last."""

    name: str
    link: str
    shapes: Sequence[Shape]


def tones(values: Sequence[float]) -> Sequence[Tone]:
    """Each for about as many values as any other; fewer than five where there are few values."""
    ordered = sorted(values)
    starts = sorted({ordered[len(ordered) * at // _TONES] for at in range(_TONES)} if ordered else ())
    found = [
        [each for each in ordered if start <= each and not any(start < s <= each for s in starts)] for start in starts
    ]
    return [Tone(at, those[0], those[-1]) for at, those in enumerate(found, 1)]


def tone_of(value: float | None, of: Sequence[Tone]) -> int:
    """0: there is no figure."""
    return next((each.number for each in reversed(of) if value is not None and value >= each.least), 0)


def groups(seen: View, link: Callable[[AreaCode], str]) -> Sequence[Group]:
    """The shapes of a picture by the area that they lead to; what is beside it leads nowhere."""
    found: dict[areas.Area | None, list[Shape]] = {}
    for each in seen.shapes:
        around = [area for area in chain(each.area.code) if area.parent == seen.about] if each.inside else []
        found.setdefault(around[0] if around and not around[0].finest else None, []).append(each)
    return [
        Group(area.name if area is not None else "", link(area.code) if area is not None else "", shapes)
        for area, shapes in found.items()
    ]


def rows(
    figures: Mapping[AreaCode, AreaFigure], about: AreaCode | None
) -> Sequence[tuple[areas.Area, Sequence[tuple[areas.Area, AreaFigure]]]]:
    """Areas with figures, by the area that holds them, in the order of the city's own table."""
    found: dict[areas.Area, list[tuple[areas.Area, AreaFigure]]] = {}
    for area in areas.AREAS.values():
        if area.code in figures and holds(about, area.code):
            found.setdefault(chain(area.code)[-2:][0], []).append((area, figures[area.code]))
    return list(found.items())


def decimal(value: float, lang: str) -> str:
    """As people write it, to a tenth where it is no whole number."""
    whole, _, tenth = f"{value:.1f}".partition(".")
    mark = "," if phrase("web_thousands", lang) == "." else "."
    return number(int(whole), lang) + (f"{mark}{tenth}" if tenth != "0" else "")


@router.api_route(HERE, methods=["GET", "HEAD"])
async def statistics_map(request: Request) -> Response:
    """The same for everybody, so it may be kept."""
    recent: Recent[PlaceFigures] = request.app.state.recent_places
    found, lang = await recent.get(""), language(request)
    asked = request.query_params.get("wilayah", "").strip()
    about = AreaCode(asked) if asked in areas.AREAS and not areas.area(AreaCode(asked)).finest else None
    measure = DAYS if request.query_params.get("ukuran") == DAYS else COUNT
    answer = page(
        request,
        "statistics_map.html",
        here=HERE,
        cache=f"public, max-age={SECONDS}",
        **_shown(found, about, measure, lang, services_of(request).default_lang),
    )
    return unless_known(request, answer)


def _shown(found: PlaceFigures, about: AreaCode | None, measure: str, lang: str, default: str) -> dict[str, Any]:
    def link(code: AreaCode | None, of: str = measure) -> str:
        parts = {"ukuran": of if of != COUNT else "", "wilayah": code or "", "lang": lang if lang != default else ""}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{HERE}?{query}" if query else HERE

    values = {
        code: each.days if measure == DAYS else each.reports for code, each in found.areas.items() if holds(about, code)
    }
    scale = tones([value for value in values.values() if value is not None])
    seen = view(found.sheet, about, most=_ALL) if found.sheet is not None else None
    smallest = [each for each in areas.AREAS.values() if each.finest and holds(about, each.code)]
    return {
        "found": found,
        "view": seen,
        "groups": groups(seen, link) if seen is not None else (),
        "tones": scale,
        "tone": {code: tone_of(value, scale) for code, value in values.items()},
        "values": values,
        "days": measure == DAYS,
        "measures": [(each, link(about, each), each == measure) for each in (COUNT, DAYS)],
        "steps": [(each, link(each.code)) for each in chain(about)],
        "inside": [(each, link(each.code)) for each in areas.children(about) if not each.finest],
        "whole": link(None),
        "rows": rows(found.areas, about),
        "untold": len(smallest) - len(values),
        "smallest": len(smallest),
        "d": partial(decimal, lang=lang),
    }
