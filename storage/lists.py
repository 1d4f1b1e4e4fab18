"""Lists in one statement, on both databases: of values as one parameter, of rows to write as many."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Column, Select, String, TableValuedAlias, bindparam, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _listed(FunctionElement[str]):  # noqa: N801 - it is used as a function of SQL
    inherit_cache = True
    name = "listed"


@compiles(_listed, "sqlite")
def _sqlite(element: _listed, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - passed on as it came
    return f"json_each({compiler.process(element.clauses, **words)})"


@compiles(_listed, "postgresql")
def _postgres(element: _listed, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - likewise
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **words)} AS json))"


class unindexed(FunctionElement[str]):  # noqa: N801 - likewise
    """A column for which SQLite takes no index, since it would take a long one; PostgreSQL knows how long each is."""

    inherit_cache = True
    name = "unindexed"


@compiles(unindexed, "sqlite")
def _sqlite_unindexed(element: unindexed, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - likewise
    return f"({compiler.process(element.clauses, **words)} || '')"


@compiles(unindexed, "postgresql")
def _postgres_unindexed(element: unindexed, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - likewise
    return compiler.process(element.clauses, **words)


def listed(name: str) -> TableValuedAlias:
    """The list that is given under this name as JSON: a row for each, in order, with its `value` as text."""
    return _listed(bindparam(name, type_=String)).table_valued(column("value", String))


def each_of(name: str) -> Select[Any]:
    """Returns the list as a subquery for `in_`."""
    return select(listed(name).c.value)


def places(columns: Iterable[Column[Any]], rows: int) -> list[dict[str, BindParameter[Any]]]:
    """Parameters for so many rows in the VALUES of one INSERT: each by itself takes nearly as long as all together."""
    return [{each.name: bindparam(_named(each.name, n), type_=each.type) for each in columns} for n in range(rows)]


def filled(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """What stands in the places."""
    return {_named(name, n): value for n, row in enumerate(rows) for name, value in row.items()}


def _named(column: str, row: int) -> str:
    return f"{column}_{row}"
