"""What tables have in common: how they lie, how their indexes are cut, and a row as a query gives it."""

from typing import Any, ClassVar, TypeAlias

from sqlalchemy import BigInteger, Integer, MetaData, Row, Table, text
from sqlmodel import SQLModel
from sqlmodel.main import get_column_from_field

# In SQLite a table without row numbers lies in the order of its random keys: the order of arrival cannot pair rows.
BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
COUNTING: Any = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up an INTEGER only
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row as a query gives it; only the mappers look inside."""


def where(condition: str) -> dict[str, Any]:
    """Of an index that holds some rows only. Said as a plain fact: an option of PostgreSQL loads all of its dialect."""
    return {"info": {"where": condition}}


def tell_dialects(metadata: MetaData) -> None:
    """Gives each index its `where` as the dialects want it, for who writes DDL from the tables."""
    for index in [each for table in metadata.tables.values() for each in table.indexes if "where" in each.info]:
        for dialect in ("sqlite", "postgresql"):
            index.dialect_options[dialect]["where"] = text(index.info["where"])


class StoredRow(SQLModel):
    """How a row is declared: SQLModel reads its fields and makes columns of them.

    Statements are made of tables and rows come as tuples, so no mapper of SQLAlchemy and no validator of pydantic is
    built for it: they took a tenth of a second of `resi status`, less of others.
    """

    __table_args__: ClassVar[tuple[Any, ...] | dict[str, Any]] = {}
    model_config = {"defer_build": True}


def table_of(row: type[StoredRow]) -> Table:
    """What statements are made of; it joins the metadata of SQLModel."""
    given = row.__table_args__
    *parts, options = given if isinstance(given, tuple) else (given,)
    columns = []
    for name, field in row.model_fields.items():
        column = get_column_from_field(field)
        column.name = column.key = name
        columns.append(column)
    return Table(str(row.__tablename__), SQLModel.metadata, *columns, *parts, **options)


OURS = SQLModel.metadata.tables
"""Every table by its name, once all of the room were read."""
