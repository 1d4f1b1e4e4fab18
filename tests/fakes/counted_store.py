"""The real store with an ear at each connection: what a page asks of its database, in the database's own words."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import Connection, Executable, event

from storage import Keys, SqlStore
from storage.engine import Database, Work, is_sqlite
from storage.keyring import load
from storage.pool import PostgresPool
from storage.queues import OldCounts
from storage.statements import Params, PostgresStatements, Statements
from storage.tables import AnyRow
from storage.vault import Vault, Wrapped
from storage.writer import SqliteWriter

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")


class _CountedDatabase:
    """storage.engine.Database. What begins and ends a transaction stands outside of the work, and is not heard."""

    def __init__(self, inner: Database, asked: list[str]) -> None:
        self._inner = inner
        self._asked = asked

    def run(self, work: Work[T], ordering_key: bytes = b"") -> T:
        return self._inner.run(self._heard(work), ordering_key)

    def submit(self, work: Work[T], ordering_key: bytes, threads: Executor) -> Future[T]:
        return threads.submit(self.run, work, ordering_key)

    def read(self, work: Work[T]) -> T:
        return self._inner.read(self._heard(work))

    def sweep(self) -> None:
        self._inner.sweep()

    def close(self) -> None:
        self._inner.close()

    def _heard(self, work: Work[T]) -> Work[T]:
        def heard(statements: Statements) -> T:
            if isinstance(statements, PostgresStatements):
                return work(_Heard(statements, self._asked))
            with self._listening(statements.connection):
                return work(statements)

        return heard

    @contextmanager
    def _listening(self, connection: Connection) -> Iterator[None]:
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        raw.set_trace_callback(self._asked.append)
        try:
            yield
        finally:
            raw.set_trace_callback(None)


class _Heard(Statements):
    """Statements of a turn, before psycopg gets them."""

    def __init__(self, inner: Statements, asked: list[str]) -> None:
        super().__init__(inner.connection, writes=inner.writes)
        self._inner = inner
        self._asked = asked

    @property
    def connection(self) -> Connection:
        found = self._inner.connection
        if not event.contains(found, "before_cursor_execute", self._said):
            event.listen(found, "before_cursor_execute", self._said)  # until the connection ends with its transaction
        return found

    def _said(self, _: Connection, __: object, statement: str, *___: object) -> None:
        self._asked.append(statement)

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        self._asked.append(type(statement).__name__)
        return self._inner.rows(statement, params)

    def change(self, statement: Executable, params: Params) -> None:
        self._asked.append(type(statement).__name__)
        self._inner.change(statement, params)

    def changed(self, statement: Executable, params: Params) -> int:
        self._asked.append(type(statement).__name__)
        return self._inner.changed(statement, params)


class _CountedVault(Vault):
    """Notes whose key was opened."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(keys)
        self.opened: list[str] = []

    def unwrap(self, kept: Wrapped) -> bytes:
        self.opened.append(kept.owner)
        return super().unwrap(kept)


class CountedStore(SqlStore):
    """`asked`: every statement of every turn, `opened`: whose key was opened, until somebody clears them."""

    def __init__(self, url: str, keys: Keys, old_counts: OldCounts | None = None) -> None:
        inner: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
        vault = _CountedVault(keys)
        self.opened = vault.opened
        ring = inner.run(lambda statements: load(statements.connection, vault))
        self.asked: list[str] = []
        super().__init__(_CountedDatabase(inner, self.asked), ring, old_counts)
