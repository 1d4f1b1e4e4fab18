"""A clock that only a test moves, and dice that fall the same way each time."""

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


class FakeDice:
    """core.ports.Dice with a seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def token(self) -> str:
        return "".join(self._random.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(26))

    def below(self, end: int) -> int:
        return self._random.randrange(end)
