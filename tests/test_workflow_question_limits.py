"""One question at a time, for two days; five in a report's life; a sixth is a head's, with a reason in the trail."""

import pytest

from core.errors import Refused
from core.model import Act, Number, StaffRole
from core.record import asked_of, questions
from core.workflow import QUESTIONS, UNANSWERED, QuestionsAsked, reason_of
from tests.fakes.town_hall import KELURAHAN, TownHall

WHY = "Tiang belum ditemukan"


@pytest.fixture
def hall() -> TownHall:
    """A kelurahan with an officer and a head, a Dinas, and the Biro."""
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("kepala", KELURAHAN, StaffRole.HEAD)
    made.hire("dinas", "dinas_bina_marga")
    made.hire("biro", "biro_pemerintahan", StaffRole.BIRO)
    return made


def used_up(hall: TownHall) -> Number:
    """A report that was asked as often as it may be, by two offices, and has no open question."""
    number = hall.files()
    for at in range(QUESTIONS):
        hall.does("lurah" if at % 2 else "biro", Act.ASK, number, text=f"Tiang nomor berapa, yang ke-{at}?")
        hall.clock.passes(hours=48)
    hall.does("lurah", Act.CLOSE_QUESTION, number)
    return number


def trail(hall: TownHall) -> list[str]:
    return [entry.act for entry in hall.state.audit.values()]


def test_before_two_days_have_passed_nobody_asks_anew_or_closes_what_was_asked(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ASK, number, text="Tiang nomor berapa?")
    hall.clock.passes(hours=47)
    before = hall.history(number)
    for name in ("lurah", "biro"):
        assert hall.refused(name, Act.ASK, number, text="Sejak kapan?") == "case_question_open"
        assert hall.refused(name, Act.CLOSE_QUESTION, number) == "case_question_open"
    assert hall.history(number) == before


def test_after_two_days_another_question_takes_the_place_of_the_first(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ASK, number, text="Tiang nomor berapa?")
    hall.clock.passes(hours=48)
    hall.does("biro", Act.ASK, number, text="Sejak kapan?")
    found = questions(hall.history(number))
    assert [(each.asked, each.closed, each.open) for each in found] == [
        ("Tiang nomor berapa?", True, False),
        ("Sejak kapan?", False, True),
    ]
    assert trail(hall)[-2:] == ["close-question", "ask"]


def test_a_question_is_closed_after_two_days_and_an_answer_belongs_to_none(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ASK, number, text="Tiang nomor berapa?")
    hall.clock.passes(hours=48)
    hall.does("lurah", Act.CLOSE_QUESTION, number)
    assert trail(hall)[-1] == "close-question"
    assert asked_of(hall.history(number)) == QuestionsAsked(1, None)
    assert hall.refused("lurah", Act.CLOSE_QUESTION, number) == "case_no_question"


def test_only_who_holds_it_or_checks_it_closes_a_question(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ASK, number, text="Tiang nomor berapa?")
    hall.clock.passes(hours=48)
    assert hall.refused("dinas", Act.CLOSE_QUESTION, number) == "case_report_unknown"


def test_after_five_questions_by_whichever_office_nobody_but_a_head_asks(hall: TownHall) -> None:
    number = used_up(hall)
    for name in ("lurah", "biro"):
        assert hall.refused(name, Act.ASK, number, text="Sejak kapan?") == "case_questions_used"


def test_a_head_asks_once_more_with_a_reason_that_stands_in_the_trail(hall: TownHall) -> None:
    number = used_up(hall)
    assert hall.refused("kepala", Act.ASK, number, text="Sejak kapan?") == "case_reason_needed"
    hall.does("kepala", Act.ASK, number, text="Sejak kapan?", reason=f"  {WHY} ")
    assert trail(hall)[-1] == f"ask-more {WHY}"
    hall.clock.passes(hours=48)
    assert hall.refused("kepala", Act.ASK, number, text="Sejak kapan?", reason=WHY) == "case_questions_used"


def test_an_answered_question_counts_too(hall: TownHall) -> None:
    number = hall.files()
    for at in range(QUESTIONS):
        hall.does("lurah", Act.ASK, number, text=f"Tiang nomor berapa, yang ke-{at}?")
        hall.citizen_does(Act.ANSWER, number, "Nomor 12")
    assert hall.refused("lurah", Act.ASK, number, text="Sejak kapan?") == "case_questions_used"


def test_a_reason_says_nothing_that_the_report_says() -> None:
    told = ("Lampu di gang Kenanga mati sejak hari Senin",)
    assert reason_of("  Tim  belum menemukan tiangnya ", told) == "Tim belum menemukan tiangnya"
    for reason, key in (
        ("lampu di gang kenanga mati", "case_reason_quotes"),
        ("telepon saya 081234567890", "case_reason_quotes"),
        ("a" * 121, "case_reason_long"),
    ):
        with pytest.raises(Refused) as no:
            reason_of(reason, told)
        assert no.value.phrase == key


def test_what_was_asked_is_counted_over_the_whole_history(hall: TownHall) -> None:
    assert asked_of(hall.history(used_up(hall))) == QuestionsAsked(QUESTIONS, None)
    assert QuestionsAsked(QUESTIONS).used_up
    assert not QuestionsAsked(QUESTIONS - 1).used_up
    assert UNANSWERED.total_seconds() == 48 * 3600


def test_who_may_ask_no_more_sees_why(hall: TownHall) -> None:
    number = used_up(hall)
    seen = hall.shows("lurah", number)
    assert seen.asks_more
    why = {each.act: each.why for each in seen.possible}
    refused = why[Act.ASK]
    assert refused is not None
    assert refused.phrase == "case_questions_used"
    assert {each.act: each.why for each in hall.shows("kepala", number).possible}[Act.ASK] is None
