"""Rows of automatic forwarding: one for each category and area, and any is a value like others."""

from hypothesis import given

from core.model import AgencyId, AreaCode, CategoryId, Route
from core.ports import Store, UnitOfWork
from storage.forwarding import route_of, row_of
from tests.fakes import nouns

LAMPS, TEBET = CategoryId("lampu_jalan"), AreaCode("31.74.01")
BINA_MARGA, DISHUB = AgencyId("dinas_bina_marga"), AgencyId("dinas_perhubungan")


@given(nouns.ROUTES)
def test_a_route_survives_its_row(route: Route) -> None:
    assert route_of(nouns.as_row(row_of(route))) == route


def test_a_route_takes_the_place_of_the_one_for_the_same(store: Store) -> None:
    every = Route(DISHUB)
    of_kind, of_area = Route(DISHUB, LAMPS), Route(DISHUB, area=TEBET)
    both = Route(DISHUB, LAMPS, TEBET)

    def turn(tx: UnitOfWork) -> None:
        for route in (both, of_area, of_kind, every, Route(BINA_MARGA, LAMPS)):
            tx.routes.add(route)

    store.run(turn)
    assert list(store.run(lambda tx: tx.routes.all())) == [every, of_area, Route(BINA_MARGA, LAMPS), both]


def test_a_route_is_dropped_where_it_is_there(store: Store) -> None:
    store.run(lambda tx: tx.routes.add(Route(DISHUB, LAMPS)))
    assert not store.run(lambda tx: tx.routes.drop(Route(DISHUB)))
    assert not store.run(lambda tx: tx.routes.drop(Route(BINA_MARGA, LAMPS)))
    assert store.run(lambda tx: tx.routes.drop(Route(DISHUB, LAMPS)))
    assert not store.run(lambda tx: tx.routes.drop(Route(DISHUB, LAMPS)))
    assert list(store.run(lambda tx: tx.routes.all())) == []
