"""Reports and their history: what was told lies sealed under the report's own key, what queues need is clear."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Executable, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_pass  # SQLite writes ON CONFLICT the same way

from core import workflow
from core.categories import CATEGORIES
from core.deadlines import minute
from core.errors import NotFound
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
    Number,
    Place,
    Report,
    ReportId,
    Status,
)
from storage.data_keys import BY_OWNER, DataKeys
from storage.statements import Params, Statements
from storage.tables import CORRECTION, DATA_KEY, HELD, HISTORY, HOLDER, NOTICE, PHOTO, REPORT, AnyRow
from storage.vault import DataKey, place

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


@dataclass(frozen=True, slots=True)
class _Entry:
    """What of a history entry is sealed: its agency would tell the area of a report that became restricted later."""

    agency: AgencyId
    text: str
    files: tuple[StoredFile, ...] = ()


_NOTHING = _Entry(AgencyId(""), "")
_JSON = TypeAdapter(_Told)
_ENTRY = TypeAdapter(_Entry)
_STRIDE = 64  # bytes to which an entry is filled up: its length would tell an area's office from a Dinas
_ADD = insert(REPORT)
# PostgreSQL: whoever reads a report in a turn may change it, so turns about one report wait for each other here.
_GET, _BY_NUMBER = (
    {True: query.with_for_update(key_share=True), False: query}  # by whether the turn may write
    for query in (select(REPORT).where(REPORT.c[name] == bindparam("of")) for name in ("id", "number"))
)
_KEY_BY_NUMBER = select(DATA_KEY.c.key_id, DATA_KEY.c.wrapped).where(
    DATA_KEY.c.owner == select(REPORT.c.id).where(REPORT.c.number == bindparam("of")).scalar_subquery()
)
_CHANGE = update(REPORT).where(REPORT.c.id == bindparam("of"))
_TELL = insert(HISTORY)
_LAST = select(func.coalesce(func.max(HISTORY.c.position), 0)).where(HISTORY.c.report == bindparam("of"))
_HISTORY = select(HISTORY).where(HISTORY.c.report == bindparam("of")).order_by(HISTORY.c.position)
_ALIKE = (
    select(HOLDER.c.report, func.count().label("holders"))
    .join(REPORT, REPORT.c.id == HOLDER.c.report)
    .where(
        REPORT.c.category == bindparam("category"),
        REPORT.c.area == bindparam("area"),
        REPORT.c.received >= bindparam("since"),
        REPORT.c.restricted.is_(False),
        REPORT.c.main.is_(None),
        *(REPORT.c.status != each.value for each in sorted(ENDED)),  # a list would not do: SQLite's way has no lists
    )
    .group_by(HOLDER.c.report)
    .order_by(func.count().desc(), HOLDER.c.report)
    .limit(1)
)
_KEEP = insert_or_pass(PHOTO).on_conflict_do_nothing()
_HOLD = insert_or_pass(HELD).on_conflict_do_nothing()
_RESHOW = update(HELD).where(HELD.c.report == bindparam("of"))
_HELD = select(HELD.c.agency).where(HELD.c.report == bindparam("of"))
_STRIKE = delete(HELD).where(HELD.c.report == bindparam("of"), HELD.c.agency != bindparam("but"))
_UNTELL = delete(NOTICE).where(NOTICE.c.report == bindparam("of"))
_RESTRICTED = "restricted"
_OPEN = frozenset(each.id for each in CATEGORIES if each.restricted is None)
_TAKEN = insert_or_pass(CORRECTION)
_COUNT = _TAKEN.on_conflict_do_update(index_elements=["before", "after"], set_={"times": CORRECTION.c.times + 1})
_NEVER = frozenset({"id", "number", "channel", "received"})  # are changed
_ALARMED = (
    select(REPORT.c.id)
    .where(REPORT.c.alarm <= bindparam("now"))
    .order_by(REPORT.c.alarm, REPORT.c.id)
    .limit(bindparam("most"))
)
_ALONG = select(REPORT.c.id).where(REPORT.c.main == bindparam("of")).order_by(REPORT.c.id)


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
    )
    return _clear_of(report) | {"sealed": key.seal(_JSON.dump_json(told), place("report", "sealed", report.id))}


def _clear_of(report: Report) -> dict[str, object]:
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
    return {"report": row["id"], "agency": row["agency"]} | _shown(row)


def _shown(row: dict[str, object]) -> dict[str, object]:
    """What the queues of all who hold or held it need."""
    same = {name: row[name] for name in ("number", "due", "status", "category", "area", "waits", "channel")}
    return same | {"holder": row["agency"], "open": Status(str(row["status"])) not in ENDED}


def report_of(row: AnyRow, key: DataKey | None) -> Report:
    """Without its key only what is clear is left."""
    return _report_of(row, _told_of(row, key))


def _told_of(row: AnyRow, key: DataKey | None) -> _Told:
    return _Told() if key is None else _JSON.validate_json(key.open(row.sealed, place("report", "sealed", row.id)))


def _report_of(row: AnyRow, told: _Told) -> Report:
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


def told_of(report: str, sealed: bytes, key: DataKey | None) -> tuple[CategoryId | None, AreaCode | None]:
    """Category and area of a restricted report; without its key they are gone."""
    if key is None:
        return None, None
    told = _JSON.validate_json(key.open(sealed, place("report", "sealed", report)))
    return told.category, told.area


def history_row_of(report: ReportId, position: int, entry: HistoryEntry, key: DataKey | None) -> dict[str, object]:
    """`position` counts from 1 within the report; where its key is gone, nothing is sealed."""
    plain = _ENTRY.dump_json(_Entry(entry.agency, entry.text, entry.files))
    plain += b" " * (-len(plain) % _STRIDE)
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


class SqlReports:
    """core.ports.Reports."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys
        # Locked, and not changed since; with how many entries its history has.
        self._read: dict[ReportId, tuple[Report, int]] = {}

    def add(self, report: Report, first: HistoryEntry) -> None:
        """With its key, its first entry, its holder and the names of its files."""
        key = self._keys.create(report.id)
        row = row_of(report, key, entries=1)
        self._statements.change(_ADD, row)
        self._statements.change(_TELL, history_row_of(report.id, 1, first, key))
        self._statements.change(_HOLD, held_row_of(row))
        self._keep(file_names(report, [first]))

    def get(self, report: ReportId) -> Report | None:
        """None when there is no such report."""
        known = self._read.get(report)
        return known[0] if known else self._found(_GET, BY_OWNER, {"of": report})

    def by_number(self, number: Number) -> Report | None:
        """None for a number that was never given."""
        return self._found(_BY_NUMBER, _KEY_BY_NUMBER, {"of": number})

    def _found(self, queries: Mapping[bool, Executable], key_query: Executable, of: Params) -> Report | None:
        writes = self._statements.writes
        rows, keys = self._statements.several([(queries[writes], of), (key_query, of)])
        if not rows:
            return None
        told = _told_of(rows[0], self._keys.found(rows[0].id, keys))
        found = _report_of(rows[0], told)
        if writes:
            self._read[found.id] = found, told.entries
        return found

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Oldest first."""
        key = self._keys.of(report)
        return [history_entry_of(row, key) for row in self._statements.rows(_HISTORY, {"of": report})]

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        """Where the report's key is gone, what is clear changes; words that nobody could read again are NotFound."""
        old, key = self.get(report.id), self._keys.of(report.id)
        if old is None or (key is None and entry is not None and (entry.text or entry.files)):
            raise NotFound
        entries = self._counted(report.id) + (entry is not None)
        row = _clear_of(report) if key is None else row_of(report, key, entries)
        new = {name: value for name, value in row.items() if name not in _NEVER}
        self._statements.change(_CHANGE, {"of": report.id} | new)
        self._read.pop(report.id, None)
        if report.restricted and not old.restricted:
            self._strike(report)
        self._hold(row, _clear_of(old))
        if entry is not None:
            self._statements.change(_TELL, history_row_of(report.id, entries, entry, key))
        self._keep(file_names(report, [entry] if entry else []) - file_names(old, []))

    def _counted(self, report: ReportId) -> int:
        """Entries of its history: as the report has it, else counted now."""
        known = self._read.get(report)
        return (known and known[1]) or int(self._statements.rows(_LAST, {"of": report})[0][0])

    def _hold(self, row: dict[str, object], old: dict[str, object]) -> None:
        """In the queues of all who hold or held it."""
        shown = _shown(row)
        if shown != _shown(old):
            self._statements.change(_RESHOW, {"of": row["id"]} | shown)
        if row["agency"] != old["agency"]:
            self._statements.change(_HOLD, held_row_of(row))

    def _strike(self, report: Report) -> None:
        """Offices that held it, or were told of it, would give its area away."""
        self._statements.change(_STRIKE, {"of": report.id, "but": report.agency})
        self._statements.change(_UNTELL, {"of": report.id})
        self._statements.keys_erased = True  # category and area lay in clear until now, and still do in the log

    def _keep(self, names: Iterable[str]) -> None:
        for name in names:
            self._statements.change(_KEEP, {"name": name})

    def held(self, report: ReportId) -> frozenset[AgencyId]:
        """Who holds or held it."""
        return frozenset(AgencyId(row.agency) for row in self._statements.rows(_HELD, {"of": report}))

    def alarmed(self, now: datetime, most: int) -> Sequence[ReportId]:
        """Oldest alarm first."""
        return [ReportId(row.id) for row in self._statements.rows(_ALARMED, {"now": now, "most": most})]

    def alike(self, category: CategoryId, area: AreaCode, since: datetime) -> tuple[ReportId, int] | None:
        """Of several the one that most hold."""
        row = self._statements.first(_ALIKE, {"category": category, "area": area, "since": since})
        return None if row is None else (ReportId(row.report), int(row.holders))

    def recategorised(self, before: CategoryId, after: CategoryId) -> None:
        """Where either is restricted neither is named."""
        open_ = _OPEN.issuperset((before, after))
        named = {"before": before, "after": after} if open_ else {"before": _RESTRICTED, "after": _RESTRICTED}
        self._statements.change(_COUNT, named | {"times": 1})

    def along_with(self, main: ReportId) -> Sequence[ReportId]:
        """In the order of their random ids."""
        return [ReportId(row.id) for row in self._statements.rows(_ALONG, {"of": main})]
