"""Which reports say which word, in arrays in memory; it knows numbers and words, and nobody's rights."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from core.model import Number
from core.words import Asked

_WIDE = 12  # bytes of a number, filled up


class Numbers(Sequence[Number]):
    """Numbers by position, each read when it is asked for: of ten thousand that are found a page shows fifty."""

    def __init__(self, kept: bytearray, positions: Sequence[int]) -> None:
        self._kept = kept
        self._positions = positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, at: int) -> Number: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Number]: ...
    def __getitem__(self, at: int | slice) -> Number | Sequence[Number]:
        """One, or a list of several."""
        if isinstance(at, slice):
            return [self._number(position) for position in self._positions[at]]
        return self._number(self._positions[at])

    def _number(self, position: int) -> Number:
        return Number(self._kept[position * _WIDE : (position + 1) * _WIDE].rstrip().decode("ascii"))


class Postings:
    """Reports get positions in the order in which they are added: the last one is the newest."""

    def __init__(self) -> None:
        self._numbers = bytearray()
        self._by_word: dict[str, array[int]] = {}
        self._sorted: list[str] = []  # words for the look by beginnings, as of the last `sort`
        self._later: list[str] = []  # those that came since

    def __len__(self) -> int:
        return len(self._numbers) // _WIDE

    @property
    def words(self) -> int:
        """How many different ones there are."""
        return len(self._by_word)

    def add(self, number: Number, words: Iterable[str]) -> None:
        """Each word once."""
        position = len(self)
        self._numbers += number.encode("ascii").ljust(_WIDE)
        for word in words:
            found = self._by_word.get(word)
            if found is None:
                found = self._by_word[word] = array("I")
                self._later.append(word)
            found.append(position)

    def sort(self) -> None:
        """Makes the look by beginnings quick; after the last of many."""
        self._sorted = sorted(self._by_word)
        self._later = []

    def find(self, asked: Asked, most: int) -> Numbers:
        """Those that say all of it, newest first."""
        sets = [self._by_word.get(word) or array("I") for word in asked.words]
        if asked.begins:
            sets.append(self._beginning(asked.begins))
        if not sets or not all(sets):
            return Numbers(self._numbers, ())
        sets.sort(key=len)
        return Numbers(self._numbers, _newest(sets, most))

    def _beginning(self, begins: str) -> "array[int]":
        found = [self._by_word[word] for word in self._words_from(begins)]
        if len(found) == 1:
            return found[0]
        return array("I", sorted({position for each in found for position in each}))

    def _words_from(self, begins: str) -> Iterator[str]:
        at = bisect_left(self._sorted, begins)
        while at < len(self._sorted) and self._sorted[at].startswith(begins):
            yield self._sorted[at]
            at += 1
        yield from (word for word in self._later if word.startswith(begins))


def _newest(sets: "list[array[int]]", most: int) -> Sequence[int]:
    """What stands in all of them, the highest first; the smallest set comes first."""
    if len(sets) == 1:
        return sets[0][: -most - 1 : -1]
    common = set(sets[0])
    for each in sets[1:]:
        common.intersection_update(each)
    return sorted(common, reverse=True)[:most]
