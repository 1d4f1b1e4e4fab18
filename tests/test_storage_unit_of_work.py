"""Repositories that a turn asks for, and those that it does not."""

from functools import cached_property

from core.ports import UnitOfWork
from storage import SqlStore, load_all
from storage.outbox import _JSON
from storage.unit_of_work import SqlUnitOfWork


def test_every_repository_can_be_asked_for_and_stays_the_same_in_a_turn(sql_store: SqlStore) -> None:
    names = [name for name, each in vars(SqlUnitOfWork).items() if isinstance(each, cached_property)]

    def all_of(tx: UnitOfWork) -> bool:
        return all(getattr(tx, name) is getattr(tx, name) for name in names)

    assert len(names) > 20
    assert sql_store.read(all_of)


def test_a_turn_that_notes_nothing_for_the_trail_makes_none(sql_store: SqlStore) -> None:
    def asks_for(tx: UnitOfWork) -> UnitOfWork:
        assert not tx.routes.all()
        return tx

    assert not {"audit", "reports"} & set(vars(sql_store.run(asks_for)))


def test_a_service_loads_them_all_with_what_reads_their_rows() -> None:
    load_all()
    assert _JSON.made
