"""What the page of figures is told: of batches all that is kept, else nothing of few, nor what would tell them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.figure_report import report_of, without_few
from core.model import (
    AreaCode,
    CategoryId,
    FigureClass,
    FigureCount,
    FigureOutcome,
    FigureQuery,
    FigureSummary,
    Grain,
    PublicClass,
)
from core.ports import UnitOfWork
from storage import SqlStore

TODAY = date(2026, 11, 25)
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 24)
TEBET = AreaCode("31.74.01.1001")


def filled(store: SqlStore) -> None:
    fine, coarse = PublicClass("jalan", CategoryId("pju"), TEBET), PublicClass("jalan", CategoryId(""), AreaCode(""))

    def turn(tx: UnitOfWork) -> None:
        tx.figures.add(OCTOBER, [FigureCount(FigureOutcome.RECEIVED, FigureClass(fine), {0: 5})])
        office = FigureClass(fine, "kel:31.74.01.1001")
        tx.figures.add(NOVEMBER, [FigureCount(FigureOutcome.RECEIVED, office, {0: 8})])
        tx.figures.add(NOVEMBER, [FigureCount(FigureOutcome.RECEIVED, FigureClass(coarse), {0: 6})])
        tx.figures.add(NOVEMBER, [FigureCount(FigureOutcome.IN_TIME, FigureClass(fine), {1: 4, 3: 1})])
        tx.figures.add_channels(NOVEMBER, {"telegram": 9, "": 5})

    store.run(turn)


def test_the_latest_period_is_shown_with_what_was_told_coarser(sql_store: SqlStore) -> None:
    filled(sql_store)
    report = report_of(sql_store.figure_sums, FigureQuery(Grain.MONTH, ""), TODAY, 5, batches=True)
    assert (report.query.starts, report.series[-1][1].received, report.series[-2][1].received) == ("2026-11", 14, 5)
    assert [(each.key, each.now.received, each.before.received) for each in report.areas] == [
        ("31.74", 8, 5),
        ("", 6, 0),
    ]
    assert [(each.key, each.now.received) for each in report.kinds] == [("jalan", 14)]
    assert [(each.key, each.now.received) for each in report.offices] == [("kel:31.74.01.1001", 8), ("", 6)]
    assert [(each.key, each.now.received) for each in report.channels] == [("telegram", 9), ("", 5)]


def test_a_kind_in_an_area_is_told_and_with_a_channel_nothing_is(sql_store: SqlStore) -> None:
    filled(sql_store)
    asked = FigureQuery(Grain.MONTH, "2026-11", kind="pju", area=AreaCode("31.74"))
    report = report_of(sql_store.figure_sums, asked, TODAY, 5, batches=True)
    assert (report.series[-1][1].received, report.series[-1][1].mean_days, report.kinds) == (8, 1.4, ())
    assert not report.channels
    both = FigureQuery(Grain.MONTH, "2026-11", kind="pju", channel="telegram")
    assert report_of(sql_store.figure_sums, both, TODAY, 5, batches=True).series == ()


def test_before_the_first_batch_there_are_periods_without_figures(sql_store: SqlStore) -> None:
    report = report_of(sql_store.figure_sums, FigureQuery(Grain.WEEK, ""), TODAY, 5, batches=True)
    assert report.query.starts == "2026-11-23"
    assert not any(each.counts for _, each in report.series)


cells = st.dictionaries(
    st.sampled_from("abcdef"), st.dictionaries(st.sampled_from(FigureOutcome), st.integers(1, 20), min_size=1)
)


@given(cells, st.integers(2, 6))
def test_where_all_is_listed_no_count_is_small_nor_told_by_the_sum(
    drawn: dict[str, dict[FigureOutcome, int]], few: int
) -> None:
    shown = without_few({key: FigureSummary(counts) for key, counts in drawn.items()}, few)
    for measure in ((FigureOutcome.RECEIVED,), (FigureOutcome.IN_TIME, FigureOutcome.LATER), (FigureOutcome.REOPENED,)):
        true = sum(each.get(outcome, 0) for each in drawn.values() for outcome in measure)
        told = [sum(map(each.of, measure)) for each in shown.values()]
        assert all(count == 0 or count >= few for count in told)
        assert true - sum(told) == 0 or true - sum(told) >= few or not any(told)
    for each in shown.values():
        assert each.paced or each.in_time_share is None
