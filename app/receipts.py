"""What a provider says of a message of ours, noted even where it outran the note that the message was sent.

A gateway on the same machine can hand a message over, and tell of it, before we have written down that it left.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from core.errors import StoreAway

_PAUSES = (0.1, 0.5, 2.0)  # seconds; longer than a commit takes
_MOST = 1_000


class Receipts:
    """Looks at once, and in the background again for what was not known yet; of too many it looks once only."""

    def __init__(self, pauses: tuple[float, ...] = _PAUSES, most: int = _MOST) -> None:
        self._pauses = pauses
        self._most = most
        self._later: set[asyncio.Task[None]] = set()

    async def take(self, note: Callable[[], Awaitable[bool]]) -> None:
        """`note` says whether it knew the message; returns after the first look. Raises what that raises."""
        if await note() or len(self._later) >= self._most:
            return
        task = asyncio.create_task(self._again(note))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _again(self, note: Callable[[], Awaitable[bool]]) -> None:
        with contextlib.suppress(StoreAway):
            for pause in self._pauses:
                await asyncio.sleep(pause)
                if await note():
                    return
