"""/statistik: plain tables, counted at most once a minute however many ask."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.conditional import unless_known
from web.pages import language, page
from web.recent import SECONDS, Recent
from web.services import Statistics

router = APIRouter(redirect_slashes=False)


def _recent(request: Request) -> Recent[Statistics]:
    found: Recent[Statistics] = request.app.state.recent
    return found


@router.api_route("/statistik", methods=["GET", "HEAD"])
async def statistics(request: Request) -> Response:
    """The same for everybody, so it may be kept."""
    counted = await _recent(request).get(language(request))
    keep = f"public, max-age={SECONDS}"
    return unless_known(request, page(request, "statistics.html", here="/statistik", cache=keep, counted=counted))
