"""Figures as rows: added once, by day, week, month and all time, and read again without a look at a report."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text

from core.model import (
    AreaCode,
    CategoryId,
    FigureClass,
    FigureCount,
    FigureOutcome,
    FigureQuery,
    Grain,
    Number,
    Pack,
    PublicClass,
    ReportId,
    Status,
)
from core.ports import UnitOfWork
from storage import Keys, SqlStore, open_store
from storage.figure_keys import AREA, FIELD, LEAF, OFFICE
from storage.kept_figures import row_of
from tests.fakes.nouns import NOW, entry, report

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)
TEBET, KECAMATAN = AreaCode("31.74.01.1001"), AreaCode("31.74.01")
LAMP = PublicClass("jalan", CategoryId("pju"), TEBET)
COARSE = PublicClass("jalan", CategoryId(""), KECAMATAN)
NOVEMBER = FigureQuery(Grain.MONTH, "2026-11")


def received(shared: PublicClass, count: int, office: str = "") -> FigureCount:
    return FigureCount(FigureOutcome.RECEIVED, FigureClass(shared, office), {0: count})


def solved(shared: PublicClass, days: Mapping[int, int]) -> FigureCount:
    return FigureCount(FigureOutcome.IN_TIME, FigureClass(shared, "kel:31.74.01.1001"), days)


def filled(store: SqlStore) -> SqlStore:
    def turn(tx: UnitOfWork) -> None:
        tx.figures.add(MONDAY, [received(LAMP, 5, "kel:31.74.01.1001"), received(COARSE, 7)])
        tx.figures.add(MONDAY + timedelta(days=6), [received(LAMP, 6), solved(LAMP, {1: 3, 4: 2})])
        tx.figures.add(date(2026, 12, 1), [received(LAMP, 8)])
        tx.figures.add_channels(MONDAY, {"telegram": 7, "": 5})

    store.run(turn)
    return store


def test_a_row_tells_its_class_and_how_long_all_of_it_took() -> None:
    assert row_of(solved(LAMP, {1: 3, 4: 2})) == {
        "outcome": "solved_in_time", "field": "jalan", "category": "pju", "area": TEBET,
        "office": "kel:31.74.01.1001", "reports": 5, "days": 11,
    }  # fmt: skip


def test_by_day_week_and_month_the_sums_agree(sql_store: SqlStore) -> None:
    sums = filled(sql_store).figure_sums
    periods = {Grain.DAY: "2026-11-23", Grain.WEEK: "2026-11-23", Grain.MONTH: "2026-11"}
    found = {
        grain: sums.series(FigureQuery(grain, starts), [starts])[starts].received for grain, starts in periods.items()
    }
    assert found == {Grain.DAY: 12, Grain.WEEK: 18, Grain.MONTH: 18}
    assert sums.newest("month") == "2026-12"
    assert sums.ever(FIELD) == {"jalan": 26}


def test_a_month_by_kind_area_and_office_is_the_same_asked_of_sums_and_of_classes(sql_store: SqlStore) -> None:
    sums = filled(sql_store).figure_sums
    by_area = sums.by(AREA, NOVEMBER, "2026-11", [TEBET, KECAMATAN])
    assert {key: each.received for key, each in by_area.items()} == {TEBET: 11, KECAMATAN: 18}
    assert (by_area[TEBET].mean_days, by_area[TEBET].median_days) == (2.2, 1.0)
    narrowed = replace(NOVEMBER, kind="jalan")
    assert {key: each.received for key, each in sums.by(AREA, narrowed, "2026-11", [KECAMATAN]).items()} == {
        KECAMATAN: 18
    }
    assert {key: each.received for key, each in sums.by(LEAF, narrowed, "2026-11", ["pju"]).items()} == {"pju": 11}
    office = replace(narrowed, area=KECAMATAN, office="kel:31.74.01.1001")
    [(starts, found)] = sums.series(office, ["2026-10", "2026-11"]).items()
    assert (starts, found.received, found.solved, found.mean_days, found.median_days) == ("2026-11", 5, 5, 2.2, None)
    assert set(sums.by(OFFICE, NOVEMBER, "2026-11", None)) == {"", "kel:31.74.01.1001"}
    assert sums.channels("month", ["2026-11"]) == {("2026-11", "telegram"): 7, ("2026-11", ""): 5}


def test_what_was_published_before_figures_were_kept_is_taken_up_once(sql_store: SqlStore) -> None:
    def before(tx: UnitOfWork) -> None:
        made = replace(report(), id=ReportId("r1"), number=Number("R1"))
        tx.reports.add(made, entry())
        tx.publications.add_waiting(made.id, "telegram", None)
        waiting = tuple(tx.publications.waiting(NOW + timedelta(days=1)))
        tx.publications.publish(NOW.replace(hour=17), [Pack("p", LAMP, waiting)])
        tx.figures.take_up(ZONE)

    sql_store.run(before)
    sql_store.run(lambda tx: tx.figures.take_up(ZONE))
    day = FigureQuery(Grain.DAY, "2026-11-25")  # midnight in Jakarta
    assert sql_store.figure_sums.series(day, ["2026-11-25"])["2026-11-25"].received == 1


def test_whether_a_report_is_of_a_proved_sender_stands_in_no_clear_column(sql_url: str, keys: Keys) -> None:
    def turn(tx: UnitOfWork) -> None:
        for name in ("r1", "r2"):
            made = replace(report(), id=ReportId(name), number=Number(name.upper()), status=Status.SELESAI)
            tx.reports.add(made, entry())
            tx.publications.add_waiting(made.id, "telegram", None)
        waiting = tuple(tx.publications.waiting(NOW + timedelta(days=1)))
        tx.publications.publish(NOW, [Pack("p", LAMP, waiting, "", frozenset({ReportId("r1")}))])

    with closing(open_store(sql_url, keys)) as store:
        store.run(turn)
        events = store.run(lambda tx: tx.figures.note_outcomes(NOW, NOW))
        assert {each.report: bool(each.sender) for each in events} == {"r1": True, "r2": False}
        store.run(lambda tx: tx.figures.end_waiting(events))
        assert store.run(lambda tx: tx.figures.note_outcomes(NOW, NOW)) == [], "each is told once"
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        sealed = [bytes(row[0]) for row in connection.execute(text("SELECT proved FROM published"))]
    engine.dispose()
    assert len({len(each) for each in sealed}) == 1
    assert len(set(sealed)) == 2
