"""Every name that can be read, ready for look-up: built once, so that reading is a few look-ups a word."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from core.areas.gazetteer import AREAS, Area
from core.city import read
from core.dictionary import by_word
from core.model import AreaCode
from core.places.abbreviations import DIRECTIONS, SHORT
from core.places.sites import KNOWN, sites
from core.toml_rows import BadRow, Row, rows, text, texts

SHORTEST: Final = 6  # letters of a name that a slip of the finger can be forgiven in
_NO_VOWELS: Final = str.maketrans("", "", "aeiou")
_LEAST_BONES: Final = 5  # consonants that tell a name without its vowels
_LEAST_KEPT: Final = 3
_LEAST_SINGLE: Final = 5  # letters that tell a name in which one was doubled
_DOUBLED: Final = re.compile(r"([a-z])\1")


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
    if words.isascii():
        return words.lower()
    folded = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in folded if not unicodedata.combining(each))


def key(words: Iterable[str]) -> str:
    """The letters of a name whichever way it is cut into words: pulo gadung, pulogadung."""
    return "".join(SHORT.get(word, word) for word in words)


def _key(name: str) -> str:
    return key(plain(name).split())


def _with_area(found: Name, each: Area) -> Name:
    if each.finest:
        return replace(found, kelurahan=tuple(dict.fromkeys((*found.kelurahan, each.code))))
    if each.depth == 0 and not each.district:
        return replace(found, city=each.code)
    return replace(found, kecamatan=each.code)


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
        if each.finest and head and last in DIRECTIONS:
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
    for row in rows(data, "place", needed=False):
        yield from ((spelling, _place(row)) for spelling in _spellings(row))
    yield from ((spelling, Name(place=codes)) for spelling, codes in _families().items())
    for row in rows(data, "outside", needed=False):
        yield from ((spelling, Name(outside=text(row, "name"))) for spelling in _spellings(row))


def _with_sites(found: dict[str, Name], data: Row) -> None:
    for site in chain.from_iterable(map(sites, rows(data, "site", needed=False))):
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


def _ends(end: Callable[[str, int], str]) -> Mapping[int, AbstractSet[str]]:
    """By the length of a word, the ends of names that are as long, or a letter shorter or longer."""
    found: dict[int, set[str]] = {long: set() for long in range(_LONGEST + 2)}
    for name in _FORGIVING:
        for long in range(len(name) - 1, len(name) + 2):
            found[long].add(end(name, _kept(long)))
    return MappingProxyType(found)


def _kept(long: int) -> int:
    """How many letters of its head or its tail a slip leaves to a name, of which it makes a word of so many letters."""
    return max(_LEAST_KEPT, (long - 2) // 2)


_DATA = read("places.toml", needed=False)
_NO_FAMILY: Final = frozenset(texts(_DATA, "no_family"))
SITES: Final = read("sites.toml", needed=False)
NAMES: Mapping[str, Name] = _names(_DATA, SITES)
_LONGEST: Final = max((len(name) for name in NAMES), default=0)
_SLIPS = _slips()
_NEVER: Final = frozenset(_key(word) for word in texts(_DATA, "never_a_typo"))
_BONES: Final = _short_forms(_bones, _LEAST_BONES)
_SINGLE: Final = _short_forms(_single, _LEAST_SINGLE)
_FORGIVING: Final = frozenset(filter(_forgiving, NAMES))
_COUNTED: Final = {
    chr(ord("a") + at): 1 << 5 * at for at in range(26)
}  # a sum of them says how often each letter stands
_LEFT: Final = frozenset(sum(_COUNTED[each] for each in word) for word in (*_FORGIVING, *_SLIPS))
_HEADS: Final = _ends(lambda name, kept: name[:kept])
_TAILS: Final = _ends(lambda name, kept: name[-kept:])
_ENDS: Final = [(_kept(long), _HEADS[long], _TAILS[long]) for long in range(_LONGEST + 2)]
_TWO_VOWELS: Final = re.compile("[aeiou][^aeiou]*[aeiou]")


def mistyped(word: str) -> str:
    """The name that differs by one letter too many, too few, wrong or swapped with its neighbour; else ""."""
    long = len(word)
    if not SHORTEST - 1 <= long <= _LONGEST + 1:
        return ""
    # One slip leaves the head or the tail of a name as it was.
    kept, heads, tails = _ENDS[long]
    if (word[:kept] not in heads and word[-kept:] not in tails) or word in _NEVER:
        return ""
    return _SLIPS.get(word, "") or (_one_off(word) if _has_letters_of_a_slip(word) else "")


@by_word
def meant(word: str) -> tuple[str, str]:
    """As `mistyped` and as `clipped`, of one word or of several written as one."""
    return mistyped(word), clipped(word)


def _has_letters_of_a_slip(word: str) -> bool:
    """Whether its letters without one of them, in any order, are those of a name or of a name without one."""
    counted = [_COUNTED.get(each, 0) for each in word]
    return not _LEFT.isdisjoint(map(sum(counted).__sub__, set(counted)))


def _one_off(word: str) -> str:
    """The name that it is with one letter too many, another letter, or two swapped."""
    for at in range(1, len(word)):
        shorter = word[:at] + word[at + 1 :]
        if shorter in _FORGIVING:
            return shorter
        found = _SLIPS.get(shorter)
        if found and len(found) == len(word):
            return found
    return ""


def clipped(word: str) -> str:
    """The name that a word is without most of its vowels, or with letters doubled: pncoran, cikinni; else ""."""
    if _TWO_VOWELS.search(word) is None:
        name = _BONES.get(_bones(word), "")
        if name and len(name) - len(word) > 1:
            return name
    return _SINGLE.get(_single(word), "") if _DOUBLED.search(word) else ""
