"""The front page: what this is, and where to go."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.pages import page
from web.services import ServicesDep

router = APIRouter(redirect_slashes=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def front(request: Request, services: ServicesDep) -> Response:
    """Knows nobody, so it may be kept."""
    return page(request, "front.html", cache="public, max-age=300", ways=services.ways, form=services.form is not None)
