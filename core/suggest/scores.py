"""Categories ranked by their cues: a longer and rarer cue weighs more, and no word is counted twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Final

from core.categories import CATEGORIES, NOISE, category
from core.model import CategoryId
from core.suggest.urgent import is_urgent
from core.suggest.words import stems

MOST: Final = 5
_LEAST: Final = 1.6  # weight below which a cue is no more than chance
_BESIDE_BEST: Final = 0.25  # of the best one's weight, or a category is not worth showing
_HALF: Final = 4.0  # weight that scores one half
_SCATTERED: Final = 0.7  # what a cue is worth when its words stand near each other, not in its order
_LONGER: Final = 0.2  # what each further word adds to a cue
_NEAR: Final = 5  # words that may stand between those of a scattered cue
_RESTRICTED: Final = 1.3  # to read a restricted report as an open one is the worse mistake of the two
_LOOKED_AT: Final = 12  # places of one word that are looked at

Cue = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Categories with scores from 0 to 1, best first, at most five; none where nothing speaks for any.

    `emergency`: it happens right now; `restricted`: only one agency may read what is ranked first.
    """

    ranked: tuple[tuple[CategoryId, float], ...] = ()
    emergency: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class _Weighed:
    cue: Cue
    weight: float
    categories: tuple[CategoryId, ...]


def suggest(text: str) -> Suggestion:
    """Pure and quick; what stands behind the first 5,000 characters is not read."""
    words = stems(text)
    ranked = _ranked(_Read(_without_noise(words)))
    first = category(ranked[0][0]) if ranked else None
    return Suggestion(ranked, is_urgent(text), bool(first and first.restricted))


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
            found.setdefault(tuple(stems(cue)), set()).add(each.id)
    return found


def _rarity(cues: Mapping[Cue, set[CategoryId]]) -> Mapping[str, float]:
    """The fewer categories a word speaks for, the more it says."""
    homes: dict[str, set[CategoryId]] = {}
    for cue, categories in cues.items():
        for word in cue:
            homes.setdefault(word, set()).update(categories)
    return {word: log((len(CATEGORIES) + 1) / len(found)) for word, found in homes.items()}


def _by_rarest_word() -> Mapping[str, tuple[_Weighed, ...]]:
    cues = _cues()
    rarity = _rarity(cues)
    found: dict[str, list[_Weighed]] = {}
    for cue, categories in cues.items():
        weight = sum(rarity[word] for word in cue) * (1 + _LONGER * (len(cue) - 1)) / len(categories) ** 0.5
        rarest = max(cue, key=lambda word: rarity[word])
        found.setdefault(rarest, []).append(_Weighed(cue, weight, tuple(sorted(categories))))
    return MappingProxyType({word: tuple(weighed) for word, weighed in found.items()})


_CUES: Final = _by_rarest_word()


def _by_first_word(cues: Iterable[str]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        words = tuple(stems(cue))
        found.setdefault(words[0], []).append(words)
    return MappingProxyType({word: tuple(sorted(each, key=len, reverse=True)) for word, each in found.items()})


_NOISE: Final = _by_first_word(NOISE)


def _without_noise(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(words):
        names = _NOISE.get(words[at], ())
        size = next((len(name) for name in names if tuple(words[at : at + len(name)]) == name), 0)
        found.append("" if size else words[at])  # a gap, so that its neighbours are none
        at += size or 1
    return found


def _matched(read: _Read) -> Iterator[tuple[CategoryId, float, Cue]]:
    for word in read.places:
        for weighed in _CUES.get(word, ()):
            share = read.holds(weighed.cue)
            if share:
                for each in weighed.categories:
                    yield each, weighed.weight * share, weighed.cue


def _ranked(read: _Read) -> tuple[tuple[CategoryId, float], ...]:
    found: dict[CategoryId, list[tuple[float, Cue]]] = {}
    for each, weight, cue in _matched(read):
        found.setdefault(each, []).append((weight, cue))
    sums = {each: _sum(cues) * (_RESTRICTED if category(each).restricted else 1) for each, cues in found.items()}
    least = max((_LEAST, max(sums.values(), default=0) * _BESIDE_BEST))
    best = sorted((-weight, each) for each, weight in sums.items() if weight >= least)
    return tuple((each, round(-weight / (_HALF - weight), 3)) for weight, each in best[:MOST])


def _sum(cues: Iterable[tuple[float, Cue]]) -> float:
    """Heaviest cue first; of each further one only the share of words that were not counted yet."""
    used: set[str] = set()
    whole = 0.0
    for weight, cue in sorted(cues, reverse=True):
        whole += weight * len(set(cue) - used) / len(cue)
        used.update(cue)
    return whole
