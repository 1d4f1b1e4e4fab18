"""Login and logout: one answer for every name and password that do not fit, and a new session for those that do."""

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse, Response

from core.casework import LoginAttempt, Miss, Stage, factor, login
from core.errors import Refused
from core.model import SessionToken
from web.client_address import client_address
from web.desk import failed_attempts, frame
from web.desk.routes import LOGIN, WAITING_ROOMS, Page
from web.desk.session import BEFORE, SESSION, Visit, before_token, forget, own_path, remember

_CODE = frozenset({Stage.CODE})
_LONGEST_NAME = 64
_LONGEST_CODE = 40
_MINUTE = 60
_WRONG, _WRONG_CODE = "desk_login_wrong", "desk_code_wrong"


async def _form(visit: Visit) -> Response:
    if visit.visitor is not None:
        return RedirectResponse(WAITING_ROOMS[visit.visitor.stage], HTTPStatus.SEE_OTHER)
    return _shown(visit, visit.asked("ke"))


def _shown(visit: Visit, wanted: str, *, status: int = 200, name: str = "", why: Refused | None = None) -> Response:
    """The form, with a token that only this browser can send back."""
    token = before_token(visit.request) or SessionToken(visit.desk.rng.token())
    visit = visit.with_token(login.form_token(token))
    desk = visit.desk
    response = frame.page(
        visit,
        "login.html",
        status=status,
        here=LOGIN,
        wanted=own_path(wanted),
        name=name,
        why=why,
        passwords=desk.passwords,
        provider="" if desk.sign_on is None else urlsplit(desk.sign_on.issuer).hostname,
        went=visit.asked("keluar") == "oidc",
    )
    remember(response, BEFORE, token.reveal(), visit.request)
    return response


def refused(visit: Visit, wanted: str, no: Refused, status: int) -> Response:
    """The form with why another way in did not lead in."""
    return _waited(_shown(visit, wanted, status=status, why=no), no)


async def ended_before(visit: Visit) -> None:
    """The session that this browser showed until now, which a new one stands in place of."""
    before = visit.visitor
    if before is not None:
        await visit.desk.run(lambda turn: login.end_session(turn, before, before.session.id))


async def _login(visit: Visit) -> Response:
    if not visit.desk.passwords:
        return refused(visit, visit.form.text("ke"), Refused("desk_oidc_only"), HTTPStatus.FORBIDDEN)
    desk, wanted = visit.desk, visit.form.text("ke")
    name, password = visit.form.text("nama")[:_LONGEST_NAME], visit.form.fields.get("sandi", "")[: login.MOST]
    who = LoginAttempt(name, client_address(visit.request))
    try:
        kept = await desk.run(lambda turn: login.attempt(turn, who))
        fitted = kept if await desk.fits(password, kept) else None
        token, stage = await desk.run(lambda turn: login.enter(turn, who, fitted))
        await ended_before(visit)
    except Refused as no:
        if no.phrase == _WRONG:
            await failed_attempts.counted(desk, name, Miss.LOGIN)
        return _refused(visit, wanted, name, no)
    to = own_path(wanted) if stage is Stage.WHOLE else WAITING_ROOMS[stage]
    if stage is Stage.CODE:
        to += f"?ke={quote(own_path(wanted), safe='/')}"
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    remember(response, SESSION, token.reveal(), visit.request)
    forget(response, BEFORE, visit.request)
    return response


def _refused(visit: Visit, wanted: str, name: str, no: Refused) -> Response:
    return _waited(_shown(visit, wanted, status=_status(no), name=name, why=no), no)


def _status(no: Refused) -> int:
    return HTTPStatus.TOO_MANY_REQUESTS if "minutes" in no.details else HTTPStatus.UNAUTHORIZED


def _waited(response: Response, no: Refused) -> Response:
    """With how long to wait, for machines too."""
    if "minutes" in no.details:
        response.headers["Retry-After"] = str(int(no.details["minutes"]) * _MINUTE)
    return response


async def _code_form(visit: Visit) -> Response:
    return _code_shown(visit, visit.asked("ke"))


def _code_shown(visit: Visit, wanted: str, *, status: int = 200, why: Refused | None = None) -> Response:
    return frame.page(visit, "code.html", status=status, wanted=own_path(wanted), why=why)


async def _code(visit: Visit) -> Response:
    """The second step; the session that it gives is another one."""
    desk, visitor, wanted = visit.desk, visit.there, visit.form.text("ke")
    typed = visit.form.text("kode")[:_LONGEST_CODE]
    who = LoginAttempt(visitor.staff.name, client_address(visit.request))
    try:
        await desk.run(lambda turn: factor.attempt(turn, who))
        token = await desk.run(lambda turn: factor.prove(turn, visitor, who, typed, desk.authenticator.step))
    except Refused as no:
        if no.phrase == _WRONG_CODE:
            await failed_attempts.counted(desk, visitor.staff.name, Miss.LOGIN)
        return _waited(_code_shown(visit, wanted, status=_status(no), why=no), no)
    response = RedirectResponse(own_path(wanted), HTTPStatus.SEE_OTHER)
    remember(response, SESSION, token.reveal(), visit.request)
    return response


async def _pending(visit: Visit) -> Response:
    """Nothing but that it waits, and for whom."""
    return frame.page(visit, "pending.html")


async def _logout(visit: Visit) -> Response:
    visitor = visit.there
    await visit.desk.run(lambda turn: login.leave(turn, visitor))
    elsewhere = visitor.session.provider and visit.desk.sign_on is not None
    response = RedirectResponse(f"{LOGIN}?keluar=oidc" if elsewhere else LOGIN, HTTPStatus.SEE_OTHER)
    forget(response, SESSION, visit.request)
    return response


PAGES = (
    Page("/masuk", _form, roles=None),
    Page("/masuk", _login, "POST", roles=None),
    Page("/masuk/kode", _code_form, stages=_CODE),
    Page("/masuk/kode", _code, "POST", stages=_CODE),
    Page("/menunggu", _pending, stages=frozenset({Stage.PENDING})),
    Page("/keluar", _logout, "POST", stages=frozenset(Stage)),
)
