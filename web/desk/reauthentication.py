"""Whether it is still them: the password once more, before accounts or the city change, or lists are taken away.

A page whose row says so asks for it in place: what was sent goes along in hidden fields, and is done after the answer.
Whoever came in by single sign-on shows the provider once more who they are, and sends the form again.
"""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import Response

from core.casework import Miss, login
from core.errors import Refused
from web.desk import failed_attempts, frame
from web.desk.session import ROOT, Visit, own_path

ANEW = "1"
_FIELD, _OLD = "bukti", "lama"
_NOT_KEPT = frozenset({"csrf", _FIELD})


async def proved(visit: Visit, field: str = _OLD) -> None:
    """The field must hold it; raises Refused."""
    desk, visitor = visit.desk, visit.there
    kept = await desk.run(lambda turn: login.own_password_hash(turn, visitor))
    if not await desk.fits(visit.form.fields.get(field, "")[: login.MOST], kept):
        await failed_attempts.counted(desk, visitor.staff.name, Miss.LOGIN)
        raise Refused("desk_password_old_wrong")
    await desk.run(lambda turn: login.proved(turn, visitor, kept))


async def asked(visit: Visit) -> Response | None:
    """The page that asks for it; None: it was typed lately, or just now."""
    visitor, why = visit.there, None
    if await visit.desk.read(lambda turn: login.is_proved(turn, visitor)):
        return None
    if visitor.session.provider:
        return frame.page(visit, "proof_again.html", status=HTTPStatus.UNAUTHORIZED, again=_again(visit))
    if _FIELD in visit.form.fields:
        try:
            await proved(visit, _FIELD)
        except Refused as no:
            why = no
        else:
            return None
    return frame.page(
        visit,
        "proof.html",
        status=HTTPStatus.UNAUTHORIZED,
        action=visit.request.url.path,
        kept=list(_kept(visit)),
        files=bool(visit.form.files),
        why=why,
    )


def _again(visit: Visit) -> str:
    """Where somebody shows the provider once more who they are; they come back to the page above the form."""
    above = own_path(visit.request.url.path.rpartition("/")[0])
    return f"{ROOT}/masuk/oidc?ulang={ANEW}&ke={quote(above, safe='/')}"


def _kept(visit: Visit) -> Iterator[tuple[str, str]]:
    """What was sent, to be sent again."""
    for name, values in visit.form.ticked.items():
        if name not in _NOT_KEPT:
            yield from ((name, value) for value in values)
