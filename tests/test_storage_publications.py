"""Batches as rows: what is clear is public, the mark of a sender is sealed, short, and gone with the batch."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from core import publication
from core.messages import Address
from core.model import (
    AreaCode,
    CategoryId,
    HistoryEntry,
    Number,
    Pack,
    Partner,
    Place,
    PublicClass,
    Published,
    PublishedQuery,
    Publishing,
    Report,
    ReportId,
    Status,
    Unpublished,
)
from core.ports import Context, UnitOfWork
from core.record import Turn
from storage import Retention, SqlStore
from storage.publications import row_of
from storage.tables import PUBLISHED, UNPUBLISHED
from tests.fakes.nouns import NOW, entry, report
from tests.fakes.patience import PATIENCE
from tests.fakes.rows import looking_at
from tests.fakes.time_and_random import FakeRandomSource

DAY = timedelta(days=1)
TEBET = AreaCode("31.74.01.1001")
FINE = PublicClass("jalan", CategoryId("pju"), TEBET)
ZONE = ZoneInfo("Asia/Jakarta")


def kept(number: str, **changes: object) -> Report:
    made = replace(report(), id=ReportId(number.lower()), number=Number(number), category=CategoryId("pju"))
    return replace(made, received=NOW, place=Place(TEBET), **changes)  # type: ignore[arg-type]  # each test its own


def held(store: SqlStore, *reports: Report, sender: str | None = "budi.canary") -> list[Unpublished]:
    def turn(tx: UnitOfWork) -> None:
        for each in reports:
            tx.reports.add(each, entry())
            tx.publications.add_waiting(each.id, "telegram", None if sender is None else Address(sender))

    store.run(turn)
    wanted = {each.number for each in reports}
    waiting = store.run(lambda tx: tx.publications.waiting(NOW + DAY))
    return [each for each in waiting if each.number in wanted]


def rows(url: str, table: Table) -> Sequence[Mapping[Any, Any]]:
    with looking_at(url) as connection:
        return connection.execute(select(table)).mappings().all()


def publish(store: SqlStore, pack: str, shared: PublicClass, *reports: Report, batch: int = 0) -> None:
    waiting = tuple(held(store, *reports))
    store.run(lambda tx: tx.publications.publish(NOW + batch * DAY, [Pack(pack, shared, waiting)]))


def numbers(found: list[Published]) -> list[str]:
    return [each.number for each in found]


def test_a_row_holds_what_is_public_and_which_go_together() -> None:
    [waiting] = [Unpublished(ReportId("r"), Number("R1"), Status.PROSES, CategoryId("pju"), TEBET, NOW, sender=b"xy")]
    assert row_of(NOW, Pack("p", PublicClass("jalan"), (waiting,)), waiting) == {
        "report": "r", "number": "R1", "batch": NOW, "field": "jalan", "category": "", "area": "",
        "status": "proses", "updated": NOW, "pack": "p", "office": "",
    }  # fmt: skip


def test_reports_of_one_sender_have_one_mark_of_two_bytes_and_no_rows_that_look_alike(
    sql_url: str, sql_store: SqlStore
) -> None:
    first, second = held(sql_store, kept("R1"), kept("R2"))
    assert first.sender == second.sender
    assert len(first.sender) == 2
    others = held(sql_store, kept("R3"), sender="siti.canary") + held(sql_store, kept("R5"), sender="agus.canary")
    assert {each.sender for each in others} != {first.sender}, "one in 65,536 is like another; two are hardly ever"
    [nobody] = held(sql_store, kept("R4"), sender=None)
    assert nobody.sender == b""
    sealed = {row["report"]: row["sealed"] for row in rows(sql_url, UNPUBLISHED)}
    assert len(set(sealed.values())) == 5
    assert not any(b"canary" in (each or b"") for each in sealed.values())
    # Two bytes may stand in what was encrypted by chance, but hardly in both rows of their sender.
    assert not all(first.sender in sealed[each] for each in ("r1", "r2"))


def test_the_mark_is_gone_once_a_report_is_published_and_after_thirty_days(sql_url: str, sql_store: SqlStore) -> None:
    publish(sql_store, "p", FINE, kept("R1"))
    assert rows(sql_url, UNPUBLISHED) == []
    held(sql_store, kept("R2"))
    rules = Retention(contact_days=30)
    assert sql_store.upkeep.purge(NOW + 30 * DAY - timedelta(minutes=1), rules)["unpublished"] == 0
    assert sql_store.upkeep.purge(NOW + 30 * DAY, rules)["unpublished"] == 1
    assert rows(sql_url, UNPUBLISHED) == []


def test_a_list_is_of_what_was_published_alone_and_by_what_was_published_of_it(sql_store: SqlStore) -> None:
    held(sql_store, kept("R0"))
    publish(sql_store, "p", FINE, kept("R2"), kept("R1"))
    publish(sql_store, "q", PublicClass("jalan", CategoryId(""), AreaCode("31.74")), kept("R3", status=Status.SELESAI))
    publish(sql_store, "s", PublicClass(), kept("R4"), batch=1)
    listed = sql_store.published.listed
    assert numbers(listed(PublishedQuery())) == ["R4", "R1", "R2", "R3"]
    assert numbers(listed(PublishedQuery(most=1))) == ["R4"]
    assert numbers(listed(PublishedQuery(numbers=(Number("R0"), Number("R3"))))) == ["R3"]
    lamp, water = (CategoryId("pju"),), (CategoryId("banjir"),)
    assert numbers(listed(PublishedQuery(categories=lamp))) == ["R4", "R1", "R2", "R3"]
    assert numbers(listed(PublishedQuery(categories=lamp, groups=()))) == ["R1", "R2"]
    assert numbers(listed(PublishedQuery(categories=lamp, groups=("jalan",)))) == ["R1", "R2", "R3"]
    assert numbers(listed(PublishedQuery(categories=water, groups=("air",)))) == []
    assert numbers(listed(PublishedQuery(since=NOW + timedelta(hours=1)))) == ["R4"]
    assert numbers(listed(PublishedQuery(until=NOW))) == ["R1", "R2", "R3"]
    assert numbers(listed(PublishedQuery(ended=True))) == ["R3"]
    [coarse] = listed(PublishedQuery(numbers=(Number("R3"),)))
    assert coarse == Published(
        Number("R3"), Status.SELESAI, None, None, AreaCode("31.74"), NOW, NOW, None, "jalan"
    )  # fmt: skip
    [coarsest] = listed(PublishedQuery(numbers=(Number("R4"),)))
    assert (coarsest.category, coarsest.group, coarsest.area) == (None, "", None)


def test_a_status_that_changed_is_of_the_batch_that_shows_it(sql_store: SqlStore) -> None:
    publish(sql_store, "p", FINE, kept("R1"), kept("R2"))
    changed = kept("R1", status=Status.PROSES)
    sql_store.run(lambda tx: tx.reports.change(changed, HistoryEntry(NOW, Status.PROSES, changed.agency)))
    sql_store.run(lambda tx: tx.publications.refresh_statuses(NOW + DAY))
    told = {each.number: (each.status, each.updated) for each in sql_store.published.listed(PublishedQuery())}
    assert told == {"R1": (Status.PROSES, NOW + DAY), "R2": (Status.MENUNGGU, NOW)}


def test_figures_are_sums_of_classes_and_do_not_fall_when_rows_are_taken_back(sql_store: SqlStore) -> None:
    publish(sql_store, "p", FINE, kept("R1"), kept("R2"))
    publish(sql_store, "q", FINE, kept("R3"), kept("R4"))
    publish(sql_store, "s", PublicClass("air", CategoryId(""), AreaCode("31.74")), kept("R5"), batch=1)
    secret = kept("R1", restricted=True)
    sql_store.run(lambda tx: tx.reports.change(secret, HistoryEntry(NOW, secret.status, secret.agency)))
    published = sql_store.published
    assert numbers(published.listed(PublishedQuery())) == ["R5", "R3", "R4"]
    sql_store.run(lambda tx: tx.figures.take_up(ZONE))
    assert sql_store.figure_sums.ever("field") == {"jalan": 4, "air": 1}
    assert sql_store.figure_sums.ever("district") == {"31.74.01": 4, "31.74": 1}
    assert published.by_place() == {TEBET: 4, "31.74": 1}


def test_nothing_of_a_report_that_became_restricted_stays_in_clear(sql_url: str, sql_store: SqlStore) -> None:
    publish(sql_store, "p", FINE, kept("R1"), kept("R2"))
    secret = kept("R1", restricted=True)
    sql_store.run(lambda tx: tx.reports.change(secret, HistoryEntry(NOW, secret.status, secret.agency)))
    assert rows(sql_url, PUBLISHED) == []


def test_statuses_are_shown_as_they_were_put(sql_store: SqlStore) -> None:
    assert sql_store.published.by_status() == {}
    sql_store.run(lambda tx: tx.publications.show_statuses({Status.MENUNGGU: 7, Status.PROSES: 0}))
    sql_store.run(lambda tx: tx.publications.show_statuses({Status.PROSES: 9}))
    assert sql_store.published.by_status() == {Status.MENUNGGU: 7, Status.PROSES: 9}


def test_a_partner_is_shown_what_it_filed_alone(sql_store: SqlStore) -> None:
    ours, theirs = Partner("ours", "jaki"), Partner("theirs", "jaki")

    def turn(tx: UnitOfWork) -> None:
        for partner, number in ((ours, "R1"), (theirs, "R2"), (ours, "R3")):
            if number != "R3":
                tx.partners.add(partner, partner.name)
            tx.reports.add(kept(number, restricted=number == "R3"), entry())
            tx.partners.filed(partner, kept(number).id)

    sql_store.run(turn)
    assert numbers(sql_store.published.own(PublishedQuery(), ours)) == ["R1"]
    assert numbers(sql_store.published.own(PublishedQuery(numbers=(Number("R1"),)), theirs)) == []


def test_one_that_becomes_restricted_while_its_batch_is_made_is_not_in_it(sql_store: SqlStore) -> None:
    held(sql_store, kept("R1"), kept("R2"))
    changed, may_end = Event(), Event()
    context = Context(FakeRandomSource(), ZONE, "id", {}, publishing=Publishing(DAY, 1))

    def slow(tx: UnitOfWork) -> None:
        found = tx.reports.get(ReportId("r1"))
        assert found is not None
        tx.reports.change(replace(found, restricted=True), HistoryEntry(NOW, found.status, found.agency))
        changed.set()
        may_end.wait(PATIENCE)

    with ThreadPoolExecutor(2) as turns:
        restricts = turns.submit(sql_store.run, slow)
        assert changed.wait(PATIENCE)
        publishes = turns.submit(sql_store.run, lambda tx: publication.publish(Turn(tx, NOW + DAY, context)))
        wait({publishes}, timeout=0.5)  # it waits for the other turn, and would be done if it did not
        may_end.set()
        restricts.result()
        assert publishes.result() == 1
    assert numbers(sql_store.published.listed(PublishedQuery())) == ["R2"]
