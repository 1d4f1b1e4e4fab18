"""What could be done to a report now, and why not; what waits for whom."""

from dataclasses import replace

import pytest

from core import workflow
from core.errors import Refused
from core.messages import StoredFile
from core.model import (
    ENDED,
    NOWHERE,
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    Check,
    Handling,
    Place,
    Report,
    ReportId,
    Right,
    Staff,
    StaffId,
    StaffRole,
    Status,
    roles_with,
)
from core.workflow import BIRO, Next, Order, possible_acts
from tests.fakes import nouns
from tests.fakes.nouns import NOW

SITI = nouns.staff("siti")
HEAD = nouns.staff("kepala", StaffRole.HEAD)
BIROS = replace(nouns.staff("biro1", StaffRole.BIRO), agency=BIRO)
STRANGER = replace(nouns.staff("jauh"), agency=AgencyId("kel:31.71.01.1001"))
DOER = StaffId("somebody else")
PHOTO = StoredFile("a", "jpeg", "image/jpeg", 1)


def plainly(place: Place = NOWHERE) -> Report:
    return replace(nouns.report(place=place), category=CategoryId("pju"))


def reports() -> list[Report]:
    plain = plainly(Place(AreaCode("31.74.01.1001")))
    handlings = [
        Handling(),
        Handling(plan=Check.WAITING, planner=DOER),
        Handling(plan=Check.WAITING, planner=BIROS.id),
        Handling(plan=Check.APPROVED),
        Handling(estimate=Check.WAITING, estimator=DOER),
        Handling(doer=DOER),
        Handling(disputed=True),
        Handling(main=plain.id),
    ]
    return [
        replace(plain, status=status, handling=handling, restricted=restricted)
        for status in Status
        for handling in handlings
        for restricted in (False, True)
    ]


@pytest.mark.parametrize("staff", [SITI, HEAD, BIROS, STRANGER], ids=lambda staff: staff.name)
def test_what_is_shown_as_possible_is_what_an_order_can_do(staff: Staff) -> None:
    by_fields = frozenset(workflow.FIELDS)
    for report in reports():
        shown = {each.act: each for each in possible_acts(report, staff, NOW)}
        assert set(shown) == set(workflow.ORDERS)
        for act, each in shown.items():
            try:
                workflow.checked(report, Order(act, text="x"), workflow.relations(staff, report), staff, NOW)
                why = ""
            except Refused as no:
                why = no.phrase
            if each.why is None:
                assert why in by_fields | {""}, (act, why)
            elif why not in by_fields:
                assert each.why.phrase == why


ASKS, NOTES, LINKS = Act.ASK, Act.NOTE, Act.LINK
OPEN = {Status.MENUNGGU, Status.KOORDINASI, Status.DISPOSISI, Status.PROSES, Status.EWS, Status.TL_DITOLAK}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("staff", [SITI, HEAD, BIROS, STRANGER], ids=lambda staff: staff.name)
def test_of_what_goes_along_with_another_nothing_is_offered_but_to_ask_to_note_and_to_link(
    staff: Staff, status: Status
) -> None:
    """Whatever it had come to before it was linked."""
    here = OPEN | {Status.MENUNGGU_VALIDASI}
    expected = set() if staff is STRANGER else {ASKS, NOTES, LINKS} if status in here else {NOTES}
    for report in reports():
        if report.status is status and not report.restricted:
            along = replace(report, handling=replace(report.handling, main=ReportId("main")))
            assert {each.act for each in possible_acts(along, staff, NOW) if each.why is None} == expected


@pytest.mark.parametrize("role", sorted(set(StaffRole) - roles_with(Right.HANDLE)))
@pytest.mark.parametrize("agency", [SITI.agency, BIRO])
def test_who_handles_no_reports_is_offered_nothing(role: StaffRole, agency: AgencyId) -> None:
    staff = replace(nouns.staff("siapa", role), agency=agency)
    assert {each.why is None for report in reports() for each in possible_acts(report, staff, NOW)} == {False}


def test_what_can_be_done_comes_first() -> None:
    found = [each.why is None for each in possible_acts(plainly(), SITI, NOW)]
    assert found == sorted(found, reverse=True)
    assert any(found)


def test_a_target_that_nothing_could_be_is_a_reason() -> None:
    placeless = {each.act: each for each in possible_acts(plainly(), SITI, NOW)}
    why = placeless[Act.DELEGATE].why
    assert why is not None
    assert why.phrase == "case_no_branch"


@pytest.mark.parametrize(
    ("status", "handling", "step", "waits_for"),
    [
        (Status.MENUNGGU, Handling(), Next.BEGIN, {"siti", "kepala"}),
        (Status.PROSES, Handling(), Next.PROPOSE, {"siti", "kepala"}),
        (Status.PROSES, Handling(plan=Check.REFUSED, planner=SITI.id), Next.PROPOSE, {"siti", "kepala"}),
        (Status.EWS, Handling(), Next.PROPOSE, {"siti", "kepala"}),
        (Status.PROSES, Handling(plan=Check.APPROVED, planner=SITI.id), Next.WORK, {"siti", "kepala"}),
        (Status.PROSES, Handling(result=(PHOTO,)), Next.WORK, {"siti", "kepala"}),
        (Status.PROSES, Handling(plan=Check.WAITING, planner=SITI.id), Next.PLAN, {"biro1"}),
        (Status.PROSES, Handling(plan=Check.WAITING, planner=BIROS.id), Next.PLAN, set()),
        (Status.PROSES, Handling(estimate=Check.WAITING, estimator=SITI.id), Next.ESTIMATE, {"biro1"}),
        (Status.MENUNGGU_VALIDASI, Handling(doer=SITI.id), Next.CHECK, {"biro1"}),
        (
            Status.MENUNGGU_VALIDASI,
            Handling(doer=SITI.id, plan=Check.WAITING, planner=SITI.id, estimate=Check.WAITING, estimator=BIROS.id),
            Next.CHECK,
            {"biro1"},
        ),
        (Status.TL_DITOLAK, Handling(), Next.REDO, {"siti", "kepala"}),
        (Status.SELESAI, Handling(), Next.NOTHING, set()),
        (Status.SELESAI, Handling(disputed=True), Next.DISPUTE, {"biro1"}),
        (Status.DITOLAK, Handling(plan=Check.WAITING, planner=SITI.id), Next.NOTHING, set()),
        (Status.PROSES, Handling(main=nouns.report().id), Next.ALONG, set()),
    ],
)
def test_each_report_waits_for_one_step_and_for_who_can_take_it(
    status: Status, handling: Handling, step: Next, waits_for: set[str]
) -> None:
    report = replace(nouns.report(), status=status, handling=handling)
    assert workflow.next_step(report) is step
    assert {each.name for each in (SITI, HEAD, BIROS, STRANGER) if workflow.awaits(report, each)} == waits_for


def test_an_ended_report_waits_for_nothing_but_a_decision() -> None:
    for report in reports():
        if report.status in ENDED:
            assert workflow.next_step(report) in {Next.NOTHING, Next.DISPUTE}


def test_a_report_can_go_to_agencies_of_its_city_and_to_the_offices_of_its_areas() -> None:
    inside = workflow.offices_for(AreaCode("31.74.01.1001"), outside=False)
    assert AgencyId("kota:jaksel") in inside
    assert AgencyId("kel:31.74.01.1001") in inside
    assert AgencyId("kel:31.71.01.1001") not in inside
    assert len(inside) == len(set(inside)) < 200
    assert not any(workflow.external(each) for each in inside)
    everywhere = workflow.offices_for(None, outside=False)
    assert set(inside) < set(everywhere)
    assert all(workflow.external(each) for each in workflow.offices_for(None, outside=True))
