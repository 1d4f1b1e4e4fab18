"""The list that somebody works through: each of its parts is what a look at every single report would say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from core import casework, workflow
from core.casework import Queue, Turn, Wanted, Which
from core.casework.queue import PAGE, duties
from core.errors import Refused
from core.model import (
    ENDED,
    AgencyId,
    CategoryId,
    Check,
    Handling,
    Number,
    Report,
    ReportId,
    Staff,
    StaffId,
    StaffRole,
    Status,
)
from core.ports import Context, Store, UnitOfWork
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.time_and_random import FakeRandomSource

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ZONE = ZoneInfo("Asia/Jakarta")
CONTEXT = Context(FakeRandomSource(), ZONE, "id", {})
BNN = AgencyId("bnnp_dki")
OFFICES = (nouns.AGENCY, workflow.BIRO, BNN)


def somebody(role: StaffRole, office: AgencyId) -> Staff:
    return Staff(StaffId(f"{role.value} {office}"), f"{role.value} {office}", office, role)


STAFF = (
    *(somebody(role, office) for role in (StaffRole.OFFICER, StaffRole.HEAD) for office in OFFICES),
    somebody(StaffRole.BIRO, workflow.BIRO),
)


def handled() -> list[Report]:
    """Every way in which a report can stand, in every office."""
    waiting = (
        Handling(),
        Handling(plan=Check.WAITING),
        Handling(estimate=Check.WAITING, until=NOW.date()),
        Handling(main=ReportId("main")),
        Handling(disputed=True),
    )
    found = []
    for n, (status, handling, office) in enumerate(product(Status, waiting, OFFICES)):
        found.append(
            replace(
                nouns.report(restricted=office == BNN),
                number=Number(f"R{n:04}"),
                category=CategoryId("narkoba" if office == BNN else ("jalan_rusak", "sampah")[n % 2]),
                agency=office,
                status=status,
                due=NOW + (n % 7 - 3) * DAY / 4,
                closed=NOW if status in ENDED else None,
                handling=handling,
            )
        )
    return found


@pytest.fixture
def reports(store: Store) -> list[Report]:
    made = handled()

    def turn(tx: UnitOfWork) -> None:
        for report in made:
            tx.reports.add(report, nouns.entry())
        for staff in STAFF:
            tx.accounts.add(staff, "hash")

    store.run(turn)
    return made


def shown(store: Store, staff: Staff, wanted: Wanted = Wanted()) -> Queue:  # noqa: B008 - frozen
    return store.read(lambda tx: casework.queue(Turn(tx, NOW, CONTEXT), staff.name, wanted))


def sees(staff: Staff, report: Report) -> bool:
    return workflow.may_read(staff, report, frozenset({report.agency}))


def by_hand(staff: Staff, reports: Sequence[Report], which: Which) -> list[Report]:
    """As it was said first: look at each."""

    def day(at: datetime) -> object:
        return at.astimezone(ZONE).date()

    def fits(report: Report) -> bool:
        still = report.status not in ENDED
        late = report.due <= NOW
        return {
            Which.OPEN: still,
            Which.MINE: workflow.awaits(report, staff),
            Which.LATE: still and late,
            Which.TODAY: still and not late and day(report.due) == day(NOW),
            Which.ENDED: not still,
            Which.ALL: True,
        }[which]

    found = [report for report in reports if sees(staff, report) and fits(report)]
    return sorted(found, key=lambda report: (report.due, report.number))


@pytest.mark.parametrize("staff", STAFF, ids=lambda staff: staff.name)
def test_every_part_of_a_list_is_what_a_look_at_each_report_says(
    store: Store, reports: list[Report], staff: Staff
) -> None:
    for which in Which:
        expected = by_hand(staff, reports, which)
        first, second = (shown(store, staff, Wanted(which, page=page)) for page in (1, 2))
        assert [row.report for row in first.rows] == expected[:PAGE], which
        assert first.counts[which] == first.total == len(expected)
        if first.pages > 1:
            assert [row.report for row in second.rows] == expected[PAGE : 2 * PAGE], which


def test_a_list_is_narrowed_by_status_and_category(store: Store, reports: list[Report]) -> None:
    for staff in STAFF:
        for status, category in (
            (Status.PROSES, None),
            (None, "sampah"),
            (Status.EWS, "jalan_rusak"),
            (None, "narkoba"),
        ):
            found = shown(store, staff, Wanted(Which.OPEN, status, CategoryId(category) if category else None))
            fitting = [
                report
                for report in by_hand(staff, reports, Which.OPEN)
                if status in {None, report.status} and category in {None, report.category}
            ]
            assert ([row.report for row in found.rows], found.total) == (fitting[:PAGE], len(fitting))


def test_a_page_that_is_not_there_is_the_last_one(store: Store, reports: list[Report]) -> None:
    biro = STAFF[-1]
    assert shown(store, biro, Wanted(Which.ALL, page=99)).page == shown(store, biro, Wanted(Which.ALL)).pages > 1


def test_what_was_done_by_oneself_waits_for_others_though_it_is_counted(store: Store) -> None:
    """Who did what lies sealed: a count does not open it, the page that shows it does."""
    head = somebody(StaffRole.HEAD, BNN)
    own = replace(
        nouns.report(restricted=True),
        agency=BNN,
        status=Status.MENUNGGU_VALIDASI,
        handling=Handling(doer=head.id),
    )
    store.run(lambda tx: tx.reports.add(own, nouns.entry()))
    store.run(lambda tx: tx.accounts.add(head, "hash"))
    found = shown(store, head, Wanted(Which.MINE))
    assert (found.total, [row.mine for row in found.rows]) == (1, [False])


@pytest.mark.parametrize("role", [StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR])
def test_who_reads_no_reports_sees_an_empty_list(store: Store, reports: list[Report], role: StaffRole) -> None:
    one = somebody(role, nouns.AGENCY)
    store.run(lambda tx: tx.accounts.add(one, "hash"))
    found = shown(store, one, Wanted(Which.ALL))
    assert (found.rows, found.total, set(found.counts.values())) == ((), 0, {0})


def test_somebody_without_an_account_sees_nothing_at_all(store: Store) -> None:
    with pytest.raises(Refused):
        shown(store, somebody(StaffRole.BIRO, workflow.BIRO))


def test_restricted_categories_are_named_to_their_own_agency_alone(store: Store, reports: list[Report]) -> None:
    named = {staff.agency: shown(store, staff).categories for staff in STAFF}
    assert [office for office in OFFICES if "narkoba" in named[office]] == [BNN]


def test_duties_name_no_more_than_an_office_can_do() -> None:
    assert [len(duties(somebody(role, BNN))) for role in (StaffRole.OFFICER, StaffRole.HEAD)] == [1, 5]
