"""What a monitor asks: alive, ready, and how many."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from core.errors import StoreAway
from web.doors import DoorsDep

router = APIRouter(redirect_slashes=False)
_ASK = ["GET", "HEAD"]


@router.api_route("/healthz", methods=_ASK)
async def alive() -> Response:
    """The loop turns; nothing else is asked, so that trouble with the database restarts nobody."""
    return PlainTextResponse("ok\n")


@router.api_route("/readyz", methods=_ASK)
async def ready(doors: DoorsDep) -> Response:
    """Names what is not ready, one a line."""
    try:
        missing = await doors.ready()
    except StoreAway:
        missing = ("store",)
    if missing:
        return PlainTextResponse("".join(f"{name}\n" for name in missing), 503)
    return PlainTextResponse("ready\n")


@router.api_route("/metrics", methods=_ASK)
async def metrics(doors: DoorsDep) -> Response:
    """Prometheus text."""
    return Response(await doors.metrics(), headers={"Content-Type": doors.metrics_type})
