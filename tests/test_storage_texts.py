"""What reports say, in the order of their receipt, each once, whatever page they are read by."""

from dataclasses import replace
from datetime import datetime

from core.model import Report, ReportId
from core.ports import Store
from storage import SqlStore
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW


def _read(store: Store, most: int) -> list[Report]:
    found: list[Report] = []
    at, last = NOW - MINUTE, ReportId("")
    while page := store.read(lambda tx, at=at, last=last: tx.texts.after(at, last, most, 0))[0]:  # type: ignore[misc]  # a default binds the loop variable
        found += page
        at, last = page[-1].received, page[-1].id
    return found


def test_all_are_read_once_in_their_order_restricted_ones_too(store: Store) -> None:
    reports = [replace(nouns.report(f"Lampu {n}", restricted=n == 3), received=NOW + n // 3 * MINUTE) for n in range(7)]
    early = replace(nouns.report(), received=NOW - 2 * MINUTE)
    for report in (*reversed(reports), early):
        store.run(lambda tx, report=report: tx.reports.add(report, nouns.entry()))  # type: ignore[misc]  # likewise
    expected = sorted(reports, key=lambda report: (report.received, report.id))
    for most in (1, 2, 50):
        assert _read(store, most) == expected


def test_how_many_there_are_is_told_beside_them_no_further_than_asked_for(store: Store) -> None:
    def there(at: datetime, few: int) -> tuple[int, int]:
        reports, count = store.read(lambda tx: tx.texts.after(at, ReportId(""), 2, few))
        return len(reports), count

    assert there(NOW, 9) == (0, 0)
    for _ in range(3):
        store.run(lambda tx: tx.reports.add(nouns.report(), nouns.entry()))
    assert there(NOW, 9) == (2, 3)
    assert there(NOW, 2) == (2, 2)
    assert there(NOW + MINUTE, 9) == (0, 3)


def test_what_was_erased_says_nothing(sql_store: SqlStore) -> None:
    report = nouns.report("Lampu")
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    erase = sql_store._database  # noqa: SLF001 - as the purge does
    erase.run(lambda statements: statements.connection.exec_driver_sql("DELETE FROM data_key"))
    assert [each.text for each in _read(sql_store, 9)] == [""]
