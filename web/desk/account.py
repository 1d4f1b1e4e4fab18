"""/petugas/akun: one's own sessions and password; one that was made up for somebody is changed before anything else."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import Stage, factor, login
from core.errors import Refused
from core.model import SessionId
from web.desk import frame
from web.desk.reauthentication import proved
from web.desk.routes import HANDLERS, Page
from web.desk.session import ROOT, Visit

_ANY = frozenset({Stage.PASSWORD, Stage.FACTOR, Stage.WHOLE})
HERE = f"{ROOT}/akun"


async def _account(visit: Visit) -> Response:
    visitor = visit.there
    sessions, step = await visit.desk.read(
        lambda turn: (login.sessions(turn, visitor.staff), factor.has_one(turn, visitor.staff))
    )
    alerts = visitor.staff.role in HANDLERS
    return frame.page(visit, "account.html", sessions=sessions, step=step, alerts=alerts)


async def _end(visit: Visit) -> Response:
    visitor, session = visit.there, SessionId(visit.form.text("sesi"))
    await visit.desk.run(lambda turn: login.end_session(turn, visitor, session))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


async def _shown(visit: Visit, why: Refused | None = None) -> Response:
    return frame.page(visit, "password.html", why=why, least=login.LEAST)


async def _change(visit: Visit) -> Response:
    try:
        await _changed(visit)
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(ROOT, HTTPStatus.SEE_OTHER)


async def _changed(visit: Visit) -> None:
    """Raises Refused."""
    desk, visitor = visit.desk, visit.there
    new = visit.form.fields.get("baru", "")
    await desk.judged(new, visitor.staff.name)
    if new != visit.form.fields.get("lagi", ""):
        raise Refused("desk_password_differs")
    if new == visit.form.fields.get("lama", ""):
        raise Refused("desk_password_same")
    await proved(visit)
    digest = await desk.hashed(new)
    await desk.run(lambda turn: login.own_password(turn, visitor, digest))


async def _read(visit: Visit) -> Response:
    """What was missed since the last login was read."""
    visitor = visit.there
    await visit.desk.run(lambda turn: login.told(turn, visitor))
    return RedirectResponse(ROOT, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/akun", _account, title="desk_account"),
    Page("/akun/sesi", _end, "POST", proof=True),
    Page("/akun/terbaca", _read, "POST"),
    Page("/akun/sandi", _shown, stages=_ANY),
    Page("/akun/sandi", _change, "POST", stages=_ANY),
)
