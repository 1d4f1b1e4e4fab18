"""Finding names in a text, and how firmly each one speaks of a place: behind kel or kec, bare, as a street."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice
from typing import Final, NamedTuple

from core.analysis import remembered
from core.areas.gazetteer import children
from core.model import AreaCode
from core.places.abbreviations import (
    FILLER,
    IN,
    KECAMATAN,
    KELURAHAN,
    NEAR,
    PLACING,
    SHORT,
    STREET,
    STREET_TITLES,
    TOWARD,
)
from core.places.index import NAMES, SHORTEST, Name, key, meant, plain
from core.places.likelihood import READ, Look, likelihoods

_KEPT: Final = 0.0  # odds, as a logarithm, below which a name is left out
_TAKEN: Final = 1.0  # odds from which it is one though it may be none
_SURE: Final = 2.0  # odds from which nobody need be asked about it
_NAMES_READ: Final = 30  # who lists more than that names no place
_WORDS_IN_A_NAME: Final = 5
_WORDS_IN_A_SLIP: Final = 3
_TITLES: Final = 3  # that may stand between jl and a name: prof dr h
_WORD: Final = re.compile(r"([a-z0-9]+)([^a-z0-9]*)")
_STOPS: Final = frozenset(",;:!?()/\n")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_SURE_SLIP: Final = 8  # letters from which a mistyped name is believed without kel or kec before it
_PARTS: Final = frozenset(("rt", "rw", "gg", "gang"))
_PART: Final = re.compile(r"r[tw]\d{1,3}")
_PLACED_SLIP: Final = 7  # letters that are enough behind in, at, around
_NO_NAME: Final = ("", "")
_MARKING: Final = KELURAHAN | KECAMATAN
_ABBREVIATED: Final = KELURAHAN | KECAMATAN | STREET | STREET_TITLES | frozenset(SHORT)


class Firmness(IntEnum):
    """How firmly a name was said, weakest first."""

    TOWARD = 0
    STREET = 1
    BARE = 2
    KECAMATAN = 3
    KELURAHAN = 4


class SpokenWord(NamedTuple):
    """A word of a text as it is read: lower case, letters and digits."""

    text: str
    long: str  # without abbreviation
    ends: bool  # a comma, a full stop or the like stands behind it
    span: tuple[int, int]  # where it stands in the text, in characters


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name in a text, from word `start` to before word `end`; `readings` are the areas that it may mean."""

    name: Name
    start: int
    end: int
    mark: Firmness = Firmness.BARE
    placed: bool = False  # behind in, at, around
    slip: bool = False  # written in another way than it is spelt
    likely: bool = False  # perhaps no name: to be asked about
    readings: tuple[AreaCode, ...] = ()


@remembered
def mentions(text: str, /) -> Sequence[PlaceMention]:
    """Every name in a text that is meant as one, in order."""
    words = spoken(text)
    found = named(words)
    if _nothing_else(words, found):
        return found
    looked = looks(words, found)
    likely = likelihoods(text, looked)
    return tuple(
        replace(each, likely=odds < _SURE and _may_be_none(each, look))
        for each, look, odds in zip(found, looked, likely, strict=True)
        if _is_meant(each, look, odds)
    )


def _is_meant(each: PlaceMention, look: Look, odds: float) -> bool:
    if not each.readings:
        return look.said
    return odds >= (_TAKEN if _may_be_none(each, look) else _KEPT)


def _may_be_none(each: PlaceMention, look: Look) -> bool:
    """An everyday word that nothing announces, or one that is only like the name of a known place."""
    return not look.said or (each.slip and bool(each.name.place))


def named(words: Sequence[SpokenWord]) -> list[PlaceMention]:
    """Every name that may be meant as one, in order."""
    return [_placed(words, each) for each in islice(_all(words), _NAMES_READ)]


def looks(words: Sequence[SpokenWord], found: Sequence[PlaceMention]) -> list[Look]:
    """What is known of each without the words around it."""
    after = {each.start: each for each in found}
    return [
        Look(
            (words[each.start].span[0], words[each.end - 1].span[1]),
            not each.name.everyday or _announced(words, each, after),
            (
                each.name.everyday,
                each.name.after_di_too,
                *(each.mark is mark for mark in Firmness),
                each.placed,
                each.slip,
                bool(each.name.place),
                len(found) == 1,
                each is found[0],
            ),
        )
        for each in found
    ]


def spoken(text: str) -> list[SpokenWord]:
    """The words of a text, as far as it is read."""
    read, at = _folded(text[:READ])
    stretched = _STRETCHED.search(read) is not None
    words = []
    for found in _WORD.finditer(read):
        word, behind = found.groups()
        start, end = found.span(1)
        if stretched:
            word = _STRETCHED.sub(r"\1", word)
        ends = bool(behind) and behind != " " and _ends(word, behind)
        words.append(SpokenWord(word, SHORT.get(word, word), ends, (at[start], at[end - 1] + 1)))
    return words


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read, and where each of its letters stands in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters = [(letter, at) for at, sign in enumerate(text) for letter in plain(sign)]
    return "".join(letter for letter, _ in letters), [at for _, at in letters]


def _ends(word: str, behind: str) -> bool:
    return bool(_STOPS.intersection(behind)) or ("." in behind and behind != "." and word not in _ABBREVIATED)


def _keys(words: Sequence[SpokenWord], start: int) -> list[str]:
    """The letters of the next word, of the next two and so on, as far as no comma parts them."""
    found: list[str] = []
    letters = ""
    for word in words[start : start + _WORDS_IN_A_NAME]:
        letters += word.long
        found.append(letters)
        if word.ends:
            break
    return found


def _slips(rows: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """What is meant by those that are a name in another way than it is spelt, as `meant`."""
    return {row: found for row in rows if (found := meant(row)) != _NO_NAME}


def _all(words: Sequence[SpokenWord]) -> Iterator[PlaceMention]:
    """The longest name at each place; where there is none, the longest mistyped one."""
    keys = [_keys(words, start) for start in range(len(words))]
    starts = {start for start, row in enumerate(keys) if not NAMES.keys().isdisjoint(row)}
    slips = _slips({each for row in keys for each in row[:_WORDS_IN_A_SLIP]})
    start = 0
    while start < len(words):
        row = keys[start]
        found = _exact(row, start, street=_behind_street(words, start)) if start in starts else None
        if found is None and not slips.keys().isdisjoint(row):
            found = _slip(row, start, starts, words[start - 1].text if start else "", slips)
        if found:
            yield found
        start = found.end if found else start + 1


def _least(before: str) -> int:
    """Letters that a mistyped name must have, by the word before it: the surer that a place comes, the fewer."""
    if before in _MARKING:
        return SHORTEST
    return _PLACED_SLIP if before in IN or before in PLACING else _SURE_SLIP


def _exact(row: Sequence[str], start: int, *, street: bool) -> PlaceMention | None:
    for size in range(len(row), 0, -1):
        name = NAMES.get(row[size - 1])
        if name is not None and (street or not name.only_street):
            return PlaceMention(name, start, start + size)
    return None


def _slip(
    row: Sequence[str], start: int, starts: set[int], before: str, meanings: Mapping[str, tuple[str, str]]
) -> PlaceMention | None:
    """A name of at least so many letters, never over the beginning of one that is written right."""
    for size in range(min(len(row), _WORDS_IN_A_SLIP), 0, -1):
        slip, short = meanings.get(row[size - 1], _NO_NAME)
        name = slip if len(slip) >= _least(before) else short
        if name and starts.isdisjoint(range(start + 1, start + size)):
            return PlaceMention(NAMES[name], start, start + size, slip=True)
    return None


def _placed(words: Sequence[SpokenWord], each: PlaceMention) -> PlaceMention:
    mark = _mark(words, each)
    before = words[each.start - 1].text if each.start else ""
    return replace(each, mark=mark, placed=before in IN, readings=_readings(each.name, mark))


def _mark(words: Sequence[SpokenWord], each: PlaceMention) -> Firmness:
    if each.start and words[each.start - 1].text in KELURAHAN:
        return Firmness.KELURAHAN
    if each.start and words[each.start - 1].text in KECAMATAN:
        return Firmness.KECAMATAN
    if _is_street(words, each):
        return Firmness.STREET
    if each.start and words[each.start - 1].text in TOWARD and not words[each.start - 1].ends:
        return Firmness.TOWARD
    return Firmness.BARE


def _is_street(words: Sequence[SpokenWord], each: PlaceMention) -> bool:
    if each.end < len(words) and words[each.end].text == "raya" and not words[each.end - 1].ends:
        return True
    return _behind_street(words, each.start)


def _behind_street(words: Sequence[SpokenWord], start: int) -> bool:
    """Behind jl, gang, raya, or behind titles that stand behind one of them."""
    before = words[max(start - 1 - _TITLES, 0) : start]
    if not before or before[-1].ends:
        return False
    if before[-1].text == "raya":
        return True
    for word in reversed(before):
        if word.text in STREET:
            return True
        if word.text not in STREET_TITLES:
            return False
    return False


def _readings(name: Name, mark: Firmness) -> tuple[AreaCode, ...]:
    whole = (name.kecamatan,) if name.kecamatan else ()
    if mark is Firmness.STREET and name.street:
        return name.street
    if mark is Firmness.KELURAHAN:
        return name.kelurahan or (*_namesakes(name), *whole) or name.place
    if mark is Firmness.KECAMATAN:
        return whole or name.kelurahan or name.place
    elsewhere = tuple(code for code in name.kelurahan if not (name.kecamatan and code.startswith(name.kecamatan)))
    return (*whole, *elsewhere) or name.place


def _namesakes(name: Name) -> Iterator[AreaCode]:
    """Kelurahan that carry the name of their kecamatan with a direction: kel. Tebet is Tebet Timur or Tebet Barat."""
    if name.kecamatan:
        for each in children(name.kecamatan):
            if key(plain(each.name).split()[:-1]) in NAMES and NAMES[key(plain(each.name).split()[:-1])] is name:
                yield each.code


def _nothing_else(words: Sequence[SpokenWord], found: Sequence[PlaceMention]) -> bool:
    named = {at for each in found for at in range(each.start, each.end)}
    alone = all(at in named or word.text in FILLER or word.text.isdigit() for at, word in enumerate(words))
    return alone and not any(each.placed and each.name.after_di_too for each in found)


def _announced(words: Sequence[SpokenWord], each: PlaceMention, after: dict[int, PlaceMention]) -> bool:
    """A name that is an everyday word too is meant as a name: by what stands before it, or its kecamatan behind it."""
    if each.mark in {Firmness.KELURAHAN, Firmness.KECAMATAN}:
        return True
    if each.mark is Firmness.STREET:  # jalan baru, jalan tengah: no name
        return not each.name.after_di_too
    if each.mark is Firmness.TOWARD or (each.placed and each.name.after_di_too):
        return False
    if each.placed or (each.start and words[each.start - 1].text in PLACING) or _lived_in(words, each):
        return True
    skip = each.end < len(words) and words[each.end].text in KECAMATAN
    behind = after.get(each.end + skip)
    return behind is not None and any(a != b and a.startswith(b) for a in each.readings for b in behind.readings)


def _lived_in(words: Sequence[SpokenWord], each: PlaceMention) -> bool:
    """An RT, RW or numbered gang stands behind it; or a text begins with it, and says what it is near to."""
    if each.name.after_di_too and each.end - each.start == 1:
        return False
    behind = [word.text for word in words[each.end : each.end + 2]]
    if len(behind) > 1 and behind[0] in _PARTS and behind[1].isdigit():
        return True
    return bool(behind) and (bool(_PART.fullmatch(behind[0])) or (each.start == 0 and behind[0] in NEAR))
