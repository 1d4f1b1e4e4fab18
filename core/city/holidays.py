"""Days on which nobody works, and which days are working days: deadlines of some cities count those alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from core.city.folder import read
from core.city.present import Changes, merged, of_present
from core.city.profile import CITY
from core.model import CityPart
from core.toml_rows import BadRow, Row, by_language, checked, rows


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day, and what it is called in each language."""

    day: date
    name: Mapping[str, str]


def _by_day() -> Mapping[str, Row]:
    """Rows of holidays.toml by their day, as 2026-08-17."""
    found: dict[str, Row] = {}
    for row in rows(read("holidays.toml", needed=False), "holiday", needed=False):
        day = checked(row, frozenset({"day", "name"})).get("day")
        if type(day) is not date or day.isoformat() in found:
            raise BadRow(row, "day")
        found[day.isoformat()] = {"name": row.get("name")}
    return MappingProxyType(found)


_OF_FOLDER: Final = _by_day()


def holidays_of(changes: Changes) -> Mapping[date, Holiday]:
    """In their order; raises BadRow, or ValueError for a day that is none."""
    days = {date.fromisoformat(each): row for each, row in merged(CityPart.HOLIDAY, _OF_FOLDER, changes).items()}
    return MappingProxyType({day: Holiday(day, by_language(days[day], "name")) for day in sorted(days)})


holidays = of_present(holidays_of)
"""Those of the present."""


def is_working_day(day: date, working: frozenset[int] = CITY.deadlines.working_days) -> bool:
    """Whether deadlines count it; where they count calendar days, all of them. `working`: weekdays, Monday is 0."""
    return not working or (day.weekday() in working and day not in holidays())
