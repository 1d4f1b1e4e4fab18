"""The public page of figures, where reports are published in batches: in words, and of nothing but batches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.batch_figures import of_batches
from core.model import (
    AreaCode,
    CategoryId,
    FigureClass,
    FigureCount,
    FigureOutcome,
    Number,
    Pack,
    PublicClass,
    ReportId,
    Status,
)
from core.ports import UnitOfWork
from storage import SqlStore
from tests.fakes.nouns import NOW, entry, report
from web import Statistics

TODAY = NOW.date() + timedelta(days=2)
LAMP = CategoryId("pju")


def published(store: SqlStore, shared: PublicClass, count: int, day: int = 0) -> None:
    def turn(tx: UnitOfWork) -> None:
        made = [
            replace(report(), id=ReportId(f"{shared}{day}{at}"), number=Number(f"{shared}{day}{at}"))
            for at in range(count)
        ]
        for each in made:
            tx.reports.add(each, entry())
            tx.publications.add_waiting(each.id, "telegram", None)
        numbers = {each.number for each in made}
        waiting = tuple(each for each in tx.publications.waiting(NOW + timedelta(days=9)) if each.number in numbers)
        tx.publications.publish(NOW + timedelta(days=day), [Pack(f"{shared}{day}", shared, waiting)])
        counts = [FigureCount(FigureOutcome.RECEIVED, FigureClass(shared), {0: count})]
        tx.figures.add((NOW + timedelta(days=day)).date(), counts)

    store.run(turn)


def counted(store: SqlStore, lang: str = "en") -> Statistics:
    return of_batches(store.published, store.figure_sums, TODAY, 5, lang)


def test_what_is_coarse_is_counted_under_what_it_tells(sql_store: SqlStore) -> None:
    published(sql_store, PublicClass("jalan", LAMP, AreaCode("31.74.01.1001")), 5)
    published(sql_store, PublicClass("jalan", CategoryId(""), AreaCode("31.74.01")), 6)
    published(sql_store, PublicClass("air", CategoryId(""), AreaCode("31.74")), 7, day=1)
    published(sql_store, PublicClass(), 8, day=1)
    sql_store.run(lambda tx: tx.publications.show_statuses({Status.MENUNGGU: 26, Status.PROSES: 0}))
    shown = counted(sql_store)
    status, group, area, day = (table.rows for table in shown.tables)
    assert shown.total == 26
    assert status == (("Waiting", 26),)
    assert group == (("Roads & transport", 11), ("Field not told", 8), ("Water, drains & floods", 7))
    assert area == (("Kec. Tebet", 11), ("Place not told", 8), ("Jakarta Selatan, kecamatan not told", 7))
    assert [count for _, count in day] == [11, 15]
    assert "5" in shown.note


def test_what_was_renamed_since_is_counted_with_what_is_not_told(sql_store: SqlStore) -> None:
    published(sql_store, PublicClass("gone", CategoryId(""), AreaCode("99.99.99")), 5)
    published(sql_store, PublicClass(), 5)
    _, group, area, _ = (table.rows for table in counted(sql_store).tables)
    assert (group, area) == ((("Field not told", 10),), (("Place not told", 10),))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_before_the_first_batch_there_is_nothing_but_how_it_is_counted(sql_store: SqlStore, lang: str) -> None:
    shown = counted(sql_store, lang)
    assert (shown.total, [table.rows for table in shown.tables]) == (0, [(), (), (), ()])
    assert shown.note
