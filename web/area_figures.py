"""/statistik/wilayah/CODE: figures of one area with the areas around it, and its days as an Atom feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core import areas
from core.model import AreaCode, FigureOutcome, FigureQuery, FigureSummary, Grain
from core.phrases import phrase
from web.conditional import unless_known
from web.figure_page import shown
from web.figure_query import address as query_address
from web.figure_shapes import FigureReport
from web.map_view import chain
from web.open311.serialization import xml_of
from web.pages import language, link, number, page
from web.period_names import period_name
from web.recent import SECONDS
from web.services import services_of

router = APIRouter(redirect_slashes=False)
_HERE = "/statistik/wilayah"
_KEPT = f"public, max-age={SECONDS}"
_ATOM = "http://www.w3.org/2005/Atom"


@router.api_route(f"{_HERE}/{{code}}", methods=["GET", "HEAD"])
async def area_page(code: str, request: Request) -> Response:
    """By month; 404 for a code that is no area's."""
    report = await _report(request, code, Grain.MONTH)
    area = areas.AREAS[AreaCode(code)]
    answer = page(
        request,
        "area_figures.html",
        here=f"{_HERE}/{code}",
        cache=_KEPT,
        area=area,
        above=chain(area.code)[:-1],
        below=areas.children(area.code),
        figures=shown(report, request),
    )
    return unless_known(request, answer)


@router.api_route(f"{_HERE}/{{code}}/atom.xml", methods=["GET", "HEAD"])
async def feed(code: str, request: Request) -> Response:
    """An entry a day of the last days that have figures of the area; nothing but what the page tells."""
    report = await _report(request, code, Grain.DAY)
    lang, root = language(request), services_of(request).public_url.rstrip("/")
    days = [(date.fromisoformat(starts), _counts(each, lang)) for starts, each in reversed(report.series)]
    told = [(day, counts) for day, counts in days if counts]
    address = f"{root}{_HERE}/{code}"
    top = Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    SubElement(top, "title").text = phrase("web_area_feed", lang, area=areas.full_name(AreaCode(code)))
    SubElement(top, "id").text = address
    SubElement(top, "updated").text = _over(told[0][0] if told else date.fromisoformat(report.query.starts))
    SubElement(SubElement(top, "author"), "name").text = phrase("web_name", lang)
    spoken = partial(link, lang=lang, default=services_of(request).default_lang)
    feed = {"rel": "self", "type": "application/atom+xml", "href": spoken(f"{address}/atom.xml")}
    SubElement(top, "link", feed)
    SubElement(top, "link", {"rel": "alternate", "type": "text/html", "href": spoken(address)})
    for day, counts in told:
        entry = SubElement(top, "entry")
        SubElement(entry, "title").text = f"{period_name(Grain.DAY, day.isoformat(), lang)}: {counts[0]}"
        SubElement(entry, "id").text = f"{address}#{day.isoformat()}"
        SubElement(entry, "updated").text = _over(day)
        of_day = FigureQuery(Grain.DAY, day.isoformat(), area=AreaCode(code))
        at = query_address(f"{root}/statistik", of_day, lang if lang != services_of(request).default_lang else "")
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": at})
        SubElement(entry, "content", {"type": "text"}).text = ", ".join(counts)
    answer = Response(xml_of(top), media_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": _KEPT})
    return unless_known(request, answer)


async def _report(request: Request, code: str, grain: Grain) -> FigureReport:
    figures = services_of(request).figures
    if code not in areas.AREAS or figures is None:
        raise HTTPException(404)
    return await figures(FigureQuery(grain, "", area=AreaCode(code)))


def _over(day: date) -> str:
    """When a day was over, and what it tells was told."""
    return f"{(day + timedelta(days=1)).isoformat()}T00:00:00Z"


def _counts(found: FigureSummary, lang: str) -> Sequence[str]:
    """What is told; nought may be too few to tell, and is not."""
    told = (
        ("web_figures_received", found.received),
        ("web_figures_solved", found.solved),
        ("web_figures_reopened", found.of(FigureOutcome.REOPENED)),
        ("web_figures_satisfied", found.of(FigureOutcome.SATISFIED)),
    )
    return [f"{phrase(key, lang)} {number(count, lang)}" for key, count in told if count]
