"""Names of views: what can be one, how many there can be, and whose they are."""

from zoneinfo import ZoneInfo

import pytest

from core.casework import Turn, drop_view, save_view, views
from core.casework.views import LONGEST, MOST
from core.errors import Refused
from core.model import SavedView
from core.ports import House, Store, UnitOfWork
from tests.fakes import nouns
from tests.fakes.chance import FakeDice
from tests.fakes.nouns import NOW

HOUSE = House(FakeDice(), ZoneInfo("Asia/Jakarta"), "id", {})
SITI, BUDI = nouns.staff("siti"), nouns.staff("budi")


@pytest.fixture
def house(store: Store) -> Store:
    for staff in (SITI, BUDI):
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    return store


def saves(store: Store, name: str, query: str = "") -> None:
    store.run(lambda tx: save_view(Turn(tx, NOW, HOUSE), SITI, name, query))


def names(tx: UnitOfWork) -> list[str]:
    return [view.name for view in views(tx, SITI.name)]


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST + 1), "a\x00b", "a\u200fb"])
def test_a_name_can_be_read_and_is_short(house: Store, name: str) -> None:
    with pytest.raises(Refused):
        saves(house, name)
    assert house.read(names) == []


def test_one_name_is_one_view_and_twenty_are_the_most(house: Store) -> None:
    for n in range(MOST):
        saves(house, f"T{n:02}")
    saves(house, " T00 ", "status=ews")
    with pytest.raises(Refused) as no:
        saves(house, "lagi")
    assert (no.value.phrase, no.value.details) == ("desk_view_many", {"most": MOST})
    assert house.read(lambda tx: views(tx, SITI.name))[0] == SavedView(SITI.id, "T00", "status=ews")
    house.run(lambda tx: drop_view(Turn(tx, NOW, HOUSE), BUDI, "T00"))
    house.run(lambda tx: drop_view(Turn(tx, NOW, HOUSE), SITI, "T01"))
    assert len(house.read(names)) == MOST - 1
    assert house.read(lambda tx: views(tx, BUDI.name)) == []
