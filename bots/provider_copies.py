"""What a provider still keeps of a citizen's message is deleted there, in the background; for every channel."""

import asyncio
import contextlib
import heapq
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

_MOST = 10_000


class ProviderCopies:
    """A bounded queue in memory: best effort, a restart forgets it.

    `delete` returns whether nothing is left to do. `patience`: seconds before each try; what outlives all of them is
    counted in the log.
    """

    def __init__(
        self, delete: Callable[[str], Awaitable[bool]], patience: tuple[float, ...], most: int = _MOST
    ) -> None:
        self._delete = delete
        self._patience = patience
        self._most = most
        self._due: list[tuple[float, int, int, str]] = []  # when, order of coming, tries so far, what
        self._came = 0
        self._news = asyncio.Event()
        self.working = False  # whether `work` runs

    def add(self, name: str) -> None:
        """Returns at once; what finds the queue full stays at the provider."""
        if len(self._due) >= self._most:
            log.warning("deletion queue full, a message stays at the provider")
            return
        self._push(name, tries=0)

    def _push(self, name: str, tries: int) -> None:
        when = asyncio.get_running_loop().time() + self._patience[tries]
        self._came += 1
        heapq.heappush(self._due, (when, self._came, tries, name))
        self._news.set()

    async def work(self) -> None:
        """Deletes what is due, one after the other, until cancelled."""
        self.working = True
        try:
            await self._work()
        finally:
            self.working = False

    async def _work(self) -> None:
        while True:
            await self._until_due()
            _, _, tries, name = heapq.heappop(self._due)
            if await self._deleted(name):
                continue
            if tries + 1 < len(self._patience):
                self._push(name, tries + 1)
            else:
                log.warning("a message could not be deleted at the provider")

    async def _deleted(self, name: str) -> bool:
        try:
            return await self._delete(name)
        except Exception as fault:  # noqa: BLE001 - one strange answer shall not end the worker for all others
            log.error("deletion at the provider failed: %s", type(fault).__name__)  # noqa: TRY400 - a trace may hold ids
            return False

    async def _until_due(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._due or self._due[0][0] > loop.time():
            self._news.clear()
            wait = self._due[0][0] - loop.time() if self._due else None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._news.wait()
