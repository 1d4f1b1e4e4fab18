"""Where a point lies by the map of the context, and what it means together with words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.areas import FoundAreas, Located, located, meant, nearest, on_map, rounded
from core.messages import Point
from core.model import AreaCode
from core.ports import NO_MAP, CityMap
from tests.fakes.drawn_city import (
    EAST,
    IN_WEST,
    NORTH,
    ON_THE_BORDER,
    OUTSIDE,
    OUTSIDE_NEAR_WEST,
    WEST,
    WEST_NEAR_BOTH,
    WEST_NEAR_EAST,
    FakeBoundaries,
)

MAP = CityMap(FakeBoundaries())
BOGOR = Point(-6.5971, 106.8060)  # not so far that centres alone could tell
BANDUNG = Point(-6.9147, 107.6098)
TEBET, MENTENG, FAR = AreaCode("31.74.01"), AreaCode("31.71.06"), AreaCode("31.72.01.1001")


def test_without_a_map_the_nearest_centres_are_offered_and_nothing_is_certain() -> None:
    for city_map in (NO_MAP, CityMap(FakeBoundaries(broken=True))):
        with on_map(city_map):
            assert located(IN_WEST) == Located(nearest(IN_WEST))
            assert not located(BOGOR).outside


@pytest.mark.parametrize(
    "point", [BANDUNG, Point(50, 8), Point(0, 0), Point(6.2, 106.8), Point(-6.2, -106.8), Point(90, 180)]
)
def test_without_a_map_a_point_that_is_far_from_every_centre_is_outside(point: Point) -> None:
    assert located(point).outside
    with on_map(CityMap(FakeBoundaries(broken=True))):
        assert located(point).outside


@pytest.mark.parametrize(
    ("point", "areas", "certain"),
    [
        (IN_WEST, (WEST,), True),
        (WEST_NEAR_EAST, (WEST, EAST), False),
        (WEST_NEAR_BOTH, (WEST, NORTH, EAST), False),
        (ON_THE_BORDER, (WEST, EAST), False),
        (OUTSIDE_NEAR_WEST, (WEST,), False),
        (OUTSIDE, (), False),
    ],
)
def test_on_a_map_a_point_is_certain_where_it_lies_in_one_area_and_near_no_other(
    point: Point,
    areas: tuple[AreaCode, ...],
    certain: bool,  # noqa: FBT001 - a column of the table
) -> None:
    with on_map(MAP):
        assert located(point) == Located(areas, certain, mapped=True)
        assert located(point).outside is (not areas)


def test_whose_points_are_kept_coarser_is_asked_farther_from_a_border() -> None:
    inside = Point(-6.2050, 106.8090)  # 110 m from the border
    for decimals, certain in ((4, True), (3, False)):
        with on_map(CityMap(FakeBoundaries(), decimals=decimals)):
            assert located(inside).certain is certain


def test_the_map_is_one_of_the_context_and_gone_with_it() -> None:
    with on_map(MAP):
        with on_map(NO_MAP):
            assert not located(IN_WEST).mapped
        assert located(IN_WEST).mapped
    assert not located(IN_WEST).mapped


@pytest.mark.parametrize(
    ("named", "point", "codes", "certain"),
    [
        (FoundAreas(), IN_WEST, (WEST,), True),
        (FoundAreas((FAR, EAST)), IN_WEST, (WEST,), True),  # doubtful words do not doubt a point
        (FoundAreas((TEBET,), certain=True), IN_WEST, (WEST,), True),  # the finer of two that fit
        (FoundAreas((WEST,), certain=True), IN_WEST, (WEST,), True),
        (FoundAreas((FAR,), certain=True), IN_WEST, (WEST, FAR), False),  # they contradict each other
        (FoundAreas((EAST,), certain=True), WEST_NEAR_EAST, (EAST,), True),  # words say which side
        (FoundAreas((TEBET,), certain=True), WEST_NEAR_EAST, (WEST, EAST), False),
        (FoundAreas((MENTENG,), certain=True), WEST_NEAR_BOTH, (NORTH,), True),
        (FoundAreas((FAR,), certain=True), WEST_NEAR_BOTH, (WEST, NORTH, FAR), False),
        (FoundAreas((NORTH, FAR)), WEST_NEAR_BOTH, (NORTH, WEST, EAST), False),
        (FoundAreas((FAR,), certain=True), OUTSIDE, (FAR,), True),
        (FoundAreas((FAR,), certain=True), None, (FAR,), True),
        (FoundAreas(), OUTSIDE, (), False),
    ],
)
def test_words_and_a_point_together(
    named: FoundAreas,
    point: Point | None,
    codes: tuple[AreaCode, ...],
    certain: bool,  # noqa: FBT001 - a column of the table
) -> None:
    with on_map(MAP):
        assert meant(named, point) == FoundAreas(codes, certain)


def test_without_a_map_words_go_before_the_nearest_centres() -> None:
    assert meant(FoundAreas((FAR,), certain=True), IN_WEST) == FoundAreas((FAR,), certain=True)
    assert meant(FoundAreas((FAR, EAST)), IN_WEST) == FoundAreas((FAR, EAST))
    assert meant(FoundAreas(), IN_WEST) == FoundAreas(nearest(IN_WEST))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_is_kept_with_as_many_digits_as_the_map_says(latitude: float, longitude: float) -> None:
    with on_map(CityMap(decimals=3)):
        kept = rounded(Point(latitude, longitude))
    assert abs(kept.latitude - latitude) <= 0.0005 + 1e-9
    assert len(f"{abs(kept.longitude):.6f}".partition(".")[2].rstrip("0")) <= 3
