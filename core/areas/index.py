"""Every name that can be read, ready for look-up: built once, so that reading is a few look-ups a word."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, repeat
from types import MappingProxyType
from typing import Final

from core.areas.rows import BadRow, Row, read, rows, text, texts
from core.areas.sites import KNOWN, sites
from core.areas.table import AREAS, Area
from core.areas.words import SHORT
from core.model import AreaCode

SHORTEST: Final = 6  # letters of a name that a slip of the finger can be forgiven in
_DIRECTIONS: Final = frozenset(("utara", "selatan", "barat", "timur"))
_NO_VOWELS: Final = str.maketrans("", "", "aeiou")
_LEAST_BONES: Final = 5  # consonants that tell a name without its vowels
_LEAST_SINGLE: Final = 5  # letters that tell a name in which one was doubled
_VOWELS_LEFT: Final = 1
_DOUBLED: Final = re.compile(r"([a-z])\1")
_NO_FAMILY: Final = frozenset(("duri", "sukabumi"))  # a thorn, a town far away


@dataclass(frozen=True, slots=True)
class Name:
    """What a name may mean: a kecamatan, kelurahan of that very name, or areas of a popular place."""

    kecamatan: AreaCode | None = None
    kelurahan: tuple[AreaCode, ...] = ()
    place: tuple[AreaCode, ...] = ()
    city: AreaCode | None = None
    outside: str = ""
    street: tuple[AreaCode, ...] = ()  # where a street of that name runs, read only of a street
    everyday: bool = False
    after_di_too: bool = False

    @property
    def named(self) -> bool:
        """Whether it names an area or a place in the city."""
        return bool(self.kecamatan or self.kelurahan or self.place or self.city)

    @property
    def only_street(self) -> bool:
        """Whether the name means nothing unless a street is spoken of."""
        return bool(self.street) and self == Name(street=self.street)


def plain(words: str) -> str:
    """Lower case, compatibility forms folded, accents dropped."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in folded if not unicodedata.combining(each))


def key(words: Iterable[str]) -> str:
    """The letters of a name whichever way it is cut into words: pulo gadung, pulogadung."""
    return "".join(SHORT.get(word, word) for word in words)


def _key(name: str) -> str:
    return key(plain(name).split())


def _with_area(found: Name, each: Area) -> Name:
    if each.kind == "kecamatan":
        return replace(found, kecamatan=each.code)
    if each.kind == "kelurahan":
        return replace(found, kelurahan=tuple(dict.fromkeys((*found.kelurahan, each.code))))
    return replace(found, city=each.code)


def _spellings(each: Area | Row) -> Iterator[str]:
    if isinstance(each, Area):
        yield from (_key(name) for name in (each.name, *each.aliases))
    else:
        yield from (_key(name) for name in (text(each, "name"), *texts(each, "aliases")))


def _families() -> Mapping[str, tuple[AreaCode, ...]]:
    """Kelurahan that differ by a direction only, under what they share: cipete, petojo, gunung sahari."""
    found: dict[str, list[AreaCode]] = {}
    for each in AREAS.values():
        *head, last = plain(each.name).split()
        if each.kind == "kelurahan" and head and last in _DIRECTIONS:
            found.setdefault(key(head), []).append(each.code)
    return {name: tuple(codes) for name, codes in found.items() if len(codes) > 1 and name not in _NO_FAMILY}


def _area_names() -> dict[str, Name]:
    found: dict[str, Name] = {}
    for each in AREAS.values():
        for spelling in _spellings(each):
            found[spelling] = _with_area(found.get(spelling, Name()), each)
    return found


def _codes(codes: Iterable[str]) -> tuple[AreaCode, ...]:
    return tuple(AREAS[AreaCode(code)].code for code in codes)


def _place(row: Row) -> Name:
    if text(row, "known") not in KNOWN:
        raise BadRow(row, "known")
    return Name(place=_codes(texts(row, "areas")))


def _other_names(data: Row) -> Iterator[tuple[str, Name]]:
    for row in rows(data, "place"):
        yield from ((spelling, _place(row)) for spelling in _spellings(row))
    yield from ((spelling, Name(place=codes)) for spelling, codes in _families().items())
    for row in rows(data, "outside"):
        yield from ((spelling, Name(outside=text(row, "name"))) for spelling in _spellings(row))


def _with_sites(found: dict[str, Name], data: Row) -> None:
    for site in chain.from_iterable(map(sites, rows(data, "site"))):
        spelling, codes = _key(site.name), _codes(site.codes)
        if site.street:
            found[spelling] = replace(found.get(spelling, Name()), street=codes)
        else:
            found.setdefault(spelling, Name(place=codes))


def _names(data: Row, more: Row) -> Mapping[str, Name]:
    """What is an area's name stays one; what is written down in the data files goes before what is derived."""
    found = _area_names()
    for spelling, name in _other_names(data):
        found.setdefault(spelling, name)
    _with_sites(found, more)
    for words in texts(data, "no_place"):
        found[_key(words)] = Name()
    for word in texts(data, "everyday"):
        found[_key(word)] = replace(found[_key(word)], everyday=True)
    for word in texts(data, "after_di_too"):
        found[_key(word)] = replace(found[_key(word)], after_di_too=True)
    return MappingProxyType(found)


def _without_one(word: str) -> Iterator[str]:
    """A word without one letter, never the first: that one is seldom mistyped."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _forgiving(name: str) -> bool:
    found = NAMES[name]
    return len(name) >= SHORTEST and name.isalpha() and found.named and not found.everyday


def _slips() -> Mapping[str, str]:
    """Names without one letter; what two names share is left out, for it would be a guess."""
    found: dict[str, str] = {}
    for name in filter(_forgiving, NAMES):
        for slip in _without_one(name):
            found[slip] = "" if found.get(slip, name) != name else name
    return MappingProxyType(found)


def _short_forms(shorten: Callable[[str], str], least: int) -> Mapping[str, str]:
    """Names of areas under a short form; one that two share, or that is as short as a word, is left out."""
    found: dict[str, str] = {}
    for name, each in NAMES.items():
        short = shorten(name)
        if len(short) >= least and not each.everyday and (each.kecamatan or each.kelurahan):
            found[short] = "" if found.get(short, name) != name else name
    return MappingProxyType(found)


def _bones(name: str) -> str:
    return name.translate(_NO_VOWELS)


def _single(name: str) -> str:
    return _DOUBLED.sub(r"\1", name)


_DATA = read("places.toml")
SITES: Final = read("sites.toml")
NAMES: Mapping[str, Name] = _names(_DATA, SITES)
_LONGEST: Final = max(len(name) for name in NAMES)
_SLIPS = _slips()
_NEVER: Final = frozenset(_key(word) for word in texts(_DATA, "never_a_typo"))
_BONES: Final = _short_forms(_bones, _LEAST_BONES)
_SINGLE: Final = _short_forms(_single, _LEAST_SINGLE)
_HEADS: Final = frozenset(name[:3] for name in NAMES if _forgiving(name))
_TAILS: Final = frozenset(name[-3:] for name in NAMES if _forgiving(name))


def mistyped(word: str, least: int = SHORTEST) -> str:
    """The name of at least so many letters that differs by one too many, too few, wrong or swapped; else ""."""
    if not least - 1 <= len(word) <= _LONGEST + 1 or word in _NEVER:
        return ""
    if word[:3] not in _HEADS and word[-3:] not in _TAILS:  # one slip leaves the head or the tail as it was
        return ""
    found = _SLIPS.get(word, "") or next(filter(None, map(_one_off, repeat(word), _without_one(word))), "")
    return found if len(found) >= least else ""


def _one_off(word: str, shorter: str) -> str:
    if shorter in NAMES and _forgiving(shorter):
        return shorter
    found = _SLIPS.get(shorter, "")
    return found if len(found) == len(word) else ""


def clipped(word: str) -> str:
    """The name that a word is without most of its vowels, or with letters doubled: pncoran, cikinni; else ""."""
    bones = _bones(word)
    name = _BONES.get(bones, "")
    if name and len(name) - len(word) > 1 and len(word) - len(bones) <= _VOWELS_LEFT:
        return name
    return _SINGLE.get(_single(word), "") if _DOUBLED.search(word) else ""
