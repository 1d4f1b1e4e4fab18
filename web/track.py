"""/lacak: a code typed in, the status shown; the code travels in a body only, for addresses are logged and shared."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.client_address import client_address
from web.form_body import field_of
from web.pages import language, page
from web.services import ServicesDep, Tracked

router = APIRouter(redirect_slashes=False)
_MOST_BYTES = 4096
_WAIT = 429


@router.api_route("/lacak", methods=["GET", "HEAD"])
async def form(request: Request) -> Response:
    """The empty form; a code in the query is never read."""
    return page(request, "track.html", here="/lacak", tracked=None, empty=False)


# No token against forged requests: this POST changes nothing, is bound to no session, and who could forge it
# would have to know the code already. It is a POST only to keep the code out of addresses.
@router.post("/lacak")
async def tracked(request: Request, services: ServicesDep) -> Response:
    """The page with its answer; what was typed is not shown again."""
    typed = await field_of(request, "kode", most=_MOST_BYTES, seconds=services.body_seconds)
    found: Tracked | None = None
    if typed:
        found = await services.track(typed, client_address(request), language(request))
    status = _WAIT if found is not None and found.wait else 200
    return page(request, "track.html", here="/lacak", status=status, tracked=found, empty=not typed)
