"""What citizens tell and officers write in a demonstration: rows of TOML, with chance from outside."""

from dataclasses import dataclass
from functools import cache
from random import Random

from app.errors import CannotStart
from core import areas, city
from core.areas import Area
from core.messages import StoredFile
from core.model import CategoryId
from core.toml_rows import Row, number, rows, table, text, texts

_WEIGHT = 5  # of a story that says no other: some things are seldom
_APART = 7  # rows of the data between them, so that they lie in different districts
_PER_CITY = 3  # areas that reports come from: enough for a believable queue in each of their offices


@dataclass(frozen=True, slots=True)
class Story:
    """One report that nobody ever made."""

    category: CategoryId
    text: str
    words: str
    area: Area
    photos: tuple[StoredFile, ...] = ()


@cache
def demo() -> Row:
    """The city's demo.toml; raises CannotStart where it has none."""
    found = city.read("demo.toml", needed=False)
    if not found:
        raise CannotStart("This city has no demo.toml, so there is nothing to make up.")
    return found


def people(field: str) -> str:
    """Somebody or something of the demonstration, by its name there."""
    return text(table(demo(), "people"), field)


def agencies(field: str) -> tuple[str, ...]:
    """Agencies of the demonstration."""
    return texts(table(demo(), "people"), field)


def words(kind: str, chance: Random) -> str:
    """Something that is written: plans, results, rejects, questions, answers, delays."""
    return chance.choice(texts(table(demo(), "words"), kind))


def places() -> tuple[Area, ...]:
    """The areas of the demonstration: a few of each city, always the same."""
    finest = [each for each in areas.AREAS.values() if each.finest]
    return tuple(
        each
        for town in agencies("cities")
        for each in [one for one in finest if one.city == town][: _PER_CITY * _APART : _APART]
    )


def story(chance: Random) -> Story:
    """Anyone of them, somewhere."""
    told = rows(demo(), "story")
    row = chance.choices(told, [number(each, "weight", _WEIGHT) for each in told])[0]
    area = chance.choice(places())
    where = people("place").format(street=words("streets", chance), area=area.name)
    return Story(CategoryId(text(row, "category")), chance.choice(texts(row, "texts")).format(place=where), where, area)
