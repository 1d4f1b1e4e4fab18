"""Threads on which turns run, and how long somebody waits for a store that answers nobody."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from core.errors import StoreAway

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until one who waits is told that the store is away.

    `silent`: in which the store answered nobody; a provider hangs up after 15. `longest`: whoever else is answered.
    """

    silent: float = 12.0
    longest: float = 60.0


class TurnThreads:
    """A bounded number of threads. In one loop."""

    def __init__(self, most: int, patience: Patience) -> None:
        self._threads = ThreadPoolExecutor(most, "turn")
        self._patience = patience
        self._lived = 0.0  # when the store last gave a sign of life, in monotonic seconds

    @property
    def executor(self) -> Executor:
        """For who waits for something else by its future."""
        return self._threads

    def lives(self) -> None:
        """A turn begins or ended: the store works. From any thread."""
        self._lived = time.monotonic()

    async def run(self, work: Callable[[], T]) -> T:
        """However long it takes."""
        return await asyncio.wrap_future(self._threads.submit(work))

    async def ask(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """Of the store or the disk; `seconds` in place of the usual patience. Raises StoreAway where it hangs."""
        return await self.answer(self._threads.submit(work), seconds)

    async def answer(self, handed: Future[T], seconds: float | None = None) -> T:
        """Of what was handed in. Raises StoreAway where it hangs.

        What was begun goes on and may yet be kept: a message that comes again then counts as seen. What was not begun
        is not done.
        """
        began = time.monotonic()
        waiting = asyncio.wrap_future(handed)
        try:
            while not waiting.done():
                left = self._left(began, time.monotonic(), seconds)
                if left <= 0:
                    raise StoreAway("silent")
                await asyncio.wait((waiting,), timeout=left)
            result = waiting.result()
        finally:
            waiting.cancel()
        self.lives()
        return result

    def _left(self, began: float, now: float, seconds: float | None) -> float:
        if seconds is not None:
            return began + seconds - now
        silent = max(began, self._lived) + self._patience.silent
        return min(silent, began + self._patience.longest) - now

    def close(self) -> None:
        """Waits for what runs."""
        self._threads.shutdown(wait=True)
