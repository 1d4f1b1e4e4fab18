"""Reports as a page shows them: with key and history in one query, and without a lock that others would wait for."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import bindparam, select, update

from core.deadlines import minute
from core.model import HistoryEntry, Number, Report
from core.ports import Visibility
from storage.data_keys import DataKeys
from storage.report_rows import history_entry_of, report_of, row_of
from storage.reports import SqlReports
from storage.statements import Statements
from storage.tables import DATA_KEY, HISTORY, REPORT, AnyRow
from storage.vault import DataKey
from storage.visibility import asked, seen


class _EntryRow(NamedTuple):
    """A row of the history, as its mapper knows it."""

    report: str
    position: int
    at: datetime
    status: str
    act: str
    sealed: bytes


class _Opened(NamedTuple):
    """What of a report lay there, what opens it (None: nothing does any more), and how long its history is."""

    sealed: bytes
    key: DataKey | None
    entries: int


_EVERY = (
    select(
        REPORT,
        DATA_KEY.c.key_id,
        DATA_KEY.c.wrapped,
        *(HISTORY.c[name].label(f"entry_{name}") for name in _EntryRow._fields),
    )
    .join_from(REPORT, HISTORY, HISTORY.c.report == REPORT.c.id)
    .outerjoin(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
    .where(REPORT.c.number == bindparam("of"))
    .order_by(HISTORY.c.position)
)
_OPEN = {every: _EVERY.where(seen(every)) for every in (None, False, True)}
_LOOK = update(REPORT).where(REPORT.c.id == bindparam("of"), REPORT.c.sealed == bindparam("before"))


def _entry(row: AnyRow) -> AnyRow:
    return cast("AnyRow", _EntryRow(*(getattr(row, f"entry_{name}") for name in _EntryRow._fields)))


class SqlUnlockedReports:
    """core.ports.UnlockedReports."""

    def __init__(self, statements: Statements, keys: DataKeys, reports: SqlReports) -> None:
        self._statements = statements
        self._reports = reports
        self._keys = keys
        self._opened: dict[str, _Opened] = {}

    def by_number(
        self, number: Number, visibility: Visibility | None = None
    ) -> tuple[Report, Sequence[HistoryEntry]] | None:
        """Reads one row for each history entry, of which every report has one. Locks nothing."""
        every, office = asked(visibility)
        rows = self._statements.rows(_OPEN[every], {"of": number, **office})
        if not rows:
            return None
        first = rows[0]
        key = self._keys.opened(first.id, first.key_id, first.wrapped)
        self._opened[first.id] = _Opened(first.sealed, key, len(rows))
        return report_of(first, key), [history_entry_of(_entry(row), key) for row in rows]

    def save_if_unchanged(self, report: Report) -> bool:
        """Writes only where the sealed value is still the one that was read: each change seals it anew."""
        before, key, entries = self._opened[report.id]
        new: dict[str, object] = {"alarm": report.alarm and minute(report.alarm)}
        if key is not None:
            new["sealed"] = row_of(report, key, entries)["sealed"]
        self._reports.forget_read(report.id)
        return self._statements.changed(_LOOK, {"of": report.id, "before": before} | new) == 1
