"""Whoever is told that it is solved says whether it is; a no hands the report back, twice."""

from dataclasses import replace

import pytest

from core.model import Act, Feedback, Status, Step
from core.phrases import phrase
from tests.fakes.filed_case import CHANNELS, SECOND, Case, another, file_story, filed, reopened
from tests.fakes.town import PHOTO


@pytest.mark.parametrize(
    ("words", "solved"),
    [("1", True), ("ya", True), ("Sudah", True), ("sudah beres terima kasih", True), ("2", False), ("belum", False),
     ("2 masih ada", False), ("Belum", False), ("2 lampunya masih mati", False)],
)  # fmt: skip
@pytest.mark.parametrize("channel", CHANNELS)
def test_what_was_done_is_judged_with_a_number_or_a_word(channel: str, words: str, solved: bool) -> None:  # noqa: FBT001 - a column of the table
    case = filed(channel)
    asked = case.solved()
    assert "1" in asked.text or asked.options
    told = case.citizen.writes(words, in_thread=channel == "mail")
    assert case.now.handling.feedback is (Feedback.SOLVED if solved else Feedback.NOT_SOLVED)
    assert case.now.status is (Status.SELESAI if solved else Status.PROSES)
    assert case.last4 in told.text
    assert not case.town.awaited


@pytest.mark.parametrize(("label", "status"), [("Sudah", Status.SELESAI), ("Belum", Status.PROSES)])
def test_a_button_judges_too(label: str, status: Status) -> None:
    case = filed("telegram")
    asked = case.solved()
    assert case.citizen.presses_news(asked, label).text
    assert case.now.status is status
    again = case.citizen.presses_news(asked, label)
    assert phrase("answer_over", "id") in again.text


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_code_and_a_no_opens_it_again_with_words_and_photos(channel: str) -> None:
    case = filed("telegram")
    case.solved()
    elsewhere = case.town.citizen(channel, "somebody")
    told = (
        elsewhere.sends_photo(f"{case.code} 2 masih rusak")
        if channel != "sms"
        else elsewhere.writes(f"{case.code} 2 masih rusak")
    )
    assert case.now.status is Status.PROSES
    entry = case.officers.history(case.report)[-1]
    assert (entry.act, entry.text) == (Act.NOT_SOLVED, "masih rusak")
    assert case.shown == ([] if channel == "sms" else [PHOTO])
    assert case.last4 in told.text
    assert not case.town.awaited


def test_a_photo_with_the_no_goes_along_in_the_thread() -> None:
    case = filed("telegram")
    case.citizen.replies_to(case.solved(), "2 masih rusak", (PHOTO,))
    assert case.shown == [PHOTO]
    assert case.now.status is Status.PROSES


def test_words_that_say_neither_are_asked_again_and_a_photo_too() -> None:
    case = filed("telegram")
    told = case.citizen.replies_to(case.solved(), "saya lihat dulu besok", (PHOTO,))
    assert case.now.handling.feedback is None
    assert phrase("photo_again", "id") in told.text
    assert phrase("feedback_unread", "id", last4=case.last4) in told.text
    case.citizen.replies_to(case.citizen.news[-1], "1")
    assert case.now.handling.feedback is Feedback.SOLVED


@pytest.mark.parametrize("words", ["sudah, tapi yang sebelahnya mati", "iya belum", "udah sih tapi kadang kedip"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_yes_that_is_taken_back_is_asked_again_and_begins_no_report(channel: str, words: str) -> None:
    case = filed(channel)
    case.solved()
    told = case.citizen.writes(words)
    assert f"...{case.last4}: balas 1" in told.text
    assert case.now.handling.feedback is None
    case.citizen.writes("2")
    assert case.now.status is Status.PROSES


@pytest.mark.parametrize("words", ["terima kasih", "halo", "baik pak", "sudah tiga hari banjir di kelurahan gambir"])
def test_no_answer_is_no_answer(words: str) -> None:
    case = filed("sms")
    case.solved()
    case.citizen.writes(words)
    assert case.now.handling.feedback is None
    assert case.now.status is Status.SELESAI


@pytest.mark.parametrize("words", ["tidak ada air sejak kemarin di rumah warga", "2 lampu jalan mati di gambir"])
def test_a_story_that_begins_like_a_no_opens_nothing_again_by_chance(words: str) -> None:
    case = filed("sms")
    case.solved()
    asked = case.citizen.writes(words)
    assert case.now.status is Status.SELESAI
    assert [option.label for option in asked.options] == [f"...{case.last4}", "Laporan baru"]
    case.citizen.writes("2")
    assert case.citizen.dialogue is not None
    assert case.citizen.dialogue.draft.text == words


def test_a_number_after_filing_means_the_last_question() -> None:
    """What was just filed by SMS could be corrected with a 1, when it was said to be done."""
    case = filed("sms")
    assert case.citizen.dialogue is not None
    assert case.citizen.dialogue.step is Step.FILED
    case.solved()
    case.citizen.writes("1")
    assert case.now.handling.feedback is Feedback.SOLVED


def test_a_correction_is_still_possible_once_that_was_answered() -> None:
    one = filed("sms")
    two = another(one)
    one.solved()
    one.citizen.writes("1")
    assert one.now.handling.feedback is Feedback.SOLVED
    told = one.citizen.writes("1")
    assert phrase("ask_category", "id").rstrip("?") in told.text or "Tentang apa" in told.text
    assert two.now.status is Status.MENUNGGU


@pytest.mark.parametrize("channel", CHANNELS)
def test_it_is_opened_again_twice_and_then_the_biro_decides(channel: str) -> None:
    case = filed(channel)
    reopened(case, 2)
    case.solved()
    told = case.citizen.writes("2 masih rusak", in_thread=channel == "mail")
    assert "Biro Pemerintahan" in told.text
    assert (case.now.status, case.now.handling.disputed) == (Status.SELESAI, True)


def test_after_fourteen_days_it_stays_closed_and_that_is_said() -> None:
    case = filed("sms")
    case.solved()
    case.town.clock.passes(days=14, hours=1)
    told = case.citizen.writes(f"{case.code} 2 masih rusak")
    assert "14 hari" in told.text
    assert case.now.status is Status.SELESAI
    told = case.citizen.writes(f"TAMBAH {case.code} masih rusak")
    assert "buat laporan baru" in told.text or "LAPOR" in told.text


def test_a_yes_of_one_does_not_silence_the_no_of_another() -> None:
    case, kin = followed_case()
    case.solved()
    kin.citizen.writes("1")
    assert case.now.handling.feedback is Feedback.SOLVED
    case.citizen.writes("2 masih rusak")
    assert case.now.status is Status.PROSES
    assert kin.citizen.news[-1].text.startswith(f"Laporan ...{kin.last4}"), "the other one hears of it"


def followed_case() -> tuple[Case, Case]:
    """A report and who follows it."""
    case = filed("telegram")
    kin = case.town.citizen("telegram", "kin")
    words = ("/start jalan_rusak", "lubangnya dalam", "kelurahan cikini", "ikut")
    told = [kin.writes(text) for text in words]
    return case, Case(case.town, case.officers, kin, case.report, told[-1].code)


def test_who_goes_along_with_another_report_opens_that_one_again_and_hears_of_it_once() -> None:
    main = filed("telegram")
    along = file_story(main.town, main.town.citizen("telegram", "kin"), SECOND["telegram"])
    state = main.town.store.state
    state.reports[along.report.id] = replace(along.now, handling=replace(along.now.handling, main=main.report.id))
    main.solved()
    assert [main.now.status, along.now.status] == [Status.SELESAI] * 2
    before = len(along.citizen.news)
    along.citizen.writes("2 masih rusak")
    assert [main.now.status, along.now.status] == [Status.PROSES] * 2
    assert main.now.handling.reopened == 1
    main.town.clock.passes(hours=1)
    main.town.post()
    assert len(along.citizen.news) == before
    assert "dibuka lagi" in main.citizen.news[-1].text
    assert not main.town.awaited, "nobody is asked any more whether it is solved"


def test_what_is_being_handled_again_is_judged_by_nobody() -> None:
    case = filed("telegram")
    asked = case.solved()
    case.town.store.state.reports[case.report.id] = replace(case.now, status=Status.PROSES)
    told = case.citizen.replies_to(asked, "2 masih rusak", (PHOTO,))
    assert phrase("feedback_not_now", "id", last4=case.last4) in told.text
    assert phrase("photo_again", "id") in told.text
    assert not case.town.awaited
