"""What a provider still keeps of a citizen's message is deleted there, in the background and with patience."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

_LOG = logging.getLogger(__name__)
_PATIENCE = (60.0, 600.0, 3_600.0)  # seconds: what is still under way cannot be deleted at once
_MOST = 10_000


class ProviderCopies:
    """`delete` returns whether nothing is left to do. Best effort, in memory: a restart forgets what was to go."""

    def __init__(self, delete: Callable[[str], Awaitable[bool]], patience: tuple[float, ...] = _PATIENCE) -> None:
        self._delete = delete
        self._queues: tuple[deque[tuple[float, str]], ...] = tuple(deque(maxlen=_MOST) for _ in patience)
        self._patience = patience
        self._came = asyncio.Event()
        self.working = False  # whether `work` runs

    def add(self, name: str) -> None:
        """Returns at once; of too many the oldest stay at the provider."""
        self._put(0, name)

    def _put(self, tries: int, name: str) -> None:
        self._queues[tries].append((asyncio.get_running_loop().time() + self._patience[tries], name))
        self._came.set()

    async def work(self) -> None:
        """Deletes what is due, one after the other, until cancelled."""
        self.working = True
        try:
            await self._work()
        finally:
            self.working = False

    async def _work(self) -> None:
        while True:
            heads = [(queue[0][0], tries) for tries, queue in enumerate(self._queues) if queue]
            if not heads:
                self._came.clear()
                await self._came.wait()
                continue
            due, tries = min(heads)
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
            _, name = self._queues[tries].popleft()
            if await self._deleted(name):
                continue
            if tries + 1 < len(self._patience):
                self._put(tries + 1, name)
            else:
                _LOG.warning("whatsapp.copy_stays")

    async def _deleted(self, name: str) -> bool:
        try:
            return await self._delete(name)
        except Exception as trouble:  # noqa: BLE001 - one strange answer shall not end the worker for all others
            _LOG.warning("whatsapp.copy_not_deleted type=%s", type(trouble).__name__)
            return False
