"""What is said beside the report: a code, thanks, a danger, a question. It is answered, and the draft waits."""

import pytest

from core.messages import UnsupportedContent
from core.model import Step
from core.phrases import phrase
from tests.fakes.town import Told, Town, lamp


def test_a_code_in_the_middle_is_answered_and_the_draft_waits() -> None:
    town = Town()
    code = lamp(town).code
    siti = town.citizen("telegram", "siti")
    siti.writes("sampah menumpuk di cikini")
    told = siti.writes(code)
    assert "Menunggu" in told.text
    assert "Lanjutkan laporan yang tadi?" in told.text
    assert "Jenis: Sampah\n" in siti.presses("Lanjut").text


def test_after_a_code_the_question_that_stood_before_may_be_answered_at_once() -> None:
    town = Town()
    code = lamp(town).code
    siti = town.citizen("telegram", "siti")
    siti.writes("sampah menumpuk dua hari")
    siti.writes(code)
    assert siti.writes("kelurahan cikini").text.startswith("Laporan Anda")


def test_a_mistyped_code_is_answered_and_is_no_guess() -> None:
    town = Town()
    code = lamp(town).code.replace("-", "")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    siti = town.citizen("sms", "+628123")
    for _ in range(20):
        told = siti.writes(wrong)
        assert "Menunggu" not in told.text
        assert "angka yang keliru" in told.text
    assert "Menunggu" in siti.writes(code).text


def test_wrong_codes_make_who_tries_wait_and_nobody_else() -> None:
    town = Town()
    code = lamp(town).code
    other = Town(seed=5)
    strange = [lamp(other).code] * 7
    thief = town.citizen("sms", "+628999")
    said = [thief.writes(each).text for each in strange]
    assert "tidak ada" in said[0]
    assert "menit lagi" in said[-1]
    assert "menit lagi" in thief.writes(code).text
    assert "Menunggu" in town.citizen("sms", "+628123").writes(code).text
    town.clock.passes(minutes=10)
    assert "Menunggu" in thief.writes(code).text


def test_help_the_other_language_and_odd_messages_do_not_lose_the_draft() -> None:
    budi = Town().citizen("telegram")
    budi.writes("di sini gelap sekali")
    assert "Perintah" in budi.writes("/bantuan").text
    assert budi.last.options
    assert "stiker" in budi.sends_unsupported(UnsupportedContent.STICKER).text.lower()
    told = budi.writes("EN")
    assert "English" in told.text
    assert told.options[0].label == "Street lighting"
    assert "Where exactly" in budi.presses("Street lighting").text


def test_english_words_are_answered_in_english() -> None:
    told = Town().citizen("telegram").writes("There is a big pothole in the road near the station, the road is damaged")
    assert "It is about: Damaged road" in told.text
    assert "Where exactly" in told.text


@pytest.mark.parametrize(
    "unsupported", [UnsupportedContent.STICKER, UnsupportedContent.CONTACT, UnsupportedContent.OTHER]
)
def test_what_cannot_be_read_is_answered_with_what_to_do(unsupported: UnsupportedContent) -> None:
    budi = Town().citizen("telegram")
    assert budi.sends_unsupported(unsupported).text
    assert budi.writes("jalan rusak parah di cikini").options


def test_the_third_answer_that_cannot_be_read_brings_the_help_and_the_choices() -> None:
    budi = Town().citizen("sms", "+6281")
    budi.writes("di sini gelap sekali")
    assert "BATAL" not in budi.writes("??").text
    assert "BATAL" not in budi.writes("77").text
    told = budi.writes("!!")
    assert "BATAL" in told.text
    assert "1 Lampu jalan (PJU)" in told.text


def test_an_emergency_number_is_said_before_going_on() -> None:
    told = Town().citizen("telegram").writes("kebakaran! ada api besar di rumah warga kampung pulo")
    assert told.text.startswith("Keadaan darurat? Telepon 112")
    assert told.options


def test_a_stale_button_is_answered_and_never_applied() -> None:
    town = Town()
    budi = town.citizen("telegram")
    first = budi.writes("di sini gelap sekali, di cikini")
    budi.presses("Lampu jalan (PJU)")
    told = budi.presses_stale(first.options[0].id, first.revision)
    assert "sudah lewat" in told.text
    assert "Kirim sekarang?" in told.text
    budi.presses("Batal")
    assert "sudah lewat" in budi.presses_stale("send", first.revision + 1).text
    assert not town.reports


def test_thanks_are_answered_shortly() -> None:
    town = Town()
    assert "Sama-sama" in town.citizen("telegram").writes("terima kasih banyak ya pak").text
    assert not town.reports


def test_a_group_is_told_once_and_nothing_is_kept() -> None:
    town = Town()
    group = town.citizen("telegram", "-100")
    assert "percakapan pribadi" in group.sends_unsupported(UnsupportedContent.GROUP).text
    assert group.dialogue is None


def test_who_left_is_not_answered_and_the_draft_is_gone() -> None:
    budi = Town().citizen("telegram")
    budi.writes("jalan rusak parah")
    assert budi.sends_unsupported(UnsupportedContent.LEFT) == Told("")
    assert budi.dialogue is None


def test_the_same_message_again_does_nothing() -> None:
    town = Town()
    budi = town.citizen("sms", "+62")
    budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    town._messages -= 1  # noqa: SLF001 - the wire brings its last message again
    with pytest.raises(AssertionError):
        budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    assert len(town.reports) == 1


def test_wait_and_who_are_you_are_answered_and_nothing_of_them_becomes_the_report() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("di sini gelap sekali")
    assert "belum kami pahami" not in budi.writes("eh bentar").text
    assert "Resi" in budi.writes("ini siapa ya?").text
    budi.presses("Lampu jalan (PJU)")
    assert "Resi" in budi.writes("emang perlu alamat?").text
    budi.writes("kelurahan Cikini")
    assert budi.presses("Kirim").code
    (report,) = town.reports
    assert (report.text, report.place.words) == ("di sini gelap sekali", "kelurahan Cikini")


@pytest.mark.parametrize(
    "farewell", ["Terima kasih banyak ya nak, sehat selalu", "ok thank you so much", "bye", "sampai jumpa lagi ya"]
)
@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_a_farewell_after_the_code_is_no_new_report(channel: str, farewell: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    told = budi.writes("LAPOR lampu jalan mati di kelurahan Cikini")
    for answer in ("1", "1"):
        told = told if told.code else budi.writes(answer)
    assert told.code
    assert budi.writes(farewell, in_thread=channel == "mail").text
    assert len(town.reports) == 1
    assert budi.dialogue is None or not budi.dialogue.draft.text


def test_who_touched_a_live_wire_is_told_112_and_not_the_electricity_company() -> None:
    told = Town().citizen("mail").writes("anak saya kesetrum tiang listrik di kelurahan Cikini, tidak sadar")
    assert told.code
    assert told.text.startswith("Keadaan darurat? Telepon 112")


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_danger_told_instead_of_an_answer_gets_the_number_first_and_joins_the_story(channel: str) -> None:
    budi = Town().citizen(channel)
    budi.writes("tetangga sering berisik")
    told = budi.writes("tolong dia ngamuk bawa golok sekarang")
    assert told.text.startswith(("Keadaan darurat? Telepon 112", "Darurat? Telepon 112", "Ada bahaya"))
    assert budi.dialogue is not None
    assert "golok" in budi.dialogue.draft.text
    assert not budi.writes("tolong dia ngamuk bawa golok sekarang").text.startswith(("Keadaan darurat", "Darurat?"))


@pytest.mark.parametrize("words", ["ga jadi", "gak jadi deh", "batal aja pak", "saya mau batal", "never mind please"])
def test_a_draft_is_taken_back_in_polite_words_too(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di Cikini")
    assert "tidak dikirim" in budi.writes(words).text
    assert budi.dialogue is None or not budi.dialogue.draft.text


@pytest.mark.parametrize("words", ["ini siapa ya", "ini apaan sih", "who is this", "emang aman?"])
def test_who_are_you_is_answered_before_anything_was_told(words: str) -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(words)
    assert "Resi" in told.text
    assert not told.options


@pytest.mark.parametrize("changed", ["cerita", "jenis", "tempat", "ceritanya", "tempatnya", ""])
def test_a_change_that_is_not_made_after_all_leaves_the_report_as_it_was(changed: str) -> None:
    budi = Town().citizen("telegram")
    summary = budi.writes("lampu jalan mati sudah seminggu di kelurahan manggarai")
    budi.writes("ubah")
    if changed:
        budi.writes(changed)
    told = budi.writes("gak jadi")
    assert told.text == summary.text
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.SUMMARY


def test_a_report_that_is_not_made_after_all_is_dropped() -> None:
    budi = Town().citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di kelurahan manggarai")
    assert phrase("cancelled", "id") in budi.writes("gak jadi").text


@pytest.mark.parametrize("words", ["salah tempat", "tempatnya salah min", "eh salah, harusnya tebet barat"])
def test_what_was_wrong_with_a_report_that_is_sent_is_no_new_report(words: str) -> None:
    town = Town()
    lamp(town)
    town.clock.passes(days=2)
    told = town.citizen("telegram").writes(words)
    assert told.text == phrase("remark_change", "id")
    assert town.citizen("telegram").dialogue is None


@pytest.mark.parametrize("words", ["hapus", "batal", "gak jadi"])
def test_who_drops_the_second_of_two_hears_that_the_first_was_sent(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di kelurahan tebet barat dan sampah menumpuk di kelurahan bukit duri")
    budi.writes("pisah")
    assert budi.writes("kirim").code
    assert budi.writes(words).text == phrase("second_dropped", "id")
    assert len(town.reports) == 1
