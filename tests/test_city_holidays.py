"""Working days: weekends and holidays count for nothing, and no table of them stops a deadline from coming."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import deadlines
from core.categories import adopt
from core.city import holidays
from core.city.present import UNCHANGED, changes_of
from core.city.profile import Periods
from core.model import CityChange, CityPart
from core.toml_rows import BadRow

JAKARTA = ZoneInfo("Asia/Jakarta")
WORKDAYS = Periods(solve_days=5, look_hours=24, evaluate_days=30, working_days=frozenset(range(5)))


def free(*days: str) -> None:
    adopt(changes_of([CityChange(CityPart.HOLIDAY, day, {"name": {"id": "Libur"}}) for day in days]))


def test_a_weekend_and_a_holiday_are_passed_over_at_the_same_time_of_day() -> None:
    free("2026-12-03")
    received = datetime(2026, 12, 2, 16, 30, tzinfo=JAKARTA)  # a Wednesday
    assert deadlines.due(received.astimezone(UTC), JAKARTA, WORKDAYS) == datetime(2026, 12, 10, 16, 30, tzinfo=JAKARTA)


def test_days_are_those_of_the_city() -> None:
    late_on_friday = datetime(2026, 12, 4, 20, tzinfo=UTC)  # Saturday there
    assert deadlines.due(late_on_friday, JAKARTA, WORKDAYS) == datetime(2026, 12, 11, 3, tzinfo=JAKARTA)


def test_a_table_of_nothing_but_holidays_stops_no_deadline() -> None:
    begin = date(2026, 1, 1)
    free(*((begin + timedelta(at)).isoformat() for at in range(1200)))
    assert deadlines.due(datetime(2026, 1, 1, 3, tzinfo=UTC), JAKARTA, WORKDAYS) < datetime(2028, 1, 1, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.sets(st.dates(date(2020, 1, 1), date(2030, 2, 1))))  # noqa: DTZ001 - the zone is put on below
def test_a_deadline_is_a_working_day_and_so_many_of_them_later(at: datetime, days: set[date]) -> None:
    free(*map(date.isoformat, days))
    received = at.replace(tzinfo=UTC)
    due = deadlines.due(received, JAKARTA, WORKDAYS).astimezone(JAKARTA)
    assert holidays.is_working_day(due.date(), WORKDAYS.working_days)
    first = received.astimezone(JAKARTA).date()
    between = [first + timedelta(n) for n in range(1, (due.date() - first).days + 1)]
    assert sum(holidays.is_working_day(day, WORKDAYS.working_days) for day in between) == WORKDAYS.solve_days


def test_the_folders_holidays_stand_in_order_and_a_day_that_is_none_is_told() -> None:
    days = [*holidays.holidays_of(UNCHANGED)]
    assert days == sorted(days)
    assert date(2026, 8, 17) in days
    with pytest.raises(ValueError, match="isoformat"):
        holidays.holidays_of(changes_of([CityChange(CityPart.HOLIDAY, "x", {"name": {}})]))
    with pytest.raises(BadRow):
        holidays.holidays_of(changes_of([CityChange(CityPart.HOLIDAY, "2026-01-01", {"name": 1})]))
