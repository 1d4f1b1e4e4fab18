"""With outlines a point is its kelurahan without a question; near a border it is asked, outside of the city told."""

from dataclasses import replace

import pytest

from core import intake
from core.errors import Refused
from core.intake import Filled, Receipt
from core.messages import Point
from core.model import AreaCode, CategoryId, Place
from tests.fakes.drawn_city import (
    EAST,
    IN_EAST,
    IN_NORTH,
    IN_WEST,
    NORTH,
    OUTSIDE,
    OUTSIDE_NEAR_WEST,
    SEA,
    WEST,
    WEST_NEAR_EAST,
    mapped,
)
from tests.fakes.town import Citizen, Town

STORY = "lampu jalan mati sudah seminggu"
TOLD_OUTSIDE = "di luar Jakarta"


def begun(story: str = STORY, *, channel: str = "telegram") -> tuple[Town, Citizen]:
    town = mapped(Town())
    budi = town.citizen(channel)
    budi.writes(story)
    return town, budi


def sends(budi: Citizen, point: Point) -> str:
    return budi.points(point.latitude, point.longitude).text


def place(town: Town) -> Place:
    (report,) = town.reports
    return report.place


def test_a_location_is_the_kelurahan_that_contains_it_without_a_question() -> None:
    town, budi = begun()
    assert "Tebet Timur" not in budi.last.text
    said = sends(budi, IN_WEST)
    assert "Kirim laporan ini?" in said or "Kirim" in [option.label for option in budi.last.options]
    budi.presses("Kirim")
    assert (place(town).area, place(town).point) == (WEST, IN_WEST)
    assert town.reports[0].agency == f"kel:{WEST}"


def test_a_location_before_the_story_is_told_and_not_asked_again() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    assert "Tempat dicatat" in sends(budi, IN_EAST)
    budi.writes(STORY)
    assert "Kirim" in [option.label for option in budi.last.options]
    budi.presses("Kirim")
    assert place(town).area == EAST


def test_near_a_border_those_on_both_sides_are_offered() -> None:
    town, budi = begun()
    sends(budi, WEST_NEAR_EAST)
    assert [option.id for option in budi.last.options] == [f"a:{WEST}", f"a:{EAST}", "other"]
    budi.presses(budi.last.options[1].label)
    budi.presses("Kirim")
    assert (place(town).area, place(town).point) == (EAST, WEST_NEAR_EAST)


@pytest.mark.parametrize("point", [OUTSIDE, SEA, Point(90.0, 0.0)])
def test_outside_of_the_city_it_says_so_keeps_nothing_and_asks_for_words(point: Point) -> None:
    town, budi = begun()
    assert TOLD_OUTSIDE in sends(budi, point)
    assert "kelurahan" in budi.last.text
    assert "106.79" not in repr(budi.dialogue)
    budi.writes("kelurahan gambir")
    budi.presses("Kirim")
    assert (place(town).area, place(town).point) == ("31.71.01.1001", None)


def test_just_outside_it_is_asked_whether_the_nearest_is_meant() -> None:
    _, budi = begun()
    sends(budi, OUTSIDE_NEAR_WEST)
    assert [option.id for option in budi.last.options] == [f"a:{WEST}", "other"]


@pytest.mark.parametrize("first", ["", "halo"])
def test_outside_before_the_story_it_says_so_and_asks_for_the_story(first: str) -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    if first:
        budi.writes(first)
    assert TOLD_OUTSIDE in sends(budi, OUTSIDE)
    assert budi.dialogue is not None
    assert budi.dialogue.draft.sent is None


def test_a_location_makes_a_kecamatan_that_was_named_finer() -> None:
    town, budi = begun("lampu jalan mati di kecamatan menteng")
    assert "Kirim" in [option.label for option in budi.last.options]
    assert "Kel. Menteng" in sends(budi, IN_NORTH)
    budi.presses("Kirim")
    assert place(town).area == NORTH


def test_where_words_and_a_location_contradict_each_other_it_is_asked() -> None:
    town, budi = begun("lampu jalan mati di kelurahan gambir")
    sends(budi, IN_WEST)
    assert [option.id for option in budi.last.options] == [f"a:{WEST}", "a:31.71.01.1001", "other"]
    budi.presses(budi.last.options[1].label)
    budi.presses("Kirim")
    assert place(town).area == "31.71.01.1001"


def test_an_area_that_is_told_when_it_is_asked_goes_before_the_location() -> None:
    town, budi = begun()
    sends(budi, WEST_NEAR_EAST)
    budi.writes("kelurahan gambir")
    budi.presses("Kirim")
    assert place(town).area == "31.71.01.1001"


def test_coordinates_in_words_are_a_location_too() -> None:
    town, budi = begun(f"{STORY} -6.1950, 106.8110")
    assert "Kirim" in [option.label for option in budi.last.options]
    budi.presses("Kirim")
    assert (place(town).area, place(town).point) == (NORTH, IN_NORTH)
    town, budi = begun()
    budi.writes("-6.1950, 106.8110")
    budi.presses("Kirim")
    assert place(town).area == NORTH


def test_coordinates_outside_are_told_in_the_story_and_in_the_answer() -> None:
    _, budi = begun(f"{STORY} -6.2050, 106.7900")
    assert TOLD_OUTSIDE in budi.last.text
    _, budi = begun()
    assert TOLD_OUTSIDE in budi.writes("-6.2050, 106.7900").text
    assert budi.dialogue is not None
    assert budi.dialogue.draft.place is None


def test_an_sms_with_coordinates_goes_to_its_kelurahan() -> None:
    town = mapped(Town())
    town.citizen("sms").writes(f"LAPOR {STORY} -6.1950, 106.8110")
    assert (place(town).area, town.reports[0].agency) == (NORTH, f"kel:{NORTH}")


def test_after_filing_a_location_sends_the_report_on_without_a_question() -> None:
    town = mapped(Town())
    budi = town.citizen("sms")
    budi.writes(f"LAPOR {STORY} di depan sekolah")
    assert place(town).area is None
    budi.writes("-6.1950, 106.8110")
    assert (place(town).area, town.reports[0].agency) == (NORTH, f"kel:{NORTH}")


def test_after_filing_a_location_near_a_border_is_asked_about_and_one_outside_is_told() -> None:
    town = mapped(Town())
    budi = town.citizen("sms")
    budi.writes(f"LAPOR {STORY} di depan sekolah")
    assert TOLD_OUTSIDE in budi.writes("-6.2050, 106.7900").text
    budi.writes("-6.2050, 106.8097")
    budi.writes("2")
    assert place(town).area == EAST


def test_the_place_of_a_photo_is_its_kelurahan_once_its_sender_says_so() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    budi.sends_photo(STORY, found=IN_EAST)
    budi.presses(budi.last.options[0].label)
    budi.presses("Kirim")
    assert (place(town).area, place(town).point) == (EAST, IN_EAST)


def test_a_photo_from_elsewhere_than_the_words_say_is_asked_about_and_not_put_there() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    budi.sends_photo("lampu jalan mati di kelurahan gambir", found=IN_WEST)
    budi.presses(budi.last.options[0].label)
    assert [option.id for option in budi.last.options] == [f"a:{WEST}", "a:31.71.01.1001", "other"]


def test_a_photo_from_outside_of_the_city_is_not_asked_about() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    budi.sends_photo(STORY, found=OUTSIDE)
    assert "use" not in [option.id for option in budi.last.options]
    assert budi.dialogue is not None
    assert budi.dialogue.draft.found is None


def test_points_are_kept_rounded_in_the_dialogue_and_in_the_report() -> None:
    fine = Point(-6.204987654321, 106.803012345678)
    town = mapped(Town())
    budi = town.citizen("telegram")
    sends(budi, fine)
    assert budi.dialogue is not None
    assert budi.dialogue.draft.sent == Point(-6.2050, 106.8030)
    budi.writes(STORY)
    sends(budi, fine)
    assert budi.dialogue.draft.place is None or budi.dialogue.draft.place.point == Point(-6.2050, 106.8030)
    budi.presses("Kirim")
    assert place(town).point == Point(-6.2050, 106.8030)


def test_a_map_that_cannot_be_read_asks_as_without_one() -> None:
    for town in (Town(), mapped(Town(), broken=True)):
        budi = town.citizen("telegram")
        budi.writes(STORY)
        sends(budi, IN_WEST)
        assert "Yang terdekat" in budi.last.text
        assert len(budi.last.options) == 4


HOLE = Filled("jaki", CategoryId("jalan_rusak"), "Lubang besar di jalan")


def filed(filled: Filled, town: Town | None = None) -> Receipt:
    town = town or mapped(Town())
    now = town.clock.now()
    receipt = town.store.run(lambda tx: intake.form(tx, filled, now, town.context))
    assert receipt is not None
    return receipt


@pytest.mark.parametrize(
    ("words", "point", "area"),
    [
        ("", IN_WEST, WEST),
        ("Jalan Merdeka", IN_WEST, WEST),
        ("", WEST_NEAR_EAST, WEST),  # a form cannot be asked
        ("kelurahan Tebet Timur", WEST_NEAR_EAST, WEST),
        ("kelurahan Tebet Barat", WEST_NEAR_EAST, EAST),
        ("kelurahan Gambir", IN_WEST, WEST),
        ("kecamatan Menteng", IN_NORTH, NORTH),
        ("kelurahan Gambir", OUTSIDE, AreaCode("31.71.01.1001")),
        ("", OUTSIDE_NEAR_WEST, WEST),
    ],
)
def test_a_form_with_a_point_goes_to_the_kelurahan_that_holds_it(words: str, point: Point, area: AreaCode) -> None:
    report = filed(replace(HOLE, words=words, point=point)).report
    assert report.place.area == area
    assert report.place.point == (None if point is OUTSIDE else point)


def test_a_form_from_outside_of_the_city_is_told_so() -> None:
    for words in ("", "dekat pasar"):
        with pytest.raises(Refused, match="form_outside"):
            filed(replace(HOLE, words=words, point=OUTSIDE))


def test_a_kind_that_needs_no_place_is_filed_without_a_point_that_lies_elsewhere() -> None:
    report = filed(replace(HOLE, category=CategoryId("kependudukan"), words="loket", point=OUTSIDE)).report
    assert (report.place.area, report.place.words, report.place.point) == (None, "loket", None)


def test_an_area_that_was_chosen_goes_before_a_point() -> None:
    report = filed(replace(HOLE, area=EAST, point=IN_WEST)).report
    assert (report.place.area, report.place.point) == (EAST, IN_WEST)


def test_a_point_of_a_form_is_kept_rounded() -> None:
    report = filed(replace(HOLE, point=Point(-6.204987654321, 106.803012345678)), mapped(Town(), decimals=5)).report
    assert report.place.point == Point(-6.20499, 106.80301)
