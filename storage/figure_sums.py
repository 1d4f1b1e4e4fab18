"""What pages of figures read: few kept rows, beside whatever is being written; no report is looked at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Executable, func, select

from core import areas
from core.categories import GROUPS
from core.model import SOLVED, AreaCode, FigureOutcome, FigureQuery, FigureSummary
from storage.engine import Database
from storage.figure_keys import ALL, AREA, DAY, EVER, FIELD, LEAF, OFFICE
from storage.tables import FIGURE, FIGURE_CHANNEL, FIGURE_SUM, AnyRow

_SOLVED = frozenset(SOLVED)
_GROUPS = frozenset(each.id for each in GROUPS)
_REPORTS = func.sum(FIGURE.c.reports).label("reports")
_DAYS = func.sum(FIGURE.c.days).label("days")
_COLUMN = {FIELD: FIGURE.c.field, LEAF: FIGURE.c.category, AREA: FIGURE.c.area, OFFICE: FIGURE.c.office}


@dataclass(slots=True)
class _Growing:
    """A summary while its rows are read."""

    counts: dict[FigureOutcome, int]
    days: dict[int, int]
    total: int = 0

    def take(self, outcome: FigureOutcome, reports: int, total: int, days: int | None) -> None:
        self.counts[outcome] = self.counts.get(outcome, 0) + reports
        if outcome in _SOLVED:
            self.total += total
            if days is not None:
                self.days[days] = self.days.get(days, 0) + reports


class FigureSums:
    """Each raises StoreAway."""

    def __init__(self, database: Database, kept: Callable[[str], str] = str) -> None:
        """`kept`: under which name a grain is kept."""
        self._database = database
        self._kept = kept

    def newest(self, grain: str) -> str | None:
        """When the last period began of which there are figures."""
        asked = select(func.max(FIGURE_SUM.c.starts)).where(FIGURE_SUM.c.grain == self._kept(grain))
        found: str | None = self._rows(asked)[0][0]
        return found

    def series(self, query: FigureQuery, periods: Sequence[str]) -> Mapping[str, FigureSummary]:
        """By period; those without figures are not there."""
        one = _sum_key(query)
        if one is None:
            asked = (
                select(FIGURE.c.starts.label("cell"), FIGURE.c.outcome, _REPORTS, _DAYS)
                .where(FIGURE.c.grain == self._kept(query.grain.value), FIGURE.c.starts.in_(periods), *_narrowed(query))
                .group_by(FIGURE.c.starts, FIGURE.c.outcome)
            )
            return _summaries(self._rows(asked), kept=False)
        by, key = one
        sums = select(FIGURE_SUM.c.starts.label("cell"), FIGURE_SUM.c.outcome, FIGURE_SUM.c.days, FIGURE_SUM.c.reports)
        return _summaries(
            self._rows(sums.where(_lies(self._kept(query.grain.value), periods), _summed(by, [key]))), kept=True
        )

    def by(
        self, what: str, query: FigureQuery, starts: str, cells: Sequence[str] | None
    ) -> Mapping[str, FigureSummary]:
        """Of one period, by what a class tells; `cells`: these alone, areas with all that lies in them."""
        if query.filters:
            column = _COLUMN[what]
            asked = (
                select(column.label("cell"), FIGURE.c.outcome, _REPORTS, _DAYS)
                .where(FIGURE.c.grain == self._kept(query.grain.value), FIGURE.c.starts == starts, *_narrowed(query))
                .group_by(column, FIGURE.c.outcome)
            )
            rows = self._rows(asked)
            return _summaries(rows, kept=False, called=_holder(cells) if what == AREA else _among(cells))
        sums = select(FIGURE_SUM.c.key.label("cell"), FIGURE_SUM.c.outcome, FIGURE_SUM.c.days, FIGURE_SUM.c.reports)
        return _summaries(
            self._rows(sums.where(_lies(self._kept(query.grain.value), [starts]), _summed(what, cells))), kept=True
        )

    def channels(self, grain: str, periods: Sequence[str]) -> Mapping[tuple[str, str], int]:
        """Reports received by period and channel; empty: by one that too few used."""
        asked = select(FIGURE_CHANNEL).where(
            FIGURE_CHANNEL.c.grain == self._kept(grain), FIGURE_CHANNEL.c.starts.in_(periods)
        )
        return {(str(row.starts), str(row.channel)): int(row.reports) for row in self._rows(asked)}

    def ever(self, by: str) -> Mapping[str, int]:
        """Reports received, of all time, by field, district or nothing."""
        asked = select(FIGURE_SUM.c.key, FIGURE_SUM.c.reports).where(
            _lies(self._kept(EVER), [""]), _summed(by, None), FIGURE_SUM.c.outcome == FigureOutcome.RECEIVED.value
        )
        return {str(row.key): int(row.reports) for row in self._rows(asked)}

    def daily(self, since: str, until: str) -> Sequence[AnyRow]:
        """Every class of those days, the last among them, as it is told: for open data."""
        days = FIGURE.c.starts
        asked = select(FIGURE).where(FIGURE.c.grain == self._kept(DAY), days >= since, days <= until)
        return self._rows(asked.order_by(*FIGURE.primary_key))

    def _rows(self, asked: Executable) -> list[AnyRow]:
        return self._database.read(lambda statements: list(statements.connection.execute(asked)))


def _lies(grain: str, periods: Sequence[str]) -> ColumnElement[bool]:
    return (FIGURE_SUM.c.grain == grain) & FIGURE_SUM.c.starts.in_(periods)


def _summed(by: str, cells: Sequence[str] | None) -> ColumnElement[bool]:
    found = FIGURE_SUM.c.by == by
    return found if cells is None else found & FIGURE_SUM.c.key.in_(cells)


def _sum_key(query: FigureQuery) -> tuple[str, str] | None:
    """Under which sum a query is kept, if it asks by one thing at most."""
    if query.filters > 1:
        return None
    if query.kind:
        return (FIELD if query.kind in _GROUPS else LEAF), query.kind
    if query.area:
        return AREA, query.area
    return (OFFICE, query.office) if query.office else (ALL, "")


def _narrowed(query: FigureQuery) -> Iterable[ColumnElement[bool]]:
    if query.kind:
        yield (FIGURE.c.field if query.kind in _GROUPS else FIGURE.c.category) == query.kind
    if query.area:
        yield FIGURE.c.area.in_(_inside(query.area))
    if query.office:
        yield FIGURE.c.office == query.office


def _inside(code: AreaCode) -> Sequence[AreaCode]:
    """It and all areas in it."""
    return [code, *(each for child in areas.children(code) for each in _inside(child.code))]


def _holder(cells: Sequence[str] | None) -> Mapping[str, str]:
    return {code: cell for cell in cells or () for code in _inside(AreaCode(cell))}


def _among(cells: Sequence[str] | None) -> Mapping[str, str] | None:
    return None if cells is None else {cell: cell for cell in cells}


def _summaries(
    rows: Iterable[AnyRow], *, kept: bool, called: Mapping[str, str] | None = None
) -> Mapping[str, FigureSummary]:
    """`kept`: rows are of so many days each; else of all days together. `called`: the others are left out."""
    found: dict[str, _Growing] = {}
    for row in rows:
        cell = row.cell if called is None else called.get(row.cell)
        if cell is not None:
            growing = found.setdefault(cell, _Growing({}, {}))
            total = row.days * row.reports if kept else row.days
            growing.take(FigureOutcome(row.outcome), int(row.reports), int(total), row.days if kept else None)
    return {cell: FigureSummary(each.counts, each.total, each.days) for cell, each in found.items()}
