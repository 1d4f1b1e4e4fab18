"""What a map knows by name: streets, markets, stations and schools in free words, and the areas that they lead to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from core.areas.coordinates import FoundAreas, gazetteer, related
from core.areas.gazetteer import AREAS, children
from core.areas.nearby import kilometres
from core.messages import Point
from core.model import AreaCode
from core.places.abbreviations import BESIDE, IN, KECAMATAN, KELURAHAN, KINDS, SHORT, STREET, STREET_TITLES
from core.places.index import NAMES
from core.places.place_mentions import SpokenWord, spoken
from core.ports import Gazetteer, KnownPlace

STREETS: Final = frozenset(("street", "road", "jalan", "toll"))
_CUES_READ: Final = 16
_WORDS_IN_A_NAME: Final = 6
_WORDS_IN_A_SLIP: Final = 4
_WORDS_BEFORE_STREET: Final = 3  # of a name that its street ends: Upper Mill Lane
_LEAST: Final = 4  # letters of a name that is read
_LEAST_SLIP: Final = 8  # of one in which a slip of the finger is forgiven
_LEAST_BARE: Final = 10  # of one that nothing but in or beside announces
_TOO_MANY: Final = 3  # areas that a name may mean which says too little by itself
_MOST: Final = 5
_COMPARED: Final = 24  # places of one name: a hundred streets are called after a flower
_NOWHERE: Final = 1e9
_BEHIND: Final = BESIDE | IN | STREET | KELURAHAN | KECAMATAN | {"no", "nomor", "rt", "rw", "sudah", "udah", "yang"}
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_ROMAN: Final = {numeral: str(number) for number, numeral in enumerate(_ROMANS, start=1)}
_THREES: Final = re.compile(r"\b(?:x|v|xv)?iii\b", re.IGNORECASE)  # a letter that is stretched is read as one


_Places = tuple[KnownPlace, ...]
"""All that bear one name."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where a name may begin, and what makes us think so."""

    start: int
    street: bool = False
    least: int = _LEAST
    words: int = 1
    slips: bool = True


def name_key(name: str) -> str:
    """The letters of a name, however it is cut, shortened and numbered: jl. Hang Tuah IV is hangtuah4."""
    words = [word.text for word in _spoken(name)]
    while len(words) > 1 and words[0] in STREET | STREET_TITLES:
        del words[0]
    return "".join(_letters(words))


def _spoken(text: str) -> list[SpokenWord]:
    return spoken(_THREES.sub(lambda found: _ROMAN.get(found[0].lower(), found[0]), text))


def _letters(words: Iterable[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        if at and word in _ROMAN:
            yield _ROMAN[word]
        else:
            yield word.lstrip("0") if word.isdigit() else SHORT.get(word, word)


def led_to(text: str, found: FoundAreas, cities: Sequence[AreaCode]) -> FoundAreas:
    """Areas of what a text names, beside those that it may mean already; `cities`: those that it names.

    A name in several places leads to those nearest to what else is said. None decides: lists are never whole, and
    another street may bear the same name.
    """
    known = gazetteer()
    heard = _in_cities(_heard(text, known), cities) if known is not None else []
    if not heard:
        return found
    ranked = _ranked(heard, found)
    if not ranked:
        return found
    if not found.candidates:
        return FoundAreas(tuple(ranked[:_MOST]), by_name=True)
    inside = [code for code in ranked if any(related(code, other) for other in found.candidates)]
    finer = [max(code, *(other for other in found.candidates if related(code, other)), key=len) for code in inside]
    others = () if inside else ranked
    return FoundAreas(tuple(dict.fromkeys((*finer, *found.candidates, *others)))[:_MOST])


def _in_cities(heard: Sequence[_Places], cities: Sequence[AreaCode]) -> list[_Places]:
    """What lies in the cities that are named, where something does."""
    if not cities:
        return list(heard)
    kept = []
    for each in heard:
        there = tuple(place for place in each if any(code.startswith(city) for code in place.areas for city in cities))
        kept.append(there or each)
    return kept


def _ranked(heard: Sequence[_Places], found: FoundAreas) -> list[AreaCode]:
    """What several names share first, then by how near it is to what else is said."""
    around = list(_centres(found.candidates))
    shared = Counter(code for places in heard for code in {code for place in places for code in place.areas})
    ranked: dict[AreaCode, tuple[int, float]] = {}
    for places in heard:
        near = around or [place.point for other in heard if other is not places for place in other if place.point]
        if not near and len({code for place in places for code in place.areas}) > _TOO_MANY:
            continue
        for place in places[:_COMPARED]:
            away = _away(place, near[:_COMPARED])
            for code in place.areas[:_MOST]:
                ranked[code] = min(ranked.get(code, (0, _NOWHERE)), (-shared[code], away))
    return sorted(ranked, key=ranked.__getitem__)


def _away(place: KnownPlace, near: Sequence[Point]) -> float:
    here = place.point or next(_centres(place.areas), None)
    if here is None:
        return _NOWHERE
    return round(min((kilometres(here, other) for other in near), default=0.0), 1)


def _centres(codes: Iterable[AreaCode]) -> Iterator[Point]:
    for code in codes:
        area = AREAS[code]
        inner = (area,) if area.centre else children(code)
        yield from (each.centre for each in inner if each.centre)


def _heard(text: str, known: Gazetteer) -> list[_Places]:
    words = _spoken(text)
    found: list[_Places] = []
    unread: list[tuple[_Cue, list[str]]] = []
    end = 0
    for cue in islice(_cues(words), _CUES_READ):
        if cue.start < end:
            continue
        keys = _keys(words, cue)
        if not cue.street and any(key in NAMES for key in keys):
            continue  # an area, or what the city's own lists know better
        exact = next((key for key in reversed(keys) if len(key) >= cue.least and _kept(known.named(key), cue)), None)
        if exact is not None:
            found.append(_kept(known.named(exact), cue))
            end = cue.start + cue.words + keys.index(exact)
        elif cue.slips:
            unread.append((cue, [key for key in keys[:_WORDS_IN_A_SLIP] if len(key) >= _LEAST_SLIP]))
    return found + list(_slips(unread, known))


def _slips(unread: Sequence[tuple[_Cue, Sequence[str]]], known: Gazetteer) -> Iterator[_Places]:
    """All are looked up together, for that is quick."""
    keys = [key for _, row in unread for key in row]
    meant = known.mistyped(keys) if keys else {}
    for cue, row in unread:
        places = next((kept for key in reversed(row) if (kept := _kept(meant.get(key, ()), cue))), ())
        if places:
            yield places


def _kept(places: _Places, cue: _Cue) -> _Places:
    """Streets behind the word for one, and anything else elsewhere."""
    return tuple(place for place in places if (place.kind in STREETS) is cue.street)


def _cues(words: Sequence[SpokenWord]) -> Iterator[_Cue]:
    for at, word in enumerate(words):
        if {word.text, word.long} & STREET:
            before = range(min(at, _WORDS_BEFORE_STREET), 0, -1)
            yield from (_Cue(at - size, street=True, words=size + 1, slips=False) for size in before)
        if word.ends:
            continue
        if word.text in STREET:
            start = at + 1
            while start < len(words) - 1 and words[start].text in STREET_TITLES and not words[start].ends:
                start += 1
            yield _Cue(start, street=True)
        elif word.long in KINDS or word.text in KINDS:
            yield _Cue(at, words=2)
            yield _Cue(at + 1)
        elif word.text in IN or word.text in BESIDE:
            yield _Cue(at + 1, least=_LEAST_BARE, words=2, slips=False)


def _keys(words: Sequence[SpokenWord], cue: _Cue) -> list[str]:
    """The letters of the words from there on, as far as no comma parts them, the shortest first."""
    heard: list[str] = []
    for word in words[cue.start : cue.start + _WORDS_IN_A_NAME]:
        if len(heard) >= cue.words and word.text in _BEHIND:
            break
        heard.append(word.text)
        if word.ends:
            break
    letters = list(_letters(heard))
    return ["".join(letters[:size]) for size in range(cue.words, len(letters) + 1)]
