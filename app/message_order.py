"""Messages of one sender in the order in which they came, though the files of the first take their time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.messages import ChannelProfile, Envelope


def waits_for(envelope: Envelope, profile: ChannelProfile, ordering_key: bytes) -> bytes:
    """The key that a message shares with those that come before it. `ordering_key`: of its sender.

    A mail of a claimed sender waits for none but those that show the same right: else a forger could tell by the time
    of the answer whether somebody sends photos from that address just now.
    """
    if profile.proved or not profile.threads:
        return ordering_key
    shown = (*envelope.tags, *envelope.codes, envelope.wire_id)
    return shown[0].reveal().encode()


class MessageOrder:
    """Keys that are busy, and how many wait for each."""

    def __init__(self) -> None:
        self._locks: dict[bytes, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def alone(self, key: bytes) -> AsyncIterator[None]:
        """Waits for those of that key that came before."""
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(key)
            if waiting > 1:
                self._locks[key] = (lock, waiting - 1)
