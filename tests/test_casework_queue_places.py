"""The list by area and kind: what it counts is what the list has, for everybody and whatever it is narrowed by."""

from collections import Counter

import pytest

from core import casework
from core.casework import Wanted, Which
from core.errors import Refused
from core.model import AgencyId, AreaCode, StaffRole, Status
from tests.fakes.drawn_city import EAST, WEST
from tests.fakes.office import Office
from tests.test_desk_queue_map import BNN, DRUGS, LAMP, TEBET, TREE, files, lies

WANTED = (
    Wanted(),
    Wanted(Which.ALL),
    Wanted(Which.MINE),
    Wanted(Which.LATE),
    Wanted(area=AreaCode("31.74")),
    Wanted(category=TREE),
    Wanted(category=DRUGS),
    Wanted(status=Status.PROSES),
    Wanted(agency=TEBET, page=9),
)


@pytest.fixture
def office() -> Office:
    found = Office()
    for name, role, agency in (
        ("biro1", StaffRole.BIRO, AgencyId("biro_pemerintahan")),
        ("siti", StaffRole.OFFICER, TEBET),
        ("bnn1", StaffRole.OFFICER, BNN),
        ("loket1", StaffRole.CLERK, TEBET),
    ):
        found.hire(name, role, agency)
    files(
        found,
        lies(WEST),
        lies(WEST, TREE),
        lies(EAST, LAMP),
        lies(None),
        lies(WEST, DRUGS, agency=BNN, restricted=True),
    )
    return found


@pytest.mark.parametrize("name", ["biro1", "siti", "bnn1"])
@pytest.mark.parametrize("wanted", WANTED)
def test_it_counts_what_the_list_has(office: Office, name: str, wanted: Wanted) -> None:
    found = office.turn(lambda turn: casework.queue_places(turn, name, wanted))
    listed = office.turn(lambda turn: casework.queue(turn, name, wanted))
    rows = Counter((each.report.place.area, each.report.category) for each in listed.rows)
    assert found.places == rows
    assert (found.total, found.counts) == (listed.total, listed.counts)


def test_a_restricted_report_is_counted_for_its_own_office_alone(office: Office) -> None:
    seen = {
        name: office.turn(lambda turn, name=name: casework.queue_places(turn, name, Wanted())).places  # type: ignore[misc] # the default binds the loop variable
        for name in ("biro1", "siti", "bnn1")
    }
    assert [places.get((WEST, DRUGS), 0) for places in seen.values()] == [0, 0, 1]


def test_those_who_read_no_reports_count_none(office: Office) -> None:
    found = office.turn(lambda turn: casework.queue_places(turn, "loket1", Wanted(Which.ALL)))
    assert (found.places, found.total, set(found.counts.values())) == ({}, 0, {0})


def test_who_has_no_account_is_refused(office: Office) -> None:
    with pytest.raises(Refused):
        office.turn(lambda turn: casework.queue_places(turn, "nobody", Wanted()))
