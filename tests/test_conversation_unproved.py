"""Which words that show no right may be an answer: by the words alone, whatever was filed by whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.channels import channel
from core.conversation import Hold, step
from core.conversation.events import Command, Text
from core.conversation.unproved import choose_held, confirmed, held
from core.model import Dialogue, Draft, Step

MAIL, SMS = channel("mail").profile, channel("sms").profile
STORY = "Lampu jalan di depan puskesmas kelurahan Kebon Baru mati sudah seminggu"
IDLE = Dialogue("id")


@pytest.mark.parametrize("text", ["1", "ya", "2 belum", "nomor 12", "sudah beres"])
def test_few_words_may_be_an_answer_on_both_wires(text: str) -> None:
    for profile in (MAIL, SMS):
        outcome = held(IDLE, Text(text), profile, refers=False)
        assert outcome is not None
        assert outcome.effect == Hold(text)


@pytest.mark.parametrize("text", ["halo", "terima kasih", STORY, "0888-0905-2935-0139", "CEK 0888-0905-2935-0139", ""])
def test_what_is_read_as_itself_is_not_held(text: str) -> None:
    for profile in (MAIL, SMS):
        assert held(IDLE, Text(text), profile, refers=False) is None


def test_a_mail_that_claims_to_answer_is_held_unless_it_tells_a_problem_and_where() -> None:
    assert held(IDLE, Text("di rumah pagar hijau sebelah warung"), MAIL, refers=True) is not None
    assert held(IDLE, Text(STORY), MAIL, refers=True) is None
    assert held(IDLE, Command("report", "lampu mati"), MAIL, refers=True) is None


def test_an_open_draft_takes_the_words_itself() -> None:
    assert held(Dialogue("id", Step.PLACE, Draft(text="lubang")), Text("nomor 12"), SMS, refers=False) is None


@given(st.text(max_size=200), st.booleans())
def test_no_words_make_it_raise(text: str, refers: bool) -> None:  # noqa: FBT001 - Hypothesis gives it so
    for profile in (MAIL, SMS):
        outcome = held(IDLE, Text(text), profile, refers=refers)
        assert outcome is None or isinstance(outcome.effect, Hold)


def test_held_words_that_are_a_report_go_on_as_one() -> None:
    asked = held(IDLE, Text("bukan yang itu tetapi yang satunya lagi ya"), SMS, refers=False)
    assert asked is not None
    assert asked.dialogue.step is Step.HELD
    assert choose_held(asked.dialogue, "new", SMS).dialogue.step in {Step.CATEGORY, Step.GROUP}
    assert "lampu jalan" in step(asked.dialogue, Text("lampu jalan mati total"), SMS).dialogue.draft.text
    assert step(asked.dialogue, Text("??"), SMS).dialogue.step is Step.HELD


def test_a_yes_confirms_new_makes_a_report_and_other_words_belong_to_them() -> None:
    assert confirmed("nomor 12", "ya") == ("nomor 12", False)
    assert confirmed("nomor 12", "") == ("nomor 12", False)
    assert confirmed("nomor 12", "baru") == ("nomor 12", True)
    assert confirmed("nomor 12", "sebelah kiri") == ("nomor 12\nsebelah kiri", False)
    assert confirmed("nomor 12", STORY) == (f"nomor 12\n{STORY}", True)
