"""What tables have in common: how they lie, how their indexes are cut, and a row as a query gives it."""

from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Integer, Row, Table, text
from sqlmodel import SQLModel

# In SQLite a table without row numbers lies in the order of its random keys: the order of arrival cannot pair rows.
BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
COUNTING: Any = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up an INTEGER only
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row as a query gives it; only the mappers look inside."""


def where(condition: str) -> dict[str, Any]:
    """Of an index that holds some rows only."""
    return {f"{name}_where": text(condition) for name in ("sqlite", "postgresql")}


def table_of(row: type[SQLModel]) -> Table:
    """What statements are made of."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
