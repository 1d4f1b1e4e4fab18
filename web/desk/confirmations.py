"""/petugas/orang-kedua: what one person did to an account that sees much is confirmed by another, or by two."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import casework
from core.errors import Refused
from core.model import StaffId
from web.desk import frame
from web.desk.routes import ADMINS, HANDLERS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/orang-kedua"
_ACTS = {
    "staff-add": "desk_second_act_add",
    "staff-reset": "desk_second_act_reset",
    "second-step-off": "desk_second_act_off",
}
"""What was done, as the trail has it -> the phrase that says it."""


async def _shown(visit: Visit, why: Refused | None = None) -> Response:
    actor = visit.actor
    rows = await visit.desk.read(lambda turn: casework.to_confirm(turn, actor))
    return frame.page(visit, "second.html", here=HERE, rows=rows, acts=_ACTS, why=why)


async def _confirm(visit: Visit) -> Response:
    form, actor = visit.form, visit.actor
    of, change = StaffId(form.text("akun")), form.text("ubah")
    try:
        await visit.desk.run(lambda turn: casework.confirm(turn, of, change, actor))
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/orang-kedua", _shown, roles=HANDLERS | ADMINS, title="desk_second", whose=casework.may_confirm),
    Page("/orang-kedua", _confirm, "POST", roles=HANDLERS | ADMINS, proof=True),
)
