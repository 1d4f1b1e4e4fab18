"""PostgreSQL: a transaction a turn on a bounded pool, one sender after the other, tried again when it is asked for."""

import contextlib
import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, TypeVar, cast

import sqlalchemy.exc
from sqlalchemy import Connection, bindparam, func, select, text

from core.errors import StoreAway
from storage.engine import Work, away, is_lost, is_trouble, postgres_engine, wants_again
from storage.statements import PostgresStatements, Statements

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
_log = logging.getLogger(__name__)
_TRIES = 6
_QUEUES = 512  # two ordering keys that share one by chance only wait a little for each other
_VACUUM_EVERY = 60.0  # seconds
_LOCK = select(func.pg_advisory_xact_lock(bindparam("key")))


def lock_key(ordering_key: bytes) -> int:
    """An ordering key as PostgreSQL's locks are called: 64 bits, signed."""
    return int.from_bytes(hashlib.sha256(b"resi lane\0" + ordering_key).digest()[:8], "big", signed=True)


class PostgresPool:
    """storage.engine.Database on a server, beside any number of other processes."""

    def __init__(self, url: str) -> None:
        self._engine = postgres_engine(url)
        self._gate = threading.Lock()
        # Turns of one sender wait here first: else a flood from one would hold every connection.
        self._queues = [threading.Lock() for _ in range(_QUEUES)]
        self._vacuumed = -_VACUUM_EVERY  # monotonic seconds
        self._dirty = False

    def run(self, work: Work[T], ordering_key: bytes = b"") -> T:
        """In one transaction of its own."""
        queue = self._queues[lock_key(ordering_key) % _QUEUES] if ordering_key else contextlib.nullcontext()
        with queue:
            return self._run(work, ordering_key)

    def submit(self, work: Work[T], ordering_key: bytes, threads: Executor) -> Future[T]:
        """A thread waits for the server's answers."""
        return threads.submit(self.run, work, ordering_key)

    def _run(self, work: Work[T], ordering_key: bytes) -> T:
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._once(work, ordering_key)
            except Exception as error:
                if wants_again(error) and tries_left:
                    time.sleep(secrets.randbelow(20 * (_TRIES - tries_left)) / 1000)  # two that met part here
                elif not (is_lost(error) and tries_left == _TRIES - 1):  # a pooled one had died: nothing was done on it
                    if is_trouble(error):
                        raise away(error) from None
                    raise
        raise AssertionError("the last try returns or raises")

    def _once(self, work: Work[T], ordering_key: bytes) -> T:
        with self._engine.connect() as connection:
            with self._statements(connection, writes=True) as statements:
                if ordering_key:
                    statements.rows(_LOCK, {"key": lock_key(ordering_key)})
                result = work(statements)
            _commit(connection)
        if statements.keys_erased:
            self._dirty = True
            self._vacuum_if_due()
        return result

    def read(self, work: Work[T]) -> T:
        """In a transaction that may only read, rolled back at its end."""
        for tries_left in (1, 0):
            try:
                with (
                    self._engine.connect().execution_options(postgresql_readonly=True) as connection,
                    self._statements(connection, writes=False) as statements,
                ):
                    return work(statements)
            except Exception as error:
                if not (is_lost(error) and tries_left):
                    if is_trouble(error):
                        raise away(error) from None
                    raise
        raise AssertionError("the last try returns or raises")

    @contextlib.contextmanager
    def _statements(self, connection: Connection, *, writes: bool) -> Iterator[Statements]:
        """In one transaction, begun by the first of them; at the end all are answered, and none is committed."""
        raw = cast("psycopg.Connection[object]", connection.connection.dbapi_connection)
        connection.begin()
        statements = PostgresStatements(connection, raw, writes=writes)
        try:
            yield statements
            statements.settle()
        except BaseException:
            with contextlib.suppress(Exception):  # it repeats what is raised, or comes of it
                statements.settle()
            if raw.closed:
                connection.invalidate()
                self._engine.dispose()  # what killed this one killed the idle ones beside it
            raise

    def sweep(self) -> None:
        """Vacuums the table of keys, if a key was deleted since the last time."""
        if self._dirty:
            self._vacuum()

    def close(self) -> None:
        """Hands the connections back."""
        self._engine.dispose()

    def _vacuum_if_due(self) -> None:
        with self._gate:
            due = time.monotonic() - self._vacuumed >= _VACUUM_EVERY
            if due:
                self._vacuumed = time.monotonic()
        if due:
            self._vacuum()

    def _vacuum(self) -> None:
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM data_key"))
            self._dirty = False
        except sqlalchemy.exc.SQLAlchemyError as error:
            _log.warning("sweep_failed", extra={"trouble": type(error).__name__})


def _commit(connection: Connection) -> None:
    try:
        connection.commit()
    except sqlalchemy.exc.DBAPIError as error:
        if error.connection_invalidated:  # nobody can say whether it was kept: only the wire may bring it again
            raise StoreAway("commit unknown") from None
        raise
