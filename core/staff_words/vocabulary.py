"""The lists of vocabulary.toml: one spelling of many, and what a word is in a question."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from core.toml_rows import parsed

TABLES: Final = "vocabulary.toml"


def _lists(name: str) -> Mapping[str, tuple[str, ...]]:
    table = parsed(files(__package__).joinpath(TABLES).read_text("utf-8"))[name]
    return {str(key): tuple(str(words).split()) for key, words in table.items()}


def _turned(lists: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """A word that stands in two lists counts in the first."""
    found: dict[str, str] = {}
    for key, words in lists.items():
        for word in words:
            found.setdefault(word, key)
    return MappingProxyType(found)


LISTS: Final = _lists("persons")
_SAME_LISTS: Final = _lists("same")
SAME: Final = _turned(_SAME_LISTS)
KIND: Final = _turned(_lists("kinds"))
KNOWN: Final = frozenset((*SAME, *_SAME_LISTS, *KIND))
_ENDINGS: Final = (
    ("mu", "mu"),
    ("nya", "nya"),
    ("nye", "nya"),
    ("ku", "ku"),
    ("kah", ""),
    ("lah", ""),
    ("ne", "nya"),
    ("na", "nya"),
    ("e", "nya"),
)
_BARE: Final = frozenset(("mu", "nya", "kah"))  # may stand behind any word
_LEAST: Final = {"nya": 2, "nye": 2, "mu": 2, "e": 4}
_STEM: Final = 3  # letters of a word that no list knows


def parts(word: str) -> Iterator[str]:
    """A word in its one spelling, and behind it what hangs on it: "namamu" is "nama", "mu"."""
    if word in KNOWN:
        yield SAME.get(word, word)
        return
    for ending, said in _ENDINGS:
        stem = word.removesuffix(ending)
        least = _LEAST.get(ending, _STEM)
        if stem != word and len(stem) >= least and (stem in KNOWN or (ending in _BARE and len(stem) >= _STEM)):
            yield SAME.get(stem, stem)
            if said:
                yield said
            return
    yield word
