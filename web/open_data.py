"""/statistik/data: figures of a month for machines, as CSV and JSON; docs/open-data.md tells each column."""

from collections.abc import Iterator, Mapping

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from core.model import SOLVED, Grain
from core.phrases import phrase
from core.publication import calendar
from web.conditional import unless_known
from web.figure_shapes import OpenData
from web.pages import language
from web.recent import SECONDS
from web.services import services_of

router = APIRouter(redirect_slashes=False)
_HERE = "/statistik/data"
_KEPT = f"public, max-age={SECONDS}"
_TEXT: Mapping[str, object] = {"type": "string"}
_COUNT: Mapping[str, object] = {"type": "integer", "minimum": 1}
COLUMNS: Mapping[str, Mapping[str, object]] = {
    "date": {"type": "string", "format": "date"},
    "outcome": {"enum": ["received", "solved_in_time", "solved_later", "reopened", "satisfied", "dissatisfied"]},
    "field": _TEXT,
    "category": _TEXT,
    "area": _TEXT,
    "office": _TEXT,
    "reports": _COUNT,
    "mean_days": {"type": ["number", "null"], "minimum": 0},
}
"""Each column with its schema; empty text: told no finer."""
SCHEMA: Mapping[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Reports of a month by day and class",
    "type": "object",
    "required": ["month", "least", "rows"],
    "additionalProperties": False,
    "properties": {
        "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "least": _COUNT,
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [*COLUMNS],
                "additionalProperties": False,
                "properties": COLUMNS,
            },
        },
    },
}


@router.api_route(f"{_HERE}.csv", methods=["GET", "HEAD"])
async def as_csv(request: Request) -> Response:
    """A month's rows; the first names the columns."""
    found = await _found(request)
    if isinstance(found, Response):
        return found
    told = [["" if value is None else str(value) for value in row.values()] for row in _rows(found)]
    headers = {
        "Cache-Control": _KEPT,
        "Content-Disposition": f'attachment; filename="statistik-{found.month}.csv"',
    }
    rows = services_of(request).csv([list(COLUMNS), *told])
    return unless_known(request, Response(rows, media_type="text/csv; charset=utf-8", headers=headers))


@router.api_route(f"{_HERE}.json", methods=["GET", "HEAD"])
async def as_json(request: Request) -> Response:
    """The same as `/statistik/data.schema.json` says."""
    found = await _found(request)
    if isinstance(found, Response):
        return found
    told = {"month": found.month, "least": found.least, "rows": [*_rows(found)]}
    return unless_known(request, JSONResponse(told, headers={"Cache-Control": _KEPT}))


@router.api_route(f"{_HERE}.schema.json", methods=["GET", "HEAD"])
async def schema(request: Request) -> Response:
    """JSON Schema, 2020-12."""
    answer = JSONResponse(SCHEMA, headers={"Cache-Control": _KEPT}, media_type="application/schema+json")
    return unless_known(request, answer)


async def _found(request: Request) -> OpenData | Response:
    give, typed, lang = services_of(request).open_data, request.query_params.get("bulan", ""), language(request)
    if give is None:
        return JSONResponse({"code": 404, "description": phrase("web_figures_none", lang)}, 404)
    month = calendar.asked(Grain.MONTH, typed) if typed else ""
    if month is None:
        return JSONResponse({"code": 400, "description": phrase("web_figures_bad_bulan", lang), "field": "bulan"}, 400)
    return await give(month)


def _rows(found: OpenData) -> Iterator[Mapping[str, str | int | float | None]]:
    for each in found.rows:
        shared = each.of.shared
        yield {
            "date": each.day,
            "outcome": each.outcome.value,
            "field": shared.group,
            "category": shared.category,
            "area": shared.area,
            "office": each.of.office,
            "reports": each.reports,
            "mean_days": round(each.days / each.reports, 1) if each.outcome in SOLVED else None,
        }
