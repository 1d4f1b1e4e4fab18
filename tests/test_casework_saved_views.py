"""Names of views: what can be one, how many there can be, and whose they are."""

from zoneinfo import ZoneInfo

import pytest

from core.casework import Turn, drop_view, save_view, views
from core.casework.saved_views import LONGEST, MOST
from core.errors import Refused
from core.model import SavedView
from core.ports import Context, Store, UnitOfWork
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.time_and_random import FakeRandomSource

CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {})
SITI, BUDI = nouns.staff("siti"), nouns.staff("budi")


@pytest.fixture
def staffed(store: Store) -> Store:
    for staff in (SITI, BUDI):
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    return store


def saves(store: Store, name: str, query: str = "") -> None:
    store.run(lambda tx: save_view(Turn(tx, NOW, CONTEXT), SITI, name, query))


def names(tx: UnitOfWork) -> list[str]:
    return [view.name for view in views(tx, SITI.name)]


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST + 1), "a\x00b", "a\u200fb"])
def test_a_name_can_be_read_and_is_short(staffed: Store, name: str) -> None:
    with pytest.raises(Refused):
        saves(staffed, name)
    assert staffed.read(names) == []


def test_one_name_is_one_view_and_twenty_are_the_most(staffed: Store) -> None:
    for n in range(MOST):
        saves(staffed, f"T{n:02}")
    saves(staffed, " T00 ", "status=ews")
    with pytest.raises(Refused) as no:
        saves(staffed, "lagi")
    assert (no.value.phrase, no.value.details) == ("desk_view_many", {"most": MOST})
    assert staffed.read(lambda tx: views(tx, SITI.name))[0] == SavedView(SITI.id, "T00", "status=ews")
    staffed.run(lambda tx: drop_view(Turn(tx, NOW, CONTEXT), BUDI, "T00"))
    staffed.run(lambda tx: drop_view(Turn(tx, NOW, CONTEXT), SITI, "T01"))
    assert len(staffed.read(names)) == MOST - 1
    assert staffed.read(lambda tx: views(tx, BUDI.name)) == []
