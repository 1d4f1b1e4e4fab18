"""How somebody stands to a report: who holds it, who checks, who sees and cannot act, and who sees nothing."""

from itertools import product

import pytest

from core import workflow
from core.model import AgencyId, Staff, StaffId, StaffRole
from core.workflow import Relation
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

DINAS = AgencyId("dinas_bina_marga")
NOBODY = frozenset[Relation]()


def who(agency: str, role: StaffRole, *, active: bool = True) -> Staff:
    return Staff(StaffId("s"), "siti", AgencyId(agency), role, active)


def stands(staff: Staff, leaf: str = "jalan_rusak", *, placed: bool = True) -> frozenset[Relation]:
    hall = TownHall()
    number = hall.files(leaf) if placed else hall.files(leaf, area=None)
    return workflow.relations(staff, hall.report(number))


@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.HEAD])
def test_who_works_at_the_office_holds_it_and_does_not_check_it(role: StaffRole) -> None:
    assert stands(who(KELURAHAN, role)) == {Relation.HOLDER}
    assert stands(who(DINAS, role)) == NOBODY


def test_the_biro_checks_what_others_do() -> None:
    assert stands(who(BIRO, StaffRole.BIRO)) == {Relation.BIRO, Relation.SECOND}


def test_an_officer_who_only_sits_at_the_biro_is_not_the_biro() -> None:
    for role in (StaffRole.OFFICER, StaffRole.HEAD):
        assert stands(who(BIRO, role)) == NOBODY


def test_what_the_biro_holds_is_checked_by_a_head_of_it() -> None:
    assert stands(who(BIRO, StaffRole.HEAD), placed=False) == {Relation.HOLDER, Relation.SECOND}
    assert stands(who(BIRO, StaffRole.OFFICER), placed=False) == {Relation.HOLDER}
    assert stands(who(BIRO, StaffRole.BIRO), placed=False) == {Relation.HOLDER, Relation.BIRO}


def test_what_is_restricted_is_checked_by_a_head_of_its_agency_and_is_none_of_the_biros() -> None:
    assert stands(who("inspektorat", StaffRole.HEAD), "pungli_korupsi") == {Relation.HOLDER, Relation.SECOND}
    assert stands(who("inspektorat", StaffRole.OFFICER), "pungli_korupsi") == {Relation.HOLDER}
    for agency, role in product((BIRO, KELURAHAN, DINAS), (StaffRole.OFFICER, StaffRole.HEAD, StaffRole.BIRO)):
        assert stands(who(agency, role), "pungli_korupsi") == NOBODY


@pytest.mark.parametrize("role", [StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR])
def test_who_handles_no_reports_stands_nowhere_and_reads_nothing(role: StaffRole) -> None:
    hall = TownHall()
    for leaf in ("jalan_rusak", "pungli_korupsi"):
        report = hall.report(hall.files(leaf))
        staff = who(report.agency, role)
        assert workflow.relations(staff, report) == NOBODY
        assert not workflow.may_read(staff, report, frozenset({report.agency}))


@pytest.mark.parametrize("role", StaffRole)
def test_whose_account_is_closed_stands_nowhere_and_reads_nothing(role: StaffRole) -> None:
    hall = TownHall()
    report = hall.report(hall.files())
    staff = who(report.agency, role, active=False)
    assert workflow.relations(staff, report) == NOBODY
    assert not workflow.may_read(staff, report, frozenset({report.agency}))


def test_who_held_a_report_reads_it_and_stands_nowhere() -> None:
    hall = TownHall()
    report = hall.report(hall.files())
    before, never = who(DINAS, StaffRole.HEAD), who("dinas_lh", StaffRole.HEAD)
    held = frozenset({KELURAHAN, DINAS})
    assert workflow.may_read(before, report, held)
    assert workflow.relations(before, report) == NOBODY
    assert not workflow.may_read(never, report, held)


def test_a_restricted_report_is_read_by_its_agency_whoever_held_it() -> None:
    hall = TownHall()
    report = hall.report(hall.files("pungli_korupsi"))
    held = frozenset({AgencyId("inspektorat"), KELURAHAN, DINAS, BIRO})
    assert workflow.may_read(who("inspektorat", StaffRole.OFFICER), report, held)
    for agency, role in product((BIRO, KELURAHAN, DINAS), (StaffRole.OFFICER, StaffRole.HEAD, StaffRole.BIRO)):
        assert not workflow.may_read(who(agency, role), report, held)
