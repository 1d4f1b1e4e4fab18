"""How people cut and announce place names: plain words, kept apart from the rules that read them."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from core.city import read
from core.toml_rows import word_table

_TABLE: Final = read("place_words.toml", needed=False)
_WORDS: Final = defaultdict(
    frozenset[str], {name: frozenset(words) for name, words in word_table(_TABLE, "words").items()}
)
SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {cut: word for word, cuts in word_table(_TABLE, "short").items() for cut in cuts}
)
KELURAHAN: Final = _WORDS["kelurahan"]
KECAMATAN: Final = _WORDS["kecamatan"]
STREET: Final = _WORDS["street"]
STREET_TITLES: Final = _WORDS["street_titles"]
KILOMETRE: Final = _WORDS["kilometre"]
TOWARD: Final = _WORDS["toward"]
PLACING: Final = _WORDS["placing"]
NEAR: Final = _WORDS["near"]
IN: Final = _WORDS["in"]
KINDS: Final = _WORDS["kinds"]
BESIDE: Final = _WORDS["beside"]
DIRECTIONS: Final = _WORDS["directions"]
FILLER: Final = KELURAHAN | KECAMATAN | PLACING | IN | _WORDS["filler"]
