"""What a picture of the map shows, and where in it a place is seen."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import areas
from core.areas import AREAS
from core.messages import Point
from core.model import AreaCode
from core.ports import Outline, Sheet
from tests.fakes.drawn_city import EAST, IN_EAST, IN_WEST, ISLAND, NORTH, ON_THE_BORDER, OUTSIDE, WEST, FakeBoundaries
from web.map_view import HEIGHT, WIDTH, View, chain, holds, view

found = FakeBoundaries().sheet()
assert found is not None
SHEET = found


def codes(seen: View, *, inside: bool = True) -> set[str]:
    return {each.area.code for each in seen.shapes if each.inside is inside}


def test_the_whole_shows_the_smallest_areas_that_can_be_told_apart_and_leaves_out_what_lies_far_off() -> None:
    assert codes(view(SHEET, None)) == {WEST, EAST, NORTH}
    assert codes(view(SHEET, None, most=2)) == {"31.74", "31.71"}, "of three levels the largest, where no other fits"


def test_an_area_fills_its_picture_and_its_neighbours_stand_around_it() -> None:
    seen = view(SHEET, AreaCode("31.74.01"))
    assert (codes(seen), codes(seen, inside=False)) == ({WEST, EAST}, {NORTH})
    alone = view(SHEET, WEST)
    assert codes(alone) == {WEST}
    assert alone.about == WEST


@pytest.mark.parametrize("code", ["31.73", "31.73.01.1001", "99", ""])
def test_what_has_no_outline_shows_the_whole(code: str) -> None:
    assert view(SHEET, AreaCode(code)) == view(SHEET, None)


@pytest.mark.parametrize("about", [None, *SHEET.outlines])
def test_all_of_what_a_picture_is_about_lies_in_it(about: AreaCode | None) -> None:
    seen = view(SHEET, about)
    west, north, east, south = SHEET.whole if about is None else SHEET.outlines[about].box
    for corner in ((west, north), (east, south)):
        x, y = seen.at(corner)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    scale, left, top = map(float, re.findall(r"-?[\d.]+", seen.transform))
    assert ((west + left) * scale, (north + top) * scale) == pytest.approx(seen.at((west, north)), abs=2)


def test_a_point_is_seen_where_it_lies_and_one_outside_of_the_picture_nowhere() -> None:
    seen = view(SHEET, WEST)
    here = seen.point(SHEET, IN_WEST)
    assert here is not None
    border = seen.point(SHEET, ON_THE_BORDER)
    assert border is not None
    assert here[0] < border[0], "the border is to the east"
    assert seen.point(SHEET, OUTSIDE) is None
    assert view(SHEET, None).point(SHEET, IN_EAST) is not None


@given(st.floats(), st.floats())
def test_any_two_numbers_are_a_point_or_none(latitude: float, longitude: float) -> None:
    at = view(SHEET, None).point(SHEET, Point(latitude, longitude))
    assert at is None or (0 <= at[0] <= WIDTH and 0 <= at[1] <= HEIGHT)


def test_a_name_stands_where_it_has_room() -> None:
    seen = view(SHEET, None)
    names = {each.area.code: each.name for each in seen.shapes}
    assert names[NORTH] is not None
    narrow = replace(SHEET.outlines[NORTH], room=0)
    seen = view(replace(SHEET, outlines={**SHEET.outlines, NORTH: narrow}), None)
    assert {each.area.code: each.name for each in seen.shapes}[NORTH] is None


def test_of_names_that_would_stand_over_each_other_one_is_written() -> None:
    both = {code: replace(SHEET.outlines[code], middle=SHEET.outlines[NORTH].middle) for code in (WEST, EAST, NORTH)}
    named = [each.name for each in view(replace(SHEET, outlines={**SHEET.outlines, **both}), None).shapes]
    assert len(named) == 3
    assert len([each for each in named if each]) == 1


def test_an_area_of_which_no_part_is_outlined_stands_among_the_smaller_ones() -> None:
    coarse = AreaCode("31.74.02")
    box = SHEET.outlines[NORTH].box
    outlines = {**SHEET.outlines, coarse: Outline("M0 0l1 0 0 1z", "M0 0l1 0 0 1z", box, (0, 0), 1)}
    assert codes(view(replace(SHEET, outlines=outlines), None)) == {WEST, EAST, NORTH, coarse}


def test_from_afar_less_of_an_outline_is_drawn() -> None:
    far = replace(SHEET.outlines[WEST], far="M1 1l1 0 0 1z", box=(0, 0, 20_000, 20_000))
    outlines = {**SHEET.outlines, WEST: far}
    wide = Sheet(outlines, (0, 0, 20_000, 20_000), SHEET.origin, SHEET.degree)
    paths = {each.area.code: each.path for each in view(wide, None).shapes}
    assert paths[WEST] == far.far
    assert {each.area.code: each.path for each in view(SHEET, None).shapes}[WEST] == SHEET.outlines[WEST].near


def test_a_dot_of_a_city_has_a_picture_too() -> None:
    dot = Outline("M0 0l1 0 0 1z", "M0 0l1 0 0 1z", (0, 0, 0, 0), (0, 0), 0)
    seen = view(Sheet({ISLAND: dot}, (0, 0, 0, 0), (0.0, 0.0), (0.0, 0.0)), None)
    assert codes(seen) == {ISLAND}
    assert seen.at((0, 0)) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=10)


def test_an_area_is_held_by_those_around_it() -> None:
    assert [each.code for each in chain(WEST)] == ["31.74", "31.74.01", WEST]
    assert chain(None) == chain(AreaCode("99")) == ()
    assert holds(AreaCode("31.74"), WEST)
    assert holds(None, WEST)
    assert not holds(AreaCode("31.74"), NORTH)
    assert not holds(None, AreaCode("99"))
    assert all(holds(each.parent, each.code) for each in AREAS.values())
    assert areas.children(None)
