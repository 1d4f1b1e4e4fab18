"""A database as lines and back: every row of every table as one moment sees it, on SQLite and on PostgreSQL alike."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, insert, select, text
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.backup.problems import BackupFault, Fault
from storage.engine import be_patient, is_sqlite, single_use_engine, sqlite_transaction
from storage.tables import AUDIT, COPY

_AT_ONCE = 1_000  # rows
_LEFT_OUT = frozenset({COPY.name})  # when copies were made is not in a copy: it would change each time
_SCHEMA = text("SELECT version_num FROM alembic_version")
_FIRST_LINK = select(AUDIT.c.hash).order_by(AUDIT.c.seq).limit(1)
_COUNT_ON = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
_To = Callable[[Any], object]


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """Reads one moment as long as it is open, beside whoever writes; raises StoreAway."""
    looks = _moment if is_sqlite(url) else _repeatable
    with single_use_engine(url, write=False) as engine, looks(engine) as connection:
        yield connection


@contextmanager
def _moment(engine: Engine) -> Iterator[Connection]:
    with sqlite_transaction(engine, write=False) as (connection, _):
        schema_of(connection)  # the moment is that of the first look
        yield connection


@contextmanager
def _repeatable(engine: Engine) -> Iterator[Connection]:
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        be_patient(connection)
        schema_of(connection)
        yield connection


def origin_of(connection: Connection) -> str:
    """The first link of its trail, which no other service has, and which stays when keys rotate and after a restore.

    Empty before anybody of its staff did anything.
    """
    return (connection.execute(_FIRST_LINK).scalar() or b"").hex()


def schema_of(connection: Connection) -> str:
    """The migration that the database stands at."""
    return str(connection.execute(_SCHEMA).scalar_one())


def tables() -> tuple[Table, ...]:
    """In an order in which rows can refer to those of before."""
    return tuple(table for table in SQLModel.metadata.sorted_tables if table.name not in _LEFT_OUT)


def lines(connection: Connection, counts: dict[str, int]) -> Iterator[bytes]:
    """A line a row, in the order of the keys; `counts` is filled on the way."""
    for table in tables():
        counts[table.name] = 0
        query = select(*table.columns).order_by(*table.primary_key.columns)
        for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            counts[table.name] += 1
            yield json.dumps([table.name, *map(_plain, row)], separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def load(connection: Connection, shapes: Mapping[str, tuple[tuple[str, ...], int]], read: Iterable[bytes]) -> None:
    """Writes the lines into an empty database of their schema; raises ROWS where they are not as many as was said.

    A table or a column that this version does not know raises LATER.
    """
    known = {table.name: table for table in tables()}
    for name, (columns, _) in shapes.items():
        if name not in known or not set(columns) <= set(known[name].columns.keys()):
            raise BackupFault(Fault.LATER)
    found = dict.fromkeys(shapes, 0)
    for name, rows in groupby((json.loads(line) for line in read), itemgetter(0)):
        table, columns = known[name], shapes[name][0]
        to = [_of(table.columns[column].type) for column in columns]
        while some := list(islice(rows, _AT_ONCE)):
            values = [
                {column: convert(value) for column, convert, value in zip(columns, to, values, strict=True)}
                for _, *values in some
            ]
            connection.execute(insert(table), values)
            found[name] += len(values)
    _compare(shapes, found)
    _count_on(connection, known.values())


def _of(kind: TypeEngine[Any]) -> _To:
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(kind, UTCDateTime):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    return lambda value: value


def _compare(shapes: Mapping[str, tuple[tuple[str, ...], int]], found: Mapping[str, int]) -> None:
    for name, (_, count) in shapes.items():
        if found[name] != count:
            raise BackupFault(Fault.ROWS, f"{name}: {found[name]}, not {count}")


def _count_on(connection: Connection, known: Iterable[Table]) -> None:
    """PostgreSQL gives numbers out beside the table; SQLite looks at the table itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in known:
        column = table.autoincrement_column
        if column is not None and table.columns[column.name].autoincrement is not False:
            last = connection.execute(select(func.max(column))).scalar()
            if last is not None:
                connection.execute(_COUNT_ON, {"table": table.name, "column": column.name, "last": last})
