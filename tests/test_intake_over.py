"""A question that staff closed, or put another in the place of: who answers it later is told that it is over."""

import pytest

from core.model import Act
from core.phrases import phrase
from tests.fakes.filed_case import Case, filed
from tests.fakes.town import Town

OVER = phrase("answer_over", "id").split(".")[0]


def closed(case: Case) -> None:
    case.town.clock.passes(hours=48)
    case.officers.do(case.report, Act.CLOSE_QUESTION)


def test_a_reply_to_a_question_that_was_closed_is_told_so_and_changes_nothing() -> None:
    case = filed("telegram")
    asked = case.asks()
    closed(case)
    before = case.officers.history(case.report)
    told = case.citizen.replies_to(asked, "sejak hari Senin")
    assert OVER in told.text
    assert case.officers.history(case.report) == before
    assert len(case.town.reports) == 1


def test_a_press_of_its_button_is_told_so_too() -> None:
    case = filed("telegram")
    asked = case.asks()
    closed(case)
    assert OVER in case.citizen.presses_news(asked, "Jawab").text


def test_a_reply_to_the_question_before_the_last_one_is_no_answer_to_the_last() -> None:
    case = filed("telegram")
    first = case.asks("Sejak kapan?")
    case.town.clock.passes(hours=48)
    case.asks("Tiang nomor berapa?")
    assert OVER in case.citizen.replies_to(first, "sejak hari Senin").text
    assert case.answers == [None, None]
    case.citizen.writes("nomor dua belas")
    assert case.answers == [None, "nomor dua belas"]


def test_plain_words_after_it_was_closed_are_a_story_of_their_own() -> None:
    case = filed("sms")
    case.asks()
    closed(case)
    case.citizen.writes("LAPOR Sampah menumpuk di kelurahan Tebet Timur")
    assert len(case.town.reports) == 2


def test_words_behind_the_code_are_told_that_the_last_question_is_over() -> None:
    case = filed("telegram")
    case.asks()
    closed(case)
    told = case.citizen.writes(f"{case.code} sejak hari Senin")
    assert OVER in told.text
    assert case.added == []


def test_a_code_shows_a_question_no_more_once_it_is_closed() -> None:
    case = filed("telegram")
    case.asks("Tiang nomor berapa?")
    assert "Tiang nomor berapa?" in case.citizen.writes(case.code).text
    closed(case)
    assert "Tiang nomor berapa?" not in case.citizen.writes(case.code).text


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_question_that_was_replaced_in_time_is_answered_by_plain_words(channel: str) -> None:
    case = filed(channel, town=Town("id"))
    case.asks("Sejak kapan?")
    case.town.clock.passes(hours=48)
    case.asks("Tiang nomor berapa?")
    case.citizen.writes("nomor dua belas")
    assert case.answers == [None, "nomor dua belas"]
