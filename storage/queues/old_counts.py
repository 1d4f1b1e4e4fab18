"""Counts of what was due long ago, kept by this process for a day: years of it are not counted again at each page.

Of what is as old as that hardly anything changes: how many there are of it in all, nothing but a report that becomes
restricted; by status, one that is opened again after months. Such a change is seen in a count on the next day.
"""

from collections.abc import Hashable
from datetime import UTC, datetime, time, timedelta

_LEAST = 5000
_OLD = timedelta(days=30)  # after which a report's deadline is long ago
_MOST = 512  # counts


def until(now: datetime) -> datetime:
    """Up to when deadlines are old; the same for a day."""
    return datetime.combine((now - _OLD).astimezone(UTC).date(), time(), UTC)


class OldCounts:
    """By what was counted; used by many threads, of which two may count the same."""

    def __init__(self, least: int = _LEAST) -> None:
        """`least`: where there are fewer, all are counted each time, for reports may be filed with times long past."""
        self.least = least
        self._kept: dict[Hashable, tuple[datetime, int]] = {}

    def get(self, what: Hashable, end: datetime) -> int | None:
        """None: not counted since yesterday."""
        found = self._kept.get(what)
        return found[1] if found is not None and found[0] == end else None

    def keep(self, what: Hashable, end: datetime, count: int) -> None:
        """Forgets the one that was kept first where there are too many."""
        self._kept.pop(what, None)
        self._kept[what] = end, count
        if len(self._kept) > _MOST:
            self._kept.pop(next(iter(self._kept)), None)
