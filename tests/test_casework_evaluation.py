"""The figures of a month, against examples that were counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import casework
from core.casework import Evaluation
from core.casework.actors import leader
from core.categories import CATEGORIES
from core.errors import Refused
from core.model import AgencyId, Feedback, Handled, Staff, StaffId, StaffRole
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

JAKARTA = ZoneInfo("Asia/Jakarta")
INSPECTORS = AgencyId("inspektorat")
YES, NO = Feedback.SOLVED, Feedback.NOT_SOLVED


def handled(
    agency: str = KELURAHAN,
    days: float | None = None,
    *,
    feedback: Feedback | None = None,
    evaluation: bool = False,
    reopened: int = 0,
    restricted: bool = False,
) -> Handled:
    took = None if days is None else timedelta(days=days)
    return Handled(AgencyId(agency), took, evaluation, reopened, feedback, restricted)


def who(agency: str, role: StaffRole) -> Staff:
    return Staff(StaffId("s"), "siti", AgencyId(agency), role)


THE_BIRO = who(BIRO, StaffRole.BIRO)


def test_an_offices_month_as_counted_by_hand() -> None:
    rows = [
        handled(days=1, feedback=YES),
        handled(days=2, feedback=YES),
        handled(days=7, feedback=NO, reopened=1),
        handled(days=10, reopened=2),
        handled(evaluation=True),
        handled(),
    ]
    assert casework.evaluated(rows, THE_BIRO) == (
        Evaluation(
            agency=KELURAHAN,
            closed=4,
            within=3,
            mean_days=5.0,
            median_days=4.5,
            open=2,
            overdue=1,
            reopened=2,
            satisfied=2 / 3,
        ),
    )


def test_seven_days_are_within_and_a_minute_more_is_not() -> None:
    minute = 1 / 24 / 60
    [office] = casework.evaluated([handled(days=7), handled(days=7 + minute)], THE_BIRO)
    assert (office.closed, office.within) == (2, 1)


def test_where_nothing_was_closed_and_nobody_said_anything_there_is_no_figure() -> None:
    [office] = casework.evaluated([handled()], THE_BIRO)
    assert (office.mean_days, office.median_days, office.satisfied) == (None, None, None)
    assert (office.closed, office.within, office.open) == (0, 0, 1)


def test_of_no_reports_there_are_no_offices() -> None:
    assert casework.evaluated([], THE_BIRO) == ()


def test_the_biro_sees_every_office_by_name_and_nothing_of_what_is_restricted() -> None:
    rows = [
        handled("satpol_pp", 1),
        handled("dinas_lh", 1),
        handled(INSPECTORS, 1, restricted=True),
        handled("dinas_lh"),
    ]
    found = casework.evaluated(rows, THE_BIRO)
    assert [(each.agency, each.closed, each.open) for each in found] == [("dinas_lh", 1, 1), ("satpol_pp", 1, 0)]


def test_a_head_sees_their_own_office_with_what_is_restricted_there() -> None:
    rows = [handled(INSPECTORS, 1), handled(INSPECTORS, 3, restricted=True), handled("dinas_lh", 1)]
    [office] = casework.evaluated(rows, who(INSPECTORS, StaffRole.HEAD))
    assert (office.agency, office.closed, office.mean_days) == (INSPECTORS, 2, 2.0)
    [seen] = [each for each in casework.evaluated(rows, THE_BIRO) if each.agency == INSPECTORS]
    assert (seen.closed, seen.mean_days) == (1, 1.0)


def test_open_ones_that_are_counted_together_count_as_many() -> None:
    rows = [replace(handled(evaluation=True, reopened=1, feedback=NO), reports=3), handled(days=1, feedback=YES)]
    [office] = casework.evaluated(rows, THE_BIRO)
    assert (office.open, office.overdue, office.reopened, office.closed) == (3, 3, 3, 1)
    assert office.satisfied == 1 / 4


def a_town() -> TownHall:
    hall = TownHall()
    for name, office, role in (("biro1", BIRO, StaffRole.BIRO), ("lurah", KELURAHAN, StaffRole.HEAD)):
        hall.hire(name, office, role)
    hall.hire("kepala", INSPECTORS, StaffRole.HEAD)
    hall.files()
    hall.files("jalan_rusak", None)
    hall.files(next(each.id for each in CATEGORIES if each.restricted == INSPECTORS), None)
    return hall


def evaluation(hall: TownHall, name: str, office: str | None = None) -> dict[str, int]:
    """What is open, by office, and of all under an empty name."""
    day, asked = date(2021, 7, 9), AgencyId(office) if office else None
    found = hall.run(lambda turn: casework.evaluation(turn, name, day, asked))
    assert found.first == date(2021, 7, 1)
    return {each.agency: each.open for each in (*found.offices, found.whole)}


def test_the_month_of_every_office_and_of_all_together_is_the_biros() -> None:
    hall = a_town()
    assert evaluation(hall, "biro1") == {KELURAHAN: 1, BIRO: 1, "": 2}
    assert evaluation(hall, "biro1", KELURAHAN) == {KELURAHAN: 1, "": 1}
    assert evaluation(hall, "biro1", INSPECTORS) == {"": 0}, "what is restricted is not counted, asked for or not"


@pytest.mark.parametrize("asked", [None, KELURAHAN, INSPECTORS, BIRO])
def test_a_head_has_their_own_month_whatever_is_asked_for(asked: str | None) -> None:
    hall = a_town()
    assert evaluation(hall, "lurah", asked) == {KELURAHAN: 1, "": 1}
    assert evaluation(hall, "kepala", asked) == {INSPECTORS: 1, "": 1}


@pytest.mark.parametrize("role", StaffRole)
def test_only_the_biro_and_heads_read_an_evaluation(role: StaffRole) -> None:
    hall = TownHall()
    hall.hire("siti", BIRO, role)
    if role in {StaffRole.BIRO, StaffRole.HEAD}:
        assert hall.store.run(lambda tx: leader(tx, "siti")).role is role
    else:
        with pytest.raises(Refused, match="case_not_yours"):
            hall.store.run(lambda tx: leader(tx, "siti"))


def test_who_is_no_more_reads_no_evaluation() -> None:
    hall = TownHall()
    hall.hire("siti", BIRO, StaffRole.BIRO)
    hall.run(lambda turn: casework.disable(turn, "siti"))
    with pytest.raises(Refused, match="staff_unknown"):
        hall.store.run(lambda tx: leader(tx, "siti"))


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (date(2021, 7, 1), "2021-07-01", "2021-08-01"),
        (date(2021, 7, 31), "2021-07-01", "2021-08-01"),
        (date(2021, 12, 15), "2021-12-01", "2022-01-01"),
        (date(2024, 2, 29), "2024-02-01", "2024-03-01"),
    ],
)
def test_a_month_is_from_its_first_midnight_in_the_city_to_that_of_the_next(day: date, first: str, after: str) -> None:
    assert casework.month(day, JAKARTA) == (
        datetime.fromisoformat(first).replace(tzinfo=JAKARTA),
        datetime.fromisoformat(after).replace(tzinfo=JAKARTA),
    )
