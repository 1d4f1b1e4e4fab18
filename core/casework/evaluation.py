"""The evaluation of a month: how each office dealt with the reports that it closed, and with those it left open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import fmean, median

from core import deadlines
from core.casework.accounts import account
from core.errors import Refused
from core.model import AgencyId, Feedback, Handled, Staff, StaffRole
from core.ports import Tx

_READS = frozenset({StaffRole.BIRO, StaffRole.HEAD})
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


def month(first: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From its first moment to that of the next, as days are counted in that zone."""
    after = date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)
    return _midnight(first.replace(day=1), zone), _midnight(after, zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def evaluator(tx: Tx, name: str) -> Staff:
    """Biro Pemerintahan, who sees every office, or a head, who sees their own. Raises Refused."""
    staff = account(tx, name)
    if staff.role not in _READS:
        raise Refused("case_not_yours")
    return staff


def evaluated(rows: Iterable[Handled], staff: Staff) -> tuple[Evaluation, ...]:
    """Restricted reports count in the figures of their own agency, and for its people alone."""
    every = staff.role is StaffRole.BIRO
    seen = [row for row in rows if row.agency == staff.agency or (every and not row.restricted)]
    offices = sorted({row.agency for row in seen})
    return tuple(_one(office, [row for row in seen if row.agency == office]) for office in offices)


def _one(office: AgencyId, rows: list[Handled]) -> Evaluation:
    took = [row.closed - row.received for row in rows if row.closed is not None]
    days = [each / _DAY for each in took]
    said = [row.feedback for row in rows if row.feedback is not None]
    return Evaluation(
        agency=office,
        closed=len(took),
        within=sum(each <= deadlines.ANSWER_WITHIN for each in took),
        mean_days=fmean(days) if days else None,
        median_days=median(days) if days else None,
        open=sum(row.closed is None for row in rows),
        overdue=sum(row.evaluation for row in rows),
        reopened=sum(row.reopened > 0 for row in rows),
        satisfied=said.count(Feedback.SOLVED) / len(said) if said else None,
    )
