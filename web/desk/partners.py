"""/petugas/mitra: who may file over the interface for machines; a key is shown in one answer, and kept as a hash."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import casework
from core.errors import Refused
from core.model import Partner
from web.desk import frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/mitra"


async def _partners(visit: Visit) -> Response:
    return await _shown(visit)


async def _shown(visit: Visit, why: Refused | None = None, status: int = 200) -> Response:
    rows = await visit.desk.read(lambda turn: turn.tx.partners.all())
    typed = {name: visit.form.text(name) for name in ("nama", "kanal")}
    return frame.page(visit, "partners.html", status=status, here=HERE, rows=rows, why=why, typed=typed)


async def _add(visit: Visit) -> Response:
    form, desk, actor = visit.form, visit.desk, visit.actor
    partner, key = Partner(form.text("nama"), form.text("kanal")), casework.partner_key(desk.rng)
    try:
        await desk.run(lambda turn: casework.add_partner(turn, partner, key, actor))
    except Refused as no:
        return await _shown(visit, no, HTTPStatus.UNPROCESSABLE_ENTITY)
    return frame.page(visit, "key.html", here=HERE, partner=partner, key=key)


async def _disable(visit: Visit) -> Response:
    name, actor = visit.form.text("nama"), visit.actor
    try:
        await visit.desk.run(lambda turn: casework.disable_partner(turn, name, actor))
    except Refused as no:
        return await _shown(visit, no, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/mitra", _partners, roles=ADMINS, title="desk_partners"),
    Page("/mitra", _add, "POST", roles=ADMINS),
    Page("/mitra/nonaktif", _disable, "POST", roles=ADMINS),
)
