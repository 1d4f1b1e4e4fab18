"""How a place is asked for: points in words, a single doubtful area, three choices at most."""

import pytest

from core.messages import Point
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
