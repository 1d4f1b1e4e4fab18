"""/petugas/akun/langkah-dua: the second step of one's login is set up and dropped, its recovery codes are renewed."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import Stage, factor, login
from core.errors import Refused
from web.desk import frame
from web.desk.account import HERE as ACCOUNT
from web.desk.reauthentication import proved
from web.desk.routes import Page
from web.desk.session import Visit

_ANY = frozenset({Stage.FACTOR, Stage.WHOLE})
_LONGEST_CODE = 40


async def _shown(visit: Visit, why: Refused | None = None) -> Response:
    """How to set it up, or what can be done to the one that is there."""
    desk, visitor = visit.desk, visit.there
    found = await desk.run(lambda turn: factor.begun(turn, visitor))
    must = desk.production and login.needs_factor(visitor.staff)
    if found.on:
        return frame.page(visit, "factor.html", why=why, spare=len(found.spare), must=must)
    address = desk.authenticator.address(found.secret, visitor.staff.name)
    secret = " ".join(found.secret[at : at + 4] for at in range(0, len(found.secret), 4))
    picture = desk.authenticator.picture(address)
    return frame.page(visit, "factor_new.html", why=why, secret=secret, picture=picture, must=must)


async def _confirm(visit: Visit) -> Response:
    desk, visitor, typed = visit.desk, visit.there, visit.form.text("kode")[:_LONGEST_CODE]
    try:
        codes = await desk.run(lambda turn: factor.confirm(turn, visitor, typed, desk.authenticator.step))
    except Refused as no:
        return await _shown(visit, no)
    return frame.page(visit, "codes.html", codes=codes)


async def _renew(visit: Visit) -> Response:
    visitor = visit.there
    try:
        await proved(visit)
        codes = await visit.desk.run(lambda turn: factor.renewed(turn, visitor))
    except Refused as no:
        return await _shown(visit, no)
    return frame.page(visit, "codes.html", codes=codes)


async def _drop(visit: Visit) -> Response:
    visitor = visit.there
    try:
        await proved(visit)
        await visit.desk.run(lambda turn: factor.drop(turn, visitor))
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(ACCOUNT, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/akun/langkah-dua", _shown, stages=_ANY),
    Page("/akun/langkah-dua", _confirm, "POST", stages=_ANY, proof=True),
    Page("/akun/langkah-dua/cadangan", _renew, "POST"),
    Page("/akun/langkah-dua/lepas", _drop, "POST"),
)
