"""Closed words are shown before filing, and an answer there opens and closes; where anybody may write, it closes."""

import pytest

from tests.fakes.town import Citizen, Town

STORY = "Lampu jalan mati depan warung Bu Siti. Saya Budi Santoso, telepon 0812-3456-7890."


def at_summary(town: Town, channel: str) -> Citizen:
    who = town.citizen(channel)
    who.writes(STORY)
    who.writes("Kelurahan Cikini")
    assert who.dialogue is not None
    assert who.dialogue.step.value == "summary"
    assert not town.reports
    return who


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_before_filing_one_answer_opens_and_closes_and_is_no_part_of_the_story(channel: str) -> None:
    town = Town()
    budi = at_summary(town, channel)
    told = budi.writes("buka nama, tutup warung Bu Siti")
    assert "keterangan" in told.text
    budi.writes("1")
    (report,) = town.reports
    assert report.text == "Lampu jalan mati depan [keterangan]. Saya Budi Santoso, telepon [telepon]."
    assert town.store.state.closings == {("name_self", "opened"): 1, ("third_party", "closed"): 1}


def test_the_summary_tells_the_kinds_and_how_to_correct_them() -> None:
    told = at_summary(Town(), "telegram").last.text
    assert "Saya [nama], telepon [telepon]." in told
    assert "nama, telepon" in told
    assert "buka" in told
    assert "tutup" in told
    siti = Town().citizen("telegram")
    siti.writes("Lampu jalan mati di Kelurahan Cikini")
    assert "Tulis: tutup, lalu katanya" in siti.last.text


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_words_that_are_not_there_are_said_not_to_be_there(channel: str) -> None:
    town = Town()
    budi = at_summary(town, channel)
    assert "Kata itu tidak" in budi.writes("tutup Pak Anu").text
    budi.writes("1")
    assert "Anu" not in town.reports[0].text


def test_by_a_number_that_anybody_can_claim_nothing_is_opened_and_more_is_closed() -> None:
    town = Town(proved=())
    budi = at_summary(town, "sms")
    assert "tetap tertutup" in budi.writes("buka semua").text
    budi.writes("buka nama, tutup Bu Siti")
    budi.writes("1")
    assert "Siti" not in town.reports[0].text
    assert town.reports[0].text.endswith("Saya [nama], telepon [telepon].")


def test_a_story_that_goes_on_stays_a_story() -> None:
    town = Town()
    budi = at_summary(town, "telegram")
    budi.writes("tutup lampunya juga hilang dicuri orang")
    budi.writes("1")
    assert "tutup lampunya" in town.reports[0].text


def test_what_is_closed_in_the_story_is_closed_in_the_words_of_its_place_too() -> None:
    town = Town()
    budi = town.citizen("telegram")
    for words in ("lampu jalan mati, gelap", "depan warung Bu Siti, kelurahan cikini"):
        budi.writes(words)
    told = budi.writes("tutup warung Bu Siti")
    assert "Siti" not in told.text
    budi.writes("1")
    assert "Siti" not in town.reports[0].place.words + town.reports[0].text


def test_what_is_closed_in_the_first_of_two_problems_is_closed_in_the_second() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("Lampu jalan mati di depan warung Bu Siti kelurahan Cikini. Sampah menumpuk di samping warung Bu Siti.")
    if budi.dialogue is not None and budi.dialogue.step.value == "several":
        budi.writes("1")
    budi.writes("tutup Bu Siti")
    for _ in range(6):
        budi.writes("1")
    assert town.reports
    assert not any("Siti" in report.text for report in town.reports)


@pytest.mark.parametrize("words", ["buka nama, tutup warung Bu Siti", "tutup nomor saya", "hide my name", "buka semua"])
def test_an_order_behind_a_report_that_was_sent_begins_no_other_one(words: str) -> None:
    town = Town()
    budi = at_summary(town, "telegram")
    budi.writes("1")
    assert len(town.reports) == 1
    told = budi.writes(words).text
    assert told
    assert len(town.reports) == 1
    assert budi.dialogue is None or budi.dialogue.free


@pytest.mark.parametrize("words", ["tutup jalan tanpa izin di kelurahan Cikini", "buka usaha liar di kelurahan Cikini"])
def test_a_report_that_begins_with_such_a_word_is_a_report(words: str) -> None:
    budi = Town().citizen("telegram")
    assert "CABUT" not in budi.writes(words).text
    assert budi.dialogue is not None
