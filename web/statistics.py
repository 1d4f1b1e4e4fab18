"""/statistik: plain tables, counted at most once a minute however many ask."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.conditional import unless_known
from web.pages import language, page
from web.services import Statistics

router = APIRouter(redirect_slashes=False)
_SECONDS = 60


class Recent:
    """What was counted within the last minute, one a language; who comes together waits for one count."""

    def __init__(
        self, count: Callable[[str], Awaitable[Statistics]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._count = count
        self._now = now
        self._kept: dict[str, tuple[float, Statistics]] = {}
        self._one = asyncio.Lock()

    async def get(self, lang: str) -> Statistics:
        """Raises what the count raises; nothing is kept then."""
        async with self._one:
            kept = self._kept.get(lang)
            if kept is None or self._now() - kept[0] >= _SECONDS:
                kept = (self._now(), await self._count(lang))
                self._kept[lang] = kept
            return kept[1]


@router.api_route("/statistik", methods=["GET", "HEAD"])
async def statistics(request: Request) -> Response:
    """The same for everybody, so it may be kept."""
    recent: Recent = request.app.state.recent
    counted = await recent.get(language(request))
    keep = f"public, max-age={_SECONDS}"
    return unless_known(request, page(request, "statistics.html", here="/statistik", cache=keep, counted=counted))
