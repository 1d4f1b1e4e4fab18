"""/petugas/jawaban: words for citizens that offices have ready, short enough for every channel."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import casework, workflow
from core.casework.arranging import TITLE_LONGEST
from core.errors import Refused
from core.model import AgencyId, Canned, CannedId
from web.desk import choices, frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/jawaban"
_KEPT = ("kantor", "judul", "kata")


async def _canned(visit: Visit) -> Response:
    return await _shown(visit)


async def _shown(visit: Visit, why: Refused | None = None, status: int = 200) -> Response:
    rows = await visit.desk.read(lambda turn: turn.tx.canned.all())
    return frame.page(
        visit,
        "canned.html",
        status=status,
        here=HERE,
        rows=rows,
        why=why,
        typed={name: visit.form.text(name) for name in _KEPT},
        office_groups=choices.offices(visit.lang),
        longest=workflow.TOLD_LONGEST,
        title_longest=TITLE_LONGEST,
    )


async def _add(visit: Visit) -> Response:
    form, actor = visit.form, visit.actor
    new = Canned(CannedId(""), AgencyId(form.text("kantor")) or None, form.text("judul"), form.text("kata"))
    try:
        await visit.desk.run(lambda turn: casework.add_canned(turn, new, actor))
    except Refused as no:
        return await _shown(visit, no, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


async def _drop(visit: Visit) -> Response:
    """Nothing happens where it is gone already."""
    which, actor = CannedId(visit.form.text("jawaban")), visit.actor
    await visit.desk.run(lambda turn: casework.drop_canned(turn, which, actor))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/jawaban", _canned, roles=ADMINS, title="desk_canned"),
    Page("/jawaban", _add, "POST", roles=ADMINS),
    Page("/jawaban/hapus", _drop, "POST", roles=ADMINS),
)
