"""Reports and their history as rows: what was told is sealed under the report's own key, what queues need is clear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core import workflow
from core.deadlines import minute
from core.messages import Point, StoredFile
from core.model import (
    ENDED,
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    Check,
    Feedback,
    Handling,
    HistoryEntry,
    Place,
    Report,
    ReportId,
    Status,
)
from storage.tables import AnyRow
from storage.typed_json import TypedJson
from storage.vault import DataKey, filled, place

_UNHANDLED = Handling()


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
    handling: Handling = _UNHANDLED  # without what is clear
    entries: int = 0  # of its history; 0: written before they were counted
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """What of a history entry is sealed: its agency would tell the area of a report that became restricted later."""

    agency: AgencyId
    text: str
    files: tuple[StoredFile, ...] = ()


_NOTHING = _Entry(AgencyId(""), "")
_JSON = TypedJson(_Told)
_ENTRY = TypedJson(_Entry)
_STRIDE = 64  # bytes to which an entry is filled up: its length would tell an area's office from a Dinas


def row_of(report: Report, key: DataKey, entries: int = 0) -> dict[str, object]:
    """Every column; `entries` as many as its history has."""
    where, hidden = report.place, report.restricted
    told = _Told(
        text=report.text,
        area_name=where.name,
        words=where.words,
        point=where.point,
        files=report.files,
        category=report.category if hidden else None,
        area=where.area if hidden else None,
        handling=replace(report.handling, plan=Check.NONE, estimate=Check.NONE, main=None, feedback=None, reopened=0),
        entries=entries,
        attributes=report.attributes,
    )
    plain = filled(_JSON.dump_json(told))
    return clear_of(report) | {"sealed": key.seal(plain, place("report", "sealed", report.id))}


def clear_of(report: Report) -> dict[str, object]:
    """What queues and figures need."""
    hidden, done, waits = report.restricted, report.handling, workflow.waits(report)
    return {
        "id": report.id,
        "number": report.number,
        "channel": report.channel,
        "status": report.status.value,
        "category": None if hidden else report.category,
        "agency": report.agency,
        "area": None if hidden else report.place.area,
        "restricted": hidden,
        "received": minute(report.received),
        "due": minute(report.due),
        "closed": report.closed and minute(report.closed),
        "late": report.late,
        "evaluation": report.evaluation,
        "alarm": report.alarm and minute(report.alarm),
        "main": done.main,
        "plan": done.plan.value,
        "estimate": done.estimate.value,
        "reopened": done.reopened,
        "feedback": done.feedback and done.feedback.value,
        "waits": waits and waits.value,
    }


def held_row_of(row: dict[str, object]) -> dict[str, object]:
    """Of the office that holds a report, whose own row is given."""
    return {"report": row["id"], "agency": row["agency"]} | shown_of(row)


def shown_of(row: Mapping[str, object]) -> dict[str, object]:
    """What the queues of all who hold or held it need."""
    same = {name: row[name] for name in ("number", "due", "status", "category", "area", "waits", "channel")}
    return same | {"holder": row["agency"], "open": Status(str(row["status"])) not in ENDED}


def report_of(row: AnyRow, key: DataKey | None) -> Report:
    """Without its key only what is clear is left."""
    return counted_report_of(row, key)[0]


def counted_report_of(row: AnyRow, key: DataKey | None) -> tuple[Report, int]:
    """Returns the same report with how many entries its history has. 0: not counted, or not readable any more."""
    told = _Told() if key is None else _JSON.validate_json(key.open(row.sealed, place("report", "sealed", row.id)))
    report = Report(
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
        attributes=told.attributes,
        restricted=row.restricted,
        closed=row.closed,
        late=row.late,
        evaluation=row.evaluation,
        alarm=row.alarm,
        handling=replace(
            told.handling,
            plan=Check(row.plan),
            estimate=Check(row.estimate),
            main=row.main,
            feedback=row.feedback and Feedback(row.feedback),
            reopened=row.reopened,
        ),
    )
    return report, told.entries


def kept_of(report: Report, old: Report) -> Report:
    """As a changed report is read again: in minutes, and with what of the old one never changes."""
    return replace(
        report,
        number=old.number,
        channel=old.channel,
        received=old.received,
        due=minute(report.due),
        closed=report.closed and minute(report.closed),
        alarm=report.alarm and minute(report.alarm),
    )


def told_of(report: str, sealed: bytes, key: DataKey | None) -> tuple[CategoryId | None, AreaCode | None]:
    """Category and area of a restricted report; without its key they are gone."""
    if key is None:
        return None, None
    told = _JSON.validate_json(key.open(sealed, place("report", "sealed", report)))
    return told.category, told.area


def history_row_of(report: ReportId, position: int, entry: HistoryEntry, key: DataKey | None) -> dict[str, object]:
    """`position` counts from 1 within the report; where its key is gone, nothing is sealed."""
    plain = filled(_ENTRY.dump_json(_Entry(entry.agency, entry.text, entry.files)), _STRIDE)
    at = place("history", "sealed", f"{report}.{position}")
    return {
        "report": report,
        "position": position,
        "at": minute(entry.at),
        "status": entry.status.value,
        "act": entry.act.value,
        "sealed": b"" if key is None else key.seal(plain, at),
    }


def history_entry_of(row: AnyRow, key: DataKey | None) -> HistoryEntry:
    """Without the report's key text, agency and files are gone."""
    at = place("history", "sealed", f"{row.report}.{row.position}")
    told = _NOTHING if key is None else _ENTRY.validate_json(key.open(row.sealed, at))
    return HistoryEntry(row.at, Status(row.status), told.agency, told.text, Act(row.act), told.files)


def file_names(report: Report, history: Iterable[HistoryEntry]) -> set[str]:
    """Of every file that belongs to a report."""
    files = [*report.files, *report.handling.result, *(file for entry in history for file in entry.files)]
    return {file.name for file in files}
