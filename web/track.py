"""/lacak: a code typed in, how its report stands, and all that its holder may do; the code travels in bodies only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from core.authority import Deed
from core.errors import StoreAway
from core.intake.forms import LONGEST
from core.phrases import phrase
from web.client_address import client_address
from web.form_body import Filled, Unread, filled, is_from_elsewhere
from web.pages import language, page
from web.services import CodeForm, ServicesDep, Tracked, WebServices

router = APIRouter(redirect_slashes=False)
_MOST_WORDS = 1 << 16  # bytes of a form without files
_MEGABYTES = 61
_MOST = _MEGABYTES << 20  # bytes of one with photos: three of 20 MiB, or more that are smaller
_FILES = 100  # that are read, or no word of the form is; how many are kept, the service says
_STEPS: Mapping[str, tuple[Deed, bool]] = {
    "jawab": (Deed.ANSWER, False),
    "tambah": (Deed.ADD, False),
    "beres": (Deed.FEEDBACK, True),
    "belum": (Deed.FEEDBACK, False),
    "cabut": (Deed.WITHDRAW, False),
    "lupakan": (Deed.FORGET, False),
}
"""What a button asks for, and what it says of a solution."""
_ASKED_ONCE_MORE = frozenset({Deed.WITHDRAW, Deed.FORGET})
_HERE = "/lacak"
_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came, to be shown once more where nothing was done with it."""

    step: str = ""
    sure: bool = False
    form: CodeForm = field(default=CodeForm(None), repr=False)


_NOTHING = Sent()


@router.api_route("/lacak", methods=["GET", "HEAD"])
async def form(request: Request) -> Response:
    """The empty form; a code in the query is never read."""
    return _page(request, Tracked(found=False, words=()), _NOTHING, "track.html")


# No token against forged requests: what is done here is bound to no session, and who could forge it would have to
# know the code, or a ticket for it, already. It is a POST only to keep both out of addresses. But a page elsewhere
# could let its visitors guess codes until their networks have to wait: refused where their browser says so.
@router.post("/lacak")
async def tracked(request: Request, services: ServicesDep) -> Response:
    """The page with its answer; the code that was typed is not shown again, words that were not kept are."""
    with_files = request.headers.get("content-type", "").lower().startswith("multipart/")
    most = _MOST if with_files else _MOST_WORDS
    try:
        form = await filled(request, most=most, seconds=services.body_seconds, files=_FILES, keeps=True)
    except Unread as cut:
        found = Tracked(found=False, words=(), said=(_why(cut, language(request)),))
        return _page(request, found, _sent(cut.form), "track_again.html", cut.status_code)
    if is_from_elsewhere(request):
        nothing = Tracked(found=False, words=())
        return _page(request, nothing, _NOTHING, "track.html", HTTPStatus.FORBIDDEN, instead="web_form_elsewhere")
    sent = _sent(form)
    if not sent.step and not sent.form.ticket:
        return await _looked_up(request, services, sent)
    try:
        return await _acted(request, services, sent)
    except StoreAway:
        if not sent.step:
            raise
        return _page(request, Tracked(found=False, words=()), sent, "track_again.html", HTTPStatus.SERVICE_UNAVAILABLE)


def _why(cut: Unread, lang: str) -> str:
    match cut.status_code:
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return phrase("web_form_large", lang, most=str(_MEGABYTES))
        case HTTPStatus.REQUEST_TIMEOUT:
            return phrase("web_form_slow", lang)
        case _:
            return phrase("web_form_files", lang, most=str(_FILES))


def _sent(form: Filled) -> Sent:
    step = form.text("langkah")
    deed, solved = _STEPS.get(step, (None, False))
    number = form.text("pertanyaan")
    asked = CodeForm(
        deed,
        ticket=form.text("tiket"),
        typed=form.text("kode"),
        once=form.text("kiriman"),
        words=form.text("kata").replace("\r\n", "\n"),
        files=tuple(data for name, data in form.files.items() if name.partition(".")[0] == "foto"),
        question=int(number) if _NUMBER.fullmatch(number) else 0,
        solved=solved,
    )
    return Sent(step if deed is not None else "", bool(form.text("yakin")), asked)


async def _looked_up(request: Request, services: WebServices, sent: Sent) -> Response:
    typed = sent.form.typed
    if not typed:
        return _page(request, Tracked(found=False, words=()), sent, "track.html", instead="web_track_empty")
    found = await services.track(typed, client_address(request), language(request))
    return _page(request, found, sent, "track.html")


async def _acted(request: Request, services: WebServices, sent: Sent) -> Response:
    if services.act is None:
        return _page(request, Tracked(found=False, words=()), _NOTHING, "track.html")
    ask = sent.form.deed in _ASKED_ONCE_MORE and not sent.sure
    form = CodeForm(None, sent.form.ticket, sent.form.typed) if ask else sent.form
    found = await services.act(form, client_address(request), language(request))
    if not found.found:
        return _page(request, found, sent, "track_again.html")
    if ask and sent.form.deed in found.offers:
        return _page(request, found, sent, "track_sure.html")
    return _page(request, found, sent, "track.html")


def _page(
    request: Request, found: Tracked, sent: Sent, template: str, status: int = HTTPStatus.OK, *, instead: str = ""
) -> Response:
    """`instead`: phrase for what was sent and is no try at a code."""
    status = HTTPStatus.TOO_MANY_REQUESTS if found.wait else status
    shown = found if found.found or found.words else None
    answer = page(
        request,
        template,
        here=_HERE,
        status=status,
        tracked=shown,
        why=found.said if shown is None else (),
        sent=sent,
        instead=instead,
        longest=LONGEST,
        Deed=Deed,
    )
    if found.wait:
        answer.headers["Retry-After"] = str(int(found.wait.total_seconds()))
    return answer
