"""What is asked besides of a kind, in a conversation: one question a turn, each passed over by a word."""

import pytest

from core.conversation import Text, step
from core.messages import Incoming
from core.model import NOWHERE, CategoryId, Dialogue, Draft, Report, Step
from tests.fakes.declared import profiles
from tests.fakes.town import PHOTO, Citizen, Town

TELEGRAM = profiles()["telegram"]

STORY, PLACE = "air keran mati di kampung kami", "kelurahan cikini"


def asked(kind: str = "air_bersih", story: str = STORY) -> tuple[Town, Citizen]:
    """At the first question."""
    town = Town()
    budi = town.citizen("telegram")
    for words in (f"/start {kind}", story, PLACE):
        budi.writes(words)
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.ATTRIBUTE
    return town, budi


def only(town: Town) -> Report:
    (report,) = town.reports
    return report


def at(citizen: Citizen) -> Step:
    return citizen.dialogue.step if citizen.dialogue else Step.IDLE


def test_answers_are_kept_with_the_report_and_shown_before_it_is_sent() -> None:
    town, budi = asked()
    assert [each.label for each in budi.last.options] == ["Hari ini", "Minggu ini", "Lebih lama", "Lewati"]
    budi.presses("Minggu ini")
    assert "berapa rumah" in budi.last.text
    summary = budi.writes("sekitar 12")
    assert "Sejak kapan? Minggu ini" in summary.text
    budi.presses("Kirim")
    assert only(town).attributes == (("sejak", "minggu_ini"), ("rumah", "12"))
    assert only(town).text == STORY


def test_by_sms_where_each_message_costs_its_writer_money_nothing_more_is_asked() -> None:
    town = Town(proved=("sms",))
    budi = town.citizen("sms")
    for words in ("/start air_bersih", STORY, PLACE):
        budi.writes(words)
    assert at(budi) is Step.SUMMARY
    budi.writes("1")
    assert only(town).attributes == ()


@pytest.mark.parametrize("word", ["lewati", "ya", "tidak tahu", "tidak", "ok", "-"])
def test_a_word_passes_a_question_over_and_whoever_says_yes_to_all_is_done(word: str) -> None:
    town, budi = asked()
    for _ in range(2):
        budi.writes(word)
    assert at(budi) is Step.SUMMARY
    assert "Rincian" not in budi.last.text
    budi.writes("ya")
    assert only(town).attributes == ()


def test_what_points_at_the_writer_is_closed_in_an_answer_too() -> None:
    town, budi = asked(kind="angkutan_umum", story="sopir bus ugal-ugalan tadi pagi")
    budi.writes("bus 12, tanya saya 0812 3456 7890")
    assert "0812" not in budi.last.text
    budi.writes("ya")
    assert "0812" not in repr(only(town).attributes) + only(town).text
    assert "bus 12" in dict(only(town).attributes)["rute"]


def test_what_is_more_than_an_answer_is_more_of_the_story() -> None:
    town, budi = asked(kind="angkutan_umum", story="sopir bus ugal-ugalan tadi pagi")
    budi.writes(
        "waktu itu penumpang penuh sekali lalu sopirnya menerobos lampu merah dan hampir menabrak orang tua di sana"
    )
    assert at(budi) is Step.ATTRIBUTE
    budi.writes("koridor 6")
    budi.writes("ya")
    assert "menerobos" in only(town).text
    assert only(town).attributes == (("rute", "koridor 6"),)


def test_a_number_that_is_none_is_asked_for_again_and_a_photo_loses_nothing() -> None:
    town, budi = asked()
    budi.sends(Incoming(budi.begun(), (PHOTO,)))
    assert at(budi) is Step.ATTRIBUTE
    budi.presses("Hari ini")
    budi.writes("081234567890")
    assert at(budi) is Step.ATTRIBUTE
    budi.writes("kembali")
    assert at(budi) is Step.CHANGE
    budi.presses("Rincian")
    assert at(budi) is Step.ATTRIBUTE
    for _ in range(2):
        budi.presses("Lewati")
    budi.presses("Kirim")
    assert len(only(town).files) == 1


def test_danger_at_such_a_question_is_answered_first() -> None:
    _, budi = asked()
    assert "112" in budi.writes("ada kebakaran besar di rumah nomor 3 sekarang").text


def test_answers_of_a_kind_that_was_changed_do_not_go_with_the_report() -> None:
    town, budi = asked()
    budi.presses("Hari ini")
    budi.writes("ganti jenis")
    budi.writes("Jalan rusak")
    assert at(budi) is Step.SUMMARY
    budi.presses("Kirim")
    assert (only(town).category, only(town).attributes) == ("jalan_rusak", ())


def test_a_question_that_the_city_asks_no_more_leads_to_the_summary() -> None:
    gone = Dialogue(
        "id", Step.ATTRIBUTE, Draft("lubang", CategoryId("jalan_rusak"), NOWHERE), offered=("q:x.y", "skip")
    )
    for said in ("1", "lewati", "ya"):
        assert step(gone, Text(said), TELEGRAM).dialogue.step is Step.SUMMARY


def test_one_sms_that_tells_all_is_not_held_up_by_questions() -> None:
    town = Town()
    assert town.citizen("sms").writes("air PAM mati sudah seminggu di kelurahan cikini").code
    assert only(town).category == "air_bersih"
    mail = Town()
    mail.citizen("mail").writes("air PAM mati sudah seminggu di kelurahan cikini")
    assert only(mail).category == "air_bersih"
