"""What is asked or said about us is answered, at any step; what may be a report or an answer is taken for that."""

import pytest

from core.conversation.topics import ANSWERS, answer_beside, answer_to, reports_nothing
from core.phrases import KEYS
from tests.fakes.town import Town

ASKED = (
    ("bos saya bakal tau gak kalo saya lapor?", "privacy"),
    ("lapor tanpa nama boleh?", "privacy"),
    ("is it anonymous? I'm afraid of my boss", "privacy"),
    ("gimana cara lapornya min", "remark_how"),
    ("ini bot atau orang?", "remark_human"),
    ("bayar gak lapor di sini", "remark_free"),
    ("kodenya hilang, gimana ya", "lost_code"),
    ("tadi salah ketik, bisa diralat?", "remark_change"),
    ("boleh kirim foto?", "remark_photo"),
    ("laporan kemarin statusnya apa ya min", "remark_progress"),
    ("goblok, percuma ngomong sama bot", "remark_threat"),
)


@pytest.mark.parametrize(("text", "say"), ASKED)
def test_a_question_about_us_has_its_answer(text: str, say: str) -> None:
    assert answer_to(text) == say


def test_each_topic_has_a_phrase() -> None:
    assert ANSWERS <= KEYS


@pytest.mark.parametrize(
    "text",
    [
        "jangan sebut nama saya, di kantor banyak yang positif tapi disuruh masuk",
        "petugas minta bayar 50 ribu buat surat pindah",
        "gimana ini lampu mati terus",
        "kapan jalan ini diperbaiki, sudah 3 bulan bolong",
        "robot parkir di mall menelan kartu saya",
        "tolong, rumah tetangga kebakaran",
        "Cikini",
        "lapor, sampah numpuk",
        "",
    ],
)
def test_what_may_be_a_report_is_no_question_about_us(text: str) -> None:
    assert not reports_nothing(text)
    assert answer_to(text) == ""


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_who_asks_first_whether_it_is_secret_is_told_and_asked_for_the_story(channel: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    told = budi.writes("rahasia gak nih? takut ketauan bos")
    assert told.text.startswith(("1. Petugas tidak pernah melihat nama", "Petugas tidak melihat nama"))
    assert budi.dialogue is not None
    assert not budi.dialogue.draft.text
    assert not town.reports


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_question_about_us_leaves_the_question_that_stands(channel: str) -> None:
    budi = Town().citizen(channel)
    asked = budi.writes("lampu jalan mati")
    assert budi.dialogue is not None
    step = budi.dialogue.step
    told = budi.writes("ini dijamin rahasia kan, bos saya gak tau?")
    assert told.text != asked.text
    assert budi.dialogue.step is step
    assert budi.dialogue.draft.text == "lampu jalan mati"


@pytest.mark.parametrize(
    "text", ["tutup nama saya", "minggu kemarin", "sejak kemarin", "di rumah", "kode tiang A12", "nomor 12", "1", "ya"]
)
def test_what_may_answer_a_question_of_ours_is_taken_for_no_question(text: str) -> None:
    assert answer_beside(text) == ""
