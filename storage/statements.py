"""Core statements as a turn runs them; on SQLite each is compiled once and handed to sqlite3, three times as fast."""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable, SelectBase
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from storage.tables import AnyRow

Params = Mapping[str, object]
_Convert = Callable[[Any], Any]
_DIALECT = sqlite.dialect()


class Statements:
    """An open transaction. `connection` is for what is seldom asked.

    After the commit the traces in log and free pages are swept: at once where `keys_erased` (somebody was forgotten, a
    report became restricted), soon where `rows_erased` (the sealed words of a sent message).
    """

    def __init__(self, connection: Connection, *, writes: bool = True) -> None:
        self.connection = connection
        self.writes = writes  # else nothing is locked
        self.keys_erased = False
        self.rows_erased = False

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        """What a query finds."""
        return self.connection.execute(statement, params).all()

    def change(self, statement: Executable, params: Params) -> int:
        """How many rows were written."""
        return self.connection.execute(statement, params).rowcount

    def change_all(self, statement: Executable, rows: Sequence[Params]) -> None:
        """The same for many rows of the same columns."""
        self.connection.execute(statement, [dict(each) for each in rows])

    def first(self, statement: Executable, params: Params) -> AnyRow | None:
        """The first row, if there is any."""
        rows = self.rows(statement, params)
        return rows[0] if rows else None


class SqliteStatements(Statements):
    """The same without SQLAlchemy's way through its engine, which costs more than SQLite itself."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._raw = raw

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        """What a query finds."""
        plan = _plan(statement, params)
        return plan.rows(self._raw.execute(plan.sql, plan.values(params)))

    def change(self, statement: Executable, params: Params) -> int:
        """How many rows were written."""
        plan = _plan(statement, params)
        return self._raw.execute(plan.sql, plan.values(params)).rowcount

    def change_all(self, statement: Executable, rows: Sequence[Params]) -> None:
        """The same for many rows of the same columns."""
        plan = _plan(statement, rows[0])
        self._raw.executemany(plan.sql, [plan.values(each) for each in rows])


class _Plan:
    """A statement as text, what to put in, and how columns come out."""

    def __init__(self, statement: Executable, names: tuple[str, ...]) -> None:
        compiled = cast("Any", statement).compile(dialect=_DIALECT, column_keys=list(names))
        self.sql = str(compiled)
        self._inputs = [_input(compiled, name, names) for name in compiled.positiontup]
        columns = list(statement.selected_columns) if isinstance(statement, SelectBase) else []
        self._outputs = [_out(column.type) for column in columns]
        self._row = _row_type([column.key or "" for column in columns])

    def values(self, params: Params) -> list[object]:
        """In the order of the text."""
        return [
            constant if name is None else params[name] if convert is None else convert(params[name])
            for name, convert, constant in self._inputs
        ]

    def rows(self, found: sqlite3.Cursor) -> Sequence[AnyRow]:
        """Each with its columns by name."""
        make = self._row
        return [
            make(value if out is None else out(value) for out, value in zip(self._outputs, row, strict=True))
            for row in found.fetchall()
        ]


def _row_type(names: list[str]) -> Callable[[Iterable[Any]], AnyRow]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - a query names its columns
    return cast("Callable[[Iterable[Any]], AnyRow]", row._make)


def _input(compiled: SQLCompiler, name: str, given: tuple[str, ...]) -> tuple[str | None, _Convert | None, object]:
    """Name and conversion of a parameter, or a constant that stands in the statement."""
    bind = compiled.binds[name]
    convert = _in(bind.type)
    if bind.key in given:
        return bind.key, convert, None
    value = compiled.params[name]
    return None, None, value if convert is None else convert(value)


def _in(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _out(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


_plans: dict[tuple[Executable, tuple[str, ...]], _Plan] = {}


def _plan(statement: Executable, params: Params) -> _Plan:
    names = tuple(params)
    plan = _plans.get((statement, names))
    if plan is None:
        plan = _plans[statement, names] = _Plan(statement, names)
    return plan
