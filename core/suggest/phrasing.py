"""Words of no subject taken out of a message, by phrases, word by word."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from core.areas import AREAS
from core.categories import CATEGORIES, NOISE
from core.city import read
from core.city.present import Changes, of_present
from core.suggest.words import Word, stems
from core.toml_rows import word_table

Cue = tuple[str, ...]
GAP: Final = Word("", "")  # where a name was, so that its neighbours are none


def _by_first_word(cues: Iterable[str]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        words = tuple(stems(cue))
        if not words:
            continue
        found.setdefault(words[0], []).append(words)
    return MappingProxyType({word: tuple(sorted(each, key=len, reverse=True)) for word, each in found.items()})


def _names() -> list[str]:
    """Names of areas, without those that are a word of some cue themselves: Karet, Tengah, Baru."""
    speaking = {word for each in CATEGORIES for cue in each.cues for word in stems(cue)}
    names = sorted({each.name for each in AREAS.values()})
    return [name for name in names if len(stems(name)) > 1 or speaking.isdisjoint(stems(name))]


@of_present
def _noise(_: Changes) -> Mapping[str, tuple[Cue, ...]]:
    """Made at its first use: most commands read no message."""
    return _by_first_word((*NOISE, *_names()))


def without_noise(words: Sequence[Word]) -> list[Word]:
    """The words, with a gap for each name and landmark that says nothing of the subject."""
    noise = _noise()
    said = [word.stem for word in words]
    found: list[Word] = []
    at = 0
    while at < len(words):
        names = noise.get(said[at], ())
        size = next((len(name) for name in names if tuple(said[at : at + len(name)]) == name), 0)
        found.append(GAP if size else words[at])
        at += size or 1
    return found


@cache
def _before_names() -> frozenset[str]:
    """Made at its first use, as the noise is."""
    said = word_table(read("place_words.toml", needed=False), "words")
    return frozenset(word for kind in ("kelurahan", "kecamatan", "in") for word in said.get(kind, ()))


def names_alone(words: Sequence[Word]) -> bool:
    """Whether nothing is said but where: names of areas, and what stands before one."""
    return GAP in words and all(word == GAP or word.said in _before_names() for word in words)
