"""The way out: order, how many at once, what a wire says, what a crash leaves; on the real store."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.outbox import Pace
from core import delivery
from core.errors import DeliveryFailed, StoreAway
from core.messages import Address, Line, Outgoing, Say, Thread
from core.model import Delivery, DeliveryId, DeliveryKind
from core.ports import UnitOfWork
from storage import AddressOpener, AddressSealer, Files, Keys, new_pair, open_store
from tests.fakes.cued_house import AWAY, CANARY, QUICK, CuedStore, CuedWire, Inside, until
from tests.fakes.nouns import code as new_code
from tests.fakes.nouns import contact, entry, holder, report
from tests.fakes.rows import deliveries


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


def letter(
    inside: Inside, name: str, ordering_key: str = "", channel: str = "telegram", key: str = "thanks"
) -> Delivery:
    return Delivery(
        id=DeliveryId(name),
        ordering_key=(ordering_key or name).encode(),
        kind=DeliveryKind.REPLY,
        channel=channel,
        to=Address("budi"),
        say=Say((Line(key),)),
        lang="id",
        not_before=inside.clock.now(),
    )


def post(inside: Inside, *letters: Delivery) -> None:
    for each in letters:
        inside.store.run(lambda tx, each=each: tx.outbox.add(each))  # type: ignore[misc]  # a default binds the loop variable
    inside.turns.written.set()


@asynccontextmanager
async def running(inside: Inside, pace: Pace = QUICK) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(inside.outbox(pace).run())
    try:
        yield task
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.wait([task])


def ids(outs: list[Outgoing]) -> list[str]:
    return [out.id for out in outs]


def pending(inside: Inside) -> int:
    return deliveries(inside.store)


def dead(inside: Inside) -> int:
    return deliveries(inside.store, "dead")


async def test_what_waits_leaves_in_the_order_of_its_ordering_key_and_is_forgotten(inside: Inside) -> None:
    names = [f"{ordering_key}{number}" for number in range(5) for ordering_key in "ab"]
    post(inside, *(letter(inside, name, name[0]) for name in names))
    async with running(inside):
        await until(lambda: pending(inside) == 0)
    for ordering_key in "ab":
        assert [name for name in ids(inside.wire.sent) if name.startswith(ordering_key)] == [
            f"{ordering_key}{n}" for n in range(5)
        ]
    assert inside.store.figures.waiting(10) == []


async def test_no_more_are_on_the_wire_at_once_than_said_and_the_others_follow(inside: Inside) -> None:
    inside.wire.may_go = asyncio.Event()
    post(inside, *(letter(inside, f"d{n}") for n in range(11)))
    async with running(inside, replace(QUICK, at_once=3, patience=5)):
        await until(lambda: len(inside.wire.begun) == 3)
        inside.wire.may_go.set()
        await until(lambda: pending(inside) == 0)
    assert inside.wire.most == 3
    assert len(inside.wire.sent) == 11


async def test_a_passing_failure_is_tried_again_with_the_same_words_and_holds_back_only_its_ordering_key(
    inside: Inside,
) -> None:
    inside.wire.cues = [DeliveryFailed("503", final=False)]
    post(inside, letter(inside, "a1", "a"))
    async with running(inside):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
        post(inside, letter(inside, "a2", "a"), letter(inside, "b1", "b"))
        await until(lambda: pending(inside) == 2)
        assert ids(inside.wire.sent) == ["b1"]
        inside.clock.passes(seconds=15)
        await until(lambda: pending(inside) == 0)
    assert ids(inside.wire.begun) == ["a1", "b1", "a1", "a2"]
    assert inside.wire.begun[0] == inside.wire.begun[2]


async def test_why_it_failed_is_kept_until_it_is_sent_and_with_what_was_given_up(inside: Inside) -> None:
    inside.wire.cues = [DeliveryFailed("recipient_refused_450", final=False), DeliveryFailed("gone 550", final=True)]
    post(inside, letter(inside, "a", "a"))
    async with running(inside):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
        assert inside.store.figures.failed() == [("telegram", "waiting", "recipient_refused_450", 1)]
        post(inside, letter(inside, "b", "b"))
        await until(lambda: dead(inside) == 1)
        inside.clock.passes(seconds=15)
        await until(lambda: pending(inside) == 0)
    assert [row.why for row in inside.store.figures.waiting(9)] == ["gone_550"]
    assert inside.store.figures.failed() == [("telegram", "dead", "gone_550", 1)]


async def test_a_wait_that_the_wire_asks_for_is_kept(inside: Inside) -> None:
    inside.wire.cues = [DeliveryFailed("429", final=False, retry_after=120)]
    post(inside, letter(inside, "a"))
    async with running(inside):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
    [row] = inside.store.figures.waiting(9)
    assert row.not_before == inside.clock.now() + timedelta(seconds=120)


async def test_what_waits_for_its_next_try_does_not_wait_for_a_clock_that_was_turned_back(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.wire.cues = [DeliveryFailed("x", final=False)]
    post(inside, letter(inside, "d"))
    async with running(inside):
        await until(lambda: any(each.attempts for each in inside.store.figures.waiting(9)))
        inside.clock.passes(hours=-3)
        await until(lambda: pending(inside) == 0)
    assert ids(inside.wire.sent) == ["d"]
    assert caplog.messages.count("clock_turned_back") == 1


async def test_a_final_failure_erases_words_and_address_and_the_contact_with_them(inside: Inside) -> None:
    code, reach, filed = new_code(), contact(), report()

    def file(tx: UnitOfWork) -> None:
        tx.reports.add(filed, entry())
        tx.code_holders.add(holder(filed, code, reach), code, reach)

    inside.store.run(file)
    inside.wire.cues = [DeliveryFailed("403", final=True)]
    post(inside, replace(letter(inside, "a"), contact=reach.id))
    async with running(inside):
        await until(lambda: dead(inside) == 1)
    assert pending(inside) == 0
    assert inside.store.run(lambda tx: tx.code_holders.contact(reach.id)) is None
    assert inside.store.run(lambda tx: tx.code_holders.by_code(code)) is not None


async def test_a_store_that_is_away_is_waited_out(inside: Inside, caplog: pytest.LogCaptureFixture) -> None:
    inside.store.trouble = [AWAY, AWAY, AWAY]
    async with running(inside):
        await until(lambda: not inside.store.trouble)
        post(inside, letter(inside, "a"))
        await until(lambda: pending(inside) == 0)
    assert [record.message for record in caplog.records] == ["outbox_store_away"] * 3


async def test_a_fault_of_the_store_does_not_end_the_loop(inside: Inside, caplog: pytest.LogCaptureFixture) -> None:
    inside.store.trouble = [ValueError(CANARY)]
    post_after = letter(inside, "a")
    async with running(inside):
        await until(lambda: not inside.store.trouble)
        post(inside, post_after)
        await until(lambda: pending(inside) == 0)
    assert "outbox_failed" in caplog.text
    assert CANARY not in str([vars(record) for record in caplog.records])


async def test_a_send_that_outlives_its_time_is_given_up_and_tried_again(inside: Inside) -> None:
    inside.wire.may_go = asyncio.Event()
    post(inside, letter(inside, "a"))
    async with running(inside, replace(QUICK, patience=0.05)):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
        inside.wire.may_go.set()
        inside.clock.passes(seconds=15)
        await until(lambda: pending(inside) == 0)
    assert ids(inside.wire.begun) == ["a", "a"]
    assert ids(inside.wire.sent) == ["a"]


async def test_a_fault_of_ours_on_the_way_is_tried_again_and_told_without_words(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.wire.cues = [RuntimeError(CANARY)]
    post(inside, letter(inside, "a"))
    async with running(inside):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
        inside.clock.passes(seconds=15)
        await until(lambda: pending(inside) == 0)
    assert "delivery_fault" in caplog.text
    assert CANARY not in str([vars(record) for record in caplog.records])


async def test_a_delivery_that_cannot_be_put_into_words_holds_up_no_other(inside: Inside) -> None:
    post(inside, letter(inside, "bad", key="a_phrase_of_tomorrow"), letter(inside, "good"))
    async with running(inside):
        await until(lambda: pending(inside) == 1)
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
    assert ids(inside.wire.sent) == ["good"]


LONG = replace(QUICK, poll=3600, hold=3600, patience=3600)


@asynccontextmanager
async def one_on_the_wire(inside: Inside) -> AsyncIterator[None]:
    """The next turn is the one that writes it down: the loop looked for more, found nothing, and waits for its poll."""
    inside.wire.may_go = asyncio.Event()
    post(inside, letter(inside, "a"))
    before = inside.store.begun
    async with running(inside, LONG):
        await until(lambda: len(inside.wire.begun) == 1 and inside.store.begun == before + 2)
        yield


async def test_a_send_that_cannot_be_written_down_is_written_as_soon_as_it_can(inside: Inside) -> None:
    async with one_on_the_wire(inside):
        assert inside.wire.may_go is not None
        inside.store.trouble = [AWAY, AWAY]
        inside.wire.may_go.set()
        await until(lambda: not inside.store.trouble)
        await until(lambda: pending(inside) == 0)
    assert ids(inside.wire.begun) == ["a"]


async def test_a_send_that_is_never_written_down_comes_again_with_the_same_words_and_id(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    async with one_on_the_wire(inside):
        assert inside.wire.may_go is not None
        inside.store.trouble = [ValueError(CANARY)]
        inside.wire.may_go.set()
        await until(lambda: "delivery_not_noted" in caplog.text)
        assert pending(inside) == 1
        inside.clock.passes(seconds=delivery.LEASE.total_seconds() + 1)
        inside.turns.written.set()
        await until(lambda: pending(inside) == 0)
    assert len(inside.wire.sent) == 2
    assert inside.wire.sent[0] == inside.wire.sent[1]
    assert CANARY not in str([vars(record) for record in caplog.records])


async def test_a_process_that_dies_between_send_and_mark_repeats_the_same_words_and_id(
    inside: Inside, sqlite_url: str, keys: Keys
) -> None:
    post(inside, letter(inside, "a"))
    now = inside.clock.now()
    # What a killed process leaves: the wire said yes, and only the lease stands in the database.
    [ready] = inside.store.run(lambda tx: delivery.claim(tx, now, 1, inside.turns.context))
    await inside.wire.send(ready.outgoing)
    with closing(open_store(sqlite_url, keys)) as next_process:
        assert next_process.upkeep.release_leases() == 1
    async with running(inside):
        await until(lambda: pending(inside) == 0)
    assert inside.wire.sent[0] == inside.wire.sent[1]


async def test_who_ends_the_loop_lets_what_is_on_the_wire_be_written_down(inside: Inside) -> None:
    inside.wire.may_go = asyncio.Event()
    post(inside, letter(inside, "a"), letter(inside, "b"))
    loop = asyncio.create_task(inside.outbox(replace(QUICK, patience=5)).run())
    await until(lambda: len(inside.wire.begun) == 2)
    loop.cancel()
    post(inside, letter(inside, "c"))
    inside.wire.may_go.set()
    await asyncio.wait([loop])
    assert loop.cancelled()
    assert sorted(ids(inside.wire.sent)) == ["a", "b"]
    assert pending(inside) == 1, "what was not on the wire stays for the next start"


async def test_a_slow_wire_does_not_hold_up_the_others(inside: Inside) -> None:
    slow = inside.turns.connections["sms"] = CuedWire(may_go=asyncio.Event())
    post(inside, letter(inside, "s", channel="sms"), *(letter(inside, f"t{n}") for n in range(9)))
    async with running(inside, replace(QUICK, patience=5)):
        await until(lambda: len(inside.wire.sent) == 9)
        assert ids(slow.begun) == ["s"]
        assert slow.sent == []
        assert slow.may_go is not None
        slow.may_go.set()
        await until(lambda: pending(inside) == 0)


async def test_a_wire_that_hangs_with_many_before_them_holds_up_no_other_wire(inside: Inside) -> None:
    hanging, quick = CuedWire(may_go=asyncio.Event()), CuedWire()
    inside.turns.connections |= {"mail": hanging, "sms": quick, "telegram": quick}
    post(inside, *(letter(inside, f"m{n}", channel="mail") for n in range(9)))
    others = [letter(inside, f"{channel}{n}", channel=channel) for n in range(5) for channel in ("sms", "telegram")]
    async with running(inside, Pace(at_once=3, poll=0.02, patience=60, farewell=0)):
        await until(lambda: len(hanging.begun) == 3)
        post(inside, *others)
        await until(lambda: len(quick.sent) == len(others))
        assert (hanging.most, hanging.sent) == (3, [])
        assert quick.most <= 6


async def test_what_is_for_a_channel_that_is_off_waits_until_it_is_on(inside: Inside) -> None:
    wire = inside.turns.connections.pop("sms")
    post(inside, letter(inside, "s", channel="sms"))
    async with running(inside):
        await until(lambda: inside.store.figures.waiting(9)[0].attempts == 1)
        inside.turns.connections["sms"] = wire
        inside.clock.passes(seconds=15)
        await until(lambda: pending(inside) == 0)
    assert ids(inside.wire.sent) == ["s"]


async def test_what_goes_on_paper_meets_no_wire(inside: Inside) -> None:
    written: list[str] = []

    def paper(channel: str, out: Outgoing) -> bool:
        written.append(out.id) if channel == "sms" else None
        return channel == "sms"

    post(inside, letter(inside, "s", channel="sms"), letter(inside, "t"))
    loop = asyncio.create_task(inside.outbox(paper=paper).run())
    await until(lambda: pending(inside) == 0)
    loop.cancel()
    await asyncio.wait([loop])
    assert written == ["s"]
    assert ids(inside.wire.sent) == ["t"]


async def test_what_another_process_writes_is_found_without_a_word(inside: Inside) -> None:
    async with running(inside):
        await until(inside.store.figures.alive)
        inside.store.run(lambda tx: tx.outbox.add(letter(inside, "a")))
        await until(lambda: pending(inside) == 0)


async def test_no_log_line_of_a_delivery_holds_its_words_or_its_address(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.wire.cues = [DeliveryFailed("relay not verified", final=False), DeliveryFailed("403", final=True), None]
    with caplog.at_level(logging.DEBUG):
        post(inside, *(letter(inside, f"d{n}", channel="sms") for n in range(3)))
        async with running(inside):
            await until(lambda: pending(inside) == 1)
    told = str([vars(record) for record in caplog.records if record.name.startswith(("app", "core", "storage"))])
    assert "delivery_failed" in told
    assert "'why': 'relay_not_verified'" in told
    assert "budi" not in told
    assert "Sama-sama" not in told


async def test_what_takes_its_time_on_the_wire_is_sent_by_no_other_process(inside: Inside, sqlite_url: str) -> None:
    def lease() -> str:
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as beside:
            return str(beside.execute("SELECT lease FROM outbox").fetchone()[0])

    inside.wire.may_go = asyncio.Event()
    post(inside, letter(inside, "a"))
    async with running(inside, replace(QUICK, hold=0.01, patience=5)):
        await until(lambda: len(inside.wire.begun) == 1)
        first = lease()
        inside.clock.passes(seconds=delivery.LEASE.total_seconds() - 1)
        await until(lambda: lease() > first)
        inside.clock.passes(seconds=2)
        now = inside.clock.now()
        assert inside.store.run(lambda tx: delivery.claim(tx, now, 9, inside.turns.context)) == []
        inside.wire.may_go.set()
        await until(lambda: pending(inside) == 0)
    assert len(inside.wire.sent) == 1


async def test_draining_hands_over_all_that_is_due_key_by_key_and_ends(inside: Inside) -> None:
    post(
        inside,
        *(letter(inside, f"{ordering_key}{number}", ordering_key) for number in range(7) for ordering_key in "ab"),
    )
    post(inside, replace(letter(inside, "later"), not_before=inside.clock.now() + timedelta(seconds=1)))
    assert await inside.outbox().drain() == 14
    for ordering_key in "ab":
        assert [name for name in ids(inside.wire.sent) if name.startswith(ordering_key)] == [
            f"{ordering_key}{n}" for n in range(7)
        ]
    assert [row.id for row in inside.store.figures.waiting(9)] == ["later"]
    assert await inside.outbox().drain() == 0


async def test_draining_waits_for_no_wire_that_fails(inside: Inside) -> None:
    inside.wire.cues = [DeliveryFailed("503", final=False), RuntimeError(CANARY), DeliveryFailed("403", final=True)]
    post(inside, *(letter(inside, name, name[0]) for name in ("a1", "a2", "b1", "c1", "d1")))
    assert await inside.outbox().drain() == 4
    assert ids(inside.wire.sent) == ["d1"]
    assert [(row.id, row.attempts) for row in inside.store.figures.waiting(9) if row.state == "waiting"] == [
        ("a1", 1),
        ("a2", 0),
        ("b1", 1),
    ]
    assert dead(inside) == 1


async def test_draining_leaves_what_another_process_is_sending(inside: Inside) -> None:
    post(inside, letter(inside, "a"), letter(inside, "b"))
    now = inside.clock.now()
    inside.store.run(lambda tx: tx.outbox.claim(now, timedelta(seconds=12), 1))
    assert await inside.outbox().drain() == 1


async def test_draining_a_store_that_is_away_says_so(inside: Inside) -> None:
    post(inside, letter(inside, "a"))
    inside.store.trouble = [AWAY]
    with pytest.raises(StoreAway):
        await inside.outbox().drain()
    assert await inside.outbox().drain() == 1


async def test_what_takes_a_key_that_is_not_here_waits_loudly_and_leaves_when_the_key_is_there(
    sqlite_url: str, keys: Keys, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    private, public = new_pair()
    inside = Inside(CuedStore(sqlite_url, keys, AddressSealer.parse(public)), Files(tmp_path / "files"))
    cited = Thread("<his@mail>", "<his@mail>")
    try:
        post(inside, replace(letter(inside, "sealed"), to=Address(CANARY), thread=cited))
        for _ in range(3):
            assert await inside.outbox().drain() == 1
            inside.clock.passes(seconds=3600)
        assert pending(inside) == 1
        assert inside.wire.begun == []
        assert "address_locked" in caplog.text
        assert CANARY not in str([vars(record) for record in caplog.records])
        await inside.outbox(opener=AddressOpener.parse(private)).drain()
        [sent] = inside.wire.sent
        assert (sent.to, sent.thread) == (Address(CANARY), cited)
        assert pending(inside) == 0
    finally:
        inside.close()


async def test_a_wire_that_says_nobody_is_there_ends_a_sealed_address_too(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    private, public = new_pair()
    inside = Inside(CuedStore(sqlite_url, keys, AddressSealer.parse(public)), Files(tmp_path / "files"))
    filed, reach, code = report(), contact(), new_code()
    try:
        inside.store.run(lambda tx: tx.reports.add(filed, entry()))
        inside.store.run(lambda tx: tx.code_holders.add(holder(filed, code, reach), code, reach))
        post(inside, replace(letter(inside, "a", channel="sms"), contact=reach.id))
        inside.wire.cues = [DeliveryFailed("blocked", final=True)]
        await inside.outbox(opener=AddressOpener.parse(private)).drain()
        assert inside.store.run(lambda tx: tx.code_holders.contact(reach.id)) is None
        assert pending(inside) == 0
    finally:
        inside.close()
