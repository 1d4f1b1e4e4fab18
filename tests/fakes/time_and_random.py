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
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]


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
        """Twenty-six letters of one throw, for a walk asks for hundreds of thousands."""
        fell = self._random.getrandbits(130)
        return "".join([_PAIRS[fell >> place & 1023] for place in range(0, 130, 10)])

    def below(self, end: int) -> int:
        return self._random.randrange(end)
