"""Days on which nobody works, as administrators keep them."""

from collections.abc import Mapping
from datetime import date

from core.casework import city_changes
from core.casework.actors import OPERATOR, Actor
from core.errors import Refused
from core.model import CityChange, CityPart
from core.record import Turn
from core.toml_rows import name_of

NAME_LONGEST = 60
_YEARS = range(2000, 2101)


def add_holiday(turn: Turn, day: str, name: Mapping[str, str], by: Actor = OPERATOR) -> None:
    """`day`: as 2026-08-17. Counts for reports that are filed from now on; raises Refused."""
    now = city_changes.begun(turn, by)
    when = _day(day)
    if when in {each.day for each in now.holidays}:
        raise Refused("holiday_there")
    said = {lang: name_of(name.get(lang, ""))[:NAME_LONGEST] for lang in city_changes.languages()}
    if not all(said.values()):
        raise Refused("holiday_name")
    city_changes.keep(turn, CityChange(CityPart.HOLIDAY, when.isoformat(), {"name": said}), "holiday-add", by)


def drop_holiday(turn: Turn, day: str, by: Actor = OPERATOR) -> bool:
    """False where there is none. Deadlines that were told already stay."""
    now = city_changes.begun(turn, by)
    if day not in {each.day.isoformat() for each in now.holidays}:
        return False
    city_changes.keep(turn, CityChange(CityPart.HOLIDAY, day, None), "holiday-remove", by)
    return True


def _day(typed: str) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise Refused("holiday_day") from None
    if day.year not in _YEARS:
        raise Refused("holiday_day")
    return day
