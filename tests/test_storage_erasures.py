"""What is noted of an erasure: in its own transaction, once, and without a name."""

from dataclasses import replace

import pytest

from core.messages import Address
from core.model import Contact, ContactId, Status
from core.ports import UnitOfWork
from storage import SqlStore
from tests.fakes import nouns


def _held(tx: UnitOfWork, contact: Contact) -> None:
    report, code = nouns.report(), nouns.code()
    tx.reports.add(report, nouns.entry())
    tx.code_holders.add(nouns.holder(report, code, contact), code, contact)


def test_an_address_that_is_forgotten_is_noted_once_whatever_is_asked(sql_store: SqlStore) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address("+62811"), "id")
    sql_store.run(lambda tx: _held(tx, contact))
    assert sql_store.ledger.marks() == frozenset()
    for _ in range(2):
        sql_store.run(lambda tx: tx.code_holders.forget(contact.id))
    assert len(sql_store.ledger.marks()) == 1


def test_what_is_rolled_back_was_not_erased_and_is_not_noted(sql_store: SqlStore) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address("+62811"), "id")
    sql_store.run(lambda tx: _held(tx, contact))

    def breaks(tx: UnitOfWork) -> None:
        tx.code_holders.forget(contact.id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        sql_store.run(breaks)
    assert sql_store.ledger.marks() == frozenset()


def test_a_report_that_is_changed_otherwise_leaves_no_mark(sql_store: SqlStore) -> None:
    report = nouns.report()
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    sql_store.run(lambda tx: tx.reports.change(replace(report, status=Status.PROSES)))
    assert sql_store.ledger.marks() == frozenset()
    for _ in range(2):
        sql_store.run(lambda tx: tx.reports.change(replace(report, status=Status.DICABUT)))
    assert len(sql_store.ledger.marks()) == 1
