"""What citizens tell and officers write in a demonstration: rows of TOML, with chance from outside."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

from core import areas
from core.areas import Area
from core.messages import StoredFile
from core.model import CategoryId

CITIES = ("jaksel", "jakpus", "jaktim", "jakbar", "jakut")
_WEIGHT = 5  # of a story that says no other: some things are seldom
_APART = 7  # rows of the data between them, so that they lie in different kecamatan
_PER_CITY = 3  # kelurahan that reports come from: enough for a believable queue in each of their offices


@dataclass(frozen=True, slots=True)
class Story:
    """One report that nobody ever made."""

    category: CategoryId
    text: str
    words: str
    area: Area
    photos: tuple[StoredFile, ...] = ()


@cache
def _read() -> Mapping[str, object]:
    return tomllib.loads(resources.files("app.seed").joinpath("stories.toml").read_text(encoding="utf-8"))


def words(kind: str, chance: Random) -> str:
    """Something that is written: plans, results, rejects, questions, answers, delays."""
    table = _read()["words"]
    if not isinstance(table, dict):
        raise TypeError("words")
    found: Sequence[str] = table[kind]
    return chance.choice(found)


def places() -> tuple[Area, ...]:
    """The kelurahan of the demonstration: a few of each city, always the same."""
    kelurahan = [each for each in areas.AREAS.values() if each.kind == "kelurahan"]
    return tuple(
        each
        for city in CITIES
        for each in [one for one in kelurahan if one.city == city][: _PER_CITY * _APART : _APART]
    )


def story(chance: Random) -> Story:
    """Anyone of them, somewhere."""
    rows = _read()["story"]
    if not isinstance(rows, list):
        raise TypeError("story")
    row = chance.choices(rows, [each.get("weight", _WEIGHT) for each in rows])[0]
    area = chance.choice(places())
    words_of_place = f"{words('streets', chance)}, Kelurahan {area.name}"
    text = str(chance.choice(row["texts"])).format(place=words_of_place)
    return Story(CategoryId(row["category"]), text, words_of_place, area)
