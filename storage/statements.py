"""Statements as a turn runs them: compiled once and handed to the driver, which SQLAlchemy alone would slow down."""

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, Executable, Integer, SelectBase
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from storage.tables import AnyRow

if TYPE_CHECKING:
    import psycopg

Params = Mapping[str, object]
_Convert = Callable[[Any], Any]


class Statements(ABC):
    """An open transaction.

    After the commit the traces in log and free pages are swept: at once where `keys_erased` (somebody was forgotten, a
    report became restricted), soon where `rows_erased` (the sealed words of a sent message).
    """

    laterally: bool  # whether what stands in FROM may look at what stands before it

    def __init__(self, connection: Connection, *, writes: bool = True) -> None:
        self._connection = connection
        self.writes = writes  # else nothing is locked
        self.keys_erased = False
        self.rows_erased = False

    @property
    def connection(self) -> Connection:
        """For what is seldom asked."""
        return self._connection

    @abstractmethod
    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        """What a query finds."""

    @abstractmethod
    def change(self, statement: Executable, params: Params) -> None:
        """Writes before anything else is read; what is wrong with it may be raised only then, or at the end."""

    @abstractmethod
    def changed(self, statement: Executable, params: Params) -> int:
        """Writes at once, and says how many rows."""

    def several(self, asked: Sequence[tuple[Executable, Params]]) -> list[Sequence[AnyRow]]:
        """What some queries find, each asked behind the one before it."""
        return [self.rows(statement, params) for statement, params in asked]

    def first(self, statement: Executable, params: Params) -> AnyRow | None:
        """The first row, if there is any."""
        rows = self.rows(statement, params)
        return rows[0] if rows else None


class SqliteStatements(Statements):
    """On sqlite3's own connection."""

    laterally = False

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._raw = raw

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        """What a query finds."""
        plan = _SQLITE.plan(statement, params)
        return plan.rows(self._raw.execute(plan.sql, plan.values(params)).fetchall())

    def change(self, statement: Executable, params: Params) -> None:
        """Writes at once."""
        self.changed(statement, params)

    def changed(self, statement: Executable, params: Params) -> int:
        """Writes at once, and says how many rows."""
        plan = _SQLITE.plan(statement, params)
        return self._raw.execute(plan.sql, plan.values(params)).rowcount


class PostgresStatements(Statements):
    """On psycopg's own connection, in its pipeline: what is only written waits for no answer of the server.

    Each answer is a way there and back, on another machine a millisecond. `settle` it before the commit.
    """

    laterally = True

    def __init__(self, connection: Connection, raw: "psycopg.Connection[Any]", *, writes: bool = True) -> None:
        super().__init__(connection, writes=writes)
        from psycopg import RawCursor  # noqa: PLC0415 - only where there is such a server

        self._new = RawCursor
        self._cursor = RawCursor(raw)
        self._more: list[psycopg.RawCursor[Any]] = []  # for several at once
        self._raw = raw
        self._pipeline = contextlib.ExitStack()
        self._line: psycopg.Pipeline
        self._sends = False

    @property
    def connection(self) -> Connection:
        """Outside of the pipeline, of which SQLAlchemy knows nothing."""
        self.settle()
        return self._connection

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        """What a query finds."""
        plan = _postgres().plan(statement, params)
        return plan.rows(self._cursor.execute(plan.sent, plan.values(params)).fetchall())

    def several(self, asked: Sequence[tuple[Executable, Params]]) -> list[Sequence[AnyRow]]:
        """All on one way there and back."""
        self._send()
        while len(self._more) < len(asked):
            self._more.append(self._new(self._raw))
        plans = [_postgres().plan(statement, params) for statement, params in asked]
        for cursor, plan, (_, params) in zip(self._more, plans, asked, strict=False):
            cursor.execute(plan.sent, plan.values(params))
        return [plan.rows(cursor.fetchall()) for cursor, plan in zip(self._more, plans, strict=False)]

    def change(self, statement: Executable, params: Params) -> None:
        """Sends it; the answer is looked at with the next that is waited for."""
        self._send()
        plan = _postgres().plan(statement, params)
        self._cursor.execute(plan.sent, plan.values(params))

    def changed(self, statement: Executable, params: Params) -> int:
        """Writes at once, and says how many rows."""
        plan = _postgres().plan(statement, params)
        self._cursor.execute(plan.sent, plan.values(params))
        if self._sends:
            self._line.sync()
        return self._cursor.rowcount

    def _send(self) -> None:
        if not self._sends:
            self._line = self._pipeline.enter_context(self._raw.pipeline())
            self._sends = True

    def settle(self) -> None:
        """Waits for what was sent; raises what was wrong with it."""
        self._sends = False
        self._pipeline.close()


class _Plan:
    """A statement as text, what to put in, and how columns come out."""

    def __init__(self, dialect: Dialect, statement: Executable, names: tuple[str, ...]) -> None:
        compiled = cast("Any", statement).compile(dialect=dialect, column_keys=list(names))
        self.sql = str(compiled)
        self.sent = self.sql.encode()  # once, for psycopg would do so each time
        inputs = [_input(compiled, name, names) for name in compiled.positiontup]
        self._names = [each.name for each in inputs]
        self._converts = [(at, each.convert) for at, each in enumerate(inputs) if each.convert is not None]
        self._constants = {each.name: each.constant for each in inputs if each.is_constant}
        columns = list(statement.selected_columns) if isinstance(statement, SelectBase) else []
        outputs = [_impl(column.type, dialect).result_processor(dialect, None) for column in columns]
        self._outputs = [(at, out) for at, out in enumerate(outputs) if out is not None]
        self._row = _row_type([column.key or "" for column in columns])

    def values(self, params: Params) -> list[object]:
        """In the order of the text."""
        given = {**params, **self._constants} if self._constants else params
        row = [given[name] for name in self._names]
        for at, convert in self._converts:
            row[at] = convert(row[at])
        return row

    def rows(self, found: Iterable[Sequence[object]]) -> Sequence[AnyRow]:
        """Each with its columns by name."""
        if not self._outputs:
            return [self._row(row) for row in found]
        return [self._row(self._converted(row)) for row in found]

    def _converted(self, row: Sequence[object]) -> list[object]:
        columns = list(row)
        for at, out in self._outputs:
            columns[at] = out(columns[at])
        return columns


class _Plans:
    """Of one driver."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[Executable, tuple[str, ...]], _Plan] = {}

    def plan(self, statement: Executable, params: Params) -> _Plan:
        """Made when it is first asked for."""
        names = tuple(params)
        plan = self._known.get((statement, names))
        if plan is None:
            plan = self._known[statement, names] = _Plan(self._dialect, statement, names)
        return plan


def _row_type(names: list[str]) -> Callable[[Iterable[Any]], AnyRow]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - a query names its columns
    return cast("Callable[[Iterable[Any]], AnyRow]", row._make)


class _Input(NamedTuple):
    """What one place of a statement takes: a parameter, or a constant that stands in the statement."""

    name: str
    convert: _Convert | None
    is_constant: bool = False
    constant: object = None


def _input(compiled: SQLCompiler, name: str, given: tuple[str, ...]) -> _Input:
    bind = compiled.binds[name]
    convert = _binder(bind.type, compiled.dialect)
    if bind.key in given:
        return _Input(bind.key, convert)
    value = compiled.params[name]
    return _Input(name, None, is_constant=True, constant=value if convert is None else convert(value))


def _binder(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    if dialect.name == "postgresql" and isinstance(kind, Integer):
        from psycopg.types.numeric import Int8  # noqa: PLC0415 - only where there is such a server

        # By itself psycopg takes the smallest type that a number fits, and each mixture of them as another statement.
        return lambda value: None if value is None else Int8(value)
    return _impl(kind, dialect).bind_processor(dialect)


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


_SQLITE = _Plans(sqlite.dialect())


@cache
def _postgres() -> _Plans:
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - only where there is such a server

    return _Plans(cast("Callable[..., Dialect]", postgresql.psycopg.dialect)(paramstyle="numeric_dollar"))
