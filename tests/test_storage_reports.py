"""Reports as rows: nothing is lost on the way, and a restricted one shows neither category nor area."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from sqlalchemy import create_engine, text

from core.messages import StoredFile
from core.model import AgencyId, AreaCode, Handling, HistoryEntry, Number, Place, Report, ReportId, StaffId, Status
from core.ports import Tx
from storage import Keys, Retention, SqlStore, open_store
from storage.reports import history_entry_of, history_row_of, report_of, row_of
from storage.vault import DataKey, SealBroken
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.rows import tables_of

KEY = DataKey(bytes(range(32)))


@given(nouns.REPORTS)
def test_a_report_survives_its_row(report: Report) -> None:
    assert report_of(nouns.as_row(row_of(report, KEY)), KEY) == report


@given(nouns.HISTORY)
def test_an_entry_survives_its_row(entry: HistoryEntry) -> None:
    assert history_entry_of(nouns.as_row(history_row_of(ReportId("r"), 3, entry, KEY)), KEY) == entry


@given(nouns.REPORTS)
def test_a_restricted_report_has_neither_category_nor_area_in_clear(report: Report) -> None:
    row = row_of(replace(report, restricted=True), KEY)
    assert (row["category"], row["area"]) == (None, None)


def test_without_its_key_only_what_is_clear_is_left() -> None:
    report = nouns.report("Lampu", place=Place(AreaCode("31.74.01"), "Tebet", "depan pasar"))
    left = report_of(nouns.as_row(row_of(report, KEY)), None)
    assert left == replace(report, text="", place=Place(AreaCode("31.74.01")))
    entry = history_entry_of(nouns.as_row(history_row_of(report.id, 1, nouns.entry("kata"), KEY)), None)
    assert entry == replace(nouns.entry(), agency=AgencyId(""), text="")


def test_the_length_of_an_entry_does_not_tell_whose_it_is() -> None:
    holders = ("bnn", "dinas_perhubungan", "kec:31.74.01", "kel:31.74.01.1001")
    rows = [
        history_row_of(ReportId("r"), 1, HistoryEntry(NOW, Status.MENUNGGU, AgencyId(each)), KEY) for each in holders
    ]
    assert len({len(nouns.as_row(row).sealed) for row in rows}) == 1


def test_a_text_moved_to_another_report_does_not_open() -> None:
    row = row_of(nouns.report(), KEY) | {"id": "another"}
    with pytest.raises(SealBroken):
        report_of(nouns.as_row(row), KEY)


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


def test_only_what_queues_and_figures_need_of_the_handling_is_clear() -> None:
    done = Handling(planner=StaffId("kenari"), doer=StaffId("kenari"), lookalikes=(Number("kenari"),))
    row = row_of(replace(nouns.report(), handling=done), KEY)
    assert b"kenari" not in str(row).encode()


def test_a_report_that_becomes_restricted_shows_nowhere_who_held_it_or_was_told(
    sql_url: str, sql_store: SqlStore
) -> None:
    report, bnn = nouns.report(), AgencyId("bnnp_dki")

    def turn(tx: Tx) -> None:
        tx.reports.add(report, nouns.entry())
        tx.notices.add(nouns.notice(report))
        tx.reports.change(replace(report, agency=bnn, restricted=True))

    sql_store.run(turn)
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT agency FROM held")).scalars().all() == [bnn]
        assert connection.execute(text("SELECT count(*) FROM notice")).scalar() == 0
    engine.dispose()
