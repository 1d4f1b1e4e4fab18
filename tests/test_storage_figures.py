"""What is counted: true to the row, and restricted reports in totals only."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.errors import StoreAway
from core.model import Act, AreaCode, CategoryId, DeliveryKind, Place, Report, Status, Waiting
from core.ports import UnitOfWork
from storage import Keys, SqlStore, migrate, open_store
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.rows import deliveries

JAKARTA = ZoneInfo("Asia/Jakarta")


def _file(store: SqlStore, reports: Iterable[Report]) -> None:
    def turn(tx: UnitOfWork) -> None:
        for report in reports:
            tx.reports.add(report, nouns.entry())

    store.run(turn)


def test_reports_are_counted_by_channel_and_status(sql_store: SqlStore) -> None:
    reports = [nouns.report(), nouns.report(restricted=True), replace(nouns.report(), status=Status.PROSES)]
    _file(sql_store, [*reports, replace(nouns.report(), channel="mail")])
    assert sorted(sql_store.figures.reports()) == [
        ("mail", "menunggu", 1),
        ("sms", "menunggu", 2),
        ("sms", "proses", 1),
    ]
    assert sql_store.figures.total() == 4


def test_public_statistics_know_nothing_of_restricted_reports(sql_store: SqlStore) -> None:
    tebet = Place(AreaCode("31.74.01.1001"), "Tebet Barat")
    near = Place(AreaCode("31.74.01.1002"), "Tebet Timur")
    kecamatan = Place(AreaCode("31.74.01"), "Tebet")
    places = (tebet, near, kecamatan, Place(AreaCode("31.71.02.1003"), "Gambir"))
    _file(sql_store, [nouns.report(place=place) for place in places])
    secret = replace(nouns.report(place=tebet, restricted=True), category=CategoryId("narkoba"))
    sensitive = replace(nouns.report(place=tebet), category=CategoryId("kekerasan_pa"))
    _file(sql_store, [secret, sensitive, nouns.report()])
    assert sql_store.figures.by_category() == {"lampu_jalan": 5}
    assert sql_store.figures.public_reports() == [("sms", "menunggu", 5)]
    assert sql_store.figures.by_area() == {"31.74.01": 3, "31.71.02": 1}
    assert sum(sql_store.figures.by_day(NOW, JAKARTA).values()) == 5


def test_a_day_is_that_of_the_zone(sql_store: SqlStore) -> None:
    late_evening = NOW.replace(hour=18)
    times = (NOW - timedelta(days=9), NOW, late_evening, late_evening)
    _file(sql_store, [replace(nouns.report(), received=at) for at in times])
    days = sql_store.figures.by_day(NOW - timedelta(days=7), JAKARTA)
    assert days == {date(2026, 11, 24): 1, date(2026, 11, 25): 2}


def test_the_outbox_is_shown_without_addresses_and_words(sql_store: SqlStore) -> None:
    waiting, dead, sent = (nouns.delivery(bytes([n])) for n in range(3))

    def turn(tx: UnitOfWork) -> None:
        for delivery in (waiting, dead, sent):
            tx.outbox.add(delivery)
        tx.outbox.mark_dead(dead.id)
        tx.outbox.mark_sent(sent, "", NOW)

    sql_store.run(turn)
    figures = sql_store.figures
    assert (deliveries(sql_store), deliveries(sql_store, "dead")) == (1, 1)
    assert figures.waiting(9) == [
        Waiting(waiting.id, DeliveryKind.REPLY, "sms", "waiting", 0, NOW),
        Waiting(dead.id, DeliveryKind.REPLY, "sms", "dead", 0, NOW),
    ]
    assert len(figures.waiting(1)) == 1


def test_a_database_that_answers_is_alive(sql_store: SqlStore) -> None:
    assert sql_store.figures.alive()
    assert sql_store.figures.usable()


def test_a_database_that_is_gone_is_not_and_figures_say_so(tmp_path: Path, keys: Keys) -> None:
    folder = tmp_path / "disk"
    url = f"sqlite:///{folder / 'resi.db'}"
    migrate(url)
    with closing(open_store(url, keys)) as store:
        shutil.rmtree(folder)
        assert not store.figures.alive()
        with pytest.raises(StoreAway):
            store.figures.total()


def test_the_outbox_is_counted_by_channel_and_kind_with_the_one_that_waits_longest(sql_store: SqlStore) -> None:
    assert (sql_store.figures.outbox(), sql_store.figures.oldest_waiting()) == ([], None)
    early = replace(nouns.delivery(b"a"), not_before=NOW - timedelta(hours=2))
    dead, late = nouns.delivery(b"b"), replace(nouns.delivery(b"c"), kind=DeliveryKind.NEWS, not_before=NOW)

    def turn(tx: UnitOfWork) -> None:
        for each in (early, dead, late):
            tx.outbox.add(each)
        tx.outbox.mark_dead(dead.id)

    sql_store.run(turn)
    assert sorted(sql_store.figures.outbox()) == [
        ("sms", DeliveryKind.NEWS, "waiting", 1),
        ("sms", DeliveryKind.REPLY, "dead", 1),
        ("sms", DeliveryKind.REPLY, "waiting", 1),
    ]
    assert sql_store.figures.oldest_waiting() == early.not_before


def test_open_reports_that_fall_due_are_counted_restricted_ones_too(sql_store: SqlStore) -> None:
    due = [replace(nouns.report(), due=NOW + timedelta(hours=hours)) for hours in (0, 1, 24, 25)]
    ended = replace(nouns.report(), due=NOW + timedelta(hours=1), status=Status.SELESAI, closed=NOW)
    _file(sql_store, [*due, ended, replace(nouns.report(restricted=True), due=NOW + timedelta(hours=2))])
    assert sql_store.figures.due_between(NOW, NOW + timedelta(days=1)) == 3


def test_what_was_taken_for_what_is_counted_and_the_most_frequent_comes_first(sql_store: SqlStore) -> None:
    pairs = (("sampah", "pju"), ("pju", "sampah"), ("pju", "sampah"))
    for before, after in pairs:
        sql_store.run(lambda tx, b=before, a=after: tx.reports.count_recategorised(CategoryId(b), CategoryId(a)))  # type: ignore[misc]  # bound now
    assert sql_store.figures.corrected() == [("pju", "sampah", 2), ("sampah", "pju", 1)]


@pytest.mark.parametrize(("before", "after"), [("pungli_korupsi", "pju"), ("pju", "narkoba"), ("gone", "pju")])
def test_what_is_restricted_or_known_no_more_is_counted_without_its_name(
    sql_store: SqlStore, before: str, after: str
) -> None:
    sql_store.run(lambda tx: tx.reports.count_recategorised(CategoryId(before), CategoryId(after)))
    assert sql_store.figures.corrected() == [("restricted", "restricted", 1)]


def test_what_citizens_made_of_traces_is_counted_by_kind(sql_store: SqlStore) -> None:
    for kind, made in (("phone", "opened"), ("name_self", "closed"), ("phone", "opened")):
        sql_store.run(lambda tx, k=kind, m=made: tx.reports.count_closing(k, m))  # type: ignore[misc]  # bound now
    assert sql_store.figures.closings() == [("name_self", "closed", 1), ("phone", "opened", 2)]


def test_reports_that_an_office_passed_on_are_counted_by_category_and_each_once(sql_store: SqlStore) -> None:
    twice, never, secret = nouns.report(), nouns.report(), nouns.report(restricted=True)
    _file(sql_store, [twice, never, secret])
    passed = replace(nouns.entry(), act=Act.COORDINATE, status=Status.KOORDINASI)
    for report in (twice, twice, secret):
        sql_store.run(lambda tx, it=report: tx.reports.change(it, passed))  # type: ignore[misc]  # bound now
    assert sql_store.figures.moved() == [("lampu_jalan", 2, 1), ("restricted", 1, 1)]
