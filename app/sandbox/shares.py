"""Shares: turns among equals by the seconds that each used, so that who comes anew waits for nobody's backlog.

Start-time fair queueing (Goyal, Vin, Cheng 1996), with shares of one size: each key has a tag, the lowest goes next;
being served moves it on by what it cost, and who was away begins where the others stand.
"""

from collections import Counter
from collections.abc import Hashable

_KEPT = 1_000  # tags of keys that are away; more are looked through for those that tell nothing any more


class Shares:
    """Of the children of one parent; not safe to share between threads."""

    def __init__(self) -> None:
        self._now = 0.0
        self._tags: dict[Hashable, float] = {}
        self._here: Counter[Hashable] = Counter()

    def __len__(self) -> int:
        return len(self._tags)

    def arrived(self, key: Hashable) -> None:
        """One more of this key waits."""
        if not self._here[key]:
            self._tags[key] = max(self._tags.get(key, 0.0), self._now)
        self._here[key] += 1

    def tag(self, key: Hashable) -> float:
        """The lower, the sooner."""
        return self._tags[key]

    def began(self, key: Hashable, guess: float) -> None:
        """One of those that wait is served, and may take so long."""
        self._now = max(self._now, self._tags[key])
        self._tags[key] += guess

    def left(self, key: Hashable, correction: float = 0.0) -> bool:
        """One is gone; `correction`: what it cost less the guess. Whether nobody is here any more."""
        self._tags[key] += correction
        self._here[key] -= 1
        if not self._here[key]:
            del self._here[key]
            self._forget()
        return not self._here

    def _forget(self) -> None:
        if len(self._tags) > len(self._here) + _KEPT:
            self._tags = {key: tag for key, tag in self._tags.items() if key in self._here or tag > self._now}
