"""A list as one parameter: the same rows on both databases, whatever stands in it."""

import json

import pytest
from sqlalchemy import String, bindparam, select

from storage import SqlStore
from storage.lists import each_of
from storage.tables import STAFF
from tests.fakes import nouns


@pytest.mark.parametrize("names", [[], ["siti"], ["siti", 'a"b', "', nobody"], ["x"] * 3000])
def test_rows_whose_name_is_in_the_list_are_found(sql_store: SqlStore, names: list[str]) -> None:
    for name in ("siti", "budi"):
        staff = nouns.staff(name)
        sql_store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    query = select(STAFF.c.name).where(STAFF.c.name.op("IN")(each_of(bindparam("names", type_=String))))
    database = sql_store._database  # noqa: SLF001 - no door asks for a list of names
    found = database.read(lambda statements: statements.rows(query, {"names": json.dumps(names)}))
    assert [row.name for row in found] == [name for name in ("siti",) if name in names]
