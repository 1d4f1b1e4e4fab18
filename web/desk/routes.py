"""The table of the desk's pages, and what happens before one is shown: who is there, their role, the form's token.

A page is a row: nothing is mounted that is not in the table, and no page can forget to ask.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from core.casework import Miss, Stage, Visitor, login
from core.city.present import present
from core.errors import NotFound, Refused
from core.model import Right, SessionToken, Staff, StaffRole, roles_with
from web.desk import expired_session, failed_attempts, frame, reauthentication
from web.desk.session import (
    LANGUAGE,
    ROOT,
    Visit,
    before_token,
    form_is_ours,
    language_of,
    own_path,
    remember,
    session_token,
)
from web.form_body import MOST_FIELDS, TooMany, filled
from web.services import DeskServices, services_of

EVERYBODY = frozenset(StaffRole)
HANDLERS = roles_with(Right.HANDLE)
CHECKERS = roles_with(Right.LEAD, Right.CITY)
CLERKS = roles_with(Right.COUNTER)
ADMINS = roles_with(Right.ARRANGE)
AUDITORS = roles_with(Right.AUDIT)
LOGIN = f"{ROOT}/masuk"
_WHOLE = frozenset({Stage.WHOLE})
_WORDS = 64 << 10  # bytes of a form without files
_NO_FORM = frozenset({HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNPROCESSABLE_ENTITY})
NOT_THERE = frozenset({"case_report_unknown"})
"""A report that is none of theirs, or is none: who asks for many of them is guessing numbers."""
WAITING_ROOMS = {
    Stage.CODE: f"{LOGIN}/kode",
    Stage.PASSWORD: f"{ROOT}/akun/sandi",
    Stage.FACTOR: f"{ROOT}/akun/langkah-dua",
    Stage.PENDING: f"{ROOT}/menunggu",
    Stage.WHOLE: ROOT,
}
"""Where somebody is sent from a page that is not for how far they have come."""


@dataclass(frozen=True, slots=True)
class Page:
    """One row: `path` below /petugas, who may see it (`roles` None: strangers too), and how far they must have come."""

    path: str
    show: Callable[[Visit], Awaitable[Response]]
    method: str = "GET"
    roles: frozenset[StaffRole] | None = EVERYBODY
    stages: frozenset[Stage] = _WHOLE
    title: str = ""  # phrase of its link in the navigation; empty: none
    whose: Callable[[Staff], bool] = lambda _: True  # of its roles, who finds it there
    most: int = _WORDS  # bytes of its form
    files: int = 0  # in its form
    fields: int = MOST_FIELDS  # likewise
    seconds: float = 0  # in which its form must have arrived; 0: as everywhere
    quiet: bool = False  # a part that asks by itself: nobody counts as there because of it
    beside: bool = False  # a part of a page on which somebody may be typing
    proof: bool = False  # the password once more, where it was not typed lately

    @property
    def address(self) -> str:
        """The whole path."""
        return ROOT + self.path


def menu_of(pages: tuple[Page, ...], staff: Staff) -> tuple[tuple[str, str], ...]:
    """Address and title of what somebody finds in their navigation."""
    mine = (page for page in pages if page.title and page.roles and staff.role in page.roles and page.whose(staff))
    return tuple((page.address, _title(page, staff)) for page in mine)


def _title(page: Page, staff: Staff) -> str:
    """The first page is a list for those who read reports alone."""
    return page.title if page.path or staff.role in HANDLERS else "desk_front"


def router_of(pages: tuple[Page, ...], desk: DeskServices) -> APIRouter:
    """A route a row, and for everything else below /petugas the answer that there is no such page."""
    router = APIRouter(redirect_slashes=False)
    for page in (*pages, *_REST):
        methods = ["GET", "HEAD"] if page.method == "GET" else [page.method]
        router.add_route(page.address, _endpoint(page, desk, pages), methods)
    return router


async def _nothing(visit: Visit) -> Response:
    path, query = visit.request.url.path, visit.request.url.query
    meant = path.rstrip("/") + (f"?{query}" if query else "")
    if path.endswith("/") and own_path(meant) == meant:
        return RedirectResponse(meant, HTTPStatus.PERMANENT_REDIRECT)
    raise NotFound


_REST = (
    Page("/{rest:path}", _nothing, stages=frozenset(Stage)),
    Page("/{rest:path}", _nothing, "POST", stages=frozenset(Stage)),
)


def _endpoint(page: Page, desk: DeskServices, pages: tuple[Page, ...]) -> Callable[[Request], Awaitable[Response]]:
    async def asked(request: Request) -> Response:
        lang = language_of(request)
        visit = Visit(request, desk, lang)
        token = before_token(request) if page.roles is None else session_token(request)
        visitor = await _visitor(desk, session_token(request), quiet=page.quiet)
        if visitor is not None:
            whole = visitor.stage is Stage.WHOLE
            visit = replace(visit, visitor=visitor, menu=menu_of(pages, visitor.staff) if whole else ())
        try:
            response = await _in_the_city_of_now(page, visit, token)
        except NotFound:
            response = frame.trouble(visit, HTTPStatus.NOT_FOUND)
        except Refused as no:
            if no.phrase not in NOT_THERE:
                raise
            response = await _not_theirs(visit, HTTPStatus.NOT_FOUND)
        except HTTPException as error:
            response = _unread(visit, error)
        if request.query_params.get("lang") == lang:
            remember(response, LANGUAGE, lang, request)
        return response

    return asked


def _unread(visit: Visit, error: HTTPException) -> Response:
    what, most = (error.what, error.most) if isinstance(error, TooMany) else ("", 0)
    response = frame.trouble(visit, error.status_code, what, most)
    response.headers.update(error.headers or {})
    return response


async def _visitor(desk: DeskServices, token: SessionToken | None, *, quiet: bool) -> Visitor | None:
    if token is None:
        return None
    visitor = await desk.run(lambda turn: login.visit(turn, token, forced=desk.production, quiet=quiet))
    # Who came in with a password, before none opened anything, is out too.
    return None if visitor is None or not (desk.passwords or visitor.session.provider) else visitor


async def _in_the_city_of_now(page: Page, visit: Visit, token: SessionToken | None) -> Response:
    """What is only looked at is shown once more where it names a row that another process has just made."""
    known = present()
    try:
        return await _answered(page, visit, token)
    except KeyError:
        if page.method != "GET":
            raise
        await visit.desk.renew_city()
        if present() is known:
            raise
    return await _answered(page, visit, token)


async def _answered(page: Page, visit: Visit, token: SessionToken | None) -> Response:
    if token is not None:
        visit = visit.with_token(login.form_token(token))
    if page.method == "POST":
        known = page.roles is None or visit.visitor is not None
        try:
            visit = await _with_form(page, visit, token, page.most if known else _WORDS)
        except HTTPException as error:
            if known or error.status_code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                raise
            return expired_session.shown(visit)
        if not form_is_ours(visit.form.text("csrf"), token):
            return expired_session.of_another(visit)
    return await _let_in(page, visit)


async def _let_in(page: Page, visit: Visit) -> Response:
    """Whoever has come far enough, and has a role that it is for."""
    visitor = visit.visitor
    if page.roles is None:
        return await page.show(visit)
    if visitor is None:
        return expired_session.told(visit, beside=page.beside)
    if visitor.stage not in page.stages:
        return RedirectResponse(WAITING_ROOMS[visitor.stage], HTTPStatus.SEE_OTHER)
    if visitor.staff.role not in page.roles:
        return await _not_theirs(visit, HTTPStatus.FORBIDDEN, "role")
    return (await reauthentication.asked(visit) if page.proof else None) or await page.show(visit)


async def _not_theirs(visit: Visit, status: int, said: str = "") -> Response:
    """A page that is not for them, or a report that is not, or is none: its owner hears of it."""
    if visit.visitor is not None:
        await failed_attempts.counted(visit.desk, visit.staff.name, Miss.PAGE)
    return frame.trouble(visit, status, said)


async def _with_form(page: Page, visit: Visit, token: SessionToken | None, most: int) -> Visit:
    """Whoever shows no token has no form of ours: what they send is not read."""
    if token is None:
        return visit
    seconds = page.seconds or services_of(visit.request).body_seconds
    try:
        form = await filled(visit.request, most=most, files=page.files, seconds=seconds, several=page.fields)
        return replace(visit, form=form)
    except HTTPException as error:
        if error.status_code in _NO_FORM and not isinstance(error, TooMany):
            return visit  # and hence without its token
        raise
