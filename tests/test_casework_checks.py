"""What waits for the second pair of eyes, and a result beside what looks like it: each reader sees their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import casework
from core.casework import Actor, Checks, Comparison
from core.casework.checks import MOST_BESIDE, SHORT
from core.categories import CATEGORIES
from core.errors import Refused
from core.messages import StoredFile
from core.model import Act, AgencyId, Check, Handling, Number, StaffRole, Status, Waits
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall, photo_hash

INSPECTORS = "inspektorat"


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("siti", KELURAHAN)
    made.hire("biro1", BIRO, StaffRole.BIRO)
    made.hire("inspektur", INSPECTORS)
    made.hire("kepala", INSPECTORS, StaffRole.HEAD)
    return made


def restricted(hall: TownHall) -> Number:
    """A report that goes to the inspectors alone."""
    return hall.files(next(each.id for each in CATEGORIES if each.restricted == INSPECTORS), None)


def seen(hall: TownHall, name: str, only: Waits | None = None, page: int = 1) -> Checks:
    return hall.run(lambda turn: casework.checks(turn, name, only, page))


def numbers(found: Checks) -> dict[Waits, list[Number]]:
    return {each.what: [row.report.number for row in each.rows] for each in found.lists}


def compared(hall: TownHall, name: str, number: Number) -> Comparison:
    actor = Actor(name, "desk")
    report = hall.run(lambda turn: casework.to_check(turn, actor, number))
    return hall.run(lambda turn: casework.comparison(turn, actor, report))


def resulted(hall: TownHall, name: str, number: Number, second: str, seed: int = 1) -> None:
    hall.starts(name, number)
    hall.plans(name, number, second)
    photo = StoredFile(f"{seed:040}", "a2V5", "image/jpeg", seed)
    hall.does(name, Act.RESULT, number, text="Sudah rapi", photo=photo, photo_hash=photo_hash(7))


def test_each_waits_in_the_one_list_that_it_is_of(hall: TownHall) -> None:
    plan, time, result, nothing = (hall.files() for _ in range(4))
    for number in (plan, time):
        hall.does("siti", Act.PLAN, number, text="Tambal")
    until = (hall.clock.now() + timedelta(days=20)).date()
    hall.does("siti", Act.ESTIMATE, time, text="Menunggu aspal", until=until)
    resulted(hall, "siti", result, "biro1")
    assert nothing
    found = seen(hall, "biro1")
    assert numbers(found) == {Waits.CHECK: [result], Waits.PLAN: [plan], Waits.ESTIMATE: [time]}
    assert found.counts == {Waits.CHECK: 1, Waits.PLAN: 1, Waits.ESTIMATE: 1}
    hall.does("biro1", Act.APPROVE_ESTIMATE, time)
    assert set(numbers(seen(hall, "biro1"))[Waits.PLAN]) == {plan, time}


def test_a_result_is_checked_though_a_request_for_time_still_waits(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("siti", number)
    hall.plans("siti", number, "biro1")
    until = (hall.clock.now() + timedelta(days=20)).date()
    hall.does("siti", Act.ESTIMATE, number, text="Menunggu aspal", until=until)
    hall.does("siti", Act.RESULT, number, text="Sudah rapi", photo=PHOTO, photo_hash=photo_hash(7))
    assert numbers(seen(hall, "biro1"))[Waits.CHECK] == [number]
    hall.does("biro1", Act.REJECT_RESULT, number, text="Belum rata")
    assert numbers(seen(hall, "biro1"))[Waits.ESTIMATE] == [number]


def test_restricted_ones_wait_for_a_head_of_their_agency_and_never_for_the_biro(hall: TownHall) -> None:
    number = restricted(hall)
    hall.does("inspektur", Act.PLAN, number, text="Periksa berkas")
    assert numbers(seen(hall, "kepala"))[Waits.PLAN] == [number]
    assert not any(numbers(seen(hall, "biro1")).values())
    assert not seen(hall, "biro1").counts


def test_who_did_it_sees_that_others_have_to_look(hall: TownHall) -> None:
    number = restricted(hall)
    hall.does("kepala", Act.PLAN, number, text="Periksa berkas")
    assert [row.mine for each in seen(hall, "kepala").lists for row in each.rows] == [False]
    hall.hire("kepala2", INSPECTORS, StaffRole.HEAD)
    assert [row.mine for each in seen(hall, "kepala2").lists for row in each.rows] == [True]


@pytest.mark.parametrize("role", sorted(set(StaffRole) - {StaffRole.HEAD, StaffRole.BIRO}))
def test_others_check_nothing(hall: TownHall, role: StaffRole) -> None:
    hall.hire("budi", BIRO, role)
    number = hall.files()
    with pytest.raises(Refused, match="case_not_yours"):
        seen(hall, "budi")
    with pytest.raises(Refused, match="case_not_yours"):
        compared(hall, "budi", number)


def test_lists_are_short_where_all_are_shown_and_a_page_long_alone(hall: TownHall) -> None:
    made = [hall.files() for _ in range(SHORT + 2)]
    for number in made:
        hall.becomes(number, lambda report: replace(report, handling=Handling(plan=Check.WAITING)))
    short = next(each for each in seen(hall, "biro1").lists if each.what is Waits.PLAN)
    assert (len(short.rows), short.part.total) == (SHORT, SHORT + 2)
    [whole] = seen(hall, "biro1", Waits.PLAN, 9).lists
    assert (len(whole.rows), whole.part.page, whole.part.pages) == (SHORT + 2, 1, 1)
    assert len(seen(hall, "biro1", Waits.CHECK).lists[0].rows) == 0


def test_a_comparison_has_what_was_before_and_after_with_the_words(hall: TownHall) -> None:
    number = hall.files()
    hall.becomes(number, lambda report: replace(report, files=(PHOTO, replace(PHOTO, name="b", kind="audio/ogg"))))
    resulted(hall, "siti", number, "biro1")
    found = compared(hall, "biro1", number)
    assert (found.before, found.after, found.plan, found.result) == ((1,), (3,), "Rencana", "Sudah rapi")
    assert (found.beside, found.others, found.why) == ((), 0, None)


def test_the_result_that_waits_is_after_and_an_earlier_one_is_neither(hall: TownHall) -> None:
    number = hall.files()
    resulted(hall, "siti", number, "biro1")
    hall.does("biro1", Act.REJECT_RESULT, number, text="Belum rata")
    hall.does("siti", Act.RESULT, number, text="Kini rata", photo=PHOTO, photo_hash=photo_hash(8))
    found = compared(hall, "biro1", number)
    assert (found.before, found.after, found.result) == ((), (2,), "Kini rata")


def test_what_looks_alike_stands_beside_it_where_the_reader_may_read_it(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    resulted(hall, "siti", first, "biro1", 1)
    resulted(hall, "siti", second, "biro1", 2)
    found = compared(hall, "biro1", second)
    assert [(each.number, each.position) for each in found.beside] == [(first, 1)]
    assert found.others == 0
    hall.becomes(first, lambda report: replace(report, restricted=True, agency=AgencyId(INSPECTORS)))
    found = compared(hall, "biro1", second)
    assert (found.beside, found.others) == ((), 1)


def test_of_many_that_look_alike_a_few_are_shown(hall: TownHall) -> None:
    made = [hall.files() for _ in range(MOST_BESIDE + 3)]
    for at, number in enumerate(made):
        resulted(hall, "siti", number, "biro1", at + 1)
    found = compared(hall, "biro1", made[-1])
    assert (len(found.beside), found.others) == (MOST_BESIDE, 2)


def test_a_report_that_is_not_theirs_to_check_is_not_there(hall: TownHall) -> None:
    number, secret = hall.files(), restricted(hall)
    hall.hire("lurah", KELURAHAN, StaffRole.HEAD)
    for name, which in (("lurah", number), ("kepala", number), ("biro1", secret)):
        with pytest.raises(Refused, match="case_report_unknown"):
            compared(hall, name, which)


def test_why_nothing_can_be_decided_is_said(hall: TownHall) -> None:
    number = hall.files()
    why = compared(hall, "biro1", number).why
    assert why is not None
    assert why.phrase == "case_not_now"
    secret = restricted(hall)
    doer = next(each for each in hall.state.staff.values() if each.name == "kepala")
    done = Handling(doer=doer.id)
    hall.becomes(secret, lambda report: replace(report, status=Status.MENUNGGU_VALIDASI, handling=done))
    why = compared(hall, "kepala", secret).why
    assert why is not None
    assert why.phrase == "case_other_eyes"


def test_reading_a_restricted_one_to_check_it_is_noted(hall: TownHall) -> None:
    secret = restricted(hall)
    compared(hall, "kepala", secret)
    last = hall.state.audit[max(hall.state.audit)]
    assert (last.who, last.act, last.number) == ("kepala", "read", secret)
