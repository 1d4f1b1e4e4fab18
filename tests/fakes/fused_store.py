"""The real store with a fuse in it: before the statement that a test names, or before the commit, something happens."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

from sqlalchemy import Connection, Executable

from storage import Keys, SqlStore
from storage.engine import Database, Work, is_sqlite
from storage.keyring import load
from storage.pool import PostgresPool
from storage.statements import Params, Statements
from storage.tables import AnyRow
from storage.vault import Vault
from storage.writer import SqliteWriter

T = TypeVar("T")


class Burnt(Exception):
    """What happens where nobody says otherwise."""


def _raise() -> None:
    raise Burnt


class Fuse:
    """Counts statements. `at` None: nothing happens; else `blow` before that one, the first being 1."""

    def __init__(self, blow: Callable[[], None] = _raise) -> None:
        self.blow = blow
        self.at: int | None = None
        self.passed = 0

    def set(self, at: int | None) -> None:
        """Counts from the beginning."""
        self.at, self.passed = at, 0

    def burn(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            self.blow()


class _Fused(Statements):
    """Statements of a turn, not of the engine: on SQLite most go past it, and no event of its would see them."""

    def __init__(self, inner: Statements, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse
        self.laterally = inner.laterally
        super().__init__(inner.connection)

    @property
    def connection(self) -> Connection:
        return self._inner.connection

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        self._fuse.burn()
        return self._inner.rows(statement, params)

    def change(self, statement: Executable, params: Params) -> None:
        self._fuse.burn()
        self._inner.change(statement, params)

    def changed(self, statement: Executable, params: Params) -> int:
        self._fuse.burn()
        return self._inner.changed(statement, params)


class _FusedDatabase:
    """storage.engine.Database."""

    def __init__(self, inner: Database, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def run(self, work: Work[T], ordering_key: bytes = b"") -> T:
        def fused(statements: Statements) -> T:
            inside = _Fused(statements, self._fuse)
            result = work(inside)
            self._fuse.burn()
            statements.keys_erased |= inside.keys_erased
            statements.rows_erased |= inside.rows_erased
            return result

        return self._inner.run(fused, ordering_key)

    def submit(self, work: Work[T], ordering_key: bytes, threads: Executor) -> Future[T]:
        return threads.submit(self.run, work, ordering_key)

    def read(self, work: Work[T]) -> T:
        return self._inner.read(work)

    def sweep(self) -> None:
        self._inner.sweep()

    def close(self) -> None:
        self._inner.close()


class FusedStore(SqlStore):
    """`fuse` burns in every turn, once for each statement and once before the commit."""

    def __init__(self, url: str, keys: Keys, blow: Callable[[], None] = _raise) -> None:
        inner: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
        vault = Vault(keys)
        ring = inner.run(lambda statements: load(statements.connection, vault))
        self.fuse = Fuse(blow)
        super().__init__(_FusedDatabase(inner, self.fuse), ring)
