"""Seconds of cleaning that each sender and each path used lately, in memory alone: who used much is served later."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

_SLICES = 10  # of the window; what is older than all of them is forgotten
_MOST_KEPT = 20_000  # senders and paths; who was still for longest is forgotten first


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from. `path`: the network, "" where no wire tells; `sender`: an HMAC, never an address."""

    channel: str
    path: str = field(default="", repr=False)
    sender: bytes = field(default=b"", repr=False)
    proved: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of cleaning in any `window` of seconds, after which others go first."""

    sender: float = 10.0
    path: float = 30.0
    window: float = 600.0


class TimeSpent:
    """Knows keys for as long as the window, and never more of them than it may; not safe to share between threads."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._used: OrderedDict[Hashable, list[tuple[int, float]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._used)

    def add(self, origin: Origin, seconds: float, now: float) -> None:
        """`now`: seconds of a clock that only goes forward."""
        for key in filter(None, (_sender(origin), _path(origin))):
            slices = self._used.setdefault(key, [])
            at = self._slice(now)
            if slices and slices[-1][0] == at:
                slices[-1] = (at, slices[-1][1] + seconds)
            else:
                slices[:] = [*self._fresh(slices, at), (at, seconds)]
            self._used.move_to_end(key)
        while len(self._used) > _MOST_KEPT:
            self._used.popitem(last=False)

    def rank(self, origin: Origin, now: float) -> int:
        """0: goes first; 1: its path used too much, perhaps by others; 2: this sender did. Unknown paths are none."""
        if self._sum(_sender(origin), now) > self._budget.sender:
            return 2
        return int(bool(origin.path) and self._sum(_path(origin), now) > self._budget.path)

    def _sum(self, key: Hashable, now: float) -> float:
        return sum(seconds for _, seconds in self._fresh(self._used.get(key, []), self._slice(now)))

    def _slice(self, now: float) -> int:
        return int(now * _SLICES / self._budget.window)

    @staticmethod
    def _fresh(slices: list[tuple[int, float]], at: int) -> list[tuple[int, float]]:
        return [each for each in slices if each[0] > at - _SLICES]


def _sender(origin: Origin) -> Hashable:
    # On its path: who writes in somebody else's name from elsewhere uses up nothing of theirs.
    return ("sender", origin.channel, origin.path, origin.sender)


def _path(origin: Origin) -> Hashable:
    return ("path", origin.path) if origin.path else None
