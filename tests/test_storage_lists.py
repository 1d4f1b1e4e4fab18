"""A list as one parameter: the same rows on both databases, whatever stands in it."""

import json

import pytest
from sqlalchemy import insert, select

from storage import SqlStore
from storage.lists import each_of, filled, places
from storage.tables import SEEN, STAFF
from tests.fakes import nouns
from tests.fakes.nouns import NOW


@pytest.mark.parametrize("names", [[], ["siti"], ["siti", 'a"b', "', nobody"], ["x"] * 3000])
def test_rows_whose_name_is_in_the_list_are_found(sql_store: SqlStore, names: list[str]) -> None:
    for name in ("siti", "budi"):
        staff = nouns.staff(name)
        sql_store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    query = select(STAFF.c.name).where(STAFF.c.name.in_(each_of("names")))
    database = sql_store._database  # noqa: SLF001 - no door asks for a list of names
    found = database.read(lambda statements: statements.rows(query, {"names": json.dumps(names)}))
    assert [row.name for row in found] == [name for name in ("siti",) if name in names]


def test_rows_that_are_written_together_are_those_that_are_written_one_by_one(sql_store: SqlStore) -> None:
    rows: list[dict[str, object]] = [{"message": bytes([n]), "at": NOW + n * nouns.MINUTE} for n in range(7)]
    statement = insert(SEEN).values(places(SEEN.columns, len(rows)))
    database = sql_store._database  # noqa: SLF001 - no door writes this table by itself
    database.run(lambda statements: statements.change(statement, filled(rows)))
    found = database.read(lambda statements: statements.rows(select(SEEN).order_by(SEEN.c.message), {}))
    assert [{"message": row.message, "at": row.at} for row in found] == rows
