"""Reports in one transaction: filed, read under a lock, changed with what is told of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Executable, Select, bindparam, delete, func, insert, select, update

from core.categories import category
from core.errors import NotFound
from core.model import (
    ENDED,
    AgencyId,
    AreaCode,
    CategoryId,
    HistoryEntry,
    Number,
    Report,
    ReportId,
    Status,
)
from core.ports import Visibility
from storage.data_keys import BY_OWNER, DataKeys
from storage.erasures import Erased, note
from storage.keyring import Keyring
from storage.partner_hooks import note_changed
from storage.prefetch import Prefetch
from storage.report_rows import (
    clear_of,
    counted_report_of,
    file_names,
    held_row_of,
    history_entry_of,
    history_row_of,
    kept_of,
    row_of,
    shown_of,
)
from storage.statements import Params, Statements
from storage.tables import CLOSING, CORRECTION, DATA_KEY, HELD, HISTORY, HOLDER, NOTICE, PHOTO, PUBLISHED, REPORT
from storage.upserts import insert as insert_or_pass
from storage.visibility import asked, seen

_ADD = insert(REPORT)


# PostgreSQL: whoever reads a report in a turn may change it, so turns about one report wait for each other here.
def _by_whether_it_writes(query: Select[Any]) -> Mapping[bool, Executable]:
    return {True: query.with_for_update(key_share=True, of=REPORT), False: query}


_GET = _by_whether_it_writes(select(REPORT).where(REPORT.c.id == bindparam("of")))
_BY_NUMBER = {
    every: _by_whether_it_writes(select(REPORT).where(REPORT.c.number == bindparam("of"), seen(every)))
    for every in (None, False, True)
}
_KEY_BY_NUMBER = {
    every: select(DATA_KEY.c.key_id, DATA_KEY.c.wrapped).where(
        DATA_KEY.c.owner == select(REPORT.c.id).where(REPORT.c.number == bindparam("of"), seen(every)).scalar_subquery()
    )
    for every in (None, False, True)
}
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
        REPORT.c.received <= bindparam("until"),
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
# Who vanished alone would be pointed at: those that were published along with it go too.
_UNPUBLISH = delete(PUBLISHED).where(
    PUBLISHED.c.pack.in_(select(PUBLISHED.c.pack).where(PUBLISHED.c.report == bindparam("of")))
)
_RESTRICTED = "restricted"
_TAKEN = insert_or_pass(CORRECTION)
_COUNT = _TAKEN.on_conflict_do_update(index_elements=["before", "after"], set_={"times": CORRECTION.c.times + 1})
_CLOSING = insert_or_pass(CLOSING)
_COUNT_CLOSING = _CLOSING.on_conflict_do_update(index_elements=["kind", "deed"], set_={"times": CLOSING.c.times + 1})
_NEVER = frozenset({"id", "number", "channel", "received"})  # are changed
_ALARMED = (
    select(REPORT.c.id)
    .where(REPORT.c.alarm <= bindparam("now"))
    .order_by(REPORT.c.alarm, REPORT.c.id)
    .limit(bindparam("most"))
)
_ALONG = select(REPORT.c.id).where(REPORT.c.main == bindparam("of")).order_by(REPORT.c.id)


def _is_open(kind: CategoryId) -> bool:
    """Whether all staff may read of it; not of one that the city's folder has lost."""
    try:
        return category(kind).restricted is None
    except KeyError:
        return False


class _Known(NamedTuple):
    """A report that this turn has locked, as it stands there now; the length of its history, and what lies clear."""

    report: Report
    entries: int
    clear: Mapping[str, object]


class SqlReports:
    """core.ports.Reports."""

    def __init__(self, statements: Statements, keys: DataKeys, ring: Keyring) -> None:
        self._statements = statements
        self._keys = keys
        self._ring = ring
        self._read: dict[ReportId, _Known] = {}
        self.along = Prefetch(statements, _ALONG)  # whoever is told of a report is told of those along with it

    def add(self, report: Report, first: HistoryEntry) -> None:
        """Inserts the report with its key, its first history entry, its office and the names of its files."""
        self.along.forget()
        key = self._keys.create(report.id)
        row = row_of(report, key, entries=1)
        self._statements.change(_ADD, row)
        self._statements.change(_TELL, history_row_of(report.id, 1, first, key))
        self._statements.change(_HOLD, held_row_of(row))
        self._keep(file_names(report, [first]))

    def get(self, report: ReportId) -> Report | None:
        """Locks the report until the commit. None: there is no such report."""
        known = self._read.get(report)
        return known.report if known else self._found(_GET, BY_OWNER, {"of": report})

    def by_number(self, number: Number, visibility: Visibility | None = None) -> Report | None:
        """Same as `get`, by number. None also for a report that `visibility` does not let be seen."""
        every, office = asked(visibility)
        return self._found(_BY_NUMBER[every], _KEY_BY_NUMBER[every], {"of": number, **office})

    def _found(self, queries: Mapping[bool, Executable], key_query: Executable, of: Params) -> Report | None:
        writes = self._statements.writes
        rows, keys = self._statements.several([(queries[writes], of), (key_query, of)])
        if not rows:
            return None
        found, entries = counted_report_of(rows[0], self._keys.found(rows[0].id, keys))
        if writes:
            self._read[found.id] = _Known(found, entries, rows[0]._asdict())
        return found

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Returns the entries, oldest first. Locks nothing."""
        key = self._keys.of(report)
        return [history_entry_of(row, key) for row in self._statements.rows(_HISTORY, {"of": report})]

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        """Locks the report and writes it; writes nothing where nothing changed.

        Raises NotFound where there is no such report, or where words are added and its key was erased.
        """
        old, key = self.get(report.id), self._keys.of(report.id)
        if old is None or (key is None and entry is not None and (entry.text or entry.files)):
            raise NotFound
        kept = kept_of(report, old)
        if entry is None and kept == old:
            return
        before = self._read[report.id].clear
        entries = self._counted(report.id) + (entry is not None)
        row = clear_of(report) if key is None else row_of(report, key, entries)
        self.along.forget()
        new = {name: value for name, value in row.items() if name not in _NEVER}
        self._statements.change(_CHANGE, {"of": report.id} | new)
        if key is None:
            self.forget_read(report.id)
        else:
            self._read[report.id] = _Known(kept, entries, row)
        if report.restricted and not old.restricted:
            self._strike(report)
        if report.status is Status.DICABUT and old.status is not Status.DICABUT:
            note(self._statements, self._ring, Erased.WITHDRAWN, report.id)
        self._hold(row, before)
        if entry is not None:
            self._statements.change(_TELL, history_row_of(report.id, entries, entry, key))
            if report.status is not old.status:
                note_changed(self._statements, report.id, entry.at)
        self._keep(file_names(report, [entry] if entry else []) - file_names(old, []))

    def forget_read(self, report: ReportId) -> None:
        """Forgets what this turn read of the report, so that it is read again."""
        self._read.pop(report, None)

    def _counted(self, report: ReportId) -> int:
        """Returns how many entries its history has: as the report says, else counted by a query."""
        return self._read[report].entries or int(self._statements.rows(_LAST, {"of": report})[0][0])

    def _hold(self, row: dict[str, object], old: Mapping[str, object]) -> None:
        """Writes its rows in the queues of all offices that hold or held it, where something shown there changed."""
        shown = shown_of(row)
        if shown != shown_of(old):
            self._statements.change(_RESHOW, {"of": row["id"]} | shown)
        if row["agency"] != old["agency"]:
            self._statements.change(_HOLD, held_row_of(row))

    def _strike(self, report: Report) -> None:
        """Offices that held it, or were told of it, would give its area away; so would the public list."""
        self._statements.change(_STRIKE, {"of": report.id, "but": report.agency})
        self._statements.change(_UNTELL, {"of": report.id})
        self._statements.change(_UNPUBLISH, {"of": report.id})
        note(self._statements, self._ring, Erased.RESTRICTED, report.id, report.category)
        self._statements.keys_erased = True  # category and area lay in clear until now, and still do in the log

    def _keep(self, names: Iterable[str]) -> None:
        for name in names:
            self._statements.change(_KEEP, {"name": name})

    def ever_held_by(self, report: ReportId) -> frozenset[AgencyId]:
        """Returns the offices that hold or held it."""
        return frozenset(AgencyId(row.agency) for row in self._statements.rows(_HELD, {"of": report}))

    def with_due_alarm(self, now: datetime, most: int) -> Sequence[ReportId]:
        """Returns reports whose alarm is due, oldest alarm first. Locks nothing."""
        return [ReportId(row.id) for row in self._statements.rows(_ALARMED, {"now": now, "most": most})]

    def open_duplicate(
        self, category: CategoryId, area: AreaCode, since: datetime, until: datetime
    ) -> tuple[ReportId, int] | None:
        """Returns the one that most people have a code of, and how many have. None: there is none."""
        row = self._statements.first(_ALIKE, {"category": category, "area": area, "since": since, "until": until})
        return None if row is None else (ReportId(row.report), int(row.holders))

    def count_recategorised(self, before: CategoryId, after: CategoryId) -> None:
        """Counts a correction; where either category is restricted or known no more, neither is named."""
        may_be_named = _is_open(before) and _is_open(after)
        named = {"before": before, "after": after} if may_be_named else {"before": _RESTRICTED, "after": _RESTRICTED}
        self._statements.change(_COUNT, named | {"times": 1})

    def count_closing(self, kind: str, deed: str) -> None:
        """Adds one to a row of two names."""
        self._statements.change(_COUNT_CLOSING, {"kind": kind, "deed": deed, "times": 1})

    def duplicates_of(self, main: ReportId) -> Sequence[ReportId]:
        """Returns the duplicates in the order of their random ids. Locks nothing."""
        return [ReportId(row.id) for row in self.along.rows(main)]
