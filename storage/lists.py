"""Lists in one statement, on both databases: of values as one parameter, of rows to write as many."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class each_of(FunctionElement[str]):  # noqa: N801 - it is used as a function of SQL
    """What stands in a list that is given as JSON, for `IN`."""

    type = String()
    inherit_cache = True
    name = "each_of"


@compiles(each_of, "sqlite")
def _sqlite(element: each_of, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - passed on as it came
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **words)}))"  # noqa: S608 - a placeholder


@compiles(each_of, "postgresql")
def _postgres(element: each_of, compiler: SQLCompiler, **words: Any) -> str:  # noqa: ANN401 - likewise
    return f"(SELECT json_array_elements_text(CAST({compiler.process(element.clauses, **words)} AS json)))"


def places(columns: Iterable[str], rows: int) -> list[dict[str, BindParameter[Any]]]:
    """Parameters for so many rows in the VALUES of one INSERT: each by itself takes nearly as long as all together."""
    return [{name: bindparam(_named(name, n)) for name in columns} for n in range(rows)]


def filled(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """What stands in the places."""
    return {_named(name, n): value for n, row in enumerate(rows) for name, value in row.items()}


def _named(column: str, row: int) -> str:
    return f"{column}_{row}"
