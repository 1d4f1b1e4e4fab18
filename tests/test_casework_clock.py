"""Time passes: each mark is dealt with once, whoever slept for however long, and citizens are told of two at most."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import casework
from core.model import Act, Mark, Number, StaffRole, Status
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
JAKARTA = ZoneInfo("Asia/Jakarta")
TELLING = ("news_late", "news_evaluation")
ABOVE = ("kec:31.74.01", "kota:jaksel", BIRO)


def marks(hall: TownHall) -> list[tuple[str, str, datetime]]:
    """Who heard of what, in the order of the marks."""
    found = [(each.to, each.mark.value, each.at) for each in hall.state.notices.values()]
    return sorted(found, key=lambda each: each[2])


def days(hall: TownHall, number: Number) -> list[tuple[str, str, float]]:
    received = hall.report(number).received
    return [(to, mark, (at - received) / DAY) for to, mark, at in marks(hall)]


WHOLE_LIFE = [
    (KELURAHAN, "look", 1.0),
    (KELURAHAN, "half", 3.5),
    (KELURAHAN, "late", 7.0),
    ("kec:31.74.01", "climb", 10.5),
    ("kota:jaksel", "climb", 14.0),
    (BIRO, "climb", 17.5),
    (BIRO, "evaluation", 30.0),
]


def test_a_report_that_nobody_touches_reminds_climbs_and_is_evaluated() -> None:
    hall = TownHall()
    number = hall.files()
    for _ in range(40):
        hall.passes(days=1)
    assert days(hall, number) == WHOLE_LIFE
    report = hall.report(number)
    assert (report.late, report.evaluation, report.status, report.alarm) == (True, True, Status.MENUNGGU, None)
    assert [entry.act for entry in hall.history(number)] == [
        Act.FILED, Act.LATE, Act.CLIMB, Act.CLIMB, Act.CLIMB, Act.EVALUATION,
    ]  # fmt: skip


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.integers(1, 45 * 24 * 60), max_size=6))
def test_a_clock_that_slept_for_any_time_deals_with_each_mark_once(sleeps: list[int]) -> None:
    hall = TownHall()
    number = hall.files()
    received, slept = hall.report(number).received, timedelta()
    for each in sleeps:
        before = Counter(hall.keys())
        hall.passes(minutes=each)
        slept = hall.clock.now() - received
        told = Counter(hall.keys()) - before
        assert sum(told.values()) <= 2
        assert set(told) <= set(TELLING)
    assert days(hall, number) == [each for each in WHOLE_LIFE if timedelta(days=each[2]) <= slept]
    expected = [key for key, at in zip(TELLING, (7, 30), strict=True) if timedelta(days=at) <= slept]
    assert hall.keys(number) == expected
    assert hall.run(casework.process_deadlines) == 0, "nothing is left to do"


def test_a_clock_that_slept_for_a_year_sends_two_messages_the_later_news_last() -> None:
    hall = TownHall()
    number = hall.files(channels=("telegram", "sms", "mail"))
    hall.passes(days=365)
    assert Counter(hall.keys(number)) == {"news_late": 3, "news_evaluation": 3}
    for contact in {letter.contact for letter in hall.letters()}:
        letters = [letter for letter in hall.letters() if letter.contact == contact]
        assert [line.key for letter in letters for line in letter.say.lines] == list(TELLING)


def test_a_minute_before_nothing_happens_and_at_the_minute_it_does() -> None:
    hall = TownHall()
    number = hall.files()
    due = hall.report(number).due
    hall.passes_to(due - MINUTE)
    assert hall.keys() == []
    assert not hall.report(number).late
    assert hall.passes_to(due) == 1
    assert hall.keys() == ["news_late"]
    assert hall.report(number).late


def test_the_office_that_opened_it_within_a_day_is_not_reminded_to() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    opened, untouched = hall.files(), hall.files()
    hall.shows("lurah", opened)
    hall.passes(days=2)
    assert [(each.number, each.mark) for each in hall.notices("lurah")] == [(untouched, Mark.LOOK)]


def test_that_others_looked_at_it_is_no_excuse() -> None:
    hall = TownHall()
    hall.hire("biro", BIRO, StaffRole.BIRO)
    number = hall.files()
    hall.shows("biro", number)
    hall.does("biro", Act.NOTE, number, text="Mohon segera")
    hall.passes(days=1)
    assert [(to, mark) for to, mark, _ in marks(hall)] == [(KELURAHAN, "look")]


def test_what_has_ended_is_late_no_more() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    number = hall.files()
    hall.does("lurah", Act.REJECT, number, text="Bukan jalan umum")
    hall.passes(days=60)
    assert marks(hall) == []
    assert not hall.report(number).late


def test_what_is_opened_again_after_its_time_is_late_at_once_and_told_once() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    hall.hire("biro", BIRO, StaffRole.BIRO)
    number = hall.files()
    hall.finishes("lurah", number, "biro")
    hall.clock.passes(days=8)
    hall.post()
    hall.citizen_does(Act.NOT_SOLVED, number)
    hall.passes(minutes=1)
    hall.passes(minutes=1)
    assert hall.report(number).late
    assert hall.keys(number).count("news_late") == 1


def test_an_approved_estimate_moves_the_deadline_to_the_end_of_that_day_and_is_told() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    hall.hire("biro", BIRO, StaffRole.BIRO)
    number = hall.files()
    hall.does("lurah", Act.ESTIMATE, number, text="Menunggu aspal", until=date(2021, 8, 1))
    assert hall.keys() == []
    report = hall.does("biro", Act.APPROVE_ESTIMATE, number)
    assert report.due == datetime(2021, 8, 1, 23, 59, tzinfo=JAKARTA)
    assert report.due.tzinfo is UTC
    assert report.status is Status.EWS
    [letter] = hall.letters()
    assert "1 Agu" in hall.words(letter)
    assert "aspal" not in str(asdict(letter.say))
    hall.passes_to(report.due - MINUTE)
    assert not hall.report(number).late
    hall.passes(minutes=1)
    assert hall.report(number).late


def test_thirty_days_are_thirty_days_whatever_was_estimated() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    hall.hire("biro", BIRO, StaffRole.BIRO)
    number = hall.files()
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=date(2021, 12, 1))
    hall.does("biro", Act.APPROVE_ESTIMATE, number)
    hall.passes(days=29)
    assert not hall.report(number).evaluation
    hall.passes(days=1)
    assert hall.report(number).evaluation
    assert not hall.report(number).late


def test_an_office_that_takes_it_over_late_has_those_above_it_hear_of_the_rest() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    number = hall.files()
    hall.passes(days=11)
    hall.does("lurah", Act.COORDINATE, number, to="sudin_bina_marga_jaksel")
    hall.passes(days=7)
    assert days(hall, number)[3:] == [("kec:31.74.01", "climb", 10.5), (BIRO, "climb", 14.0)]


def test_what_climbs_of_a_restricted_report_is_number_agency_and_days_and_goes_to_the_biro_alone() -> None:
    hall = TownHall()
    number = hall.files("kekerasan_pa", text="Tetangga memukul anaknya")
    hall.hire("biro", BIRO, StaffRole.BIRO)
    hall.hire("lurah", KELURAHAN)
    hall.passes(days=31)
    assert [(each.mark.value, each.days) for each in hall.notices("biro")] == [("evaluation", 31), ("climb", 31)]
    for each in hall.notices("biro"):
        assert (each.number, each.holder) == (number, "dinas_ppapp")
        assert "memukul" not in str(each)
        assert "kekerasan" not in str(each)
    assert hall.notices("lurah") == []
    assert hall.lists("biro") == []


def test_no_more_reports_are_dealt_with_in_a_turn_than_asked_for() -> None:
    hall = TownHall()
    numbers = [hall.files() for _ in range(5)]
    hall.clock.passes(days=1)
    assert [hall.run(lambda turn: casework.process_deadlines(turn, 2)) for _ in range(4)] == [2, 2, 1, 0]
    assert {each.number for each in hall.state.notices.values()} == set(numbers)


def test_an_alarm_that_rings_for_nothing_is_set_anew() -> None:
    hall = TownHall()
    number = hall.files()
    report = hall.report(number)
    hall.state.reports[report.id] = replace(report, alarm=report.received)
    assert hall.run(casework.process_deadlines) == 1
    assert hall.report(number) == report
    assert hall.run(casework.process_deadlines) == 0


def test_the_clock_tells_offices_in_days_that_have_passed() -> None:
    hall = TownHall()
    hall.files()
    hall.passes(days=7, hours=23)
    assert {each.days for each in hall.state.notices.values()} == {7}


def test_a_result_that_waits_to_be_checked_is_late_like_any_other() -> None:
    hall = TownHall()
    hall.hire("lurah", KELURAHAN)
    hall.hire("biro", BIRO, StaffRole.BIRO)
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO)
    hall.post()
    hall.passes(days=7)
    assert hall.report(number).late
    assert "news_late" in hall.keys(number)


@pytest.mark.parametrize("leaf", ["jalan_rusak", "kekerasan_pa"])
def test_whoever_left_no_address_is_told_nothing(leaf: str) -> None:
    hall = TownHall()
    hall.files(leaf, channels=())
    hall.passes(days=40)
    assert hall.letters() == []
