"""The real store with an ear at each connection: what a page asks of its database, in the database's own words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, event

from storage import Keys, SqlStore
from storage.engine import Database, Work, is_sqlite
from storage.keyring import load
from storage.pool import PostgresPool
from storage.statements import Statements
from storage.vault import Vault
from storage.writer import SqliteWriter

T = TypeVar("T")


class _CountedDatabase:
    """storage.engine.Database. What begins and ends a transaction stands outside of the work, and is not heard."""

    def __init__(self, inner: Database, asked: list[str]) -> None:
        self._inner = inner
        self._asked = asked

    def run(self, work: Work[T], lane: bytes = b"") -> T:
        return self._inner.run(self._heard(work), lane)

    def read(self, work: Work[T]) -> T:
        return self._inner.read(self._heard(work))

    def sweep(self) -> None:
        self._inner.sweep()

    def close(self) -> None:
        self._inner.close()

    def _heard(self, work: Work[T]) -> Work[T]:
        def heard(statements: Statements) -> T:
            with self._listening(statements.connection):
                return work(statements)

        return heard

    @contextmanager
    def _listening(self, connection: Connection) -> Iterator[None]:
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            raw.set_trace_callback(self._asked.append)
            try:
                yield
            finally:
                raw.set_trace_callback(None)
            return

        def said(_: Connection, __: object, statement: str, *___: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
            self._asked.append(statement)

        event.listen(connection, "before_cursor_execute", said)
        yield  # the connection ends with its transaction, and the listener with it


class CountedStore(SqlStore):
    """`asked`: every statement of every turn, until somebody clears it."""

    def __init__(self, url: str, keys: Keys) -> None:
        inner: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
        vault = Vault(keys)
        ring = inner.run(lambda statements: load(statements.connection, vault))
        self.asked: list[str] = []
        super().__init__(_CountedDatabase(inner, self.asked), ring)
