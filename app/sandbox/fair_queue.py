"""The queue before the children: quick kinds apart from slow ones, and each path and sender gets its share of seconds.

Pure: it is told the time, and starts nothing. Among files that a child may take, those of senders within their budget
go first, then those of paths that used too much, then those of senders who did; within these, channels, paths and
senders take turns by the seconds that they used. Nobody is left behind for ever: who waited long counts as the first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from app.sandbox.shares import Shares
from app.sandbox.time_spent import Budget, Origin, TimeSpent

T = TypeVar("T")
_MOST_BYTES = 256 * 1024 * 1024
_MOST_WAITING = 1_000


class Kind(StrEnum):
    """Which children may take a file."""

    QUICK = "quick"  # all but documents, until they took too long
    DOCUMENT = "document"
    LONG = "long"  # was stopped among the quick ones, or else it would hold them up
    STAFF = "staff"


# Seconds that one is thought to take until it is known: others of its sender stand back for so long.
_GUESS = {Kind.QUICK: 1.0, Kind.DOCUMENT: 5.0, Kind.LONG: 10.0, Kind.STAFF: 1.0}


@dataclass(slots=True, eq=False)
class Waiting(Generic[T]):
    """One file in the queue; `since`: when it came, whatever became of it meanwhile."""

    what: T = field(repr=False)
    origin: Origin
    kind: Kind
    size: int
    since: float


@dataclass(frozen=True, slots=True)
class Space:
    """How much may wait; `aged`: seconds after which nobody's budget counts any more."""

    size: int = _MOST_BYTES
    count: int = _MOST_WAITING
    aged: float = 30.0


_Key = tuple[Hashable, Hashable]  # a parent, and one of its children


class FairQueue(Generic[T]):
    """Not safe to share between threads."""

    def __init__(self, budget: Budget, space: Space) -> None:
        self._space = space
        self._spending = TimeSpent(budget)
        self._waiting: list[Waiting[T]] = []
        self._shares: defaultdict[Hashable, Shares] = defaultdict(Shares)

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def size(self) -> int:
        """Bytes that wait."""
        return sum(each.size for each in self._waiting)

    def put(self, new: Waiting[T], now: float) -> list[Waiting[T]]:
        """Takes it in, and gives those for whom there is no room now: of who keeps most of it, the newest first."""
        self._waiting.append(new)
        for parent, key in _levels(new):
            self._shares[parent].arrived(key)
        gone = []
        while self._waiting and (self.size > self._space.size or len(self._waiting) > self._space.count):
            heaviest = self._heaviest(now)
            self._waiting.remove(heaviest)
            self._leave(heaviest, 0.0)
            gone.append(heaviest)
        return gone

    def take(self, kinds: Sequence[Kind], now: float) -> Waiting[T] | None:
        """Who is next among these kinds, the earlier ones preferred; `done` is to be called for it."""
        mine = [each for each in self._waiting if each.kind in kinds]
        if not mine:
            return None
        chosen = min(mine, key=lambda each: (self._rank(each, now), kinds.index(each.kind), *self._tags(each)))
        self._waiting.remove(chosen)
        for parent, key in _levels(chosen):
            self._shares[parent].began(key, _GUESS[chosen.kind])
        return chosen

    def done(self, taken: Waiting[T], seconds: float, now: float) -> None:
        """It was served, or at least tried for so long."""
        self._spending.add(taken.origin, seconds, now)
        self._leave(taken, seconds - _GUESS[taken.kind])

    def has(self, kinds: Sequence[Kind]) -> bool:
        """Whether anybody waits among these kinds."""
        return any(each.kind in kinds for each in self._waiting)

    def waits(self, kinds: Sequence[Kind], rank: int, now: float) -> bool:
        """Whether anybody of such a rank, or a better one, waits among these kinds."""
        return any(each.kind in kinds and self._rank(each, now) <= rank for each in self._waiting)

    def rank(self, origin: Origin, now: float) -> int:
        """See TimeSpent.rank."""
        return self._spending.rank(origin, now)

    def empty(self) -> list[Waiting[T]]:
        """Gives all that wait, for good."""
        gone, self._waiting = self._waiting, []
        for each in gone:
            self._leave(each, 0.0)
        return gone

    def _tags(self, each: Waiting[T]) -> Iterator[float]:
        return (self._shares[parent].tag(key) for parent, key in _levels(each))

    def _rank(self, each: Waiting[T], now: float) -> int:
        return 0 if now - each.since >= self._space.aged else self._spending.rank(each.origin, now)

    def _heaviest(self, now: float) -> Waiting[T]:
        """Who used too much goes first; then of the path that has most bytes here the sender who has most."""
        held: defaultdict[Hashable, int] = defaultdict(int)
        for each in self._waiting:
            for level in _owners(each.origin):
                held[level] += each.size
        return max(
            reversed(self._waiting),
            key=lambda each: (
                self._spending.rank(each.origin, now),
                *(held[level] for level in _owners(each.origin)),
                each.size,
            ),
        )

    def _leave(self, each: Waiting[T], correction: float) -> None:
        for parent, key in _levels(each):
            if self._shares[parent].left(key, correction):
                del self._shares[parent]


def _owners(origin: Origin) -> tuple[Hashable, ...]:
    """From the whole to the part: a channel that proves its senders apart from the same where it does not."""
    group = (origin.channel, origin.proved)
    return (group, (group, origin.path), (group, origin.path, origin.sender))


def _levels(each: Waiting[T]) -> Iterator[_Key]:
    """Each owner with the parent whose share it has a part in; kinds have nothing to do with each other."""
    parent: Hashable = each.kind
    for owner in _owners(each.origin):
        yield (each.kind, parent), owner
        parent = owner
