"""Who asks citizens much: counted from the trail, by office and account, without a word of what was asked."""

import pytest

from core import casework
from core.errors import Refused
from core.model import Act, Number, StaffRole
from tests.fakes.town_hall import KELURAHAN, TownHall


@pytest.fixture
def hall() -> TownHall:
    """A kelurahan with an officer and a head, an agency with restricted reports, and the Biro."""
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("kepala", KELURAHAN, StaffRole.HEAD)
    made.hire("insp", "inspektorat")
    made.hire("insphead", "inspektorat", StaffRole.HEAD)
    made.hire("biro", "biro_pemerintahan", StaffRole.BIRO)
    made.hire("audit", "biro_pemerintahan", StaffRole.AUDITOR)
    return made


def asks(hall: TownHall, name: str, number: Number, times: int = 1) -> None:
    for _ in range(times):
        hall.does(name, Act.ASK, number, text="Tiang nomor berapa?")
        hall.clock.passes(hours=48)


def found(hall: TownHall, name: str) -> casework.QuestionCounts:
    return hall.run(lambda turn: casework.question_counts(turn, name))


def test_the_biro_sees_every_office_and_account_and_what_was_asked_often(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    asks(hall, "lurah", first, 3)
    asks(hall, "lurah", second)
    asks(hall, "biro", second)
    seen = found(hall, "biro")
    assert [(each.agency, each.questions, each.reports) for each in seen.agencies] == [
        (KELURAHAN, 4, 2),
        ("biro_pemerintahan", 1, 1),
    ]
    assert [(each.name, each.questions) for each in seen.accounts] == [("lurah", 4), ("biro", 1)]
    assert seen.often == ((first, 3),)


def test_a_head_sees_their_own_office_alone(hall: TownHall) -> None:
    number = hall.files()
    asks(hall, "lurah", number)
    asks(hall, "biro", number)
    assert [each.name for each in found(hall, "kepala").accounts] == ["lurah"]
    assert found(hall, "insphead").accounts == ()


def test_questions_about_restricted_reports_are_seen_by_their_own_agency_alone(hall: TownHall) -> None:
    secret = hall.files("pungli_korupsi")
    asks(hall, "insp", secret, 3)
    assert found(hall, "biro") == casework.QuestionCounts((), (), ())
    assert found(hall, "insphead").often == ((secret, 3),)


def test_what_was_asked_more_than_thirty_days_ago_does_not_count(hall: TownHall) -> None:
    asks(hall, "lurah", hall.files())
    hall.clock.passes(days=30)
    assert found(hall, "biro").accounts == ()


def test_what_is_no_question_does_not_count_and_one_more_does(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.NOTE, number, text="Tiang dicari")
    asks(hall, "lurah", number, 5)
    hall.does("kepala", Act.ASK, number, text="Sejak kapan?", reason="Belum ditemukan")
    assert {each.name: each.questions for each in found(hall, "biro").accounts} == {"lurah": 5, "kepala": 1}


@pytest.mark.parametrize("name", ["lurah", "insp", "audit"])
def test_nobody_else_sees_it(hall: TownHall, name: str) -> None:
    with pytest.raises(Refused) as no:
        found(hall, name)
    assert no.value.phrase == "case_not_yours"
