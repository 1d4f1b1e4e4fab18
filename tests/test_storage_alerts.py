"""Alerts as rows: the same contract on each store; no row has an address, and none is told twice."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.dialects import sqlite

from core.messages import Address
from core.model import Act, Alert, AlertChoice, AlertKind, Contact, ContactId, Report, Staff
from core.ports import Store
from storage import Keys, open_store
from storage.alerts import HAPPENED, choice_of, row_of
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW
from tests.fakes.rows import dump, looking_at

BOX = Address("siti@kantor.example")


def wants(store: Store, staff: Staff, *kinds: AlertKind) -> AlertChoice:
    contact = Contact(ContactId(f"c-{staff.id}"), "mail", BOX, "id")
    choice = AlertChoice(staff.id, contact.id, "id", NOW, frozenset(kinds or AlertKind), confirmed=True)
    store.run(lambda tx: tx.alerts.put(choice, contact))
    return choice


def hired(store: Store, name: str = "siti") -> Staff:
    staff = nouns.staff(name)
    store.run(lambda tx: tx.accounts.add(staff, "hash"))
    return staff


def filed(store: Store, staff: Staff) -> Report:
    report = replace(nouns.report(), agency=staff.agency)
    store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    return report


def happened(store: Store) -> list[tuple[str, AlertKind, int]]:
    found = store.read(lambda tx: tx.alerts.happened(NOW - MINUTE, 10))
    return [(each.number, each.kind, each.step) for each in found]


def test_a_choice_is_kept_changed_and_dropped_with_its_address(store: Store) -> None:
    siti = hired(store)
    choice = wants(store, siti)
    assert choice_of(nouns.as_row(row_of(choice))) == choice
    later = replace(choice, hour=7, sent=NOW, looked=NOW, code="x", code_until=NOW, tries=2, kinds=frozenset())
    store.run(lambda tx: tx.alerts.put(later))
    assert store.read(lambda tx: tx.alerts.choice(siti.id)) == later
    assert list(store.read(lambda tx: tx.alerts.choices())) == [later]
    kept = store.read(lambda tx: tx.code_holders.contact(later.contact))
    assert kept is not None
    other = Contact(ContactId("other"), "mail", Address("lain@kantor.example"), "id")
    store.run(lambda tx: tx.alerts.put(replace(later, contact=other.id, confirmed=False), other))
    assert store.read(lambda tx: tx.code_holders.contact(later.contact)) is None
    assert list(store.read(lambda tx: tx.alerts.choices())) == []
    store.run(lambda tx: tx.alerts.drop(siti.id))
    assert store.read(lambda tx: tx.alerts.choice(siti.id)) is None
    assert store.read(lambda tx: tx.code_holders.contact(other.id)) is None


def test_what_happened_is_found_for_those_of_the_office_who_want_it_until_it_is_noted(store: Store) -> None:
    siti, budi = hired(store), hired(store, "budi")
    wants(store, siti)
    wants(store, budi, AlertKind.LATE)
    report = filed(store, siti)
    assert happened(store) == [(report.number, AlertKind.NEW, 1)]
    (new,) = store.read(lambda tx: tx.alerts.happened(NOW - MINUTE, 10))
    assert new.staff == siti.id
    for _ in range(2):
        store.run(lambda tx: tx.alerts.note(new))
    assert happened(store) == []
    answer = replace(nouns.entry(), act=Act.ANSWER)
    store.run(lambda tx: tx.reports.change(report, answer))
    assert happened(store) == [(report.number, AlertKind.ANSWER, 2)]
    late = replace(nouns.entry(), act=Act.LATE)
    store.run(lambda tx: tx.reports.change(report, late))
    assert [each[1:] for each in happened(store)].count((AlertKind.LATE, 3)) == 2
    corrected = replace(nouns.entry(), act=Act.CORRECTED)
    store.run(lambda tx: tx.reports.change(report, corrected))
    assert (report.number, AlertKind.NEW, 4) not in happened(store)


def test_nothing_is_found_of_before_or_for_who_was_ended(store: Store) -> None:
    siti = hired(store)
    choice = wants(store, siti)
    filed(store, siti)
    store.run(lambda tx: tx.alerts.put(replace(choice, since=NOW + MINUTE)))
    assert happened(store) == []
    store.run(lambda tx: tx.alerts.put(choice))
    assert len(happened(store)) == 1
    store.run(lambda tx: tx.accounts.change(replace(siti, active=False)))
    assert happened(store) == []


def test_what_waits_is_told_up_to_a_time_and_never_again(store: Store) -> None:
    siti = hired(store)
    wants(store, siti)
    report = filed(store, siti)

    def alert(step: int, after: timedelta) -> Alert:
        return Alert(siti.id, report.id, report.number, AlertKind.LATE, step, NOW + after)

    first, second = alert(1, timedelta()), alert(2, MINUTE)
    for each in (second, first, first):
        store.run(lambda tx, each=each: tx.alerts.note(each))  # type: ignore[misc]  # a default binds the loop variable
    assert list(store.read(lambda tx: tx.alerts.waiting(siti.id, NOW + MINUTE, 9))) == [first, second]
    assert list(store.read(lambda tx: tx.alerts.waiting(siti.id, NOW + MINUTE, 1))) == [first]
    store.run(lambda tx: tx.alerts.tell(siti.id, NOW))
    assert list(store.read(lambda tx: tx.alerts.waiting(siti.id, NOW + MINUTE, 9))) == [second]
    store.run(lambda tx: tx.alerts.note(first))
    assert list(store.read(lambda tx: tx.alerts.waiting(siti.id, NOW, 9))) == []


def test_what_happened_is_looked_for_by_time_and_never_through_all_that_an_office_holds(sqlite_url: str) -> None:
    plan = HAPPENED.compile(dialect=sqlite.dialect())
    given = [{"since": "2026", "most": 9}.get(name, plan.params[name]) for name in plan.positiontup or ()]
    with looking_at(sqlite_url) as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plan}", tuple(given)).all()
    steps = [str(row[3]) for row in rows]
    assert steps[0] == "SEARCH history USING INDEX history_by_time (at>?)"
    assert not any(step.startswith("SCAN") for step in steps), steps


def test_no_row_has_the_address(sqlite_url: str, keys: Keys) -> None:
    with closing(open_store(sqlite_url, keys)) as store:
        wants(store, hired(store))
        with looking_at(sqlite_url) as connection:
            kept = dump(connection)
    assert BOX.reveal() not in str(kept)


def test_what_is_kept_of_a_code_is_no_plain_hash_of_it(store: Store) -> None:
    siti = hired(store)
    kept = store.run(lambda tx: tx.alerts.code_hash(siti.id, "12345678"))
    assert kept == store.run(lambda tx: tx.alerts.code_hash(siti.id, "12345678"))
    others = [(siti.id, "12345679"), (hired(store, "budi").id, "12345678")]
    assert kept not in [store.run(lambda tx, of=of: tx.alerts.code_hash(*of)) for of in others]  # type: ignore[misc]  # bound now
    assert kept != hashlib.sha256(f"alert {siti.id} 12345678".encode()).hexdigest()
