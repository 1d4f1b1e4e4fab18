"""Categories weighed by their cues: a longer and rarer cue weighs more, and no word is counted twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Final

from core.categories import CATEGORIES
from core.city.present import Changes, of_present
from core.model import CategoryId
from core.suggest.phrasing import Cue
from core.suggest.words import stems

_SCATTERED: Final = 0.7  # what a cue is worth when its words stand near each other, not in its order
_LONGER: Final = 0.2  # what each further word adds to a cue
_NEAR: Final = 5  # words that may stand between those of a scattered cue
_LOOKED_AT: Final = 12  # places of one word that are looked at


@dataclass(frozen=True, slots=True)
class _Weighed:
    cue: Cue
    weight: float
    categories: tuple[CategoryId, ...]


def weights(words: Sequence[str]) -> Mapping[CategoryId, float]:
    """What the cues among these stems weigh, for each category that has any; an empty word is a gap."""
    found: dict[CategoryId, list[tuple[float, Cue]]] = {}
    for each, weight, cue in _matched(_Read(words)):
        found.setdefault(each, []).append((weight, cue))
    return {each: _sum(cues) for each, cues in found.items()}


def standing(words: AbstractSet[str]) -> list[tuple[frozenset[str], tuple[CategoryId, ...]]]:
    """The cues of which every word is among these stems, each with what it speaks for: no other can weigh anything."""
    near = (weighed for word in words for weighed in _by_rarest_word().get(word, ()))
    cues = ((frozenset(each.cue), each.categories) for each in near)
    return [(cue, kinds) for cue, kinds in cues if cue <= words]


class _Read:
    """Words with their places."""

    __slots__ = ("places", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            self.places.setdefault(word, []).append(at)

    def holds(self, cue: Cue) -> float:
        """1 for a cue word by word, less for its words near each other, 0 for none."""
        if any(word not in self.places for word in cue):
            return 0.0
        anchor = min(range(len(cue)), key=lambda at: len(self.places[cue[at]]))
        starts = [place - anchor for place in self.places[cue[anchor]][:_LOOKED_AT]]
        if any(start >= 0 and tuple(self.words[start : start + len(cue)]) == cue for start in starts):
            return 1.0
        return _SCATTERED if any(self._near(cue, start + anchor) for start in starts) else 0.0

    def _near(self, cue: Cue, place: int) -> bool:
        reach = len(cue) - 1 + _NEAR
        window = self.words[max(place - reach, 0) : place + reach + 1]
        return all(word in window for word in cue)


def _cues() -> dict[Cue, set[CategoryId]]:
    found: dict[Cue, set[CategoryId]] = {}
    for each in CATEGORIES:
        for cue in each.cues:
            words = tuple(stems(cue))
            if words:  # signs alone say nothing
                found.setdefault(words, set()).add(each.id)
    return found


def _rarity(cues: Mapping[Cue, set[CategoryId]]) -> Mapping[str, float]:
    """The fewer categories a word speaks for, the more it says."""
    homes: dict[str, set[CategoryId]] = {}
    for cue, categories in cues.items():
        for word in cue:
            homes.setdefault(word, set()).update(categories)
    return {word: log((len(CATEGORIES) + 1) / len(found)) for word, found in homes.items()}


@of_present
def _by_rarest_word(_: Changes) -> Mapping[str, tuple[_Weighed, ...]]:
    """Made at its first use: needed only while there is a category that nobody trained yet."""
    cues = _cues()
    rarity = _rarity(cues)
    found: dict[str, list[_Weighed]] = {}
    for cue, categories in cues.items():
        weight = sum(rarity[word] for word in cue) * (1 + _LONGER * (len(cue) - 1)) / len(categories) ** 0.5
        rarest = max(cue, key=lambda word: rarity[word])
        found.setdefault(rarest, []).append(_Weighed(cue, weight, tuple(sorted(categories))))
    return MappingProxyType({word: tuple(weighed) for word, weighed in found.items()})


def _matched(read: _Read) -> Iterator[tuple[CategoryId, float, Cue]]:
    for word in read.places:
        for weighed in _by_rarest_word().get(word, ()):
            share = read.holds(weighed.cue)
            if share:
                for each in weighed.categories:
                    yield each, weighed.weight * share, weighed.cue


def _sum(cues: Iterable[tuple[float, Cue]]) -> float:
    """Heaviest cue first; of each further one only the share of words that were not counted yet."""
    used: set[str] = set()
    whole = 0.0
    for weight, cue in sorted(cues, reverse=True):
        whole += weight * len(set(cue) - used) / len(cue)
        used.update(cue)
    return whole
