"""Who has a report open: told by name to the others there, and forgotten soon."""

from datetime import timedelta

from core.model import Number
from tests.fakes.nouns import NOW
from web.presence import Presence

ONE, OTHER = Number("R1"), Number("R2")


def test_each_hears_of_the_others_and_of_nobody_elsewhere() -> None:
    presence = Presence()
    assert presence.here(ONE, "siti", NOW) == []
    assert presence.here(ONE, "budi", NOW) == ["siti"]
    assert presence.here(OTHER, "wati", NOW) == []
    assert presence.here(ONE, "siti", NOW) == ["budi"]


def test_who_went_away_is_forgotten_and_nothing_of_them_stays() -> None:
    presence = Presence()
    presence.here(ONE, "siti", NOW)
    presence.here(OTHER, "budi", NOW + timedelta(seconds=80))
    assert presence.here(ONE, "wati", NOW + timedelta(seconds=90)) == ["siti"]
    assert presence.here(ONE, "wati", NOW + timedelta(seconds=91)) == []
    presence.here(ONE, "wati", NOW + timedelta(seconds=300))
    assert presence == Presence({ONE: {"wati": NOW + timedelta(seconds=300)}})
