"""Deadlines as columns, so that a restarted clock forgets nothing: when which mark comes, and when to look next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from core.city.holidays import is_working_day
from core.city.profile import CITY, Periods
from core.model import ENDED, ClockRule, Mark, Report

ANSWER_WITHIN = timedelta(days=CITY.deadlines.solve_days)  # calendar days from receipt
LOOK_WITHIN = timedelta(hours=CITY.deadlines.look_hours)
EVALUATE_AFTER = timedelta(days=CITY.deadlines.evaluate_days)
WITHDRAWN_AFTER = timedelta(hours=24)  # from when somebody asked for it who may not be who reported
_ORDER = tuple(Mark)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a mark comes; `rung`: how many offices up a late report has climbed then."""

    at: datetime
    mark: Mark
    rung: int = 0


_MOST_FREE = 400  # days in a row of which none is a working day: then every day counts, and no table stops the clock


def due(received: datetime, zone: tzinfo = UTC, periods: Periods = CITY.deadlines) -> datetime:
    """When a report received then must be solved; UTC in, UTC out. `zone`: where days begin and end.

    Where working days count it is the same time of day, so many of them later. A day that is made a holiday afterwards
    moves no deadline that was told already.
    """
    if not periods.working_days:
        return received + timedelta(days=periods.solve_days)
    there = received.astimezone(zone)
    day, left, free = there.date(), periods.solve_days, 0
    while left:
        day += timedelta(days=1)
        works = is_working_day(day, periods.working_days)
        left -= works or free >= _MOST_FREE
        free = 0 if works else free + 1
    return datetime.combine(day, there.timetz()).astimezone(UTC)


def minute(at: datetime) -> datetime:
    """The time as we keep it: a second would tell which message of a wire it was."""
    return at.replace(second=0, microsecond=0)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last minute of a day as people of that zone count it."""
    return datetime.combine(day, time(23, 59), tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=256)  # a turn asks again and again about the same reports
def moments(received: datetime, due: datetime, rungs: int) -> tuple[Moment, ...]:
    """Every mark in the life of a report that is never solved, in order; `rungs`: offices that it can climb.

    In whole minutes, as alarms are kept: an alarm that comes before its mark would make the clock look in vain.
    """
    span = due - received
    found = [
        Moment(received + LOOK_WITHIN, Mark.LOOK),
        Moment(minute(received + span / 2), Mark.HALF),
        Moment(due, Mark.LATE),
        Moment(received + EVALUATE_AFTER, Mark.EVALUATION),
        *(Moment(minute(received + span * (2 + rung) / 2), Mark.CLIMB, rung) for rung in range(1, rungs + 1)),
    ]
    return tuple(sorted(found, key=lambda moment: (moment.at, _ORDER.index(moment.mark), moment.rung)))


def ahead(report: Report, rungs: int) -> tuple[Moment, ...]:
    """The marks that were not dealt with yet, in order; none in a status in which the clock stops."""
    if report.status.row.clock is ClockRule.STOPS:
        return ()
    since = report.handling.marked or report.received
    return tuple(
        moment
        for moment in moments(report.received, report.due, rungs)
        if moment.at > since and _matters(report, moment.mark)
    )


def alarm(report: Report, rungs: int) -> datetime | None:
    """When the clock has to look at it next."""
    times = [mark.at for mark in ahead(report, rungs)[:1]]
    if report.handling.withdrawal is not None and report.status not in ENDED:
        times.append(report.handling.withdrawal)
    return min(times, default=None)


def _matters(report: Report, mark: Mark) -> bool:
    if mark is Mark.LOOK:
        return report.status.row.clock is ClockRule.REMINDS and not report.handling.looked
    return mark is not Mark.EVALUATION or not report.evaluation
