"""Which areas lie at a point: the one that holds it, then those within 50 m; in the sea and at the poles none."""

import csv
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.areas import area
from core.messages import Point
from core.places import name_key
from core.ports import AtPoint, Boundaries
from storage.maps import MappedBoundaries, OutlineIndex, read_outlines
from tests.fakes.drawn_city import (
    BOXES,
    CREDIT,
    EAST,
    IN_EAST,
    IN_NORTH,
    IN_WEST,
    ISLAND,
    NORTH,
    ON_THE_BORDER,
    OUTSIDE,
    OUTSIDE_NEAR_WEST,
    SEA,
    WEST,
    WEST_NEAR_BOTH,
    WEST_NEAR_EAST,
    FakeBoundaries,
    boundaries_file,
    collection,
    drawn,
    feature,
)
from tests.fakes.map_data import map_data

INDEX = OutlineIndex(read_outlines(drawn()).drawn)
ODD = [
    (90, 0),
    (-90, 0),
    (0, 180),
    (0, -180),
    (91, 0),
    (0, 181),
    (1e308, 1e308),
    (float("nan"), 106.8),
    (float("inf"), 0),
]


def same_as_the_fake(point: Point) -> AtPoint:
    """The drawn city is asked by both, the library and a few lines of arithmetic."""
    found, fake = INDEX.at(point), FakeBoundaries().at(point)
    assert fake == found
    return found


def test_a_point_lies_in_the_area_around_it() -> None:
    for point, code in ((IN_WEST, WEST), (IN_EAST, EAST), (IN_NORTH, NORTH), (Point(-5.74, 106.61), ISLAND)):
        assert same_as_the_fake(point) == AtPoint((code,), (), within=True)


def test_those_within_fifty_metres_come_after_it_nearest_first() -> None:
    assert same_as_the_fake(WEST_NEAR_EAST) == AtPoint((WEST,), (EAST,), within=True)
    assert same_as_the_fake(WEST_NEAR_BOTH) == AtPoint((WEST,), (NORTH, EAST), within=True)


def test_a_border_belongs_to_both_sides() -> None:
    assert same_as_the_fake(ON_THE_BORDER) == AtPoint((WEST, EAST), (), within=True)


@pytest.mark.parametrize("metres", [30, 49, 51, 70])
def test_fifty_metres_are_fifty_metres_to_the_east_and_to_the_north(metres: int) -> None:
    near = metres < 50
    across = INDEX.at(Point(-6.2050, 106.81 - metres / 110_690))
    along = INDEX.at(Point(-6.2000 - metres / 110_577, 106.8050))
    assert (bool(across.near), bool(along.near)) == (near, near)


def test_outside_is_said_with_what_is_near() -> None:
    assert same_as_the_fake(OUTSIDE) == AtPoint()
    assert same_as_the_fake(OUTSIDE_NEAR_WEST) == AtPoint((), (WEST,), within=False)
    assert same_as_the_fake(SEA) == AtPoint()


@pytest.mark.parametrize(("latitude", "longitude"), ODD)
def test_a_point_that_is_nowhere_lies_in_nothing(latitude: float, longitude: float) -> None:
    assert INDEX.at(Point(latitude, longitude)) == AtPoint()


@given(st.floats(), st.floats())
def test_any_two_numbers_are_answered(latitude: float, longitude: float) -> None:
    assert INDEX.at(Point(latitude, longitude)) is not None


@given(st.floats(-6.22, -6.18), st.floats(106.79, 106.83))
def test_wherever_a_point_lies_library_and_arithmetic_agree(latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude)
    assert INDEX.at(point).holding == FakeBoundaries().at(point).holding  # type: ignore[union-attr]  # it is whole


def test_a_gap_between_outlines_lies_in_the_city() -> None:
    west, south = BOXES[NORTH][:2]
    gap = (west + 0.005, south + 0.004, west + 0.0053, south + 0.0043)
    index = OutlineIndex(read_outlines(collection(feature(NORTH, BOXES[NORTH], gap))).drawn)
    assert index.at(Point(south + 0.00415, west + 0.00515)) == AtPoint((), (NORTH,), within=True)


def test_a_file_is_read_at_the_first_question_and_prepared(tmp_path: Path) -> None:
    file, folder = boundaries_file(tmp_path), tmp_path / "data" / "maps"
    boundaries: Boundaries = MappedBoundaries(file, "", folder)
    assert not folder.exists()
    assert boundaries.at(IN_WEST) == AtPoint((WEST,), (), within=True)
    assert boundaries.credit() == CREDIT
    assert len(list(folder.iterdir())) == 1
    again = MappedBoundaries(file, "", folder)
    assert again.credit() == CREDIT
    assert again.at(WEST_NEAR_BOTH) == AtPoint((WEST,), (NORTH, EAST), within=True)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", None])
def test_a_file_that_cannot_be_used_is_no_map_and_logged_once(
    data: bytes | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "boundaries.geojson"
    if data is not None:
        file.write_bytes(data)
    boundaries = MappedBoundaries(file, "", tmp_path / "maps")
    with caplog.at_level(logging.ERROR):
        assert [boundaries.at(IN_WEST), boundaries.at(IN_EAST)] == [None, None]
    assert boundaries.credit() == ""
    assert [each.message for each in caplog.records] == ["boundaries_unusable"]


def test_the_real_outlines_leave_no_gap_and_hold_the_known_places() -> None:
    outlines = read_outlines(map_data("kelurahan.geojson").read_bytes())
    assert (len(outlines.drawn), outlines.notes) == (267, ())
    index = OutlineIndex(outlines.drawn)
    with map_data("place-check.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        found = index.at(Point(float(row["lat"]), float(row["lon"])))
        # What is rounded to some metres may stand on the other side of a border.
        names = {name_key(area(code).name) for code in (*found.holding, *found.near)} or {name_key("(outside)")}
        assert name_key(row["found"]) in names, row["place"]
    assert len(rows) == 96
