"""What docs/places.md says of the reading of places is what it does, and it does not get worse unseen."""

import re
from pathlib import Path

import pytest

from benchmarks import places_figures
from core.areas import AREAS
from core.model import AreaCode

LINES = places_figures.lines()
DOC = Path(__file__).resolve().parent.parent / "docs" / "places.md"
FIRST = {"development": 97, "blind": 94}  # percent, a little under what was measured
SURE = {"development": 94, "blind": 86}


@pytest.fixture(scope="module", params=places_figures.HALVES)
def measured(request: pytest.FixtureRequest) -> tuple[str, places_figures.Figures]:
    half = str(request.param)
    return half, places_figures.figures(half, LINES)


def test_the_set_names_every_kecamatan_and_none() -> None:
    assert len(LINES) == len({line.text for line in LINES}) == 300
    assert {line.half for line in LINES} == set(places_figures.HALVES)
    kecamatan = {code for code, each in AREAS.items() if each.kind == "kecamatan"}
    assert {AreaCode(line.code) for line in LINES if line.code != places_figures.NOWHERE} == kecamatan


def test_the_right_kecamatan_is_found(measured: tuple[str, places_figures.Figures]) -> None:
    half, got = measured
    assert got.first * 100 >= FIRST[half] * got.named
    assert got.sure * 100 >= SURE[half] * got.named


def test_a_wrong_one_is_found_in_two_messages_of_a_hundred_at_most(
    measured: tuple[str, places_figures.Figures],
) -> None:
    _, got = measured
    assert got.wrongly_sure == 0
    assert got.wrongly_first * 100 <= 2 * got.named


def test_where_none_is_named_few_are_found(measured: tuple[str, places_figures.Figures]) -> None:
    _, got = measured
    assert got.alarms * 100 <= 8 * got.unnamed


def test_the_scorer_knows_right_from_wrong() -> None:
    wrong = places_figures.Line("development", "31.71.01", "banjir di tebet")
    right = places_figures.Line("development", "31.74.01", "banjir di tebet barat")
    none = places_figures.Line("development", "-", "banjir di tebet")
    got = places_figures.figures("development", (wrong, right, none))
    assert (got.named, got.sure, got.first, got.wrongly_sure, got.wrongly_first) == (2, 1, 1, 1, 1)
    assert (got.unnamed, got.alarms, got.asked) == (1, 1, 0)


def test_the_document_has_the_figures_of_today() -> None:
    held = re.search(r"<!-- figures -->\n(.*?)\n<!-- /figures -->", DOC.read_text("utf-8"), re.DOTALL)
    assert held is not None
    assert held[1] == places_figures.table(LINES)
