"""The evaluation of a month: how each office dealt with the reports that it closed, and with those it left open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import fmean, median

from core import deadlines
from core.casework.actors import leader
from core.model import AgencyId, Feedback, Handled, Right, Staff
from core.record import Turn

_DAY = timedelta(days=1)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One office's month. Days are counted from receipt to closing; None where nothing was closed, or nobody said."""

    agency: AgencyId
    closed: int
    within: int  # of these, within seven days
    mean_days: float | None
    median_days: float | None
    open: int
    overdue: int  # marked for evaluation: not solved within a month
    reopened: int
    satisfied: float | None  # share of those who said whether it was solved


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A month of every office that the reader sees, by name, and of all these together (`agency` empty)."""

    first: date
    offices: tuple[Evaluation, ...]
    whole: Evaluation


def month(first: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From its first moment to that of the next, as days are counted in that zone."""
    return _midnight(first.replace(day=1), zone), _midnight(next_month(first), zone)


def next_month(first: date) -> date:
    """Its first day."""
    return date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def evaluation(turn: Turn, name: str, first: date, office: AgencyId | None = None) -> Evaluated:
    """Of the month of that day, of one office or of every one that they see; of their own whatever a head asks for.

    It reads alone. Raises Refused.
    """
    staff = leader(turn.tx, name)
    start, end = month(first, turn.context.zone)
    asked = office if staff.may(Right.CITY) else staff.agency
    rows = _visible(turn.tx.overview.handled(start, end, asked), staff)
    return Evaluated(first.replace(day=1), _offices(rows), _one(AgencyId(""), rows))


def evaluated(rows: Iterable[Handled], staff: Staff) -> tuple[Evaluation, ...]:
    """Restricted reports count in the figures of their own agency, and for its people alone."""
    return _offices(_visible(rows, staff))


def _visible(rows: Iterable[Handled], staff: Staff) -> list[Handled]:
    every = staff.may(Right.CITY)
    return [row for row in rows if row.agency == staff.agency or (every and not row.restricted)]


def _offices(rows: Sequence[Handled]) -> tuple[Evaluation, ...]:
    found: dict[AgencyId, list[Handled]] = {}
    for row in rows:
        found.setdefault(row.agency, []).append(row)
    return tuple(_one(office, found[office]) for office in sorted(found))


def _one(office: AgencyId, rows: Sequence[Handled]) -> Evaluation:
    took = [row.took for row in rows if row.took is not None for _ in range(row.reports)]
    days = [each / _DAY for each in took]
    said = sum(row.reports for row in rows if row.feedback is not None)
    solved = sum(row.reports for row in rows if row.feedback is Feedback.SOLVED)
    return Evaluation(
        agency=office,
        closed=len(took),
        within=sum(each <= deadlines.ANSWER_WITHIN for each in took),
        mean_days=fmean(days) if days else None,
        median_days=median(days) if days else None,
        open=sum(row.reports for row in rows if row.took is None),
        overdue=sum(row.reports for row in rows if row.evaluation),
        reopened=sum(row.reports for row in rows if row.reopened > 0),
        satisfied=solved / said if said else None,
    )
