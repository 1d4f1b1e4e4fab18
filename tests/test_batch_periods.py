"""Periods: a day as the city counts it, and the parts and multiples of one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.batch_periods import period

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


def test_a_day_is_that_of_the_city() -> None:
    evening = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)
    assert period(evening, DAY, JAKARTA) == (
        datetime(2026, 11, 23, 17, tzinfo=UTC),
        datetime(2026, 11, 24, 17, tzinfo=UTC),
    )
    assert period(evening + timedelta(minutes=1), DAY, JAKARTA)[0] == datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize(("every", "begins"), [(6 * HOUR, 5), (HOUR, 9), (timedelta(0), 9)])
def test_parts_of_a_day_are_counted_from_its_midnight(every: timedelta, begins: int) -> None:
    at = datetime(2026, 11, 24, 9, 0, 30, tzinfo=UTC)
    assert period(at, every, JAKARTA)[0] == datetime(2026, 11, 24, begins, tzinfo=UTC)


def test_a_week_begins_on_monday() -> None:
    assert period(datetime(2026, 11, 24, tzinfo=UTC), 7 * DAY, JAKARTA)[0] == datetime(2026, 11, 22, 17, tzinfo=UTC)


@given(_TIMES, st.sampled_from([timedelta(0), timedelta(minutes=7), HOUR, DAY, 7 * DAY]))
def test_every_time_lies_in_one_period_and_the_next_begins_where_it_ends(at: datetime, every: timedelta) -> None:
    begins, ends = period(at, every, JAKARTA)
    assert begins <= at < ends
    assert ends - begins == max(every, timedelta(minutes=1))
    assert period(ends, every, JAKARTA)[0] == ends


@given(_TIMES)
def test_days_stay_in_a_row_where_clocks_are_put_back(at: datetime) -> None:
    zone = ZoneInfo("Europe/Berlin")
    begins, ends = period(at, DAY, zone)
    assert begins <= at < ends
    assert period(ends, DAY, zone)[0] == ends
