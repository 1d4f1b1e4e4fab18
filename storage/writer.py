"""SQLite: one thread writes, and turns that wait together share one durable commit, each behind its own savepoint."""

import logging
import sqlite3
import threading
import time
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import event

from core.errors import StoreAway
from storage.engine import BUSY_MS, Work, away, is_trouble, sqlite_engine, sqlite_transaction
from storage.statements import SqliteStatements, Statements

T = TypeVar("T")
_log = logging.getLogger(__name__)
_MOST = 128  # turns in one commit
_LEAST_PATIENCE_MS = 50  # for a lock, however long a turn has waited for the group before it
_SWEEP_IDLE = 1.0  # seconds without a turn after which the log is swept of sent messages
_SWEEP_LATEST = 30.0  # seconds after which it is swept however busy it is


class _Lost(Exception):
    """SQLite rolled the whole transaction back: nothing of the group can be kept."""


class _Job(Generic[T]):
    """One turn that waits for its commit."""

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.since = time.monotonic()
        self.future: Future[T] = Future()
        self.result: T | None = None
        self.error: BaseException | None = None
        self.wanted: bool | None = None  # not known before it begins

    def begins(self) -> bool:
        """False where nobody wants it any more; from now on it cannot be cancelled."""
        if self.wanted is None:
            self.wanted = self.future.set_running_or_notify_cancel()
        return self.wanted

    def attempt(self, statements: Statements, raw: sqlite3.Connection) -> None:
        """Leaves the transaction as it was when the turn raises; _Lost when there is none left."""
        if not self.begins():
            return
        raw.execute("SAVEPOINT turn")
        try:
            self.result = self.work(statements)
        except BaseException as error:  # noqa: BLE001 - whatever a turn raises is its caller's
            self.error = error
        if not raw.in_transaction:
            raise _Lost from self.error
        if self.error is not None:
            raw.execute("ROLLBACK TO turn")
        raw.execute("RELEASE turn")

    def settle(self, group_error: BaseException | None) -> None:
        """Tells the caller how it went."""
        if not self.begins():
            return
        error = group_error or self.error
        if error is None:
            self.future.set_result(cast("T", self.result))
        else:
            self.future.set_exception(away(error) if is_trouble(error) else error)


def _remember_pages(connection: sqlite3.Connection, _record: object) -> None:
    """For the savepoint of a turn, which else copies each page that it writes over to a file outside our folder."""
    connection.execute("PRAGMA temp_store=MEMORY")


class SqliteWriter:
    """storage.engine.Database on one file."""

    def __init__(self, url: str) -> None:
        self._writing = sqlite_engine(url, write=True)
        event.listen(self._writing.pool, "connect", _remember_pages)
        self._reading = sqlite_engine(url, write=False)
        self._waiting: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._dirty_since: float | None = None  # monotonic: sent messages lie in the log since
        self._forgotten = False  # somebody was, and the log could not be swept yet
        self._sweep_after = 0.0  # monotonic: a reader was in the way, do not wait for it at every commit
        self._thread = threading.Thread(target=self._serve, name="storage-writer", daemon=True)
        self._thread.start()

    def run(self, work: Work[T], ordering_key: bytes = b"") -> T:  # noqa: ARG002 - one thread: every turn is in order
        """Blocks until the commit that this turn shares."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a turn cannot wait for another turn")
        return self._handed(work).result()

    def submit(self, work: Work[T], ordering_key: bytes, threads: Executor) -> Future[T]:  # noqa: ARG002 - see above
        """Nobody waits but whoever looks at the future."""
        return self._handed(work)

    def _handed(self, work: Work[T]) -> Future[T]:
        job = _Job(work)
        with self._gate:
            if self._closed:
                raise StoreAway("closed")
            self._waiting.put(job)
        return job.future

    def read(self, work: Work[T]) -> T:
        """Sees the last commit; never waits for the writer."""
        try:
            with sqlite_transaction(self._reading, write=False) as (connection, raw):
                return work(SqliteStatements(connection, raw))
        except Exception as error:
            if is_trouble(error):
                raise away(error) from None
            raise

    def sweep(self) -> None:
        """Empties the log."""

        def note(statements: Statements) -> None:
            statements.keys_erased = True

        self.run(note)

    def close(self) -> None:
        """After the turns that wait."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()
        self._writing.dispose()
        self._reading.dispose()

    def _serve(self) -> None:
        going = True
        while going:
            jobs, going = self._gather()
            if jobs:
                self._commit(jobs)
            if self._due_for_sweep(idle=not jobs or not going):
                self._empty_log()

    def _gather(self) -> tuple[list[_Job[Any]], bool]:
        """All that wait, at least one unless a sweep is due first; False with the last."""
        jobs: list[_Job[Any]] = []
        try:
            job = self._waiting.get(timeout=None if self._dirty_since is None else _SWEEP_IDLE)
            while job is not None:
                jobs.append(job)
                if len(jobs) == _MOST:
                    return jobs, True
                job = self._waiting.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _commit(self, jobs: list[_Job[Any]]) -> None:
        lost: BaseException | None = None
        statements: Statements | None = None
        try:
            # The group waits for a lock no longer than its oldest turn may: behind a group that waited in vain
            # it would wait all over again, and its senders would have hung up.
            waited = int((time.monotonic() - jobs[0].since) * 1000)
            patience = max(BUSY_MS - waited, _LEAST_PATIENCE_MS)
            with sqlite_transaction(self._writing, write=True, patience_ms=patience) as (connection, raw):
                statements = SqliteStatements(connection, raw)
                for job in jobs:
                    job.attempt(statements, raw)
        except _Lost as error:
            lost = away(error.__cause__ or error)
        except BaseException as error:  # noqa: BLE001 - every caller waits: none may be left without an answer
            lost = away(error) if is_trouble(error) or isinstance(error, OSError) else error
        if lost is not None:
            _log.warning("commit_failed", extra={"turns": len(jobs), "trouble": type(lost).__name__})
            self._writing.dispose()  # whatever state the connection is in: the next group begins with a fresh one
        elif statements is not None:
            self._note_erased(statements)
        for job in jobs:
            job.settle(lost)

    def _note_erased(self, statements: Statements) -> None:
        if statements.keys_erased or statements.rows_erased:
            self._dirty_since = self._dirty_since or time.monotonic()
        if statements.keys_erased:
            self._forgotten = True
            self._empty_log()

    def _due_for_sweep(self, *, idle: bool) -> bool:
        now = time.monotonic()
        if self._dirty_since is None or now < self._sweep_after:
            return False
        return idle or self._forgotten or now - self._dirty_since > _SWEEP_LATEST

    def _empty_log(self) -> None:
        """What was deleted lies in the write-ahead log until it is written back and cut; a reader may delay that."""
        try:
            with self._writing.connect() as connection:
                raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
                raw.execute("PRAGMA busy_timeout=200")
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        except Exception as error:  # noqa: BLE001 - the commit stands; the next sweep tries again
            _log.warning("sweep_failed", extra={"trouble": type(error).__name__})
            return
        if busy:
            self._sweep_after = time.monotonic() + _SWEEP_IDLE
        else:
            self._dirty_since = None
            self._forgotten = False
