"""Work that met a row of the city which another process has just made, done once more after it was read."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.city.present import present
from core.errors import Refused

T = TypeVar("T")
_MAY_BE_NEW = frozenset({"case_category_unknown", "case_office_unknown", "counter_category", "routes_category_unknown"})
"""Refusals of an id that is none in this process."""


class LatestCity:
    """`renew`: looks at the database, and may raise StoreAway; None: nothing changes there."""

    def __init__(self) -> None:
        self.renew: Callable[[], Awaitable[None]] | None = None

    async def known_to(self, once: Callable[[], Awaitable[T]]) -> T:
        """What it returns or raises, after a second time where the city is another than at the first."""
        known = present()
        try:
            return await once()
        except (KeyError, Refused) as unknown:
            if self.renew is None or (isinstance(unknown, Refused) and unknown.phrase not in _MAY_BE_NEW):
                raise
            await self.renew()
            if present() is known:
                raise
        return await once()
