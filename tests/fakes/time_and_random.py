"""A clock that only a test moves, and a random source that gives the same values each time."""

import random
from datetime import UTC, datetime, timedelta


class FakeClock:
    """core.ports.Clock."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime(2021, 7, 8, 3, 14, 15, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


class FakeRandomSource:
    """core.ports.RandomSource with a seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def __copy__(self) -> "FakeRandomSource":
        """Falls from here on as this one would."""
        other = FakeRandomSource()
        other._random.setstate(self._random.getstate())
        return other

    def token(self) -> str:
        return "".join([_LETTERS[self._letter()] for _ in range(26)])

    def _letter(self) -> int:
        """As random.choice falls, in half the time: a walk asks for millions."""
        while (fell := self._random.getrandbits(6)) >= len(_LETTERS):
            pass
        return fell

    def below(self, end: int) -> int:
        return self._random.randrange(end)
