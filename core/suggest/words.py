"""Plain words out of informal ones: abbreviations, stretched letters and affixes folded, so that cues meet them."""

import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from core.analysis import remembered
from core.dictionary import by_word
from core.toml_rows import parsed

_READ: Final = 5_000  # characters; what a report is about was said by then
_WORD: Final = re.compile(r"[a-z0-9]+")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_TWICE: Final = re.compile(r"(?<=[a-z])2$")  # rumah2 is how rumah-rumah is typed
_SHORTEST: Final = 4  # letters that an affix leaves, or it is none
_ENDINGS: Final = ("nya", "lah", "kah", "kan", "in", "an")
_BEGINNINGS: Final = (  # what stands before a stem, and the letter that it swallowed
    ("meny", "s"),
    ("meng", ""),
    ("nge", ""),
    ("mem", ""),
    ("men", ""),
    ("ber", ""),
    ("ter", ""),
    ("me", ""),
    ("di", ""),
    ("ng", ""),
)
_SWALLOWED: Final = {"mem": "p", "men": "t"}
_VOWELS: Final = "aiueo"


def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return parsed(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


_TABLES = _tables()
_SAME: Final[Mapping[str, str]] = MappingProxyType(
    {way: word for word, ways in _TABLES["same"].items() for way in (word, *ways)}
)
_FILLER: Final = frozenset(_TABLES["filler"]["words"])
_WHOLE: Final = frozenset(_TABLES["whole"]["words"])


class Word(NamedTuple):
    """A word as it was said, folded to small letters, and the one form that it shares with its kin."""

    said: str
    stem: str


def read(text: str) -> list[Word]:
    """The words that carry meaning, in order; one that is said twice in a row stands once."""
    folded = unicodedata.normalize("NFKC", text[:_READ])[:_READ].casefold().replace("'", "").replace("\u2019", "")
    found: list[Word] = []
    last = ""
    for said in _WORD.findall(_STRETCHED.sub(r"\1", folded)):
        word = _word(said)
        if word is not None and word.stem != last:
            found.append(word)
            last = word.stem
    return found


@by_word
@remembered
def _word(said: str, /) -> Word | None:
    """None: it carries no meaning."""
    word = _TWICE.sub("", said)
    stem = _stem(word)
    return None if stem in _FILLER else Word(word, stem)


def stems(text: str) -> list[str]:
    """The words that carry meaning, in order, each in the one form that cues have too."""
    return [word.stem for word in read(text)]


def _stem(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    if word in _FILLER or word in _WHOLE:
        return word
    short = _without_beginning(_without_ending(word))
    return _SAME.get(short, short)


def _without_ending(word: str) -> str:
    if word.endswith("s") and len(word) > _SHORTEST and word[-2] != "s":
        return word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not _splits(word, ending):
            bare = word.removesuffix(ending)
            return bare if ending != "nya" or bare in _SAME or bare in _WHOLE else _without_ending(bare)
    return word


def _splits(word: str, ending: str) -> bool:
    """A k between vowels belongs to the stem: sogok-an, but bersih-kan."""
    return ending == "kan" and word[-4] in _VOWELS


def _without_beginning(word: str) -> str:
    for beginning, swallowed in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST - 1 + (not swallowed):
            rest = word.removeprefix(beginning)
            return (swallowed or (_SWALLOWED.get(beginning, "") if rest[0] in _VOWELS else "")) + rest
    return word
