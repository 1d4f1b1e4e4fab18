"""Words that may be an answer, without a right: kept a day, and the address is asked whose they are."""

from dataclasses import replace

import pytest

from core.messages import Incoming
from tests.fakes.officers import Officers
from tests.fakes.town import PHOTO, Town
from tests.test_intake_standing import digits_of

MAIL = "Jalan berlubang besar di kelurahan cikini, sudah seminggu."


def asked(town: Town, channel: str) -> Officers:
    town.citizen(channel, "budi@warga.example").writes(f"LAPOR {MAIL}")
    officers = Officers(town)
    officers.ask(town.reports[0], "Di depan nomor berapa?")
    return officers


def test_by_mail_a_yes_to_that_very_message_lets_them_count_and_another_reply_does_not() -> None:
    town = Town(proved=())
    officers = asked(town, "mail")
    budi = town.citizen("mail", "budi@warga.example")
    held = budi.writes("nomor 12")
    assert officers.questions(town.reports[0])[0].answered is None
    town.citizen("mail", "budi@warga.example").writes("ya")
    assert officers.questions(town.reports[0])[0].answered is None
    assert "diteruskan" in budi.replies_to(held, "ya").text
    assert officers.questions(town.reports[0])[0].answered == "nomor 12"


def test_photos_are_held_too_and_reach_the_report() -> None:
    town = Town(proved=())
    officers = asked(town, "mail")
    budi = town.citizen("mail", "budi@warga.example")
    envelope = replace(budi.begun(), text="", in_thread=True)  # a mail of a photo alone
    held = budi.sends(Incoming(envelope, (PHOTO,)))
    budi.replies_to(held, "ya")
    assert officers.history(town.reports[0])[-1].files == (PHOTO,)


@pytest.mark.parametrize("words", ["baru", "Laporan baru"])
def test_who_says_that_they_are_a_report_of_their_own_has_them_read_as_one(words: str) -> None:
    town = Town(proved=())
    asked(town, "mail")
    budi = town.citizen("mail", "budi@warga.example")
    held = budi.writes_forged("lampu jalan mati")
    assert len(town.reports) == 1
    assert budi.replies_to(held, words).code
    assert len(town.reports) == 2


def test_a_story_in_reply_to_that_message_is_a_report_and_nothing_is_lost() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    held = budi.writes("halo pak lurah")
    told = budi.replies_to(held, "Lampu jalan di depan puskesmas kelurahan Kebon Baru mati sudah seminggu")
    assert told.code


def test_by_sms_longer_words_can_be_taken_for_a_report_without_digits() -> None:
    town = Town(proved=())
    officers = asked(town, "sms")
    budi = town.citizen("sms", "budi@warga.example")
    words = "di depan warung sebelah pos ronda dekat tiang listrik"
    held = budi.writes(words)
    assert "Tentang apa?" in held.text
    budi.writes("1")
    assert officers.questions(town.reports[0])[0].answered is None
    budi.writes("batal")
    budi.writes(digits_of(budi.writes(words)))
    assert officers.questions(town.reports[0])[0].answered == words
    assert "Tidak ada" in budi.writes("batal").text, "they are no draft any more"


def test_words_that_touch_no_problem_at_all_are_a_report_only_once_that_is_said() -> None:
    town = Town(proved=())
    budi = town.citizen("sms", "budi@warga.example")
    held = budi.writes("bukan yang itu tetapi yang satunya lagi ya")
    assert "1 Laporan baru" in held.text
    digits_of(held)
    assert "apa" in budi.writes("1").text.lower()
    assert not town.reports


def test_what_is_held_is_forgotten_after_a_day() -> None:
    town = Town(proved=())
    officers = asked(town, "mail")
    budi = town.citizen("mail", "budi@warga.example")
    held = budi.writes("nomor 12")
    town.clock.passes(hours=25)
    budi.replies_to(held, "ya")
    assert officers.questions(town.reports[0])[0].answered is None


def test_by_sms_no_more_than_a_few_digits_are_out_for_one_number() -> None:
    town = Town(proved=())
    told = [town.citizen("sms", "victim").writes(f"nomor {n}").text for n in range(5)]
    assert [digits_of_or_none(text) for text in told].count(None) == 2


def digits_of_or_none(text: str) -> str | None:
    return next((word for word in text.replace(".", " ").split() if word.isdigit() and len(word) == 4), None)


@pytest.mark.parametrize(
    ("channel", "words"),
    [("sms", "gak mau hidup lagi"), ("sms", "saya sudah capek hidup. mau mati saja"), ("mail", "hayang paeh")],
)
def test_the_number_to_call_stands_first_though_nobody_knows_whose_words_they_are(channel: str, words: str) -> None:
    held = Town(proved=()).citizen(channel, "budi@warga.example").writes(words)
    assert held.text.partition("\n")[0].startswith(("Darurat? Telepon 112.", "Keadaan darurat? Telepon 112"))


def test_a_kind_that_is_put_right_is_held_and_begins_no_report() -> None:
    assert "Jawaban untuk laporan" in Town(proved=()).citizen("sms").writes("bukan lampu tapi jalan rusak").text


def test_who_left_a_photo_behind_hears_that_an_sms_brings_none() -> None:
    assert "hanya tulisan" in Town(proved=()).citizen("sms").writes("fotonya ketinggalan").text
