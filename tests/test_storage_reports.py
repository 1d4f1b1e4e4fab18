"""Reports in the database: what is filed, what only grows, what a restricted one leaves nowhere."""

from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from core.messages import StoredFile
from core.model import AgencyId, Report, ReportId, Status
from core.ports import UnitOfWork
from storage import Keys, Retention, SqlStore, open_store
from storage.report_rows import row_of
from storage.vault import DataKey, Vault, Wrapped
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.rows import tables_of


def test_seconds_are_not_kept(sql_store: SqlStore) -> None:
    seconds = nouns.MINUTE / 4
    report = replace(nouns.report(), received=NOW + seconds, due=NOW + seconds, closed=NOW + seconds)
    sql_store.run(lambda tx: tx.reports.add(report, replace(nouns.entry(), at=NOW + seconds)))
    kept = sql_store.run(lambda tx: tx.reports.get(report.id))
    assert kept == replace(report, received=NOW, due=NOW, closed=NOW)
    assert sql_store.run(lambda tx: tx.reports.history(report.id))[0].at == NOW


def test_files_of_reports_are_named_in_use(sql_store: SqlStore) -> None:
    report = replace(nouns.report(), files=tuple(StoredFile(name, "key", "image/png", 1) for name in "ab"))
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    assert sql_store.upkeep.file_names_in_use() == {"a", "b"}


_AGAIN = "INTO history (report, position, at, status, act, sealed) SELECT report, position, at, 'selesai', act, sealed"
_ATTACKS = {
    "sqlite": (f"INSERT OR REPLACE {_AGAIN} FROM history", f"REPLACE {_AGAIN} FROM history"),
    "postgresql": (
        "TRUNCATE history CASCADE",
        f"INSERT {_AGAIN} FROM history ON CONFLICT (report, position) DO UPDATE SET status = 'selesai'",
    ),
}


def test_history_only_grows_whoever_asks_and_whatever_they_call_it(sql_url: str, keys: Keys) -> None:
    report = nouns.report()
    engine = create_engine(sql_url)
    plain = ("UPDATE history SET status = 'selesai'", "UPDATE history SET sealed = sealed", "DELETE FROM history")
    with closing(open_store(sql_url, keys)) as store:
        store.run(lambda tx: tx.reports.add(report, nouns.entry("masuk")))
        for attack in (*plain, *_ATTACKS[engine.dialect.name]):
            with pytest.raises(Exception, match="history only grows"), engine.begin() as connection:
                connection.execute(text(attack))
            assert store.run(lambda tx: tx.reports.history(report.id)) == [nouns.entry("masuk")], attack
    engine.dispose()


def test_history_stays_to_the_byte_when_the_words_of_a_report_end(sql_url: str, sql_store: SqlStore) -> None:
    """Retention needs no exception from the rule: it destroys the key, and asks nothing of these rows."""
    report = nouns.report()
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry("masuk")))
    done = replace(report, status=Status.SELESAI, closed=NOW)
    sql_store.run(lambda tx: tx.reports.change(done, nouns.entry("selesai", Status.SELESAI)))
    before = tables_of(sql_url)["history"]
    rules = Retention(contact_days=30, text_days={report.category: 30})
    assert sql_store.upkeep.purge(NOW + 31 * 1440 * nouns.MINUTE, rules)["texts"] == 1
    assert tables_of(sql_url)["history"] == before
    assert [entry.text for entry in sql_store.run(lambda tx: tx.reports.history(report.id))] == ["", ""]


def test_a_report_that_becomes_restricted_shows_nowhere_who_held_it_or_was_told(
    sql_url: str, sql_store: SqlStore
) -> None:
    report, bnn = nouns.report(), AgencyId("bnnp_dki")

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.notices.add(nouns.notice(report))
        tx.reports.change(replace(report, agency=bnn, restricted=True))

    sql_store.run(turn)
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT agency FROM held")).scalars().all() == [bnn]
        assert connection.execute(text("SELECT count(*) FROM notice")).scalar() == 0
    engine.dispose()


def _told(store: SqlStore, report: ReportId) -> list[str]:
    return [each.text for each in store.run(lambda tx: tx.reports.history(report))]


def test_each_entry_stands_behind_the_last_whatever_a_turn_read_and_changed_before(sql_store: SqlStore) -> None:
    report = nouns.report()

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry("masuk"))
        tx.reports.change(report, nouns.entry("satu"))
        tx.reports.change(replace(report, late=True))
        found = tx.reports.by_number(report.number)
        assert found is not None
        assert found.late
        assert tx.reports.get(report.id) == found
        tx.reports.change(found, nouns.entry("dua"))

    sql_store.run(turn)
    sql_store.run(lambda tx: tx.reports.change(report, nouns.entry("tiga")))
    assert _told(sql_store, report.id) == ["masuk", "satu", "dua", "tiga"]


def test_a_report_from_before_entries_were_counted_goes_on_behind_its_last(
    sql_url: str, sql_store: SqlStore, keys: Keys
) -> None:
    report = nouns.report()
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry("masuk")))
    engine = create_engine(sql_url)
    with engine.begin() as connection:
        wrapped = connection.execute(text("SELECT key_id, wrapped FROM data_key")).one()
        key = DataKey(Vault(keys).unwrap(Wrapped(report.id, wrapped.key_id, bytes(wrapped.wrapped))))
        connection.execute(text("UPDATE report SET sealed = :sealed"), {"sealed": row_of(report, key)["sealed"]})
    engine.dispose()
    sql_store.run(lambda tx: tx.reports.change(report, nouns.entry("lagi")))
    assert _told(sql_store, report.id) == ["masuk", "lagi"]


def test_what_was_read_in_a_turn_is_read_again_once_it_was_looked_at(sql_store: SqlStore) -> None:
    report = nouns.report()
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))

    def turn(tx: UnitOfWork) -> Report | None:
        assert tx.reports.get(report.id) == report
        assert tx.unlocked_reports.by_number(report.number) is not None
        assert tx.unlocked_reports.save_if_unchanged(replace(report, handling=replace(report.handling, looked=True)))
        return tx.reports.get(report.id)

    after = sql_store.run(turn)
    assert after is not None
    assert after.handling.looked


def test_what_a_turn_changed_it_reads_as_everybody_else_will(sql_store: SqlStore) -> None:
    report, late = nouns.report(), NOW + nouns.MINUTE / 4
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    handling = replace(report.handling, until=late.date(), reopened=1, looked=True)
    changed = replace(
        report, due=late, alarm=late, closed=late, received=late, late=True, status=Status.SELESAI, handling=handling
    )

    def turn(tx: UnitOfWork) -> tuple[Report | None, Report | None]:
        tx.reports.change(changed, nouns.entry("selesai"))
        return tx.reports.get(report.id), tx.reports.by_number(report.number)

    once, again = sql_store.run(turn)
    assert once == again == sql_store.run(lambda tx: tx.reports.get(report.id))
    assert once is not None
    assert (once.due, once.received, once.late) == (NOW, NOW, True)
