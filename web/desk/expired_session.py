"""A session that ended while somebody was typing: what they sent is not kept, and is not lost either."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from web.desk import frame
from web.desk.session import ROOT, Visit, own_path

_TYPED = ("text", "cerita", "tempat", "judul", "kata")
"""Fields whose words are shown again: neither passwords nor a citizen's address."""
_WHOLE = "isi"  # id of what a form of a whole page replaces


def told(visit: Visit, *, beside: bool) -> Response:
    """The answer to what was sent. `beside`: it came from a part of a page on which somebody may be typing."""
    posted, target = visit.request.method == "POST", visit.request.headers.get("hx-target", "")
    if visit.request.headers.get("hx-request") and target != _WHOLE:
        if not beside:
            return _Reload()
        if posted:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return frame.sent(visit, frame.part(visit, "over_beside.html"))
    typed = _typed(visit)
    return shown(visit, typed, photo=bool(visit.form.files)) if posted and typed else _to_login(visit)


def of_another(visit: Visit) -> Response:
    """The answer to a form without the token of this session: it may be one of theirs from the session before.

    Its words are shown to who is logged in alone: no browser sends that cookie along with a form of another site.
    """
    typed = _typed(visit)
    if visit.visitor is None or not typed:
        return frame.trouble(visit, HTTPStatus.FORBIDDEN, "form")
    path, photo = own_path(visit.request.url.path.rpartition("/")[0]), bool(visit.form.files)
    return frame.page(
        visit, "over.html", status=HTTPStatus.FORBIDDEN, here=ROOT, typed=typed, photo=photo, again=path, login=""
    )


def _typed(visit: Visit) -> list[str]:
    return [each for each in map(visit.form.text, _TYPED) if each]


def shown(visit: Visit, typed: Sequence[str] = (), *, photo: bool = True) -> Response:
    """Without words where they came with more than is read of somebody who is not there."""
    path = own_path(visit.request.url.path.rpartition("/")[0])
    return frame.page(
        visit,
        "over.html",
        status=HTTPStatus.UNAUTHORIZED,
        here=f"{ROOT}/masuk",
        typed=typed,
        photo=photo,
        login=_login(path if path != ROOT else ""),
    )


def _to_login(visit: Visit) -> Response:
    """With where they wanted to go, where that was a page."""
    asked = visit.request.url
    wanted = asked.path + (f"?{asked.query}" if asked.query else "")
    page = visit.request.method != "POST" and asked.path != ROOT
    return RedirectResponse(_login(wanted if page else ""), HTTPStatus.SEE_OTHER)


def _login(to: str) -> str:
    return f"{ROOT}/masuk" + (f"?ke={quote(to, safe='/')}" if to else "")


class _Reload(Response):
    """A part whose session is over: the whole page is asked for anew, and that leads to the login."""

    def __init__(self) -> None:
        super().__init__(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Refresh": "true"})
