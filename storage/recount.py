"""Figures where each report is listed at once: a month counted anew from clear columns, and its rows replaced.

Where reports are published in batches nothing is counted here: storage/kept_figures adds what each batch tells.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, delete, func, insert, literal, select

from core.categories import category
from core.deadlines import ANSWER_WITHIN
from core.model import (
    Act,
    AreaCode,
    CategoryId,
    FigureClass,
    FigureCount,
    FigureOutcome,
    PublicClass,
    Status,
)
from storage.engine import Database
from storage.figure_keys import DAY, EVER, MONTH, WEEK, live
from storage.kept_figures import SqlKeptFigures
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import FIGURE, FIGURE_CHANNEL, FIGURE_SUM, HISTORY, REPORT, AnyRow

_ONE_DAY = timedelta(days=1)
_DAY, _WEEK, _MONTH, _EVER = map(live, (DAY, WEEK, MONTH, EVER))
_TOLD = (REPORT.c.category, REPORT.c.area, REPORT.c.agency, REPORT.c.channel)
_SHOWN = (REPORT.c.restricted.is_(False), REPORT.c.category.is_not(None))
_RECEIVED = select(REPORT.c.received.label("at"), *_TOLD).where(*_SHOWN)
_SOLVED = select(REPORT.c.closed.label("at"), REPORT.c.received, *_TOLD).where(
    *_SHOWN, REPORT.c.status == Status.SELESAI.value
)
_SAID = (
    select(HISTORY.c.at, HISTORY.c.act, HISTORY.c.status, REPORT.c.id, *_TOLD)
    .join(REPORT, REPORT.c.id == HISTORY.c.report)
    .where(*_SHOWN, HISTORY.c.act.in_([Act.SOLVED.value, Act.NOT_SOLVED.value, Act.DISPUTE.value]))
)
_FIRST = select(func.min(REPORT.c.received))
_CELLS = {
    FIGURE: ("outcome", "field", "category", "area", "office"),
    FIGURE_SUM: ("by", "key", "outcome", "days"),
    FIGURE_CHANNEL: ("channel",),
}
_ADDED = {FIGURE: ("reports", "days"), FIGURE_SUM: ("reports",), FIGURE_CHANNEL: ("reports",)}
_Days = dict[date, Counter[tuple[FigureOutcome, FigureClass, int]]]
Counted = tuple[Mapping[date, tuple[FigureCount, ...]], Mapping[date, Mapping[str, int]]]


class _Month(NamedTuple):
    """When it begins and ends, in UTC, and whose days are its."""

    start: datetime
    end: datetime
    zone: tzinfo


class Recount:
    """Each raises StoreAway."""

    def __init__(self, database: Database, ring: Keyring) -> None:
        self._database = database
        self._ring = ring

    def first(self) -> datetime | None:
        """When the first report came."""
        found: datetime | None = self._database.read(lambda statements: statements.connection.execute(_FIRST).scalar())
        return found

    def month(self, first: date, zone: tzinfo) -> Counted:
        """What was received and became of reports in that month, by day; looks beside whatever is being written."""
        month = _Month(_utc(first, zone), _utc(_next(first), zone), zone)
        return self._database.read(lambda statements: _counted(statements, month))

    def replace(self, first: date, counted: Counted) -> None:
        """Makes the figures of that month what was counted, in one turn."""
        self._database.run(lambda statements: _replace(statements, self._ring, first, counted))


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _utc(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _counted(statements: Statements, month: _Month) -> Counted:
    found: _Days = defaultdict(Counter)
    channels: dict[date, Counter[str]] = defaultdict(Counter)
    for row, of, day in _rows(statements, _RECEIVED, REPORT.c.received, month):
        found[day][FigureOutcome.RECEIVED, of, 0] += 1
        channels[day][row.channel] += 1
    for row, of, day in _rows(statements, _SOLVED, REPORT.c.closed, month):
        took = row.at - row.received
        outcome = FigureOutcome.IN_TIME if took <= ANSWER_WITHIN else FigureOutcome.LATER
        found[day][outcome, of, max(took // _ONE_DAY, 0)] += 1
    # Each by an index of its own: what was closed since, and what is open again.
    for asked in (_SAID.where(REPORT.c.closed >= month.start), _SAID.where(REPORT.c.waits.is_not(None))):
        told: set[tuple[str, FigureOutcome]] = set()
        for row, of, day in _rows(statements, asked.order_by(HISTORY.c.at), HISTORY.c.at, month):
            new = [each for each in _said(row) if (row.id, each) not in told]
            found[day].update((outcome, of, 0) for outcome in new)
            told.update((row.id, outcome) for outcome in new)
    return {day: tuple(_counts(cells)) for day, cells in found.items()}, channels


def _rows(
    statements: Statements,
    asked: Select[Any],
    at: ColumnElement[datetime],
    month: _Month,
) -> Iterator[tuple[AnyRow, FigureClass, date]]:
    """Of that time, with their class and day, but what is not for all to know."""
    for row in statements.connection.execute(asked.where(at >= month.start, at < month.end)):
        of = _class_of(row)
        if of is not None:
            yield row, of, row.at.astimezone(month.zone).date()


def _class_of(row: AnyRow) -> FigureClass | None:
    """None: its kind is not for all to know, or not known any more."""
    try:
        leaf = category(CategoryId(row.category))
    except KeyError:
        return None
    if not leaf.public:
        return None
    return FigureClass(PublicClass(leaf.group, leaf.id, AreaCode(row.area or "")), row.agency)


def _said(row: AnyRow) -> Iterable[FigureOutcome]:
    if row.act == Act.SOLVED.value:
        return (FigureOutcome.SATISFIED,)
    reopened = row.status == Status.PROSES.value and row.act == Act.NOT_SOLVED.value
    return (FigureOutcome.DISSATISFIED, *((FigureOutcome.REOPENED,) if reopened else ()))


def _counts(cells: Mapping[tuple[FigureOutcome, FigureClass, int], int]) -> Iterator[FigureCount]:
    of: dict[tuple[FigureOutcome, FigureClass], dict[int, int]] = defaultdict(dict)
    for (outcome, shared, days), reports in cells.items():
        of[outcome, shared][days] = reports
    for (outcome, shared), took in of.items():
        yield FigureCount(outcome, shared, took)


def _replace(statements: Statements, ring: Keyring, first: date, counted: Counted) -> None:
    kept, last = SqlKeptFigures(statements, ring), _next(first) - _ONE_DAY
    for table in _CELLS:
        _delete(statements, table, _DAY, first.isoformat(), last.isoformat())
    by_day, channels = counted
    for day, counts in sorted(by_day.items()):
        kept.add(day, counts, ((_DAY, day.isoformat()),))
    for day, by_channel in sorted(channels.items()):
        kept.add_channels(day, by_channel, ((_DAY, day.isoformat()),))
    for table in _CELLS:
        for grain, starts, since, until in _spans(first, last):
            _sum_up(statements, table, (grain, starts), (_DAY, since.isoformat(), until.isoformat()))
    _sum_up(statements, FIGURE_SUM, (_EVER, ""), (_MONTH, "", "9999"))


def _spans(first: date, last: date) -> Iterator[tuple[str, str, date, date]]:
    """The month, and each week that it touches."""
    yield _MONTH, first.isoformat()[:7], first, last
    week = first - timedelta(days=first.weekday())
    while week <= last:
        yield _WEEK, week.isoformat(), week, week + timedelta(days=6)
        week += timedelta(days=7)


def _delete(statements: Statements, table: Table, grain: str, since: str, until: str) -> None:
    statements.connection.execute(delete(table).where(table.c.grain == grain, table.c.starts.between(since, until)))


def _sum_up(statements: Statements, table: Table, of: tuple[str, str], parts: tuple[str, str, str]) -> None:
    """Makes the rows of one period the sums of those of its parts: their grain, the first and the last."""
    (grain, starts), (fine, since, until) = of, parts
    _delete(statements, table, grain, starts, starts)
    cells = [table.c[name] for name in _CELLS[table]]
    sums = [func.sum(table.c[name]) for name in _ADDED[table]]
    asked = (
        select(literal(grain), literal(starts), *cells, *sums)
        .where(table.c.grain == fine, table.c.starts.between(since, until))
        .group_by(*cells)
    )
    names = ["grain", "starts", *_CELLS[table], *_ADDED[table]]
    statements.connection.execute(insert(table).from_select(names, asked))
