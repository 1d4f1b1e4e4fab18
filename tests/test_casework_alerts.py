"""Alerts by mail: each thing once, many together, nothing of a report, and only what somebody may see then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core import casework
from core.casework import alerts
from core.casework.actors import Actor
from core.model import Act, AgencyId, AlertKind, HistoryEntry, Pending, Report, Staff, StaffRole, Status
from tests.fakes.office import Office
from tests.fakes.staff_alerts import BOX, subscribed, ticks

DESK = "https://resi.example/petugas"


def office_with(
    *kinds: AlertKind, hour: int | None = None, role: StaffRole = StaffRole.OFFICER
) -> tuple[Office, Staff]:
    """Siti, whose address is confirmed, in the office of Gambir."""
    office = Office()
    office.town.context = replace(office.town.context, desk_url=DESK)
    siti = office.hire("siti", role)
    subscribed(office, siti, *kinds, hour=hour)
    return office, siti


def passes(office: Office, **by: float) -> None:
    office.town.clock.passes(**by)


def test_a_new_report_is_told_once_with_number_and_link_and_no_word_of_it() -> None:
    office, _ = office_with()
    report = office.receives("Lampu jalan mati di kelurahan Gambir dekat rumah Pak Anton")
    (mail,) = ticks(office)
    assert mail.to == ("mail", BOX)
    assert f"{report.number} baru untuk kantor Anda: {DESK}/laporan/{report.number}" in mail.text
    for word in ("Lampu", "lampu", "Gambir", "Anton", "example.org", "penerangan"):
        assert word not in mail.text
    assert not mail.tag
    passes(office, hours=2)
    assert ticks(office) == []


def test_who_stands_in_another_office_or_did_not_ask_hears_nothing() -> None:
    office, _ = office_with()
    office.hire("budi")
    other = office.hire("tuti", agency=AgencyId("kel:31.74.01.1001"))
    subscribed(office, other)
    office.receives()
    assert len(ticks(office)) == 1


def test_what_happened_before_the_address_was_confirmed_is_not_told() -> None:
    office = Office()
    siti = office.hire("siti")
    office.receives()
    passes(office, minutes=2)
    subscribed(office, siti)
    assert ticks(office) == []


def test_a_flood_is_two_mails_the_first_and_all_the_others_after_an_hour() -> None:
    office, _ = office_with()
    office.receives()
    assert len(ticks(office)) == 1
    for n in range(40):
        office.receives(f"Lampu jalan mati di kelurahan Gambir, tiang nomor {n}")
        passes(office, seconds=60)
        assert ticks(office) == []
    passes(office, hours=1)
    (mail,) = ticks(office)
    assert mail.text.count("/laporan/R") == alerts.SHOWN
    assert f"Dan {40 - alerts.SHOWN} lagi: {DESK}" in mail.text
    passes(office, hours=2)
    assert ticks(office) == []


def test_a_digest_comes_at_its_hour_of_the_citys_day_and_holds_what_came_before() -> None:
    office, _ = office_with(hour=7)
    first = office.receives()
    assert ticks(office) == []
    passes(office, hours=1)
    second = office.receives()
    assert ticks(office) == []
    office.town.clock.at = datetime(2021, 7, 8, 23, 59, tzinfo=UTC)  # 6:59 in Jakarta
    assert ticks(office) == []
    passes(office, minutes=2)
    (mail,) = ticks(office)
    assert first.number in mail.text
    assert second.number in mail.text
    third = office.receives()
    assert ticks(office) == []
    passes(office, days=1)
    (mail,) = ticks(office)
    assert third.number in mail.text
    assert first.number not in mail.text


def moved(office: Office, report: Report, **to: object) -> None:
    office.town.store.state.reports[report.id] = replace(office.report(report.number), **to)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize("how", ["moved away", "ended", "restricted elsewhere"])
def test_what_is_not_theirs_when_the_mail_is_written_is_not_in_it(how: str) -> None:
    office, _ = office_with(hour=7)
    report = office.receives()
    ticks(office)
    ways: dict[str, dict[str, object]] = {
        "moved away": {"agency": AgencyId("biro_pemerintahan")},
        "ended": {"status": Status.DITOLAK},
        "restricted elsewhere": {"agency": AgencyId("dinas_sosial"), "restricted": True},
    }
    moved(office, report, **ways[how])
    passes(office, days=1)
    assert ticks(office) == []


def test_an_account_that_was_ended_is_told_nothing_and_its_address_is_erased() -> None:
    office, siti = office_with()
    office.receives()
    admin = office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    office.turn(lambda turn: casework.disable(turn, siti.name, Actor(admin.name)))
    assert ticks(office) == []
    state = office.town.store.state
    assert not state.alert_choices
    assert BOX not in {each.address for each in state.contacts.values()}


def test_an_account_that_waits_for_a_second_person_is_told_nothing_of_that_time() -> None:
    office, siti = office_with()
    office.receives()
    pending = Pending("1", "staff-reset", ("-",), office.town.clock.now())
    office.town.store.state.staff[siti.id] = replace(siti, pending=pending)
    assert ticks(office) == []
    office.town.store.state.staff[siti.id] = siti
    assert ticks(office) == []
    passes(office, hours=2)
    office.receives("Pohon tumbang di kelurahan Gambir menutup jalan")
    assert len(ticks(office)) == 1


def test_what_is_due_tomorrow_is_told_the_day_before_and_once() -> None:
    office, _ = office_with(AlertKind.DUE)
    report = office.receives()
    told = []
    for _ in range(9 * 24):
        passes(office, hours=1)
        told += [(office.town.clock.now(), each) for each in ticks(office)]
    ((at, mail),) = told
    zone = office.town.context.zone
    assert f"{report.number} jatuh tempo besok" in mail.text
    assert at.astimezone(zone).hour == alerts.LOOKS_AT
    assert (report.due.astimezone(zone).date() - at.astimezone(zone).date()).days == 1


def test_what_becomes_late_and_what_is_answered_is_told_and_late_stands_first() -> None:
    office, _ = office_with(AlertKind.LATE, AlertKind.ANSWER, hour=7)
    report = office.receives()
    passes(office, days=7, minutes=1)
    while office.turn(casework.process_deadlines):
        pass
    other = office.receives("Jalan berlubang di kelurahan Gambir")
    words = HistoryEntry(office.town.clock.now(), other.status, other.agency, "di depan sekolah", Act.ANSWER)
    office.town.store.run(lambda tx: tx.reports.change(other, words))
    passes(office, days=1)
    (mail,) = ticks(office)
    late, answer = f"{report.number} terlambat", f"{other.number} mendapat jawaban"
    assert late in mail.text
    assert answer in mail.text
    assert mail.text.index(late) < mail.text.index(answer)
    assert "sekolah" not in mail.text


def test_a_kind_that_is_not_wanted_is_not_told() -> None:
    office, _ = office_with(AlertKind.LATE)
    office.receives()
    assert ticks(office) == []


def test_restricted_reports_are_told_to_their_office_alone_and_in_the_same_words() -> None:
    office, _ = office_with(role=StaffRole.HEAD)
    report = office.receives()
    moved(office, report, restricted=True)
    (mail,) = ticks(office)
    plain, _ = office_with()
    other = plain.receives()
    (same,) = ticks(plain)
    assert mail.text.replace(report.number, "R") == same.text.replace(other.number, "R")


def test_an_address_that_the_wire_refused_for_good_ends_the_alerts() -> None:
    office, siti = office_with()
    office.receives()
    choice = office.town.store.state.alert_choices[siti.id]
    office.town.store.run(lambda tx: tx.code_holders.forget(choice.contact))
    assert ticks(office) == []
    assert not office.town.store.state.alert_choices
