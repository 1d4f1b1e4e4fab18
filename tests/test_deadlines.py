"""Deadlines: seven days, counted in minutes; every mark of time against a plain counting anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import deadlines
from core.model import ENDED, Handling, Mark, Report, Status
from tests.fakes import nouns

TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(TIMES)
@settings(max_examples=100)
def test_a_report_is_due_seven_days_after_it_came(received: datetime) -> None:
    assert deadlines.due(received) - received == timedelta(days=7)
    assert deadlines.due(received).tzinfo is UTC


@given(TIMES)
@settings(max_examples=100)
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


@given(TIMES.map(deadlines.minute), st.integers(7 * 1440, 373 * 1440), st.integers(0, 5))
@settings(max_examples=100)
def test_every_mark_comes_on_a_whole_minute_as_its_alarm_is_kept(received: datetime, span: int, rungs: int) -> None:
    """Half of an odd number of minutes is none: the clock would be woken half a minute before the mark, in vain."""
    found = deadlines.moments(received, received + timedelta(minutes=span), rungs)
    assert [each for each in found if each.at != deadlines.minute(each.at)] == []
    assert len(found) == 4 + rungs


JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR = timedelta(hours=1)
# An estimate moves the deadline by whole minutes, at most by a year.
DUES = st.tuples(TIMES, st.integers(7 * 24 * 60, 380 * 24 * 60)).map(
    lambda pair: (deadlines.minute(pair[0]), deadlines.minute(pair[0]) + timedelta(minutes=pair[1]))
)


def counted(received: datetime, due: datetime, rungs: int) -> set[tuple[datetime, Mark, int]]:
    """The same by hours and percents, as the rules are told; marks come on whole minutes."""
    whole = due - received
    found = {
        (received + 24 * HOUR, Mark.LOOK, 0),
        (received + whole * 50 / 100, Mark.HALF, 0),
        (due, Mark.LATE, 0),
        (received + 30 * 24 * HOUR, Mark.EVALUATION, 0),
    }
    percent = 150
    for rung in range(1, rungs + 1):
        found.add((received + whole * percent / 100, Mark.CLIMB, rung))
        percent += 50
    return {(deadlines.minute(at), mark, rung) for at, mark, rung in found}


def waiting(received: datetime, due: datetime) -> Report:
    return replace(nouns.report(), received=received, due=due)


@given(DUES, st.integers(0, 4))
@settings(max_examples=200, derandomize=True)
def test_marks_come_a_day_after_receipt_and_at_every_half_of_the_time(span: tuple[datetime, datetime], up: int) -> None:
    marks = deadlines.moments(*span, up)
    assert {(each.at, each.mark, each.rung) for each in marks} == counted(*span, up)
    assert len(marks) == 4 + up
    assert [each.at for each in marks] == sorted(each.at for each in marks)


def test_of_seven_days_the_marks_are_these() -> None:
    received = datetime(2021, 7, 8, 3, 0, tzinfo=UTC)
    marks = deadlines.moments(received, deadlines.due(received), 3)
    assert [((each.at - received) / timedelta(days=1), each.mark.value, each.rung) for each in marks] == [
        (1.0, "look", 0),
        (3.5, "half", 0),
        (7.0, "late", 0),
        (10.5, "climb", 1),
        (14.0, "climb", 2),
        (17.5, "climb", 3),
        (30.0, "evaluation", 0),
    ]


@given(DUES, st.integers(0, 4), st.lists(st.integers(0, 500 * 24 * 60), max_size=8))
@settings(max_examples=200, derandomize=True)
def test_whenever_the_clock_looks_it_meets_each_mark_once_and_in_order(
    span: tuple[datetime, datetime], up: int, looks: list[int]
) -> None:
    report = waiting(*span)
    met: list[deadlines.Moment] = []
    times = [report.received + timedelta(minutes=each) for each in sorted(looks)]
    for now in times:
        alarm = deadlines.alarm(report, up)
        passed = [each for each in deadlines.ahead(report, up) if each.at <= now]
        assert bool(passed) == (alarm is not None and alarm <= now), "the alarm rings when there is something to do"
        if passed:
            report = replace(report, handling=replace(report.handling, marked=passed[-1].at))
        met += passed
    whole = deadlines.moments(*span, up)
    assert met == [each for each in whole if times and each.at <= times[-1]]


def test_what_was_looked_at_or_moved_on_is_not_reminded_of_looking() -> None:
    received = datetime(2021, 7, 8, 3, 0, tzinfo=UTC)
    report = waiting(received, deadlines.due(received))
    half = received + timedelta(days=3.5)
    assert deadlines.alarm(report, 1) == received + timedelta(days=1)
    assert deadlines.alarm(replace(report, handling=Handling(looked=True)), 1) == half
    assert deadlines.alarm(replace(report, status=Status.KOORDINASI), 1) == half


def test_what_is_marked_for_evaluation_is_not_marked_again() -> None:
    received = datetime(2021, 7, 8, 3, 0, tzinfo=UTC)
    report = waiting(received, deadlines.due(received))
    assert Mark.EVALUATION in {each.mark for each in deadlines.ahead(report, 0)}
    assert Mark.EVALUATION not in {each.mark for each in deadlines.ahead(replace(report, evaluation=True), 0)}


@pytest.mark.parametrize("status", Status)
def test_only_what_is_open_has_an_alarm(status: Status) -> None:
    received = datetime(2021, 7, 8, 3, 0, tzinfo=UTC)
    report = replace(waiting(received, deadlines.due(received)), status=status)
    assert (deadlines.alarm(report, 2) is None) == (status in ENDED)


def test_when_all_marks_were_dealt_with_the_clock_looks_no_more() -> None:
    received = datetime(2021, 7, 8, 3, 0, tzinfo=UTC)
    report = waiting(received, deadlines.due(received))
    last = deadlines.moments(received, report.due, 2)[-1].at
    assert deadlines.alarm(replace(report, handling=Handling(marked=last)), 2) is None


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
@settings(max_examples=100, derandomize=True)
def test_a_day_ends_with_its_last_minute_in_the_city(day: date) -> None:
    end = deadlines.end_of(day, JAKARTA)
    assert end.tzinfo is UTC
    assert end.astimezone(JAKARTA).date() == day
    assert (end + timedelta(minutes=1)).astimezone(JAKARTA).date() == day + timedelta(days=1)
    assert end == datetime(day.year, day.month, day.day, 16, 59, tzinfo=UTC), "seven hours before Greenwich"
