"""/petugas/akun: one's own password; who got one that was made up for them changes it before anything else."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import Stage, entrance
from core.errors import Refused
from web.desk import frame
from web.desk.routes import Page
from web.desk.session import ROOT, Visit

_ANY = frozenset({Stage.PASSWORD, Stage.FACTOR, Stage.WHOLE})


async def _form(visit: Visit) -> Response:
    return _shown(visit)


def _shown(visit: Visit, why: Refused | None = None, status: int = 200) -> Response:
    return frame.page(visit, "password.html", status=status, why=why, least=entrance.LEAST)


async def _change(visit: Visit) -> Response:
    try:
        await _changed(visit)
    except Refused as no:
        return _shown(visit, no, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(ROOT, HTTPStatus.SEE_OTHER)


async def _changed(visit: Visit) -> None:
    """Raises Refused."""
    desk, visitor = visit.desk, visit.there
    old, new = (visit.form.fields.get(name, "") for name in ("lama", "baru"))
    entrance.good_password(new)
    if new != visit.form.fields.get("lagi", ""):
        raise Refused("desk_password_differs")
    if new == old:
        raise Refused("desk_password_same")
    kept = await desk.run(lambda turn: entrance.proving(turn, visitor))
    if not await desk.fits(old[: entrance.MOST], kept):
        raise Refused("desk_password_old_wrong")
    digest = await desk.hashed(new)
    await desk.run(lambda turn: entrance.own_password(turn, visitor, digest))


PAGES = (
    Page("/akun/sandi", _form, stages=_ANY, title="desk_password"),
    Page("/akun/sandi", _change, "POST", stages=_ANY),
)
