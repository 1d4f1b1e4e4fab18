"""/petugas/masuk/oidc: to the provider of single sign-on and back; who comes back gets a session like everybody else.

What was begun lives in a cookie of this browser alone, ten minutes, and is answered once.
"""

import base64
import binascii
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.casework import LoginAttempt, Stage, sign_on
from core.errors import NotFound, Refused
from core.model import SessionToken
from web.client_address import client_address
from web.desk import login
from web.desk.reauthentication import ANEW
from web.desk.routes import LOGIN, WAITING_ROOMS, Page
from web.desk.session import SESSION, Visit, cookie, forget, own_path, remember
from web.sign_on_provider import SignOn, SignOnBegun

BEGUN = "resi_oidc"
_LIVES = 10  # minutes
_LONGEST = 1_000  # characters of the cookie


def _provider(visit: Visit) -> SignOn:
    """Raises NotFound where there is none."""
    if visit.desk.sign_on is None:
        raise NotFound
    return visit.desk.sign_on


async def _start(visit: Visit) -> Response:
    provider, anew = _provider(visit), visit.asked("ulang") == ANEW and visit.visitor is not None
    if visit.visitor is not None and not anew:
        return RedirectResponse(WAITING_ROOMS[visit.visitor.stage], HTTPStatus.SEE_OTHER)
    wanted = own_path(visit.asked("ke"))
    begun = SignOnBegun(SessionToken(visit.desk.rng.token()), wanted, await _minute(visit), anew)
    try:
        to = await provider.start(begun)
    except Refused as no:
        return login.refused(visit, wanted, no, HTTPStatus.SERVICE_UNAVAILABLE)
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
    remember(response, BEGUN, _written(begun), visit.request)
    return response


async def _minute(visit: Visit) -> int:
    now = await visit.desk.read(lambda turn: turn.now)
    return int(now.timestamp()) // 60


async def _back(visit: Visit) -> Response:
    provider, begun = _provider(visit), _begun(visit.request)
    wanted = "" if begun is None else begun.wanted
    try:
        response = await _came_back(visit, provider, begun)
    except Refused as no:
        status = HTTPStatus.TOO_MANY_REQUESTS if "minutes" in no.details else HTTPStatus.UNAUTHORIZED
        response = login.refused(visit, wanted, no, status)
    forget(response, BEGUN, visit.request)
    return response


async def _came_back(visit: Visit, provider: SignOn, begun: SignOnBegun | None) -> Response:
    """Raises Refused."""
    desk, state, peer = visit.desk, visit.asked("state"), client_address(visit.request)
    once = len(visit.request.query_params.multi_items()) == len(visit.request.query_params)
    if begun is None or not once or not provider.is_answer(begun, state):
        raise Refused("desk_oidc_over")
    # One login of one browser, at an address that a whole office may share: a colleague's misses lock nobody out.
    who = LoginAttempt(f"sso {state}", peer)
    first = await desk.run(lambda turn: sign_on.attempt(turn, who, state))
    if not first or not 0 <= await _minute(visit) - begun.at <= _LIVES:
        raise Refused("desk_oidc_over")
    answer = dict(visit.request.query_params)
    if "error" in answer:
        raise Refused("desk_oidc_denied")
    identity = await provider.finish(begun, answer)
    known = await desk.read(lambda turn: sign_on.is_known(turn, identity))
    password = "" if known else await desk.hashed(desk.rng.token())
    entered = await desk.run(lambda turn: sign_on.enter(turn, identity, who, password))
    if isinstance(entered, str):
        raise Refused(entered)
    await login.ended_before(visit)
    token, stage = entered
    to = begun.wanted if stage is Stage.WHOLE else WAITING_ROOMS[stage]
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    remember(response, SESSION, token.reveal(), visit.request)
    return response


async def _left(visit: Visit) -> Response:
    """Out of the provider, too, where it has a page for that."""
    return RedirectResponse(await _provider(visit).end_address() or LOGIN, HTTPStatus.SEE_OTHER)


def _written(begun: SignOnBegun) -> str:
    wanted = base64.urlsafe_b64encode(begun.wanted.encode()).decode().rstrip("=")
    return f"{begun.secret.reveal()}.{begun.at}.{int(begun.anew)}.{wanted}"


def _begun(request: Request) -> SignOnBegun | None:
    """What the browser shows; None where that can be nothing of ours."""
    return _read(request.cookies, cookie(request, BEGUN))


def _read(cookies: Mapping[str, str], name: str) -> SignOnBegun | None:
    parts = cookies.get(name, "")[:_LONGEST].split(".")
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdecimal()):  # noqa: PLR2004 - as `_written` has it
        return None
    try:
        wanted = base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4)).decode()
        return SignOnBegun(SessionToken(parts[0]), own_path(wanted), int(parts[1]), parts[2] == ANEW)
    except (binascii.Error, ValueError):
        return None


PAGES = (
    Page("/masuk/oidc", _start, roles=None),
    Page("/masuk/oidc/kembali", _back, roles=None),
    Page("/masuk/oidc/keluar", _left, roles=None),
)
