"""A newer ledger on an older database: what it names is erased there, once, and nothing else is touched."""

import os
from dataclasses import replace

from core.model import CategoryId
from storage import SqlStore
from storage.erasures import Erased
from storage.ledger import Replayed
from tests.fakes import nouns
from tests.fakes.nouns import NOW


def test_marks_of_strangers_touch_nothing_and_are_handed_on(sql_store: SqlStore) -> None:
    report = nouns.report(restricted=False)
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    strange = frozenset(os.urandom(32) for _ in range(3))
    assert sql_store.ledger.replay(strange, NOW) == Replayed()
    assert sql_store.ledger.marks() == strange
    assert sql_store.read(lambda tx: tx.reports.get(report.id)) == report


def test_what_the_database_did_itself_is_not_done_again(sql_store: SqlStore) -> None:
    """A report that was restricted by mistake and is open again stays open."""
    report = nouns.report(restricted=False)
    hidden = replace(report, category=CategoryId("narkoba"), restricted=True)
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    sql_store.run(lambda tx: tx.reports.change(hidden))
    sql_store.run(lambda tx: tx.reports.change(report))
    marks = sql_store.ledger.marks()
    assert len(marks) == 1
    assert sql_store.ledger.replay(marks, NOW) == Replayed()
    assert sql_store.read(lambda tx: tx.reports.get(report.id)) == report


def test_a_second_replay_does_nothing(sql_store: SqlStore) -> None:
    reports = [nouns.report(restricted=False) for _ in range(3)]
    for each in reports:
        sql_store.run(lambda tx, each=each: tx.reports.add(each, nouns.entry()))  # type: ignore[misc]  # a default binds the loop variable
    ring = sql_store.ledger._ring  # noqa: SLF001 - marks are made by nobody else
    marks = frozenset(ring.erased(Erased.WORDS, each.id) for each in reports[:2])
    assert sql_store.ledger.replay(marks, NOW).words == 2
    assert sql_store.ledger.replay(marks, NOW) == Replayed()
    texts = [sql_store.read(lambda tx, of=each: tx.reports.get(of.id)).text for each in reports]  # type: ignore[misc]  # likewise
    assert texts == ["", "", reports[2].text]
