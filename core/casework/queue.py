"""The list that somebody works through: by deadline, with what is late, due today and waiting for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core import deadlines, workflow
from core.casework.actors import account
from core.casework.viewing import visibility_of
from core.categories import ALL_CATEGORIES
from core.model import ENDED, AgencyId, AreaCode, CategoryId, Report, Right, Staff, Status, Waits
from core.ports import Counts, Duty, ReportQuery, Visibility
from core.record import Turn

PAGE = 50
_SOON = timedelta(days=2)


class When(StrEnum):
    """How near the deadline of a report is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    ENDED = "ended"


class Which(StrEnum):
    """What a list shows."""

    OPEN = "open"
    MINE = "mine"  # the next step is theirs
    LATE = "late"
    TODAY = "today"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the list; `page` counts from 1."""

    which: Which = Which.OPEN
    status: Status | None = None
    category: CategoryId | None = None
    agency: AgencyId | None = None  # who holds it now
    area: AreaCode | None = None
    channel: str | None = None
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether it is more than one of the lists."""
        parts = (self.status, self.category, self.agency, self.area, self.channel)
        return any(part is not None for part in parts)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list that long is shown; a page behind the last is the last."""

    total: int
    wanted: int = 1
    size: int = PAGE

    @property
    def pages(self) -> int:
        """At least one."""
        return max(1, -(-self.total // self.size))

    @property
    def page(self) -> int:
        """Counted from 1."""
        return min(max(self.wanted, 1), self.pages)

    @property
    def skip(self) -> int:
        """How many come before it."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One report of the list."""

    report: Report
    when: When
    mine: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of it; `counts` are of all that somebody may see, `categories` of what there can be."""

    rows: tuple[QueueRow, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Which, int]
    categories: tuple[CategoryId, ...]


def queue(turn: Turn, name: str, wanted: Wanted) -> Queue:
    """By deadline, the nearest first; those who read no reports see none. Raises Refused.

    It reads alone, and opens no more than the page that it shows.
    """
    staff = account(turn.tx, name)
    visibility = visibility_of(staff)
    if visibility is None:
        return Queue((), 0, 1, 1, dict.fromkeys(Which, 0), ())
    query = query_of(turn, wanted, staff)
    counts, total = counted(turn, staff, visibility, wanted)
    part = Part(total, wanted.page)
    found = turn.tx.queues.reports(visibility, replace(query, skip=part.skip, most=PAGE))
    rows = (QueueRow(each, when(turn, each), workflow.awaits(each, staff)) for each in found)
    return Queue(tuple(rows), total, part.page, part.pages, counts, categories_for(staff))


def counted(turn: Turn, staff: Staff, visibility: Visibility, wanted: Wanted) -> tuple[Mapping[Which, int], int]:
    """How many each list has, and how many there are of what is wanted."""
    query = query_of(turn, wanted, staff) if wanted.narrowed else None
    found = turn.tx.queues.counts(visibility, duties(staff), turn.now, _end_of_today(turn), query)
    counts = _counts(found)
    return counts, found.query if wanted.narrowed else counts[wanted.which]


def duties(staff: Staff) -> tuple[Duty, ...]:
    """What `workflow.awaits` says, for a search; but that nobody checks what they did themselves."""
    work = Duty(Waits.WORK, held=True)
    if staff.may(Right.CITY):
        checks = (Duty(each, held=False, restricted=False) for each in workflow.CHECKS)
        return (work, *checks, Duty(Waits.DISPUTE, restricted=False))
    if staff.may(Right.LEAD):
        own = None if staff.agency == workflow.BIRO else True
        checks = (Duty(each, held=True, restricted=own) for each in workflow.CHECKS)
        return (work, *checks, Duty(Waits.DISPUTE, held=True, restricted=own))
    return (work,)


def _end_of_today(turn: Turn) -> datetime:
    return deadlines.end_of(turn.now.astimezone(turn.context.zone).date(), turn.context.zone)


def query_of(turn: Turn, wanted: Wanted, staff: Staff) -> ReportQuery:
    """What the database is asked for."""
    now, end_of_today = turn.now, _end_of_today(turn)
    only: Mapping[Which, ReportQuery] = {
        Which.OPEN: ReportQuery(),
        Which.MINE: ReportQuery(open=None, duties=duties(staff)),
        Which.LATE: ReportQuery(due_until=now),
        Which.TODAY: ReportQuery(due_after=now, due_until=end_of_today),
        Which.ENDED: ReportQuery(open=False),
        Which.ALL: ReportQuery(open=None),
    }
    return replace(
        only[wanted.which],
        status=wanted.status,
        category=wanted.category,
        agency=wanted.agency,
        area=wanted.area,
        channel=wanted.channel,
    )


def _counts(counts: Counts) -> Mapping[Which, int]:
    return {
        Which.OPEN: counts.open,
        Which.MINE: counts.mine,
        Which.LATE: counts.late,
        Which.TODAY: counts.today,
        Which.ENDED: counts.ended,
        Which.ALL: counts.open + counts.ended,
    }


def when(turn: Turn, report: Report) -> When:
    """How near its deadline is, in days as deadlines are counted."""
    if report.status in ENDED:
        return When.ENDED
    if report.due <= turn.now:
        return When.LATE
    due, today = (at.astimezone(turn.context.zone).date() for at in (report.due, turn.now))
    if due == today:
        return When.TODAY
    return When.SOON if due <= today + _SOON else When.LATER


def categories_for(staff: Staff) -> tuple[CategoryId, ...]:
    """What a list can be narrowed to: restricted ones are named to their own agency alone."""
    return tuple(sorted(each.id for each in ALL_CATEGORIES.values() if each.restricted in {None, staff.agency}))
