"""Second steps: sealed whole, each under a key that is destroyed with it."""

from dataclasses import replace

from hypothesis import given
from sqlalchemy import select

from core.model import Factor
from core.ports import Store
from storage import SqlStore
from storage.factors import factor_of, row_of
from storage.tables import DATA_KEY
from storage.vault import DataKey
from tests.fakes import nouns

KEY = DataKey(bytes(32))


@given(nouns.FACTORS)
def test_a_second_step_survives_its_row_and_lies_sealed_in_it(factor: Factor) -> None:
    row = nouns.as_row(row_of(factor, KEY))
    assert factor_of(row, KEY) == factor
    assert set(vars(row)) == {"staff", "sealed"}


def test_a_second_step_is_kept_changed_and_dropped(store: Store) -> None:
    siti, budi = nouns.staff("siti"), nouns.staff("budi")
    one, other = Factor(siti.id, "SECRET", spare=("a", "b")), Factor(budi.id, "HIS")
    for staff in (siti, budi):
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    store.run(lambda tx: tx.factors.put(one))
    store.run(lambda tx: tx.factors.put(other))
    assert store.run(lambda tx: tx.factors.of(siti.id)) == one
    used = replace(one, on=True, step=58, spare=("b",))
    store.run(lambda tx: tx.factors.put(used))
    assert store.run(lambda tx: tx.factors.of(siti.id)) == used
    store.run(lambda tx: tx.factors.drop(siti.id))
    assert store.run(lambda tx: tx.factors.of(siti.id)) is None
    assert store.run(lambda tx: tx.factors.of(budi.id)) == other
    store.run(lambda tx: tx.factors.put(one))
    assert store.run(lambda tx: tx.factors.of(siti.id)) == one


def test_its_key_goes_with_it(sql_store: SqlStore) -> None:
    siti = nouns.staff()
    sql_store.run(lambda tx: tx.accounts.add(siti, "hash"))
    sql_store.run(lambda tx: tx.factors.put(Factor(siti.id, "SECRET")))
    database = sql_store._database  # noqa: SLF001 - no door asks for keys
    count = select(DATA_KEY.c.owner)
    assert len(database.read(lambda statements: statements.connection.execute(count).all())) == 1
    sql_store.run(lambda tx: tx.factors.drop(siti.id))
    assert database.read(lambda statements: statements.connection.execute(count).all()) == []
