"""What was erased after a copy was made is erased in the copy, too: marks of the ledger are matched with its rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import select

from core.categories import ALL_CATEGORIES, category
from core.model import ENDED, Act, CategoryId, ContactId, HistoryEntry, Report, ReportId, Status
from core.ports import UnitOfWork
from storage import erasures
from storage.engine import Database
from storage.erasures import Erased
from storage.keyring import Keyring
from storage.retention import end_words
from storage.statements import Statements
from storage.tables import HOLDER, REPORT

T = TypeVar("T")
_BATCH = 200
_HELD = select(HOLDER.c.contact, HOLDER.c.report).where(HOLDER.c.contact.is_not(None))


class _Run(Protocol):
    def __call__(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T: ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many addresses were forgotten, reports lost their words, were withdrawn, became restricted."""

    contacts: int = 0
    words: int = 0
    withdrawn: int = 0
    restricted: int = 0


class Ledger:
    """Of one database; each method raises StoreAway."""

    def __init__(self, database: Database, ring: Keyring, run: _Run) -> None:
        self._database = database
        self._ring = ring
        self._run = run

    def marks(self) -> frozenset[bytes]:
        """What was noted so far."""
        return self._database.read(lambda statements: erasures.marks_of(statements.connection))

    def replay(self, marks: frozenset[bytes], now: datetime) -> Replayed:
        """Erases what a newer ledger names and this database does not know of; it may be called again.

        What its own ledger has, it has done already: a report that was restricted and is no more stays so.
        """
        new = marks - self.marks()
        if not new:
            return Replayed()
        contacts, reports = self._database.read(self._ids)
        forgotten = [(contact, report) for contact, report in contacts if self._is(new, Erased.CONTACT, contact)]
        ended = [report for report in reports if self._is(new, Erased.WORDS, report)]
        withdrawn = [report for report in reports if self._is(new, Erased.WITHDRAWN, report)]
        hidden = [(report, each) for report in reports for each in self._categories(new, report)]
        _in_batches(hidden, lambda batch: self._run(partial(_restrict, batch)))
        _in_batches(withdrawn, lambda batch: self._run(partial(_withdraw, batch, now)))
        _in_batches(forgotten, lambda batch: self._run(partial(_forget, batch, now)))
        _in_batches(ended, lambda batch: self._database.run(partial(end_words, batch, self._ring)))
        self._database.run(lambda statements: erasures.keep(statements.connection, new))
        self._database.sweep()
        return Replayed(len(forgotten), len(ended), len(withdrawn), len(hidden))

    def _ids(self, statements: Statements) -> tuple[list[tuple[str, str]], list[str]]:
        connection = statements.connection
        held = [(row.contact, row.report) for row in connection.execute(_HELD)]
        return held, list(connection.execute(select(REPORT.c.id)).scalars())

    def _is(self, marks: frozenset[bytes], what: Erased, owner: str, detail: str = "") -> bool:
        return self._ring.erased(what + detail, owner) in marks

    def _categories(self, marks: frozenset[bytes], report: str) -> Iterator[CategoryId]:
        restricted = [each.id for each in ALL_CATEGORIES.values() if each.restricted is not None]
        return (each for each in restricted if self._is(marks, Erased.RESTRICTED, report, each))


def _in_batches(rows: Sequence[T], turn: Callable[[Sequence[T]], object]) -> None:
    """So that no turn grows with the database."""
    for start in range(0, len(rows), _BATCH):
        turn(rows[start : start + _BATCH])


def _forget(held: Sequence[tuple[str, str]], now: datetime, tx: UnitOfWork) -> None:
    from core import record  # noqa: PLC0415 - its tables are read by those alone who do something

    for contact, report in held:
        record.forgotten(tx, ReportId(report), ContactId(contact), now)


def _found(tx: UnitOfWork, report: str) -> Report:
    found = tx.reports.get(ReportId(report))
    if found is None:
        raise AssertionError("a report was read a moment ago, and none is ever deleted")
    return found


def _withdraw(reports: Sequence[str], now: datetime, tx: UnitOfWork) -> None:
    """Nobody is told: they were, when it happened."""
    for each in reports:
        report = _found(tx, each)
        if report.status in ENDED:
            continue
        entry = HistoryEntry(now, Status.DICABUT, report.agency, act=Act.WITHDRAW)
        handling = replace(report.handling, withdrawal=None)
        after = replace(report, status=Status.DICABUT, closed=now, alarm=None, handling=handling)
        tx.reports.change(after, entry)


def _restrict(reports: Sequence[tuple[str, CategoryId]], tx: UnitOfWork) -> None:
    for each, chosen in reports:
        report = _found(tx, each)
        agency = category(chosen).restricted or report.agency
        tx.reports.change(replace(report, category=chosen, agency=agency, restricted=True))
