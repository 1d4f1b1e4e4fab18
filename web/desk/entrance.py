"""Login and logout: one answer for every name and password that do not fit, and a new session for those that do."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import Knock, Stage, entrance
from core.errors import Refused
from core.model import SessionToken
from web.desk import frame
from web.desk.routes import LOGIN, WAITING_ROOMS, Page
from web.desk.session import BEFORE, SESSION, Visit, before_token, forget, own_path, remember
from web.peer import peer

_LONGEST_NAME = 64
_MINUTE = 60


async def _form(visit: Visit) -> Response:
    if visit.visitor is not None:
        return RedirectResponse(WAITING_ROOMS[visit.visitor.stage], HTTPStatus.SEE_OTHER)
    return _shown(visit, visit.asked("ke"))


def _shown(visit: Visit, wanted: str, *, status: int = 200, name: str = "", why: Refused | None = None) -> Response:
    """The form, with a token that only this browser can send back."""
    token = before_token(visit.request) or SessionToken(visit.desk.dice.token())
    visit = visit.with_token(entrance.form_token(token))
    response = frame.page(visit, "login.html", status=status, wanted=own_path(wanted), name=name, why=why)
    remember(response, BEFORE, token.reveal(), visit.request)
    return response


async def _login(visit: Visit) -> Response:
    desk, wanted = visit.desk, visit.form.text("ke")
    name, password = visit.form.text("nama")[:_LONGEST_NAME], visit.form.fields.get("sandi", "")[: entrance.MOST]
    who = Knock(name, peer(visit.request))
    try:
        kept = await desk.run(lambda turn: entrance.knock(turn, who))
        fitted = kept if await desk.fits(password, kept) else None
        token, stage = await desk.run(lambda turn: entrance.enter(turn, who, fitted))
    except Refused as no:
        return _refused(visit, wanted, name, no)
    to = own_path(wanted) if stage is Stage.WHOLE else WAITING_ROOMS[stage]
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    remember(response, SESSION, token.reveal(), visit.request)
    forget(response, BEFORE)
    return response


def _refused(visit: Visit, wanted: str, name: str, no: Refused) -> Response:
    waits = no.details.get("minutes")
    status = HTTPStatus.UNAUTHORIZED if waits is None else HTTPStatus.TOO_MANY_REQUESTS
    response = _shown(visit, wanted, status=status, name=name, why=no)
    if waits is not None:
        response.headers["Retry-After"] = str(int(waits) * _MINUTE)
    return response


async def _logout(visit: Visit) -> Response:
    visitor = visit.there
    await visit.desk.run(lambda turn: entrance.leave(turn, visitor))
    response = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
    forget(response, SESSION)
    return response


PAGES = (
    Page("/masuk", _form, roles=None),
    Page("/masuk", _login, "POST", roles=None),
    Page("/keluar", _logout, "POST", stages=frozenset(Stage)),
)
