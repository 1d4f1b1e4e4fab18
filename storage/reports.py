"""Reports and their history: what was told lies sealed under the report's own key, what queues need is clear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter
from sqlalchemy import bindparam, func, insert, select, update

from core.deadlines import minute
from core.errors import NotFound
from core.messages import Point, StoredFile
from core.model import AreaCode, CategoryId, HistoryEntry, Place, Report, ReportId, Status
from storage.data_keys import DataKeys
from storage.statements import Statements
from storage.tables import HISTORY, PHOTO, REPORT, AnyRow
from storage.vault import DataKey, place


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a report is sealed; category and area are here only where it is restricted."""

    text: str = ""
    area_name: str = ""
    words: str = ""
    point: Point | None = None
    files: tuple[StoredFile, ...] = ()
    category: CategoryId | None = None
    area: AreaCode | None = None


_JSON = TypeAdapter(_Told)
_ADD = insert(REPORT)
# PostgreSQL: whoever reads a report in a turn may change it, so turns about one report wait for each other here.
_GET = select(REPORT).where(REPORT.c.id == bindparam("of")).with_for_update(key_share=True)
_CHANGE = update(REPORT).where(REPORT.c.id == bindparam("of"))
_TELL = insert(HISTORY)
_LAST = select(func.coalesce(func.max(HISTORY.c.position), 0)).where(HISTORY.c.report == bindparam("of"))
_HISTORY = select(HISTORY).where(HISTORY.c.report == bindparam("of")).order_by(HISTORY.c.position)
_KEEP = insert(PHOTO)
_REROUTED = ("category", "area", "agency", "restricted", "sealed")


def row_of(report: Report, key: DataKey) -> dict[str, object]:
    """Every column but those that the clock sets."""
    where, hidden = report.place, report.restricted
    told = _Told(
        text=report.text,
        area_name=where.name,
        words=where.words,
        point=where.point,
        files=report.files,
        category=report.category if hidden else None,
        area=where.area if hidden else None,
    )
    return {
        "id": report.id,
        "number": report.number,
        "channel": report.channel,
        "status": report.status.value,
        "category": None if hidden else report.category,
        "agency": report.agency,
        "area": None if hidden else where.area,
        "restricted": hidden,
        "received": minute(report.received),
        "due": minute(report.due),
        "closed": report.closed and minute(report.closed),
        "sealed": key.seal(_JSON.dump_json(told), place("report", "sealed", report.id)),
    }


def report_of(row: AnyRow, key: DataKey | None) -> Report:
    """Without its key only what is clear is left."""
    told = _Told() if key is None else _JSON.validate_json(key.open(row.sealed, place("report", "sealed", row.id)))
    return Report(
        id=row.id,
        number=row.number,
        channel=row.channel,
        status=Status(row.status),
        category=row.category or told.category or CategoryId(""),
        agency=row.agency,
        received=row.received,
        due=row.due,
        text=told.text,
        place=Place(row.area or told.area, told.area_name, told.words, told.point),
        files=told.files,
        restricted=row.restricted,
        closed=row.closed,
    )


def history_row_of(report: ReportId, position: int, entry: HistoryEntry, key: DataKey) -> dict[str, object]:
    """`position` counts from 1 within the report."""
    return {
        "report": report,
        "position": position,
        "at": minute(entry.at),
        "status": entry.status.value,
        "agency": entry.agency,
        "sealed": key.seal(entry.text.encode(), place("history", "sealed", f"{report}.{position}")),
    }


def history_entry_of(row: AnyRow, key: DataKey | None) -> HistoryEntry:
    """Without the report's key the text is gone."""
    at = place("history", "sealed", f"{row.report}.{row.position}")
    text = "" if key is None else key.open(row.sealed, at).decode()
    return HistoryEntry(row.at, Status(row.status), row.agency, text)


class SqlReports:
    """core.ports.Reports."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys

    def add(self, report: Report, first: HistoryEntry) -> None:
        """With its key, its first entry and the names of its files."""
        key = self._keys.create(report.id)
        self._statements.change(_ADD, row_of(report, key))
        self._statements.change(_TELL, history_row_of(report.id, 1, first, key))
        for file in report.files:
            self._statements.change(_KEEP, {"name": file.name})

    def get(self, report: ReportId) -> Report | None:
        """None when there is no such report."""
        row = self._statements.first(_GET, {"of": report})
        return None if row is None else report_of(row, self._keys.of(report))

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Oldest first."""
        key = self._keys.of(report)
        return [history_entry_of(row, key) for row in self._statements.rows(_HISTORY, {"of": report})]

    def reroute(self, report: Report, entry: HistoryEntry) -> None:
        """Raises NotFound; all but category, place, agency and restriction stays as it is stored."""
        old, key = self.get(report.id), self._keys.of(report.id)
        if old is None or key is None:
            raise NotFound
        new = replace(
            old, category=report.category, place=report.place, agency=report.agency, restricted=report.restricted
        )
        row = row_of(new, key)
        self._statements.change(_CHANGE, {"of": report.id} | {name: row[name] for name in _REROUTED})
        last: int = self._statements.rows(_LAST, {"of": report.id})[0][0]
        self._statements.change(_TELL, history_row_of(report.id, last + 1, entry, key))
