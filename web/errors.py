"""One table from error to answer; whatever is not in it is a fault of ours, logged by type and place only."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from traceback import walk_tb
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import StoreAway
from web.desk import table
from web.desk.frame import trouble
from web.desk.session import ROOT, Visit, language_of
from web.open311.serialization import FORMATS, Trouble
from web.open311.serialization import trouble as trouble_of
from web.pages import page
from web.services import services_of

_log = logging.getLogger(__name__)

_BAD, _AWAY, _FAULT = "bad", "away", "fault"
# Status -> what the page says: phrases web_error_<name>_title and web_error_<name>.
PAGES: Mapping[int, str] = {
    400: _BAD,
    404: "missing",
    405: "method",
    408: "slow",
    413: "large",
    415: _BAD,
    422: _BAD,
    429: "busy",
    500: _FAULT,
    503: _AWAY,
}
# Machines read these: a word is enough.
_PLAIN = ("/hooks/", "/healthz", "/readyz", "/metrics", "/static/")
_ROOMS = ("app", "web", "bots", "storage", "core")
_LOOKS = frozenset({"GET", "HEAD"})
_METHODS = ("GET", "HEAD", "POST")  # that any page of ours or any hook has
_RETRY = {"Retry-After": "10"}


def answer(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The error as its reader needs it; nothing of what came in is said again."""
    if request.url.path.startswith(_PLAIN):
        return PlainTextResponse(f"{HTTPStatus(status).phrase}\n", status, headers)
    shown = _shown(request, status)
    shown.headers.update(headers or {})
    return shown


def refused(request: Request, error: HTTPException) -> Response:
    """For one who is not let in."""
    return answer(request, error.status_code, error.headers)


def _shown(request: Request, status: int) -> Response:
    path = request.url.path
    if path.startswith("/open311/"):
        ending = FORMATS.get(path.rpartition(".")[2])
        said = HTTPStatus(status).phrase
        if ending is None and status == HTTPStatus.NOT_FOUND:
            said = "Nothing is here: an address ends in .json or .xml, such as /open311/v2/requests.json"
        return trouble_of(Trouble(status, said), ending or "json")
    said = PAGES.get(status) or (_FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _BAD)
    desk = services_of(request).desk
    if desk is not None and _is_desk(request):
        return trouble(Visit(request, desk, language_of(request)), status)
    return page(request, "error.html", status=status, said=said)


def _is_desk(request: Request) -> bool:
    return f"{request.url.path}/".startswith(f"{ROOT}/")


async def _on_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.NOT_FOUND and (meant := _without_slash(request)):
        return RedirectResponse(meant, HTTPStatus.PERMANENT_REDIRECT)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        _log.info("web_method_refused")
        if not _allowed(request):
            return answer(request, HTTPStatus.NOT_FOUND)
        return answer(request, error.status_code, {**(error.headers or {}), "Allow": ", ".join(_allowed(request))})
    return answer(request, error.status_code, error.headers)


def _without_slash(request: Request) -> str:
    """The page that is meant by an address with a slash behind it; empty: none. Never one of another host."""
    path, query = request.scope["path"], request.url.query
    shorter = path.rstrip("/")
    asked = request.method in _LOOKS and shorter != path and not path.startswith(_PLAIN)
    if not asked or not _is_there(request, path=shorter):
        return ""
    return quote(shorter) + (f"?{query}" if query else "")


def _is_there(request: Request, **otherwise: str) -> bool:
    """Whether an address, or a method, other than what was asked for is there."""
    scope = {**request.scope, **otherwise}
    return any(each.matches(scope)[0] is Match.FULL for each in request.app.routes)


def _allowed(request: Request) -> tuple[str, ...]:
    """All methods of the address: the framework names those of its first route alone.

    Below the desk everything has a route, if only one that answers that there is no such page.
    """
    if _is_desk(request):
        return table.methods_of(request.url.path)
    return tuple(method for method in _METHODS if _is_there(request, method=method))


async def _on_unreadable(request: Request, _error: Exception) -> Response:
    # The error itself quotes what came in.
    return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY)


async def _on_away(request: Request, _error: Exception) -> Response:
    return answer(request, HTTPStatus.SERVICE_UNAVAILABLE, _RETRY)


HANDLERS: dict[int | type[Exception], Callable[[Request, Exception], Coroutine[None, None, Response]]] = {
    HTTPException: _on_http,
    RequestValidationError: _on_unreadable,
    StoreAway: _on_away,
}


def place(error: BaseException) -> str:
    """Module and line, the innermost of ours: that of a library would say little."""
    found = "?"
    for frame, line in walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__"))
        if module.partition(".")[0] in _ROOMS:
            found = f"{module}:{line}"
    return found


class Guard:
    """Lets no exception reach the server, which would log it with all that it says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. An answer that broke off in the middle is left so: the server then closes the connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except asyncio.CancelledError:
            # The server stops and its patience is over; nothing runs after us in this task.
            broken = HTTPStatus.SERVICE_UNAVAILABLE
        except Exception as error:  # noqa: BLE001 the last stop before the server's own log
            _log.error("web_fault type=%s place=%s", type(error).__name__, place(error))
            broken = HTTPStatus.INTERNAL_SERVER_ERROR
        else:
            return
        if not started:
            request = Request(scope)
            headers = _RETRY if broken == HTTPStatus.SERVICE_UNAVAILABLE else None
            await answer(request, broken, headers)(scope, receive, send)
