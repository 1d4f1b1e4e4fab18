"""Every row of a database: as it lies there, or without what is different each time it is sealed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

# Made anew at every sealing, or made of what was: of these only the length is the same when a turn runs again.
_BY_CHANCE = frozenset({"sealed", "wrapped", "hash", "mac", "password"})
Dump = dict[str, list[str]]


@contextmanager
def looking_at(url: str) -> Iterator[Connection]:
    """A connection beside all others."""
    engine = create_engine(url, poolclass=NullPool)
    with closing(engine.connect()) as connection:
        yield connection


def dump(connection: Connection, *, sealed: bool = True) -> Dump:
    """Table by table, in an order of their own; `sealed` False: of what is sealed or hashed by chance only its size."""
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = connection.execute(text(f'SELECT * FROM "{table.name}"')).mappings().all()  # noqa: S608 - our own names
        found[table.name] = sorted(
            repr([(name, _shown(value, plain=sealed or name not in _BY_CHANCE)) for name, value in sorted(row.items())])
            for row in rows
        )
    connection.rollback()
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
