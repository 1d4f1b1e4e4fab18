"""Which reports say which word, in arrays in memory; it knows numbers and words, and nobody's rights."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from core.model import Number
from core.search_terms import SearchTerms

_WIDE = 12  # bytes of a number, filled up
_WINDOW = 4096  # positions that are compared at a time, from the newest back, until there are enough


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


class SearchIndex:
    """Reports get positions in the order in which they are added: the last one is the newest."""

    def __init__(self, window: int = _WINDOW) -> None:
        self._window = window
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
            self._say(word, position)

    def reword(self, number: Number, words: Iterable[str]) -> None:
        """It says these words now and no others, at the place that it has; none: they are gone with the last of them.

        Looks through all words; does nothing where it has no such report.
        """
        position = self._position(number)
        if position is None:
            return
        said = frozenset(words)
        gone = []
        for word, found in self._by_word.items():
            at = bisect_left(found, position)
            if word not in said and at < len(found) and found[at] == position:
                found.pop(at)
                if not found:
                    gone.append(word)
        for word in gone:
            del self._by_word[word]
        if gone:
            self._sorted = [word for word in self._sorted if word in self._by_word]
            self._later = [word for word in self._later if word in self._by_word]
        for word in said:
            self._say(word, position)

    def _say(self, word: str, position: int) -> None:
        found = self._by_word.get(word)
        if found is None:
            found = self._by_word[word] = array("I")
            self._later.append(word)
        if not found or found[-1] < position:
            found.append(position)
        elif found[at := bisect_left(found, position)] != position:
            found.insert(at, position)

    def _position(self, number: Number) -> int | None:
        sought, at = number.encode("ascii").ljust(_WIDE), -1
        while (at := self._numbers.rfind(sought, 0, at if at >= 0 else len(self._numbers))) >= 0:
            if at % _WIDE == 0:
                return at // _WIDE
        return None

    def sort(self) -> None:
        """Makes the look by beginnings quick; after the last of many."""
        self._sorted = sorted(self._by_word)
        self._later = []

    def find(self, asked: SearchTerms, most: int) -> Numbers:
        """Those that say all of it, newest first."""
        groups = [[found] if (found := self._by_word.get(word)) else [] for word in asked.words]
        if asked.begins:
            groups.append([self._by_word[word] for word in self._words_from(asked.begins)])
        return Numbers(self._numbers, _newest(groups, most, self._window) if groups and all(groups) else ())

    def _words_from(self, begins: str) -> Iterator[str]:
        at = bisect_left(self._sorted, begins)
        while at < len(self._sorted) and self._sorted[at].startswith(begins):
            yield self._sorted[at]
            at += 1
        yield from (word for word in self._later if word.startswith(begins))


def _newest(groups: "Sequence[list[array[int]]]", most: int, size: int) -> Sequence[int]:
    """What stands in one at least of each group, the highest first."""
    alone = sorted((each for each in groups if len(each) == 1), key=lambda group: len(group[0]))
    if not alone:
        tails = ({*each[-most:]} for each in groups[0])  # there is but one beginning of a word
        return sorted(set[int]().union(*tails), reverse=True)[:most]
    [leading], others = alone[0], [each for each in groups if each is not alone[0]]
    if not others:
        return leading[: -most - 1 : -1]
    found: list[int] = []
    end = len(leading)
    while end > 0 and len(found) < most:
        start = max(0, end - size)
        found += sorted(_common(leading[start:end], others), reverse=True)
        end = start
    return found[:most]


def _common(window: "array[int]", groups: "Sequence[list[array[int]]]") -> set[int]:
    """What of a few positions each group has too."""
    common, low, high = set(window), window[0], window[-1]
    for group in groups:
        near = (each[bisect_left(each, low) : bisect_right(each, high)] for each in group)
        common.intersection_update(set[int]().union(*near))
    return common
