"""One SMS or one mail that tells all is filed at once, and corrected afterwards."""

import pytest

from tests.fakes.town import Town


def test_a_lost_code_cannot_be_looked_up_and_that_is_said() -> None:
    assert "tidak bisa kami carikan" in Town().citizen("telegram").writes("/kode").text


def test_one_sms_with_the_keyword_is_filed_at_once_and_says_how_to_correct_it() -> None:
    town = Town()
    budi = town.citizen("sms", "+628123")
    told = budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    assert told.code
    assert "Lampu jalan (PJU)" in told.text
    assert "Salah? Balas 1" in told.text
    assert "cikini" not in told.text.lower()
    budi.writes("1")
    while "Kabel & tiang" not in budi.last.text:
        budi.writes("Bangunan & utilitas" if "Bangunan" in budi.last.text else str(len(budi.last.options)))
    told = budi.writes("Kabel & tiang")
    assert "Kabel & tiang" in told.text
    assert town.reports[0].category == "kabel_utilitas"
    assert len(town.reports) == 1


def test_a_mail_is_filed_at_once_and_a_number_corrects_it() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    told = budi.writes("Lampu jalan mati di kelurahan Cikini, listrik padam juga")
    assert told.code
    first = town.reports[0].category
    assert "2. " in told.text
    budi.writes("1", in_thread=True)
    assert town.reports[0].category != first
    assert len(town.reports) == 1


def test_a_mail_without_a_place_is_filed_and_the_answer_places_it() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    told = budi.writes("Got mampet dan bau sekali, sudah dua minggu tidak dibersihkan")
    assert told.code
    assert "kelurahan atau kecamatan mana" in told.text
    assert "Cikini" in budi.writes("Cikini", in_thread=True).text
    assert town.reports[0].agency == "kel:31.71.06.1003"


def test_a_second_mail_of_its_own_is_a_second_report() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    budi.writes("Got mampet di kelurahan Cikini")
    budi.writes("Lampu jalan mati di kelurahan Manggarai")
    assert len(town.reports) == 2


def test_an_empty_mail_is_asked_for_its_story() -> None:
    town = Town()
    told = town.citizen("mail", "budi@example.org").writes("Halo, selamat pagi")
    assert "Apa masalahnya" in told.text
    assert not town.reports


@pytest.mark.parametrize("words", ["mau bikin laporan", "bau banget", "hhhhh"])
def test_a_mail_of_few_words_that_tell_no_problem_is_asked_for_its_story(words: str) -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    assert "apa masalahnya" in budi.writes(words).text.lower()
    assert not town.reports
    assert budi.writes("got mampet di kelurahan Cikini", in_thread=True).code


def test_one_message_that_names_a_street_and_its_kecamatan_is_placed_there() -> None:
    town = Town()
    town.citizen("mail", "budi@example.org").writes("Jalan rusak di Jl. Kebon Sirih, Menteng")
    assert town.reports[0].agency == "kec:31.71.06"
