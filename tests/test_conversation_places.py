"""How a place is asked for: points in words, a single doubtful area, three choices at most."""

import pytest

from core.messages import Point
from core.model import Step
from core.phrases import phrase
from tests.fakes.town import Citizen, Town

HERE = Point(-6.1754, 106.8272)


def asked_where(story: str) -> tuple[Town, Citizen]:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes(story)
    return town, budi


@pytest.mark.parametrize(
    "words", ["-6.1754, 106.8272", "-6.175400, 106.827200", "https://maps.google.com/?q=-6.1754,106.8272"]
)
def test_coordinates_in_an_answer_are_kept_as_a_point_and_the_area_is_asked_for(words: str) -> None:
    town, budi = asked_where("lampu jalan mati sudah seminggu")
    assert "kelurahan" in budi.writes(words).text
    budi.writes("kelurahan gambir")
    budi.presses("Kirim")
    (report,) = town.reports
    assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)


def test_coordinates_in_the_story_are_kept_with_the_area_that_it_names_or_that_is_told() -> None:
    for story, answer in (
        ("lampu jalan mati di kelurahan gambir -6.1754, 106.8272", ""),
        ("lampu jalan mati -6.1754, 106.8272", "kelurahan gambir"),
    ):
        town, budi = asked_where(story)
        if answer:
            budi.writes(answer)
        budi.presses("Kirim")
        (report,) = town.reports
        assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)


def test_coordinates_in_an_sms_go_with_the_report() -> None:
    town = Town()
    town.citizen("sms").writes("LAPOR lampu jalan mati di kelurahan gambir -6.1754, 106.8272")
    (report,) = town.reports
    assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)


def test_a_place_that_is_told_after_filing_may_be_a_point_first() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes("LAPOR lampu jalan mati di depan sekolah")
    budi.writes("-6.1754, 106.8272")
    budi.writes("kelurahan gambir")
    (report,) = town.reports
    assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)


def test_one_doubtful_area_is_shown_to_be_confirmed() -> None:
    town, budi = asked_where("saya warga tebet, lampu jalan mati sudah seminggu")
    assert "di sini?" in budi.last.text
    assert next(option.label for option in budi.last.options) == "Kec. Tebet"
    budi.presses("Kec. Tebet")
    budi.presses("Kirim")
    assert town.reports[0].place.area == "31.74.01"


def test_never_more_than_three_areas_are_offered() -> None:
    _, budi = asked_where("lampu jalan mati di tebet, gambir, cikini dan kemayoran")
    assert len(budi.last.options) == 4  # and another place


def test_a_photo_that_came_beside_a_code_waits_for_its_story() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di kelurahan cikini")
    filed = budi.presses("Kirim")
    budi.writes(f"TAMBAH {filed.code}")
    budi.sends_photo(f"CABUT {filed.code}")
    assert budi.writes("halo").text


def areas_offered(budi: Citizen) -> list[str]:
    return [option.id for option in budi.last.options]


def test_the_areas_around_a_point_are_offered_and_the_citizen_says_which() -> None:
    town, budi = asked_where("lampu jalan mati sudah seminggu")
    told = budi.points(HERE.latitude, HERE.longitude)
    assert "Lokasi sudah kami terima" in told.text
    assert "a:31.71.01.1001" in areas_offered(budi)
    assert len(told.options) == 4
    assert not town.reports
    budi.presses("Kel. Gambir, Gambir")
    assert budi.presses("Kirim").code
    (report,) = town.reports
    assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)


def test_another_area_than_those_around_the_point_can_be_named() -> None:
    for answer in ("Bukan itu", "kelurahan tebet timur"):
        town, budi = asked_where("lampu jalan mati sudah seminggu")
        budi.points(HERE.latitude, HERE.longitude)
        if answer == "Bukan itu":
            assert "Di kelurahan atau kecamatan mana" in budi.presses(answer).text
        budi.writes("kelurahan tebet timur")
        assert budi.presses("Kirim").code
        assert (town.reports[0].place.area, town.reports[0].place.point) == ("31.74.01.1001", HERE)


def test_around_a_point_outside_of_the_city_nothing_is_offered() -> None:
    _, budi = asked_where("lampu jalan mati sudah seminggu")
    assert not budi.points(-6.5971, 106.8060).options
    assert "kelurahan" in budi.last.text


def test_a_location_that_comes_first_is_asked_about_behind_the_story() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.points(HERE.latitude, HERE.longitude)
    budi.writes("lampu jalan mati sudah seminggu")
    assert "a:31.71.01.1001" in areas_offered(budi)
    budi.presses("Kel. Gambir, Gambir")
    assert budi.presses("Kirim").code
    assert town.reports[0].place.point == HERE


MOSQUE = "Masjid Al-Ikhlas, Jl. Medan Merdeka, Gambir"


@pytest.mark.parametrize("first", [True, False])
def test_a_place_with_a_name_is_in_the_area_that_its_words_name_and_keeps_them(first: bool) -> None:  # noqa: FBT001 - a column of the table
    town = Town()
    budi = town.citizen("telegram")
    if first:
        budi.points(HERE.latitude, HERE.longitude, MOSQUE)
    told = budi.writes("lampu jalan mati sudah seminggu")
    if not first:
        told = budi.points(HERE.latitude, HERE.longitude, MOSQUE)
    assert "Masjid Al-Ikhlas" in told.text
    assert budi.presses("Kirim").code
    (report,) = town.reports
    assert (report.place.area, report.place.point) == ("31.71.01.1001", HERE)
    assert report.place.words == MOSQUE


def test_a_name_that_lies_elsewhere_decides_nothing_and_is_kept_beside_the_point() -> None:
    town, budi = asked_where("lampu jalan mati sudah seminggu")
    budi.points(HERE.latitude, HERE.longitude, "Sate Tebet Timur")
    assert "a:31.71.01.1001" in areas_offered(budi)
    budi.presses("Kel. Gambir, Gambir")
    assert budi.presses("Kirim").code
    assert (town.reports[0].place.area, town.reports[0].place.words) == ("31.71.01.1001", "Sate Tebet Timur")


def test_what_points_at_its_sender_in_the_words_of_a_place_is_closed_as_in_typed_ones() -> None:
    town, budi = asked_where("lampu jalan mati sudah seminggu di kelurahan gambir")
    told = budi.points(HERE.latitude, HERE.longitude, "Kost Bu Siti, Jl. Melati No. 12 RT 03/05")
    assert "Melati" not in told.text
    assert budi.presses("Kirim").code
    assert town.reports[0].place.words == "Kost Bu Siti, [alamat]"


@pytest.mark.parametrize("words", ["Rumah Saya, Jl. Melati 3", "Home"])
def test_a_place_that_calls_itself_the_home_of_its_sender_is_its_point_alone(words: str) -> None:
    town, budi = asked_where("lampu jalan mati sudah seminggu di kelurahan gambir")
    budi.points(HERE.latitude, HERE.longitude, words)
    assert budi.presses("Kirim").code
    assert (town.reports[0].place.words, town.reports[0].place.point) == ("", HERE)


def test_where_a_photo_was_taken_is_asked_about_in_the_same_way() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo("lampu jalan mati sudah seminggu", found=HERE)
    budi.writes("ya")
    assert "a:31.71.01.1001" in areas_offered(budi)
    budi.presses("Kel. Gambir, Gambir")
    assert budi.presses("Kirim").code
    assert (town.reports[0].place.area, town.reports[0].place.point) == ("31.71.01.1001", HERE)


@pytest.mark.parametrize(
    ("words", "used"),
    [("iya bener di situ", True), ("bener pak", True), ("gak usah", False),
     ("rumah saya itu mah", False), ("itu rumahku", False), ("jangan", False)],
)  # fmt: skip
def test_whether_a_photo_shows_the_place_is_answered_as_people_talk(words: str, used: bool) -> None:  # noqa: FBT001 - a column of the table
    budi = Town().citizen("telegram")
    budi.sends_photo("lampu jalan mati sudah seminggu", found=HERE)
    budi.writes(words)
    assert budi.dialogue is not None
    assert budi.dialogue.step is (Step.WHICH_PLACE if used else Step.PLACE)
    assert budi.dialogue.draft.text == "lampu jalan mati sudah seminggu"
    assert budi.dialogue.draft.found is None


def test_what_is_told_beside_whether_a_photo_shows_the_place_goes_with_the_story() -> None:
    budi = Town().citizen("telegram")
    budi.sends_photo("lampu jalan mati sudah seminggu", found=HERE)
    told = budi.writes("iya tapi agak ke depan dikit")
    assert phrase("ask_photo_place", "id") in told.text
    budi.writes("bukan, di depan gerbang sekolahnya")
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.PLACE
    assert budi.dialogue.draft.text.split("\n")[1:] == [
        "iya tapi agak ke depan dikit",
        "di depan gerbang sekolahnya",
    ]


def test_who_sends_where_it_is_is_not_asked_about_a_photo_and_no_yes_puts_it_elsewhere() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo("lampu jalan mati sudah seminggu", found=Point(-6.2266, 106.8584))
    budi.points(HERE.latitude, HERE.longitude)
    budi.presses("Kel. Gambir, Gambir")
    budi.sends_photo(found=Point(-6.2266, 106.8584))
    assert budi.presses("Kirim").code
    assert (town.reports[0].place.area, town.reports[0].place.point) == ("31.71.01.1001", HERE)


def test_a_photo_whose_words_answer_nothing_is_kept_and_nobody_is_told_that_it_was_not_understood() -> None:
    budi = Town().citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di kelurahan gambir")
    told = budi.sends_photo("ini lagi")
    assert phrase("photo_added", "id") in told.text
    assert phrase("not_understood", "id") not in told.text


def test_words_below_a_later_photo_of_an_album_are_not_met_with_silence() -> None:
    budi = Town().citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di kelurahan gambir")
    budi.sends_photo(group="album")
    assert phrase("photo_added", "id") in budi.sends_photo("ini lagi", group="album").text
    assert not budi.sends_photo(group="album").text


def test_by_sms_the_areas_around_a_point_fit_into_one_message() -> None:
    budi = Town().citizen("sms")
    told = budi.writes("lampu jalan mati sudah seminggu -6.1754, 106.8272")
    assert "a:31.71.01.1001" in areas_offered(budi)
    assert len(told.text) <= 160


@pytest.mark.parametrize("another", ["kelurahan cikini", "Tebet Barat"])
def test_a_problem_that_was_told_as_a_place_stays_when_the_place_is_told_anew(another: str) -> None:
    town = Town()
    budi = town.citizen("sms")
    graft = "Petugas Kelurahan Tebet Timur minta uang pelicin untuk surat pengantar, ini pungli"
    for words in ("jalan rusak berlubang parah", graft, another):
        budi.writes(words)
    for answer in "11111":  # apart, send, go on, graft, send
        budi.writes(answer)
    road, told = town.reports
    assert (road.text, road.restricted) == ("jalan rusak berlubang parah", False)
    assert "uang pelicin" in told.text
    assert told.restricted


def test_an_address_that_is_told_anew_becomes_no_part_of_the_story() -> None:
    town = Town()
    budi = town.citizen("sms")
    for words in ("jalan rusak berlubang parah", "Jl. Tebet Timur Dalam 12, kelurahan Tebet Timur", "kelurahan cikini"):
        budi.writes(words)
    assert budi.writes("kirim").code
    assert town.reports[0].text == "jalan rusak berlubang parah"
