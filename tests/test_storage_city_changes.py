"""What is changed of the city as rows: each change has the next version, and a row keeps its place."""

from dataclasses import replace
from functools import partial

from core.model import CityChange, CityPart
from core.ports import Store, UnitOfWork
from storage.city_changes import change_of, row_of
from tests.fakes import nouns

HALL = CityChange(CityPart.AGENCY, "hall", {"name": "Balai Kota é", "retired": True})
DAY = CityChange(CityPart.HOLIDAY, "2026-08-17", None)


def put(change: CityChange, tx: UnitOfWork) -> None:
    tx.city_changes.put(change)


def test_a_change_survives_its_row() -> None:
    for each in (HALL, DAY):
        assert change_of(nouns.as_row(row_of(each))) == each


def test_each_change_is_another_version_and_a_row_keeps_its_place(store: Store) -> None:
    assert store.run(lambda tx: tx.city_changes.version()) == 0
    for version, each in enumerate((HALL, DAY, replace(HALL, row={"name": "Hall"})), start=1):
        store.run(partial(put, each))
        assert store.read(lambda tx: tx.city_changes.version()) == version
    assert list(store.run(lambda tx: tx.city_changes.all())) == [
        replace(HALL, row={"name": "Hall"}, version=3),
        replace(DAY, version=2),
    ]


def test_a_look_at_the_version_before_a_change_counts_nothing(store: Store) -> None:
    assert store.run(lambda tx: tx.city_changes.lock()) == 0
    store.run(partial(put, DAY))
    assert store.run(lambda tx: tx.city_changes.lock()) == 1
    assert [each.id for each in store.run(lambda tx: tx.city_changes.all())] == [DAY.id]
