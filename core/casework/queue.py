"""The list that somebody works through: by deadline, with what is late, due today and waiting for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core import workflow
from core.casework.accounts import account
from core.casework.reading import listing
from core.model import ENDED, CategoryId, Report, Status
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
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One report of the list."""

    report: Report
    when: When
    mine: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of it; `counts` and `categories` are of all that somebody may see."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Which, int]
    categories: tuple[CategoryId, ...]


def queue(turn: Turn, name: str, wanted: Wanted) -> Queue:
    """By deadline, the nearest first; those who read no reports see none. Raises Refused."""
    staff = account(turn.tx, name)
    rows = [Row(each, when(turn, each), workflow.awaits(each, staff)) for each in listing(turn.tx, staff.name)]
    fitting = [row for row in rows if _IS[wanted.which](row) and _fits(row.report, wanted)]
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(wanted.page, 1), pages)
    return Queue(
        rows=tuple(fitting[(page - 1) * PAGE : page * PAGE]),
        total=len(fitting),
        page=page,
        pages=pages,
        counts={which: sum(map(shows, rows)) for which, shows in _IS.items()},
        categories=_categories(row.report for row in rows),
    )


def when(turn: Turn, report: Report) -> When:
    """How near its deadline is, in days as the house counts them."""
    if report.status in ENDED:
        return When.ENDED
    if report.due <= turn.now:
        return When.LATE
    due, today = (at.astimezone(turn.house.zone).date() for at in (report.due, turn.now))
    if due == today:
        return When.TODAY
    return When.SOON if due <= today + _SOON else When.LATER


def _fits(report: Report, wanted: Wanted) -> bool:
    return wanted.status in {None, report.status} and wanted.category in {None, report.category}


def _categories(reports: Iterable[Report]) -> tuple[CategoryId, ...]:
    return tuple(sorted({report.category for report in reports}))


_IS: Mapping[Which, Callable[[Row], bool]] = {
    Which.OPEN: lambda row: row.when is not When.ENDED,
    Which.MINE: lambda row: row.mine,
    Which.LATE: lambda row: row.when is When.LATE,
    Which.TODAY: lambda row: row.when is When.TODAY,
    Which.ENDED: lambda row: row.when is When.ENDED,
    Which.ALL: lambda _: True,
}
