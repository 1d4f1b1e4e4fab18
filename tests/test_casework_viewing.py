"""What staff read: their list by deadline, one report, and what was told to their office of time that passes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial

import pytest

from core import casework
from core.casework import Actor, Seen, Turn
from core.model import Act, AgencyId, HistoryEntry, Number, Report, StaffRole, Status
from core.ports import UnitOfWork, Visibility
from tests.fakes.memory_reports import MemoryUnlockedReports
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.nouns import words_of
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

ENGINEERS = "dinas_bina_marga"
SECRETS = {"pungli_korupsi": "inspektorat", "kekerasan_pa": "dinas_ppapp", "narkoba": "bnnp_dki"}


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("dinas", ENGINEERS)
    made.hire("biro", BIRO, StaffRole.BIRO)
    return made


def test_each_sees_what_their_office_holds_or_held_by_deadline_and_the_biro_sees_all(hall: TownHall) -> None:
    first = hall.files()
    hall.clock.passes(hours=1)
    second, elsewhere = hall.files(), hall.files(area=None)
    hall.does("lurah", Act.COORDINATE, first, to=ENGINEERS)
    assert hall.lists("lurah") == [first, second]
    assert hall.lists("dinas") == [first]
    assert hall.lists("biro") == [first, *sorted((second, elsewhere))]


def test_a_list_can_be_of_one_status(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    hall.starts("lurah", first)
    assert hall.lists("lurah", Status.PROSES) == hall.lists("biro", Status.PROSES) == [first]
    assert hall.lists("lurah", Status.MENUNGGU) == [second]
    assert hall.lists("lurah", Status.DITOLAK) == []


def test_more_time_moves_a_report_down_the_list(hall: TownHall) -> None:
    first = hall.files()
    hall.clock.passes(hours=1)
    second = hall.files()
    hall.becomes(first, lambda report: replace(report, due=report.due.replace(year=2022)))
    assert hall.lists("lurah") == [second, first]


@pytest.mark.parametrize("role", [StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR])
@pytest.mark.parametrize("agency", [KELURAHAN, BIRO, "inspektorat"])
def test_clerks_administrators_and_auditors_read_nothing(hall: TownHall, role: StaffRole, agency: str) -> None:
    numbers = [hall.files(), hall.files(area=None), hall.files("pungli_korupsi")]
    hall.hire("siti", agency, role)
    hall.passes(days=31)
    assert hall.lists("siti") == []
    assert hall.notices("siti") == []
    for number in (*numbers, Number("R00000000")):
        assert hall.show_refused("siti", number) == "case_role_reads_nothing"


@pytest.mark.parametrize("leaf", sorted(SECRETS))
def test_a_restricted_report_is_in_its_agencys_list_alone(hall: TownHall, leaf: str) -> None:
    number = hall.files(leaf, text="canary")
    for agency in SECRETS.values():
        hall.hire(agency, agency)
    names = ["lurah", "dinas", "biro", *SECRETS.values()]
    seers = [name for name in names if number in hall.lists(name)]
    assert seers == [SECRETS[leaf]]
    for name in names:
        if name in seers:
            assert hall.shows(name, number).report.text == "canary"
        else:
            assert hall.show_refused(name, number) == hall.show_refused(name, Number("R00000000"))


def test_every_reading_of_a_restricted_report_is_in_the_trail_and_of_others_none(hall: TownHall) -> None:
    hall.hire("insp", "inspektorat")
    secret, open_ = hall.files("pungli_korupsi"), hall.files()
    before = len(hall.state.audit)
    for _ in range(2):
        hall.shows("insp", secret)
        hall.shows("lurah", open_)
        hall.lists("insp")
    trail = list(hall.state.audit.values())[before:]
    assert [(each.who, each.act, each.number) for each in trail] == [("insp", "read", secret)] * 2


def test_that_its_office_has_opened_it_is_noted_once_and_nothing_else_is_changed(hall: TownHall) -> None:
    number = hall.files()
    before = hall.report(number)
    hall.shows("biro", number)
    assert hall.report(number) == before
    hall.shows("lurah", number)
    after = hall.report(number)
    assert after == replace(before, handling=replace(before.handling, looked=True), alarm=after.alarm)
    assert before.alarm is not None
    assert after.alarm is not None
    assert after.alarm > before.alarm
    kept = hall.state.copy()
    hall.shows("lurah", number)
    assert hall.state == kept


class Overtaken:
    """core.ports.UnlockedReports: just before the first look is kept, somebody else changes the report."""

    def __init__(self, inner: MemoryUnlockedReports, meanwhile: Callable[[], None]) -> None:
        self._inner = inner
        self._meanwhile: list[Callable[[], None]] = [meanwhile]

    def by_number(
        self, number: Number, visibility: Visibility | None = None
    ) -> tuple[Report, Sequence[HistoryEntry]] | None:
        return self._inner.by_number(number, visibility)

    def save_if_unchanged(self, report: Report) -> bool:
        if self._meanwhile:
            self._meanwhile.pop()()
            return False
        return self._inner.save_if_unchanged(report)


def test_a_report_that_somebody_changes_just_then_is_shown_as_it_is_afterwards(hall: TownHall) -> None:
    number = hall.files()

    def show(meanwhile: Callable[[UnitOfWork, Report], None]) -> Seen:
        def turn(tx: MemoryUnitOfWork) -> Seen:
            change = partial(meanwhile, tx, hall.report(number))
            tx.unlocked_reports = Overtaken(tx.unlocked_reports, change)  # type: ignore[assignment]  # one of our own
            return casework.show(Turn(tx, hall.clock.at, hall.context), Actor("lurah"), number)

        return hall.store.run(turn)

    entry = HistoryEntry(hall.clock.at, Status.MENUNGGU, hall.report(number).agency, "Masih gelap", Act.ADD)
    seen = show(lambda tx, report: tx.reports.change(replace(report, late=True), entry))
    assert (seen.report.late, seen.report.handling.looked, seen.history[-1]) == (True, True, entry)
    assert hall.report(number) == seen.report
    hall.becomes(number, lambda report: replace(report, handling=replace(report.handling, looked=False)))
    elsewhere = AgencyId(ENGINEERS)
    seen = show(lambda tx, report: tx.reports.change(replace(report, agency=elsewhere)))
    assert (seen.report.agency, seen.report.handling.looked) == (elsewhere, False), "whose it is has not opened it"


def test_a_report_is_shown_with_history_questions_and_photos_of_citizens(hall: TownHall) -> None:
    number = hall.files()
    hall.becomes(number, lambda report: replace(report, files=(PHOTO, PHOTO)))
    hall.does("lurah", Act.ASK, number, text="Di mana?")
    hall.citizen_does(Act.ANSWER, number, "Di gang")
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Sudah", photo=PHOTO)
    seen = hall.shows("lurah", number)
    assert [entry.act for entry in seen.history][:3] == [Act.FILED, Act.ASK, Act.ANSWER]
    assert [(each.asked, each.answered) for each in seen.questions] == [("Di mana?", "Di gang")]
    assert seen.photos == 2, "what staff took is no photo of the citizen's"


def test_what_is_shown_says_nothing_of_who_reported(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms", "mail"))
    hall.starts("lurah", number)
    shown = str(asdict(hall.shows("lurah", number)))
    for code, holder in hall.state.holders.items():
        assert code.reveal() not in shown
        assert holder.last4 not in shown.replace(str(hall.report(number).id), "").replace(number, "")
        assert str(holder.contact) not in shown
    for contact in hall.state.contacts.values():
        assert words_of(contact.address) not in shown


def test_what_can_be_done_is_what_the_table_says_of_who_looks(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.PLAN, number, text="Tutup lubang")
    assert {Act.START, Act.PLAN, Act.REJECT} <= offered(hall, "lurah", number)
    assert Act.APPROVE_PLAN not in offered(hall, "lurah", number)
    assert Act.APPROVE_PLAN in offered(hall, "biro", number)
    assert Act.START not in offered(hall, "biro", number)
    hall.hire("insp", "inspektorat")
    secret = hall.files("pungli_korupsi")
    assert not {Act.COORDINATE, Act.DELEGATE, Act.RETURN, Act.LINK} & offered(hall, "insp", secret)


def offered(hall: TownHall, name: str, number: Number) -> set[Act]:
    return {each.act for each in hall.shows(name, number).can}


def test_an_office_hears_of_its_own_time_the_newest_first_and_no_other_office_does(hall: TownHall) -> None:
    number = hall.files()
    hall.passes(days=8)
    assert [each.mark.value for each in hall.notices("lurah")] == ["late", "half", "look"]
    assert {each.number for each in hall.notices("lurah")} == {number}
    assert hall.notices("dinas") == hall.notices("biro") == []
