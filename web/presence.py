"""Who has the same report open now, so that two do not do the same work; kept in memory, for a minute and a half.

Several processes know of their own browsers only: the form's version is what keeps two from overwriting each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.model import Number

_NOW = timedelta(seconds=90)  # a page asks every 20 s


@dataclass(slots=True)
class Presence:
    """Of each report that is open: who, and when they were last heard of."""

    _open: dict[Number, dict[str, datetime]] = field(default_factory=dict)

    def here(self, number: Number, name: str, now: datetime) -> Sequence[str]:
        """Notes that somebody looks at a report, which they may read; who else does, by name."""
        self._forget(now)
        there = self._open.setdefault(number, {})
        there[name] = now
        return sorted(each for each in there if each != name)

    def _forget(self, now: datetime) -> None:
        for number, there in list(self._open.items()):
            for name in [name for name, at in there.items() if now - at > _NOW]:
                del there[name]
            if not there:
                del self._open[number]
