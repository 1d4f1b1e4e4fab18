"""The front page: what this is, and where to go."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.doors import DoorsDep
from web.pages import page

router = APIRouter(redirect_slashes=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def front(request: Request, doors: DoorsDep) -> Response:
    """Knows nobody, so it may be kept."""
    return page(request, "front.html", cache="public, max-age=300", ways=doors.ways)
