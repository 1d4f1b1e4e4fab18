"""Who the city is: what its city.toml says of it as a whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.city.folder import read
from core.model import AgencyId, CategoryId
from core.toml_rows import BadRow, Row, checked, number, rows, table, text, texts

_FIELDS: Final = frozenset(
    {
        *("language", "languages", "country", "timezone", "jurisdiction", "coordinator", "fallback", "above_all"),
        "deadlines",
        *("around", "near", "known_words", "may_name", "emergency", "counters", "level", "words", "logo"),
    }
)
_LEVEL: Final = frozenset({"rows", "kind", "office", "counter", "short", "named"})
_USUAL: Final = {"solve_days": 7, "look_hours": 24, "evaluate_days": 30}
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EMERGENCY: Final = frozenset({"general", "others", "yields"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of areas. `rows`: what they are called in the data; `kind`: of a row that says no other.

    `office`: how the ids of its offices begin, empty where it has none; `counter`: the channel of their counters;
    `named`: by kind and language, what an office is called; `short`: an area, as people read it.
    """

    rows: str
    kind: str
    office: str
    counter: str
    short: str
    named: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Degrees around the city; what lies outside is no place of it."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Emergency:
    """Numbers to call. `general`: at any danger, or empty; those that `yields` names give way to it."""

    general: str
    numbers: tuple[str, ...]
    yields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Periods:
    """Time from the receipt of a report: until it must be solved, looked at, and evaluated.

    `working_days`: as weekdays, Monday is 0; `solve_days` counts those alone that are no holidays. Empty: every day.
    """

    solve_days: int
    look_hours: int
    evaluate_days: int
    working_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class City:
    """What holds of the city as a whole. `languages`: empty where all that we speak are spoken."""

    language: str
    languages: tuple[str, ...]
    country: str
    timezone: str
    jurisdiction: str
    coordinator: AgencyId
    fallback: CategoryId
    above_all: frozenset[str]
    around: Surroundings
    near: tuple[float, float]
    known_words: tuple[str, ...]
    may_name: tuple[str, ...]
    emergency: Emergency
    deadlines: Periods
    counters: Mapping[AgencyId, str]
    levels: tuple[Level, ...]
    words: Mapping[str, Mapping[str, str]]
    logo: str = ""  # a file of the folder, SVG or PNG; empty: pages show ours


def _by_language(row: Row, field: str) -> Mapping[str, Mapping[str, str]]:
    found = table(row, field)
    return MappingProxyType(
        {each: MappingProxyType({key: text(table(found, each), key) for key in table(found, each)}) for each in found}
    )


def _level(row: Row) -> Level:
    name = text(checked(row, _LEVEL), "rows")
    return Level(
        rows=name,
        kind=text(row, "kind", name),
        office=text(row, "office", ""),
        counter=text(row, "counter", ""),
        short=text(row, "short", "{name}"),
        named=_by_language(row, "named"),
    )


def _degrees(row: Row, field: str) -> float:
    found = row.get(field)
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise BadRow(row, field)
    return float(found)


def _near(row: Row) -> tuple[float, float]:
    match row.get("near"):
        case [float() | int() as latitude, float() | int() as longitude]:
            return float(latitude), float(longitude)
        case _:
            raise BadRow(row, "near")


def _emergency(row: Row) -> Emergency:
    general, others = text(checked(row, _EMERGENCY), "general", ""), texts(row, "others")
    numbers = (*((general,) if general else ()), *others)
    return Emergency(general, numbers, frozenset(texts(row, "yields")))


def _periods(row: Row) -> Periods:
    checked(row, frozenset({*_USUAL, "working_days"}))
    working = texts(row, "working_days")
    if not {*WEEKDAYS} >= {*working}:
        raise BadRow(row, "working_days")
    days = frozenset(WEEKDAYS.index(each) for each in working)
    return Periods(**{each: number(row, each, usual) for each, usual in _USUAL.items()}, working_days=days)


def profile_of(row: Row) -> City:
    """What a city.toml says; raises BadRow for what cannot be understood."""
    checked(row, _FIELDS)
    around, counters = table(row, "around"), table(row, "counters")
    return City(
        language=text(row, "language"),
        languages=texts(row, "languages"),
        country=text(row, "country"),
        timezone=text(row, "timezone"),
        jurisdiction=text(row, "jurisdiction"),
        coordinator=AgencyId(text(row, "coordinator")),
        fallback=CategoryId(text(row, "fallback")),
        above_all=frozenset(texts(row, "above_all")),
        around=Surroundings(*(_degrees(around, side) for side in ("south", "north", "west", "east"))),
        near=_near(row),
        known_words=texts(row, "known_words"),
        may_name=texts(row, "may_name"),
        emergency=_emergency(table(row, "emergency")),
        deadlines=_periods(table(row, "deadlines")),
        counters=MappingProxyType({AgencyId(each): text(counters, each) for each in counters}),
        levels=tuple(_level(each) for each in rows(row, "level")),
        words=_by_language(row, "words"),
        logo=text(row, "logo", ""),
    )


CITY: Final = profile_of(read("city.toml"))


def word(key: str, lang: str) -> str:
    """What sentences in a language say of the city; with a capital where the key has one. KeyError: it says nothing.

    Of its deadlines it is the number.
    """
    if key in _USUAL:
        return str(getattr(CITY.deadlines, key))
    own, home = CITY.words.get(lang, {}), CITY.words.get(CITY.language, {})
    lower = key[:1].lower() + key[1:]
    found = own[lower] if lower in own else home[lower]
    return found if lower == key else found[:1].upper() + found[1:]


_WORD: Final = re.compile(r"\{city\.(\w+)\}")


def told(sentence: str, lang: str) -> str:
    """A sentence with what it says of the city."""
    if "{city." not in sentence:
        return sentence
    return _WORD.sub(lambda found: word(found[1], lang).replace("{", "{{").replace("}", "}}"), sentence)
