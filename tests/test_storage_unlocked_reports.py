"""A report as a page shows it: all of one moment, and nothing is kept of a look that somebody else overtook."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from core.model import Act, HistoryEntry, Number, Report, Status
from core.ports import Store, UnitOfWork
from storage import Keys, SqlStore, open_store
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW

STARTED = HistoryEntry(NOW, Status.PROSES, AGENCY, "dikerjakan", Act.START)


def filed(store: Store, *, restricted: bool = False) -> Report:
    report = replace(nouns.report(restricted=restricted), alarm=NOW + timedelta(days=3))

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry("diterima"))
        tx.reports.change(replace(report, status=Status.PROSES), STARTED)

    store.run(turn)
    return replace(report, status=Status.PROSES)


def looked_at(report: Report) -> Report:
    return replace(report, alarm=NOW + timedelta(days=6), handling=replace(report.handling, looked=True))


@pytest.mark.parametrize("restricted", [False, True])
def test_it_comes_with_its_history_oldest_first(store: Store, restricted: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    report = filed(store, restricted=restricted)
    found = store.read(lambda tx: tx.unlocked_reports.by_number(report.number))
    assert found is not None
    assert found[0] == report
    assert list(found[1]) == [nouns.entry("diterima"), STARTED]
    assert store.read(lambda tx: tx.unlocked_reports.by_number(Number("R00000000"))) is None


def test_a_look_is_kept_and_changes_nothing_else(store: Store) -> None:
    report = filed(store)

    def turn(tx: UnitOfWork) -> bool:
        assert tx.unlocked_reports.by_number(report.number) is not None
        return tx.unlocked_reports.save_if_unchanged(looked_at(report))

    assert store.run(turn)
    assert store.read(lambda tx: tx.reports.get(report.id)) == looked_at(report)
    assert list(store.read(lambda tx: tx.reports.history(report.id))) == [nouns.entry("diterima"), STARTED]
    assert store.read(lambda tx: tx.reports.ever_held_by(report.id)) == {AGENCY}


def test_a_look_that_was_overtaken_is_not_kept(sql_store: SqlStore) -> None:
    report = filed(sql_store)
    changed = replace(report, status=Status.SELESAI, closed=NOW)

    def turn(tx: UnitOfWork) -> tuple[bool, bool]:
        tx.unlocked_reports.by_number(report.number)
        tx.reports.change(changed)
        before = tx.unlocked_reports.save_if_unchanged(looked_at(report))
        tx.unlocked_reports.by_number(report.number)
        return before, tx.unlocked_reports.save_if_unchanged(looked_at(changed))

    assert sql_store.run(turn) == (False, True)
    assert sql_store.read(lambda tx: tx.reports.get(report.id)) == looked_at(changed)


def test_of_one_whose_key_is_gone_what_is_clear_is_shown_and_kept(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as store:
        report = filed(store)
        erase = store._database  # noqa: SLF001 - as a purge does it
        erase.run(lambda statements: statements.connection.exec_driver_sql("DELETE FROM data_key"))

        def turn(tx: UnitOfWork) -> tuple[str, list[str], bool]:
            found = tx.unlocked_reports.by_number(report.number)
            assert found is not None
            return (
                found[0].text,
                [entry.text for entry in found[1]],
                tx.unlocked_reports.save_if_unchanged(looked_at(found[0])),
            )

        assert store.run(turn) == ("", ["", ""], True)
        kept = store.read(lambda tx: tx.reports.get(report.id))
        assert kept is not None
        assert (kept.alarm, kept.status) == (looked_at(report).alarm, Status.PROSES)
