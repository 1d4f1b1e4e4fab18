"""What a provider says of a message of ours, noted even where it outran the note that the message was sent.

A gateway on the same machine can hand a message over, and tell of it, before we have written down that it left.
"""

import asyncio
from collections.abc import Awaitable, Callable

_PAUSES = (0.1, 0.5, 2.0)  # seconds; longer than a commit takes, shorter than any provider waits for our answer


async def noted(note: Callable[[], Awaitable[bool]], pauses: tuple[float, ...] = _PAUSES) -> bool:
    """Tries `note` until it knows the message, and once more after each pause; whether it did at last."""
    for pause in pauses:
        if await note():
            return True
        await asyncio.sleep(pause)
    return await note()
