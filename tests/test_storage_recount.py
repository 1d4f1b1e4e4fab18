"""Where each report is listed at once: a month is counted anew, without what is not for all to know."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.recounting import Recounting
from core.messages import Address
from core.model import (
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    FigureQuery,
    Grain,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    Status,
)
from core.ports import Context
from storage import SqlStore
from storage.figure_keys import FIELD
from tests.fakes.nouns import NOW, entry, report
from tests.fakes.time_and_random import FakeRandomSource

ZONE = ZoneInfo("Asia/Jakarta")
CONTEXT = Context(FakeRandomSource(), ZONE, "id", {})
DAY = timedelta(days=1)
NOVEMBER = FigureQuery(Grain.MONTH, "2026-11")


def files(store: SqlStore, name: str, kind: str = "pju", **changes: object) -> Report:
    made = replace(
        report(),
        id=ReportId(name),
        number=Number(name.upper()),
        category=CategoryId(kind),
        agency=AgencyId("dinas_sda"),
        channel="telegram",
        received=NOW,
        place=Place(AreaCode("31.74.01.1001")),
        restricted=kind == "narkoba",
    )
    made = replace(made, **changes)  # type: ignore[arg-type]  # each test its own
    store.run(lambda tx: tx.reports.add(made, entry()))
    return made


def befalls(store: SqlStore, report: Report, act: Act, at: object, **changes: object) -> Report:
    new = replace(report, **changes)  # type: ignore[arg-type]
    store.run(lambda tx: tx.reports.change(new, HistoryEntry(at, new.status, new.agency, act=act)))  # type: ignore[arg-type]
    return new


def test_what_was_received_solved_and_said_is_counted_on_its_day(sql_store: SqlStore) -> None:
    lamp = files(sql_store, "r1")
    files(sql_store, "r2", "sampah")
    files(sql_store, "r3", "narkoba")
    files(sql_store, "r4", "pmks")
    done = befalls(sql_store, lamp, Act.VALIDATE, NOW + 2 * DAY, status=Status.SELESAI, closed=NOW + 2 * DAY)
    befalls(sql_store, done, Act.SOLVED, NOW + 3 * DAY)
    later = Recounting()
    assert later.pass_to(sql_store, CONTEXT, NOW + 4 * DAY) == 1
    assert later.pass_to(sql_store, CONTEXT, NOW + 4 * DAY) == 0, "nothing happened since"
    sums = sql_store.live_figure_sums
    found = sums.series(NOVEMBER, ["2026-11"])["2026-11"]
    assert (found.received, found.solved, found.median_days) == (2, 1, 2.0)
    assert found.satisfied_share == 100
    assert sums.ever(FIELD) == {"jalan": 1, "kebersihan": 1} or sum(sums.ever(FIELD).values()) == 2
    solved_on = FigureQuery(Grain.DAY, (NOW + 2 * DAY).date().isoformat())
    assert sums.series(solved_on, [solved_on.starts])[solved_on.starts].solved == 1
    assert sums.channels("month", ["2026-11"]) == {("2026-11", "telegram"): 2}


def test_not_solved_reopens_and_is_counted_once(sql_store: SqlStore) -> None:
    lamp = files(sql_store, "r1")
    done = befalls(sql_store, lamp, Act.VALIDATE, NOW + DAY, status=Status.SELESAI, closed=NOW + DAY)
    befalls(sql_store, done, Act.NOT_SOLVED, NOW + 2 * DAY, status=Status.PROSES, closed=None)
    Recounting().pass_to(sql_store, CONTEXT, NOW + 3 * DAY)
    found = sql_store.live_figure_sums.series(NOVEMBER, ["2026-11"])["2026-11"]
    assert {outcome.value: count for outcome, count in found.counts.items()} == {
        "received": 1, "reopened": 1, "dissatisfied": 1,
    }  # fmt: skip


def test_all_months_are_counted_at_first_and_one_that_changed_is_replaced(sql_store: SqlStore) -> None:
    files(sql_store, "r1", received=NOW - 62 * DAY)
    recounting = Recounting()
    assert recounting.pass_to(sql_store, CONTEXT, NOW) == 3, "September, October, November"
    files(sql_store, "r2")
    assert recounting.pass_to(sql_store, CONTEXT, NOW) == 1
    sums = sql_store.live_figure_sums
    assert {at: each.received for at, each in sums.series(NOVEMBER, ["2026-09", "2026-11"]).items()} == {
        "2026-09": 1, "2026-11": 1,
    }  # fmt: skip
    week = FigureQuery(Grain.WEEK, "2026-11-23")
    assert sums.series(week, ["2026-11-23"])["2026-11-23"].received == 1


def test_pages_of_batches_never_read_what_was_counted_at_once(sql_store: SqlStore) -> None:
    files(sql_store, "r1")
    sql_store.run(lambda tx: tx.publications.add_waiting(ReportId("r1"), "telegram", Address("1")))
    Recounting().pass_to(sql_store, CONTEXT, NOW)
    assert sql_store.figure_sums.newest("month") is None
    assert sql_store.figure_sums.ever(FIELD) == {}
    assert sql_store.figure_sums.daily("2026-01-01", "2026-12-31") == []
