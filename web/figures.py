"""/statistik with its tables as files: what becomes of reports, by all that may be told of them."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response

from core.model import FigureQuery
from core.phrases import phrase
from web.conditional import unless_known
from web.figure_page import HERE, shown
from web.figure_query import FIELDS, BadFilter, address, read
from web.figure_shapes import FigureReport
from web.figure_table import FigureTable, as_rows, records, tables
from web.pages import language, page
from web.recent import SECONDS, Recent
from web.services import Statistics, services_of

router = APIRouter(redirect_slashes=False)
_KEPT = f"public, max-age={SECONDS}"
_BAD = 400


@router.api_route(HERE, methods=["GET", "HEAD"])
async def statistics(request: Request) -> Response:
    """The same for everybody, so it may be kept."""
    asked = any(request.query_params.get(field) for field in FIELDS)
    recent: Recent[Statistics] = request.app.state.recent
    counted = None if asked else await recent.get(language(request))
    try:
        report = await _report(request)
    except BadFilter as bad:
        return page(request, "statistics.html", here=HERE, status=_BAD, counted=counted, figures=None, bad=bad.field)
    figures = shown(report, request) if report is not None else None
    return unless_known(
        request,
        page(request, "statistics.html", here=HERE, cache=_KEPT, counted=counted, figures=figures, bad=""),
    )


@router.api_route(f"{HERE}/tabel.csv", methods=["GET", "HEAD"])
async def as_csv(request: Request) -> Response:
    """One table of the page, `tabel` names it; a bad filter is 400 with a sentence in JSON."""
    found = await _table(request)
    if isinstance(found, Response):
        return found
    headers = {"Cache-Control": _KEPT, "Content-Disposition": f'attachment; filename="statistik-{found.id}.csv"'}
    rows = services_of(request).csv(as_rows(found))
    return unless_known(request, Response(rows, media_type="text/csv; charset=utf-8", headers=headers))


@router.api_route(f"{HERE}/tabel.json", methods=["GET", "HEAD"])
async def as_json(request: Request) -> Response:
    """The same as an array of objects."""
    found = await _table(request)
    if isinstance(found, Response):
        return found
    return unless_known(request, JSONResponse([*records(found)], headers={"Cache-Control": _KEPT}))


def counted(figures: Callable[[FigureQuery], Awaitable[FigureReport]]) -> Callable[[str], Awaitable[FigureReport]]:
    """The figures of an address."""

    async def count(asked: str) -> FigureReport:
        return await figures(read(QueryParams(asked.removeprefix("?"))))

    return count


async def _report(request: Request) -> FigureReport | None:
    query = read(request.query_params)
    if services_of(request).figures is None:
        return None
    recent: Recent[FigureReport] = request.app.state.recent_figures
    return await recent.get(address("", query))


async def _table(request: Request) -> FigureTable | Response:
    lang = language(request)
    try:
        report = await _report(request)
    except BadFilter as bad:
        return _refused(phrase(f"web_figures_bad_{bad.field}", lang), field=bad.field)
    if report is None:
        return _refused(phrase("web_figures_none", lang), 404)
    if not report.query.publishable:
        return _refused(phrase("web_figures_unpublishable", lang), field="kanal")
    wanted = request.query_params.get("tabel", "waktu")
    found = next((each for each in tables(report, lang) if each.id == wanted), None)
    return found if found is not None else _refused(phrase("web_figures_bad_tabel", lang), field="tabel")


def _refused(said: str, status: int = _BAD, **besides: str) -> Response:
    return JSONResponse({"code": status, "description": said, **besides}, status)
