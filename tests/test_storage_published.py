"""What anybody may read: of clear columns, the newest first, and never of a restricted report."""

from dataclasses import replace
from datetime import timedelta

from core.model import AreaCode, CategoryId, Number, Place, PublishedQuery, Report, ReportId, Status
from core.ports import UnitOfWork
from storage import SqlStore
from tests.fakes.nouns import NOW, entry, report


def kept(number: str, **changes: object) -> Report:
    made = replace(report(), id=ReportId(number.lower()), number=Number(number), category=CategoryId("pju"))
    return replace(made, received=NOW, place=Place(AreaCode("31.74.01.1002")), **changes)  # type: ignore[arg-type]


def found(store: SqlStore, **asked: object) -> list[str]:
    return [each.number for each in store.published.find(PublishedQuery(**asked))]  # type: ignore[arg-type]


def test_reports_are_found_by_number_kind_time_and_state_and_restricted_ones_never(sql_store: SqlStore) -> None:
    old = replace(kept("R00000001"), received=NOW - timedelta(days=3))
    ended = kept("R00000002", status=Status.SELESAI, closed=NOW)
    secret = kept("R00000003", restricted=True)
    other = replace(kept("R00000004"), category=CategoryId("sampah"), received=NOW - timedelta(hours=1))

    def turn(tx: UnitOfWork) -> None:
        for each in (old, ended, secret, other):
            tx.reports.add(each, entry())

    sql_store.run(turn)
    assert found(sql_store) == ["R00000002", "R00000004", "R00000001"]
    assert found(sql_store, most=1) == ["R00000002"]
    assert found(sql_store, numbers=(Number("R00000001"), Number("R00000003"))) == ["R00000001"]
    assert found(sql_store, categories=(CategoryId("sampah"),)) == ["R00000004"]
    assert found(sql_store, since=NOW - timedelta(days=1), until=NOW - timedelta(minutes=1)) == ["R00000004"]
    assert found(sql_store, ended=True) == ["R00000002"]
    assert found(sql_store, most=2, skip=1) == ["R00000004", "R00000001"]
    assert found(sql_store, skip=10**12) == []
    assert found(sql_store, groups=("",)) == [], "where all are told as they are, none is told without its kind"
    assert found(sql_store, ended=False) == ["R00000004", "R00000001"]


def test_the_last_change_is_told(sql_store: SqlStore) -> None:
    made = kept("R00000001")
    later = replace(entry(), at=NOW + timedelta(hours=2))
    sql_store.run(lambda tx: tx.reports.add(made, replace(entry(), at=NOW)))
    sql_store.run(lambda tx: tx.reports.change(made, later))
    [told] = sql_store.published.find(PublishedQuery())
    assert (told.received, told.updated) == (NOW, NOW + timedelta(hours=2))
    assert found(sql_store, changed_since=NOW + timedelta(hours=1), changed_until=NOW + timedelta(hours=2)) == [
        "R00000001"
    ]
    assert found(sql_store, changed_since=NOW + timedelta(hours=3)) == []
    assert found(sql_store, changed_until=NOW + timedelta(hours=1)) == []
