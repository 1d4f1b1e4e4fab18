"""The page of the place: words, list, map and photo say one place together, or it is asked which is meant."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import areas
from core.conversation import PlaceFields
from core.conversation.form_pages import about, told, with_photos
from core.conversation.form_place import at_photo, lies_in, may_be, on_map, with_place
from core.errors import Refused
from core.messages import Point
from core.model import NOWHERE, AreaCode, Draft, FormDraft, MapAct, Place
from core.ports import CityMap
from tests.fakes.drawn_city import (
    EAST,
    IN_EAST,
    IN_NORTH,
    IN_WEST,
    NORTH,
    OUTSIDE,
    SEA,
    WEST,
    WEST_NEAR_EAST,
    FakeBoundaries,
)

LAMP = FormDraft(about(told(Draft(), "Lampu jalan mati"), "pju"))
DISTRICT = "31.74.01"


@pytest.fixture(autouse=True)
def _mapped() -> Iterator[None]:
    with areas.on_map(CityMap(FakeBoundaries())):
        yield


def pressed(point: Point | None, picture: str = DISTRICT, act: MapAct = MapAct.POINT, words: str = "") -> FormDraft:
    return on_map(LAMP, PlaceFields(words, picture=picture, point=point), act)


def test_a_press_on_the_whole_city_comes_nearer_and_one_on_a_district_is_the_point() -> None:
    near = pressed(IN_WEST, picture="", words="depan pasar")
    assert (near.point, near.picture, near.words) == (None, DISTRICT, "depan pasar")
    there = pressed(IN_WEST)
    assert (there.point, there.picture, lies_in(there)) == (IN_WEST, WEST, WEST)
    assert pressed(IN_EAST, picture="31.74").picture == DISTRICT, "a city within the city is as large"


def test_a_point_alone_is_a_place_and_its_area_is_the_one_that_holds_it() -> None:
    place = with_place(pressed(IN_WEST), PlaceFields()).draft.place
    assert place is not None
    assert (place.area, place.point, place.words) == (WEST, IN_WEST, "")


def test_near_a_border_it_is_asked_which_and_the_answer_counts() -> None:
    form = pressed(WEST_NEAR_EAST)
    assert (lies_in(form), set(may_be(form))) == (None, {WEST, EAST})
    with pytest.raises(Refused, match="web_form_which"):
        with_place(form, PlaceFields())
    place = with_place(form, PlaceFields(area=EAST, sure=True)).draft.place
    assert place is not None
    assert (place.area, place.point) == (EAST, WEST_NEAR_EAST)


def test_a_list_and_a_point_that_contradict_each_other_are_asked_about_and_fitting_ones_are_joined() -> None:
    with pytest.raises(Refused, match="web_form_which"):
        with_place(pressed(IN_WEST), PlaceFields(area=NORTH))
    sure = with_place(pressed(IN_WEST), PlaceFields(area=NORTH, sure=True)).draft.place
    assert sure is not None
    assert sure.area == NORTH
    finer = with_place(pressed(IN_WEST), PlaceFields(area=DISTRICT)).draft.place
    assert finer is not None
    assert finer.area == WEST


def test_who_cannot_say_the_area_is_believed_their_point() -> None:
    place = with_place(pressed(WEST_NEAR_EAST), PlaceFields(area="-")).draft.place
    assert place is not None
    assert place.area == WEST


@pytest.mark.parametrize("act", [MapAct.POINT, MapAct.HERE])
@pytest.mark.parametrize("point", [OUTSIDE, SEA, None])
def test_outside_of_the_city_nothing_is_kept_and_it_is_said(act: MapAct, point: Point | None) -> None:
    with pytest.raises(Refused, match="form_outside"):
        pressed(point, act=act)


def test_where_a_phone_is_counts_like_a_press_and_a_point_can_be_taken_away() -> None:
    form = pressed(IN_EAST, picture="", act=MapAct.HERE)
    assert (form.point, lies_in(form)) == (IN_EAST, EAST)
    placed = with_place(form, PlaceFields())
    assert placed.point == IN_EAST, "whoever goes back finds it again"
    gone = on_map(placed, PlaceFields("depan pasar"), MapAct.CLEAR)
    assert (gone.point, gone.draft.place, gone.words) == (None, None, "depan pasar")


@pytest.mark.parametrize(
    ("words", "area", "shown"), [("", "", ""), ("kelurahan Tebet Timur", "", WEST), ("", EAST, EAST)]
)
def test_the_map_opens_where_the_place_seems_to_be(words: str, area: str, shown: str) -> None:
    opened = on_map(LAMP, PlaceFields(words, area), MapAct.OPEN)
    assert (opened.picture, opened.words, opened.chosen) == (shown, words, area)
    assert on_map(opened, PlaceFields(words, area), MapAct.WHOLE).picture == ""


def test_where_a_photo_was_taken_is_offered_once_and_taken_only_by_a_yes() -> None:
    offered = with_photos(LAMP, (), (), IN_WEST)
    assert offered.draft.found == IN_WEST
    assert offered.draft.place is None
    taken = at_photo(offered)
    assert taken.draft.place is not None
    assert (taken.draft.place.area, taken.draft.place.point, taken.draft.found) == (WEST, IN_WEST, None)
    ignored = with_photos(offered, (), ())
    assert (ignored.draft.found, ignored.draft.place, ignored.point) == (None, None, None)
    assert at_photo(ignored) == ignored


def test_a_photo_shows_the_spot_in_an_area_that_is_known_and_near_a_border_it_is_asked() -> None:
    known = FormDraft(Draft(text="x", category=LAMP.draft.category, place=Place(NORTH, words="depan pasar")))
    place = at_photo(with_photos(known, (), (), IN_NORTH)).draft.place
    assert place is not None
    assert (place.area, place.words, place.point) == (NORTH, "depan pasar", IN_NORTH)
    doubtful = at_photo(with_photos(LAMP, (), (), WEST_NEAR_EAST))
    assert doubtful.draft.place is None
    assert set(may_be(doubtful)) == {WEST, EAST}


@pytest.mark.parametrize("found", [OUTSIDE, SEA])
def test_a_photo_of_elsewhere_is_nobodys_matter(found: Point) -> None:
    assert with_photos(LAMP, (), (), found).draft.found is None


def test_what_was_shown_on_the_map_is_not_asked_again_for_a_photo() -> None:
    assert with_photos(with_place(pressed(IN_WEST), PlaceFields()), (), (), IN_EAST).draft.found is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, *MapAct]),
            st.sampled_from(["", "Tebet", "-6.2050, 106.8030", "x" * 5000]),
            st.sampled_from(["", "-", WEST, NORTH, DISTRICT, "31.99", "\x00"]),
            st.sampled_from([None, IN_WEST, WEST_NEAR_EAST, OUTSIDE]),
            st.sampled_from(["", "31.74", DISTRICT, WEST, "x"]),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_whatever_is_pressed_in_any_order_is_taken_or_refused_and_never_breaks(
    steps: list[tuple[MapAct | None, str, str, Point | None, str, bool]],
) -> None:
    form = LAMP
    for act, words, area, point, picture, sure in steps:
        fields = PlaceFields(words, area, sure, act, point, picture)
        try:
            form = with_place(form, fields) if act is None else on_map(form, fields, act)
        except Refused:
            continue
        place = form.draft.place or NOWHERE
        assert place.point is None or areas.located(place.point).areas
        assert place.area is None or AreaCode(place.area) in areas.AREAS
        may_be(form)
        lies_in(form)
