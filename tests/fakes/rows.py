"""Every row of a database: as it lies there, or without what is different each time it is sealed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache, lru_cache

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from storage import SqlStore

# Made anew at every sealing, or made of what was: of these only the length is the same when a turn runs again.
_BY_CHANCE = frozenset({"sealed", "wrapped", "hash", "mac", "password"})
Dump = dict[str, list[str]]


@contextmanager
def looking_at(url: str) -> Iterator[Connection]:
    """A connection beside all others."""
    with closing(_engine(url).connect()) as connection:
        yield connection


@lru_cache(8)
def _engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)  # which keeps no connection, only what it learned of statements


@cache
def table_names() -> tuple[str, ...]:
    """Every table behind those that it refers to."""
    return tuple(table.name for table in SQLModel.metadata.sorted_tables)


def dump(connection: Connection, *, sealed: bool = True) -> Dump:
    """Table by table, in an order of their own; `sealed` False: of what is sealed or hashed by chance only its size.

    By the driver alone: it is asked between any two statements of a turn, and most tables are empty.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    found = {}
    for table in table_names():
        rows = driver.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
        columns = sorted((told[0], at, sealed or told[0] not in _BY_CHANCE) for at, told in enumerate(rows.description))
        found[table] = sorted(
            repr([(name, _shown(row[at], plain=plain)) for name, at, plain in columns]) for row in rows
        )
    driver.rollback()
    return found


def _shown(value: object, *, plain: bool) -> object:
    if isinstance(value, memoryview):
        value = bytes(value)
    return value if plain or not isinstance(value, bytes | str) else len(value)


def added(before: Dump, after: Dump) -> Counter[str]:
    """How many rows more (or less) each table has."""
    return Counter({name: len(after[name]) - len(before[name]) for name in after if after[name] != before[name]})


def tables_of(url: str) -> Dump:
    """One look."""
    with looking_at(url) as connection:
        return dump(connection)


def deliveries(store: SqlStore, state: str = "waiting") -> int:
    """How many are not yet sent, or dead."""
    return sum(count for _, _, each, count in store.figures.outbox() if each == state)
