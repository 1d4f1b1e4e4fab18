"""Days, weeks and months: read as people write them, kept as they sort, each right after the one before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Grain
from core.publication import calendar

days = st.dates(date(2000, 1, 10), date(2100, 1, 1))


@given(days, st.sampled_from(Grain))
def test_a_period_is_written_and_read_back_and_holds_its_day(day: date, grain: Grain) -> None:
    starts = calendar.starts_of(grain, day)
    assert calendar.asked(grain, calendar.written(grain, starts)) == starts
    first = calendar.first_day(grain, starts)
    assert first <= day
    assert calendar.starts_of(grain, first - timedelta(days=1)) == calendar.before(grain, starts)


@given(days, st.sampled_from(Grain))
def test_periods_up_to_one_are_in_order_and_each_once(day: date, grain: Grain) -> None:
    starts = calendar.starts_of(grain, day)
    found = calendar.ending(grain, starts, 4)
    assert (len(found), found[-1]) == (4, starts)
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("grain", "typed"),
    [
        (Grain.MONTH, "2026-13"),
        (Grain.MONTH, "2026-1"),
        (Grain.MONTH, "2026-11-01"),
        (Grain.WEEK, "2026-W54"),
        (Grain.WEEK, "2026-W00"),
        (Grain.WEEK, "2026-11"),
        (Grain.DAY, "2026-02-30"),
        (Grain.DAY, "20260211"),
        (Grain.DAY, "٢٠٢٦-11-01"),
    ],
)
def test_what_is_no_period_is_none(grain: Grain, typed: str) -> None:
    assert calendar.asked(grain, typed) is None
