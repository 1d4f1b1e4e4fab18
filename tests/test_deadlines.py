"""Deadlines: seven days, counted in minutes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core import deadlines

TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(TIMES)
@settings(deadline=None, max_examples=100)
def test_a_report_is_due_seven_days_after_it_came(received: datetime) -> None:
    assert deadlines.due(received) - received == timedelta(days=7)
    assert deadlines.due(received).tzinfo is UTC


@given(TIMES)
@settings(deadline=None, max_examples=100)
def test_a_kept_time_has_no_seconds_and_is_never_later(at: datetime) -> None:
    kept = deadlines.minute(at)
    assert (kept.second, kept.microsecond) == (0, 0)
    assert timedelta(0) <= at - kept < timedelta(minutes=1)
    assert deadlines.minute(kept) == kept


def test_a_zone_is_kept() -> None:
    jakarta = ZoneInfo("Asia/Jakarta")
    assert deadlines.minute(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=jakarta)) == datetime(
        2026, 1, 2, 3, 4, tzinfo=jakarta
    )


@given(TIMES, st.integers(1, 100 * 24 * 60))
@settings(deadline=None, max_examples=100)
def test_every_mark_comes_in_a_whole_minute_so_that_no_alarm_rings_before_it(received: datetime, minutes: int) -> None:
    came = deadlines.minute(received)
    for moment in deadlines.moments(came, came + timedelta(minutes=minutes), 3):
        assert moment.at == deadlines.minute(moment.at)
