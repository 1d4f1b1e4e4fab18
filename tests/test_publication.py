"""Batches: nothing is seen before its period has ended, all of one at once, and on every store alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import publication
from core.messages import Address
from core.model import AreaCode, CategoryId, HistoryEntry, Number, Place, Publishing, Report, ReportId, Status
from core.ports import Context, Store, UnitOfWork
from core.record import Turn
from tests.fakes.nouns import NOW, contact, entry, holder, report
from tests.fakes.nouns import code as new_code
from tests.fakes.time_and_random import FakeRandomSource

DAY = timedelta(days=1)
LAMP, TEBET = CategoryId("pju"), AreaCode("31.74.01.1001")
CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {}, publishing=Publishing(DAY, 3))
MORNING = datetime.combine(NOW.date(), NOW.time(), tzinfo=NOW.tzinfo)  # 15:00 of the 24th in Jakarta
NIGHT = NOW.replace(hour=17)  # midnight after it


def kept(number: int, *, at: datetime = NOW, **changes: object) -> Report:
    made = replace(report(), id=ReportId(f"r{number:03}"), number=Number(f"R{number:03}"), category=LAMP)
    return replace(made, received=at, place=Place(TEBET), **changes)  # type: ignore[arg-type]  # each test its own


def file(store: Store, report: Report, sender: str | None = "somebody else") -> None:
    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, entry())
        who = f"{sender} {report.id}" if sender == "somebody else" else sender
        tx.publications.add_waiting(report.id, "telegram", None if who is None else Address(who))

    store.run(turn)


def passes(store: Store, at: datetime, context: Context = CONTEXT) -> list[int]:
    """How many were published, batch by batch."""
    done = []
    while (count := store.run(lambda tx: publication.publish(Turn(tx, at, context)))) is not None:
        done.append(count)
    return done


def waiting(store: Store) -> list[str]:
    return store.run(lambda tx: [each.number for each in tx.publications.waiting(NOW + 1000 * DAY)])


def listed(store: Store) -> dict[Status, int]:
    return store.run(lambda tx: dict(tx.publications.listed_statuses()))


def change(store: Store, report: Report, work: Callable[[Report], Report]) -> None:
    def turn(tx: UnitOfWork) -> None:
        old = tx.reports.get(report.id)
        assert old is not None
        new = work(old)
        tx.reports.change(new, HistoryEntry(new.received, new.status, new.agency))

    store.run(turn)


def test_a_report_is_published_after_its_day_and_not_before(store: Store) -> None:
    for number in range(3):
        file(store, kept(number, at=NOW + number * timedelta(hours=1)))
    assert passes(store, NIGHT - timedelta(seconds=1)) == [0], "the day before has ended, with nothing in it"
    assert listed(store) == {}
    assert passes(store, NIGHT) == [3]
    assert listed(store) == {Status.MENUNGGU: 3}
    assert waiting(store) == []
    assert passes(store, NIGHT + timedelta(hours=23)) == [], "a batch is published once"


def test_too_few_wait_for_the_next_batch_and_are_published_with_it(store: Store) -> None:
    file(store, kept(1))
    file(store, kept(2))
    assert passes(store, NIGHT) == [0]
    assert waiting(store) == ["R001", "R002"]
    file(store, kept(3, at=NOW + DAY))
    assert passes(store, NIGHT + DAY) == [3]


def test_senders_are_counted_and_not_reports(store: Store) -> None:
    for number in range(4):
        file(store, kept(number), "budi")
    file(store, kept(4), "siti")
    assert passes(store, NIGHT) == [0]
    file(store, kept(5, at=NOW + DAY), "tono")
    assert passes(store, NIGHT + DAY) == [6]


def test_the_same_address_on_two_channels_is_of_two_senders(store: Store) -> None:
    def turn(tx: UnitOfWork) -> None:
        for number, channel in enumerate(("telegram", "terminal", "jaki")):
            tx.reports.add(kept(number), entry())
            tx.publications.add_waiting(kept(number).id, channel, Address("1"))

    store.run(turn)
    assert passes(store, NIGHT) == [3]


def test_who_is_only_claimed_counts_for_nothing(store: Store) -> None:
    for number in range(9):
        file(store, kept(number), None)
    file(store, kept(9))
    assert passes(store, NIGHT) == [0]


def test_the_very_first_batch_is_of_a_whole_day(store: Store) -> None:
    for number in range(3):
        file(store, kept(number, at=NOW + number * timedelta(hours=1)))
    assert passes(store, NIGHT + timedelta(hours=3)) == [3]


def test_days_on_which_nobody_looked_are_batches_of_their_own(store: Store) -> None:
    for day in range(3):
        for number in range(3):
            file(store, kept(10 * day + number, at=NOW + day * DAY))
    assert passes(store, NIGHT + 2 * DAY) == [3, 3, 3]


def test_who_was_filed_behind_a_clock_that_lives_ahead_goes_with_the_next_batch(store: Store) -> None:
    assert passes(store, NIGHT + 3 * DAY) == [0]
    for number in range(3):
        file(store, kept(number))
    assert passes(store, NIGHT + 3 * DAY) == []
    assert passes(store, NIGHT + 4 * DAY) == [3]


@pytest.mark.parametrize("kind", ["narkoba", "pmks", "kucing_hilang"])
def test_restricted_sensitive_and_unknown_kinds_are_never_published_and_wait_no_more(store: Store, kind: str) -> None:
    for number in range(3):
        file(store, kept(number))
    file(store, replace(kept(3), category=CategoryId(kind), restricted=kind == "narkoba"))
    assert passes(store, NIGHT) == [3]
    assert waiting(store) == []


def test_a_status_is_renewed_with_a_batch_and_not_between(store: Store) -> None:
    for number in range(3):
        file(store, kept(number))
    passes(store, NIGHT)
    change(store, kept(1), lambda old: replace(old, status=Status.PROSES))
    assert listed(store) == {Status.MENUNGGU: 3}
    passes(store, NIGHT + DAY)
    assert listed(store) == {Status.MENUNGGU: 2, Status.PROSES: 1}
    shown = store.run(lambda tx: tx.publications.shown_statuses())
    assert set(shown.values()) == {0}, "neither two nor one is shown"


def test_what_changed_before_its_batch_is_published_as_it_is_then(store: Store) -> None:
    for number in range(3):
        file(store, kept(number))
    change(store, kept(2), lambda old: replace(old, status=Status.DICABUT))
    passes(store, NIGHT)
    assert listed(store) == {Status.MENUNGGU: 2, Status.DICABUT: 1}


def test_one_that_becomes_restricted_goes_at_once_with_those_it_was_packed_with(store: Store) -> None:
    for number in range(7):
        file(store, kept(number))
    passes(store, NIGHT)
    change(store, kept(4), lambda old: replace(old, restricted=True, category=CategoryId("narkoba")))
    assert listed(store) == {Status.MENUNGGU: 3}, "a pack of three stands, the other four are gone together"
    passes(store, NIGHT + DAY)
    assert listed(store) == {Status.MENUNGGU: 3}


def test_one_that_becomes_restricted_before_its_batch_is_not_in_it(store: Store) -> None:
    for number in range(4):
        file(store, kept(number))
    change(store, kept(3), lambda old: replace(old, restricted=True, category=CategoryId("narkoba")))
    assert passes(store, NIGHT) == [3]


def test_who_is_forgotten_counts_for_nothing_any_more(store: Store) -> None:
    reach, code = contact(), new_code()
    for number in range(3):
        file(store, kept(number))
    store.run(lambda tx: tx.code_holders.add(holder(kept(2), code, reach), code, reach))
    store.run(lambda tx: tx.code_holders.forget(reach.id))
    assert passes(store, NIGHT) == [0]


def test_a_batch_that_fails_is_not_half_published(store: Store) -> None:
    class Dropped(Exception):
        pass

    def fails(tx: UnitOfWork) -> None:
        publication.publish(Turn(tx, NIGHT, CONTEXT))
        raise Dropped

    for number in range(3):
        file(store, kept(number))
    with pytest.raises(Dropped):
        store.run(fails)
    assert (listed(store), len(waiting(store))) == ({}, 3)
    assert passes(store, NIGHT) == [3]


def test_several_who_publish_at_the_same_time_publish_once(store: Store) -> None:
    for number in range(3):
        file(store, kept(number))
    with ThreadPoolExecutor(4) as clocks:
        done = list(clocks.map(lambda _: passes(store, NIGHT), range(4)))
    assert sorted(done) == [[], [], [], [3]]
    assert listed(store) == {Status.MENUNGGU: 3}


def test_where_each_is_published_at_once_there_are_no_batches(store: Store) -> None:
    assert passes(store, NIGHT, replace(CONTEXT, publishing=Publishing())) == []


def test_batches_without_a_span_come_each_minute_with_as_many_as_are_asked_for(store: Store) -> None:
    context = replace(CONTEXT, publishing=Publishing(timedelta(0), 2))
    file(store, kept(1))
    assert passes(store, NOW + timedelta(minutes=1), context) == [0]
    file(store, kept(2, at=NOW + timedelta(minutes=1)))
    assert passes(store, NOW + timedelta(minutes=2), context) == [2]


def test_a_span_that_was_changed_publishes_nothing_twice_and_loses_nothing(store: Store) -> None:
    for number in range(3):
        file(store, kept(number))
    passes(store, NOW + timedelta(hours=2), replace(CONTEXT, publishing=Publishing(timedelta(hours=1), 3)))
    for number in range(3, 6):
        file(store, kept(number, at=NOW + timedelta(hours=3)))
    assert passes(store, NIGHT) == [3]
    assert listed(store) == {Status.MENUNGGU: 6}
