"""What was counted within the last minute, however many ask."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")
SECONDS = 60


class Recent(Generic[T]):
    """One count for each key, of the last keys; who comes together waits for one."""

    def __init__(
        self, count: Callable[[str], Awaitable[T]], now: Callable[[], float] = time.monotonic, most: int = 256
    ) -> None:
        self._count = count
        self._now = now
        self._most = most
        self._kept: dict[str, tuple[float, T]] = {}
        self._one = asyncio.Lock()

    async def get(self, key: str) -> T:
        """Raises what the count raises; nothing is kept then."""
        async with self._one:
            kept = self._kept.get(key)
            if kept is None or self._now() - kept[0] >= SECONDS:
                kept = (self._now(), await self._count(key))
                self._kept.pop(key, None)
                self._kept[key] = kept
                if len(self._kept) > self._most:
                    del self._kept[next(iter(self._kept))]
            return kept[1]
