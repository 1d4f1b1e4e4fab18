"""A list as one parameter of a statement, so that one statement fits lists of every length on both databases."""

from typing import Any

from sqlalchemy import String
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
