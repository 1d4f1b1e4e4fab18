"""What a monitor asks: alive, ready, and how many: the last only of this machine, or with a token."""

import hmac

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from core.errors import StoreAway
from web.client_address import is_here
from web.services import ServicesDep, WebServices

router = APIRouter(redirect_slashes=False)
_ASK = ["GET", "HEAD"]


@router.api_route("/healthz", methods=_ASK)
async def alive() -> Response:
    """The loop turns; nothing else is asked, so that trouble with the database restarts nobody."""
    return PlainTextResponse("ok\n")


@router.api_route("/readyz", methods=_ASK)
async def ready(services: ServicesDep) -> Response:
    """Names what is not ready, one a line; what pages do without for now makes nothing unready."""
    try:
        missing = await services.ready()
        lacking = () if missing else await services.lacking()
    except StoreAway:
        missing, lacking = ("store",), ()
    if missing:
        return PlainTextResponse("".join(f"{name}\n" for name in missing), 503)
    return PlainTextResponse("".join(("ready\n", *(f"without {name}\n" for name in lacking))))


@router.api_route("/metrics", methods=_ASK)
async def metrics(request: Request, services: ServicesDep) -> Response:
    """Prometheus text. Who reads it minute by minute sees each report come in: that is not for the world."""
    if not _may_count(request, services):
        return PlainTextResponse("of this machine, or with RESI_METRICS_TOKEN as a bearer token\n", 403)
    return Response(await services.metrics(), headers={"Content-Type": services.metrics_type})


def _may_count(request: Request, services: WebServices) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and services.metrics_token:
        return hmac.compare_digest(given.strip().encode(), services.metrics_token.encode())
    return is_here(request)
