"""Who has a report open: told by name to the others there, and forgotten soon."""

from datetime import timedelta

from core.model import Number
from tests.fakes.nouns import NOW
from web.presence import Together

ONE, OTHER = Number("R1"), Number("R2")


def test_each_hears_of_the_others_and_of_nobody_elsewhere() -> None:
    together = Together()
    assert together.here(ONE, "siti", NOW) == []
    assert together.here(ONE, "budi", NOW) == ["siti"]
    assert together.here(OTHER, "wati", NOW) == []
    assert together.here(ONE, "siti", NOW) == ["budi"]


def test_who_went_away_is_forgotten_and_nothing_of_them_stays() -> None:
    together = Together()
    together.here(ONE, "siti", NOW)
    together.here(OTHER, "budi", NOW + timedelta(seconds=80))
    assert together.here(ONE, "wati", NOW + timedelta(seconds=90)) == ["siti"]
    assert together.here(ONE, "wati", NOW + timedelta(seconds=91)) == []
    together.here(ONE, "wati", NOW + timedelta(seconds=300))
    assert together == Together({ONE: {"wati": NOW + timedelta(seconds=300)}})
