"""Open data: every class of a month's days as it is kept, and nothing of few where each is listed at once."""

from datetime import date

from app.open_data import open_data_of
from core.model import AreaCode, CategoryId, FigureClass, FigureCount, FigureOutcome, PublicClass
from core.ports import UnitOfWork
from storage import SqlStore

TODAY = date(2026, 12, 2)
LAMP = FigureClass(PublicClass("jalan", CategoryId("pju"), AreaCode("31.74.01.1001")), "kel:31.74.01.1001")


def filled(tx: UnitOfWork) -> None:
    tx.figures.add(date(2026, 11, 30), [FigureCount(FigureOutcome.RECEIVED, LAMP, {0: 4})])
    tx.figures.add(date(2026, 11, 2), [FigureCount(FigureOutcome.LATER, LAMP, {8: 5, 9: 1})])
    tx.figures.add(date(2026, 10, 31), [FigureCount(FigureOutcome.RECEIVED, LAMP, {0: 9})])


def test_a_month_has_its_days_in_order_and_what_they_took_together(sql_store: SqlStore) -> None:
    sql_store.run(filled)
    found = open_data_of(sql_store.figure_sums, "", TODAY, 1, 5)
    assert (found.month, found.least) == ("2026-11", 5)
    assert [(each.day, each.outcome.value, each.reports, each.days) for each in found.rows] == [
        ("2026-11-02", "solved_later", 6, 49),
        ("2026-11-30", "received", 4, 0),
    ]
    assert all(each.of == LAMP for each in found.rows)
    assert [each.reports for each in open_data_of(sql_store.figure_sums, "2026-11", TODAY, 5, 5).rows] == [6]


def test_before_there_are_figures_the_month_is_empty(sql_store: SqlStore) -> None:
    assert open_data_of(sql_store.figure_sums, "", TODAY, 1, 5).rows == ()
