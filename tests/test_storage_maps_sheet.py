"""Outlines as they are drawn: neighbours keep one border, the whole leaves out islands, and a path holds digits."""

import re

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.areas import AREAS
from core.model import AreaCode
from storage.maps import OutlineIndex, read_outlines
from tests.fakes.drawn_city import (
    BOXES,
    EAST,
    IN_EAST,
    ISLAND,
    NORTH,
    WEST,
    FakeBoundaries,
    collection,
    drawn,
    feature,
)
from tests.fakes.map_data import map_data

SHEET = OutlineIndex(read_outlines(drawn()).drawn).sheet()
PATH = re.compile(r"(?:M-?\d+ -?\d+l-?\d+(?: -?\d+)+z)+")


def polygon(path: str) -> shapely.Geometry:
    """What a path draws, read by another way than it was written."""
    parts = []
    for ring in path.strip("z").split("z"):
        start, moves = ring.lstrip("M").split("l")
        x, y = map(int, start.split())
        numbers = list(map(int, moves.split()))
        corners = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        parts.append(shapely.Polygon(corners))
    return shapely.union_all(parts)


def test_each_area_is_drawn_and_each_that_holds_one() -> None:
    assert set(SHEET.outlines) == {*BOXES, "31.74", "31.71", "31.01", "31.74.01", "31.71.06", "31.01.01"}
    assert all(PATH.fullmatch(each.near) and PATH.fullmatch(each.far) for each in SHEET.outlines.values())


def test_it_says_what_the_plain_arithmetic_of_the_fake_says() -> None:
    fake = FakeBoundaries().sheet()
    assert fake is not None
    for code, outline in SHEET.outlines.items():
        assert outline.box == pytest.approx(fake.outlines[code].box, abs=6)
    assert SHEET.whole == pytest.approx(fake.whole, abs=6)
    assert SHEET.place(IN_EAST) == pytest.approx(fake.place(IN_EAST), abs=6)


def test_a_point_lies_on_the_sheet_in_its_area() -> None:
    here = shapely.Point(SHEET.place(IN_EAST))
    assert polygon(SHEET.outlines[EAST].near).contains(here)
    assert not polygon(SHEET.outlines[WEST].near).contains(here)


def test_what_holds_areas_is_all_of_them_and_has_no_hole_where_their_borders_do_not_meet() -> None:
    gap = (106.8101, -6.21, 106.82, -6.20)  # eleven metres from its neighbour
    index = OutlineIndex(read_outlines(collection(feature(WEST, BOXES[WEST]), feature(EAST, gap))).drawn)
    joined = polygon(index.sheet().outlines[AreaCode("31.74.01")].near)
    assert joined.area == pytest.approx(polygon(SHEET.outlines[AreaCode("31.74.01")].near).area, rel=0.02)


def test_the_whole_is_without_what_lies_far_off() -> None:
    west, north, east, south = SHEET.whole
    assert (west, north) == SHEET.outlines[NORTH].box[:2]
    assert (east, south) == SHEET.outlines[EAST].box[2:]
    assert SHEET.outlines[ISLAND].box[3] < north


def test_a_name_stands_inside_of_its_area() -> None:
    for outline in SHEET.outlines.values():
        assert polygon(outline.near).contains(shapely.Point(outline.middle))
        assert outline.room > 0


def test_what_is_smaller_than_a_step_is_a_dot() -> None:
    tiny = (106.80, -6.2100001, 106.8000001, -6.21)
    sheet = OutlineIndex(read_outlines(collection(feature(WEST, tiny), feature(NORTH, BOXES[NORTH]))).drawn).sheet()
    assert PATH.fullmatch(sheet.outlines[WEST].near)


Side = st.floats(min_value=-179, max_value=179, allow_nan=False)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(Side, st.floats(min_value=-89, max_value=89), st.floats(1e-7, 1)), min_size=1, max_size=4))
@example([(0.0, 0.0, 1.0), (0.0, 5e-324, 1.0)])
def test_whatever_boxes_a_file_has_they_are_drawn(boxes: list[tuple[float, float, float]]) -> None:
    """Over each other, far from each other, at the poles, flat as a line."""
    features = [
        feature(code, (west, south, west + size, south + size))
        for code, (west, south, size) in zip(BOXES, boxes, strict=False)
    ]
    sheet = OutlineIndex(read_outlines(collection(*features)).drawn).sheet()
    assert all(PATH.fullmatch(each.near) and PATH.fullmatch(each.far) for each in sheet.outlines.values())


def test_of_the_real_city_neighbours_keep_one_border_and_the_whole_is_light() -> None:
    data = map_data("kelurahan.geojson")
    sheet = OutlineIndex(read_outlines(data.read_bytes()).drawn).sheet()
    smallest = {code: each for code, each in sheet.outlines.items() if AREAS[code].finest}
    assert len(smallest) == 267
    assert sum(len(each.far) for each in smallest.values()) < 45_000
    for kind in ("near", "far"):
        whole = polygon("".join(getattr(each, kind) for each in smallest.values()))
        apart = sum(polygon(getattr(each, kind)).area for each in smallest.values())
        assert whole.area == pytest.approx(apart, rel=0.002), "neither gaps nor overlaps that could be seen"
