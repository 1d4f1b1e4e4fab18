"""Which reports say which word, in arrays in memory; it knows numbers and words, and nobody's rights."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

    def reword(self, changed: Mapping[Number, Collection[str]]) -> None:
        """They say these words now and no others, each at the place that it has; none: they are gone with the last.

        Looks through all words once, however many changed; leaves alone what it has not.
        """
        said = self._by_position(changed)
        if not said:
            return
        for word, found in list(self._by_word.items()):
            stale = {position for position in _among(found, said) if word not in said[position]}
            if stale:
                found[:] = array("I", (position for position in found if position not in stale))
            if not found:
                del self._by_word[word]
        self._sorted = [word for word in self._sorted if word in self._by_word]
        self._later = [word for word in self._later if word in self._by_word]
        for position, words in said.items():
            for word in words:
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

    def _by_position(self, changed: Mapping[Number, Collection[str]]) -> dict[int, Collection[str]]:
        kept = {number.encode("ascii").ljust(_WIDE): words for number, words in changed.items()}
        numbers = (bytes(self._numbers[at : at + _WIDE]) for at in range(0, len(self._numbers), _WIDE))
        return {position: kept[number] for position, number in enumerate(numbers) if number in kept}

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


def _among(found: "array[int]", positions: Collection[int]) -> Iterable[int]:
    """Those of some positions that are found."""
    if len(found) <= len(positions):
        return (position for position in found if position in positions)
    return (position for position in positions if _holds(found, position))


def _holds(found: "array[int]", position: int) -> bool:
    at = bisect_left(found, position)
    return at < len(found) and found[at] == position
