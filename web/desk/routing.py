"""/petugas/jalur: rows of automatic forwarding; they count for reports that are filed from then on."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import areas, casework
from core.errors import Refused
from web.desk import choices, frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/jalur"
_KEPT = ("jenis", "wilayah", "kantor")


async def _routes(visit: Visit) -> Response:
    return await _shown(visit)


async def _shown(visit: Visit, why: Refused | None = None, status: int = 200) -> Response:
    rows = await visit.desk.read(lambda turn: turn.tx.routes.all())
    return frame.page(
        visit,
        "routing.html",
        status=status,
        here=HERE,
        rows=rows,
        why=why,
        typed={name: visit.form.text(name) for name in _KEPT},
        groups=choices.kinds(visit.lang),
        cities=choices.places(cities=True),
        office_groups=choices.offices(visit.lang),
        area_name=areas.full_name,
        known_areas=areas.AREAS,
    )


async def _add(visit: Visit) -> Response:
    form, actor = visit.form, visit.actor
    try:
        route = casework.route_of(form.text("kantor"), form.text("jenis"), form.text("wilayah"))
        await visit.desk.run(lambda turn: casework.add_route(turn, route, actor))
    except Refused as no:
        return await _shown(visit, no, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


async def _drop(visit: Visit) -> Response:
    """Nothing happens where it is gone already."""
    category, area, actor = visit.form.text("jenis"), visit.form.text("wilayah"), visit.actor
    await visit.desk.run(lambda turn: casework.drop_route(turn, category, area, actor))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/jalur", _routes, roles=ADMINS, title="desk_routes"),
    Page("/jalur", _add, "POST", roles=ADMINS),
    Page("/jalur/hapus", _drop, "POST", roles=ADMINS),
)
