"""Who wrote within a day: Meta takes words from us for so long, and later nothing but approved templates.

Kept in memory alone, as hashes under a key of this process: no row says when somebody wrote, and after a restart, or in
a process that only sends, nobody is known and a template leaves, which is right at any time.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from core.messages import Address, DeliveryKind, Outgoing

_OPEN = 23 * 3600.0  # seconds; Meta counts a day, and a message may be on its way for a while
_MOST = 200_000


class OutsideWindow(Exception):
    """A day has passed since they wrote: the provider takes nothing but what Meta approved."""


class Window:
    """`wrote` and `is_open` by address; holds the latest `most` people."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = _MOST) -> None:
        self._clock = clock
        self._most = most
        self._key = secrets.token_bytes(32)
        self._since: OrderedDict[bytes, float] = OrderedDict()  # the longest ago first

    def _hash(self, who: Address) -> bytes:
        return hashlib.blake2b(who.reveal().encode(), key=self._key, digest_size=16).digest()

    def wrote(self, who: Address) -> None:
        """They did, now."""
        now, hashed = self._clock(), self._hash(who)
        self._since[hashed] = now
        self._since.move_to_end(hashed)
        while self._since and (len(self._since) > self._most or now - next(iter(self._since.values())) > _OPEN):
            self._since.popitem(last=False)

    def is_open(self, who: Address) -> bool:
        """Whether they are known to have written within a day."""
        since = self._since.get(self._hash(who))
        return since is not None and self._clock() - since <= _OPEN

    def shut(self, who: Address) -> None:
        """The provider says that it is."""
        self._since.pop(self._hash(who), None)

    async def send(
        self, out: Outgoing, words: Callable[[], Awaitable[str]], template: Callable[[], Awaitable[str]]
    ) -> str:
        """As words within the day, else as the template; the provider's id. Raises what they raise."""
        if out.kind is DeliveryKind.REPLY or self.is_open(out.to):
            try:
                return await words()
            except OutsideWindow:
                self.shut(out.to)
        return await template()
