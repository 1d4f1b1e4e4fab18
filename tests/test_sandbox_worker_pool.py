"""Several children: what hangs in one of them holds up its own kind at most, and never a photo of somebody else."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.sandbox import FOR_ALL, STAFF, Allowance, Origin, Plan, Sandbox, spawning
from app.sandbox.children import Children
from app.sandbox.fair_queue import Kind, Space
from app.sandbox.spawning import environment, spawner_of
from core.errors import FileAway, Refused
from core.scrub import Clean, Limits, scrub
from tests.fakes.cued_house import until
from tests.fakes.hanging_child import ALONE
from tests.fakes.processes import children_of, ends
from tests.fakes.zygote_server import fork_zygote
from tests.hostile.files import picture, png

SOON = 0.2
ENDLESS = 600.0  # seconds: what hangs in these tests hangs until the end
PATH = "203.0.113.0/24"
HONEST = Origin("mail", PATH, b"honest")


def hostile(number: int) -> Origin:
    return Origin("mail", PATH, b"hostile %d" % number)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.jpg"
    path.write_bytes(picture())
    return path


@contextmanager
def sandbox(
    good: Path,
    children: int = 4,
    *,
    patience: float = ENDLESS,
    limits: Limits = Limits(document_patience=600),  # noqa: B008 -- frozen
    space: Space = Space(),  # noqa: B008 -- frozen
    alone: bool = False,
) -> Iterator[Sandbox]:
    """With children that hang when told; `alone`: of which each is a command of its own."""
    command = (sys.executable, "-P", "-c", ALONE, str(good)) if alone or not hasattr(os, "pidfd_open") else ()
    plan = replace(Plan.of(children), quick=SOON)
    made = Sandbox(limits=limits, births=spawner_of(limits, command), patience=patience, plan=plan, space=space)
    before, spawning.start_zygote = spawning.start_zygote, partial(fork_zygote, good=str(good))
    made.start()
    try:
        yield made
    finally:
        made.stop()
        spawning.start_zygote = before


async def begun(*works: Coroutine[object, object, object]) -> list[asyncio.Task[object]]:
    """Each stands in the queue, or with a child, before the next."""
    tasks = []
    for work in works:
        tasks.append(asyncio.create_task(work))
        await asyncio.sleep(0)
    return tasks


async def ended(tasks: list[asyncio.Task[object]]) -> list[object]:
    return await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("order", [b"%PDF-hang", b"hang"], ids=["documents", "pictures"])
@pytest.mark.parametrize("children", [2, 3, 4])
async def test_a_photo_is_cleaned_while_three_senders_hang_the_cleaning(
    good: Path, children: int, order: bytes
) -> None:
    with sandbox(good, children) as made:
        hanging = await begun(*(made.scrub(order, hostile(number)) for number in range(3)))
        for data in (picture(), png()):
            assert await made.scrub(data, HONEST) == scrub(data)
        assert not any(task.done() for task in hanging)
    assert {type(each) for each in await ended(hanging)} == {FileAway}


async def test_a_photo_is_cleaned_while_many_hang_it_in_every_way(good: Path) -> None:
    orders = (b"%PDF-hang", b"hang")
    with sandbox(good) as made:
        hanging = await begun(*(made.scrub(orders[number % 2], hostile(number)) for number in range(12)))
        assert await made.scrub(picture(), HONEST) == scrub(picture())
        assert await made.scrub(picture(), Origin("telegram", "", b"siti", proved=True)) == scrub(picture())
        assert not any(task.done() for task in hanging)
    await ended(hanging)


async def test_staff_have_a_child_of_their_own(good: Path) -> None:
    with sandbox(good) as made:
        hanging = await begun(*(made.scrub(b"hang", hostile(number)) for number in range(8)))
        clean = await made.scrub(picture(), STAFF)
        assert await made.perceptual_hash(clean, STAFF) is not None
        more = await begun(made.scrub(b"hang", STAFF), made.scrub(picture(), STAFF))
        assert await more[1] == clean  # nor do they hold up each other
        assert not any(task.done() for task in hanging)
    await ended([*hanging, *more])


async def test_what_was_stopped_among_the_quick_is_tried_again_in_its_own_time(good: Path, tmp_path: Path) -> None:
    """Of four that hang at first, one is where it may stay, until its patience ends; the others move behind it."""
    marks = [tmp_path / f"seen {number}" for number in range(4)]
    with sandbox(good, patience=10) as made:
        slow = await begun(*(made.scrub(b"once " + bytes(mark), hostile(at)) for at, mark in enumerate(marks)))
        await until(lambda: all(mark.exists() for mark in marks))
        photos = [made.scrub(picture(), Origin("mail", PATH, b"%d" % number)) for number in range(20)]
        assert await asyncio.gather(*photos) == [scrub(picture())] * 20
        results = await ended(slow)
        assert scrub(picture()) in results
        assert {str(each) for each in results if each != scrub(picture())} == {"file_slow"}


async def test_a_file_that_takes_long_stays_where_it_is_while_nobody_waits(good: Path) -> None:
    with sandbox(good, patience=10) as made:
        first = made.pid
        with pytest.raises(Refused, match="file_slow"):
            await made.scrub(b"hang", HONEST)
        assert await made.scrub(picture(), HONEST) == scrub(picture())
        assert made.pid != first  # it was the child that was there from the start


async def test_a_document_is_given_up_sooner_than_a_picture(good: Path) -> None:
    with sandbox(good, limits=Limits(document_patience=1)) as made:
        picture_hangs = await begun(made.scrub(b"hang", hostile(1)))
        with pytest.raises(Refused, match="file_slow"):
            await made.scrub(b"%PDF-hang", hostile(2))
        assert not picture_hangs[0].done()
    await ended(picture_hangs)


async def test_one_message_has_so_many_seconds_for_all_its_files(good: Path) -> None:
    allowance = Allowance(5)
    with sandbox(good) as made:
        assert await made.scrub(picture(), HONEST, allowance) == scrub(picture())
        with pytest.raises(Refused, match="file_rest"):
            await made.scrub(b"%PDF-hang", HONEST, allowance)
        assert allowance.left <= 0
        with pytest.raises(Refused, match="file_rest"):
            await made.scrub(picture(), HONEST, allowance)
        assert await made.scrub(picture(), HONEST, Allowance(ENDLESS)) == scrub(picture())


async def test_what_finds_no_room_may_come_again(good: Path) -> None:
    with sandbox(good, children=2, space=Space(size=50_000)) as made:
        files = (b"%PDF-hang" + bytes(20_000), b"hang" + bytes(20_000))
        hanging = await begun(*(made.scrub(files[number % 2], hostile(number)) for number in range(20)))
        assert await made.scrub(picture(), HONEST) == scrub(picture())
        turned_away = [task for task in hanging if task.done()]
        assert turned_away
        assert {type(each) for each in await ended(turned_away)} == {FileAway}
    await ended(hanging)


def test_a_killed_child_is_replaced_by_one_that_is_ready() -> None:
    made = Sandbox(plan=replace(FOR_ALL, spare=1))
    made.start()
    try:
        for _ in range(3):
            child = made.pid
            assert child is not None
            os.kill(child, 9)
            assert ends(child)
            assert made.scrub_now(picture()) == scrub(picture())
            assert made.pid != child
    finally:
        made.stop()


async def test_who_gave_up_waiting_is_not_served(good: Path, tmp_path: Path) -> None:
    mark = tmp_path / "seen"
    with sandbox(good, children=2, limits=Limits(document_patience=1)) as made:
        hanging = await begun(*(made.scrub(b"%PDF-hang", hostile(number)) for number in range(2)))
        (waiting,) = await begun(made.scrub(b"%PDF-hang" + bytes(mark), HONEST))
        waiting.cancel()
        assert {type(each) for each in await ended([*hanging, waiting])} == {Refused, asyncio.CancelledError}
        assert await made.scrub(picture(), HONEST) == scrub(picture())


async def test_an_end_leaves_no_process_and_no_file_without_an_answer(good: Path) -> None:
    before = children_of(os.getpid())
    with sandbox(good, alone=True) as made:
        hanging = await begun(*(made.scrub(b"hang", hostile(number)) for number in range(12)))
        await made.scrub(picture(), HONEST)
        mine = children_of(os.getpid()) - before
        assert len(mine) >= 2
    assert {type(each) for each in await ended(hanging)} == {FileAway}
    assert not mine & children_of(os.getpid())
    with pytest.raises(FileAway):
        await made.scrub(picture(), HONEST)


def test_a_plan_has_somebody_for_every_kind() -> None:
    for children in range(2, 12):
        plan = Plan.of(children)
        assert len(plan.workers) == children + 1
        assert {kind for serves in plan.workers for kind in serves} == set(Kind)
        assert any(serves == (Kind.QUICK,) for serves in plan.workers)
        assert plan.spare == 2


# Children


def test_one_is_kept_ready_and_the_next_is_made_when_it_is_taken() -> None:
    made = Children(spawner_of(Limits()), Limits(), ENDLESS, spare=1)
    made.keep_spare()
    try:
        lines = [made.warm(0) for _ in range(3)]
        assert len({line.pid for line in lines}) == 3
        assert all(line.quiet() for line in lines)
        for line in lines:
            made.drop(line, BrokenPipeError())
    finally:
        made.stop()
    with pytest.raises(FileAway):
        made.warm(0)


def test_the_most_urgent_is_served_first() -> None:
    made = Children(spawner_of(Limits()), Limits(), ENDLESS, spare=1)
    order = []

    def wait(urgency: int) -> None:
        made.drop(made.warm(urgency), BrokenPipeError())
        order.append(urgency)

    made._keeper = made  # type: ignore[assignment]  # noqa: SLF001 -- nothing is made yet
    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(wait, urgency) for urgency in (1, 1, 0, 0)]
        with made._changed:  # noqa: SLF001 -- all stand there
            made._changed.wait_for(lambda: len(made._asking) == 4)  # noqa: SLF001 -- as above
        made._keeper = None  # noqa: SLF001 -- and now it begins
        made.keep_spare()
        for each in waiting:
            each.result()
    made.stop()
    assert order[:2] == [0, 0]


def test_where_none_can_be_had_everybody_who_asks_is_told() -> None:
    made = Children(spawner_of(Limits(), ("/bin/false",)), Limits(), ENDLESS, spare=1)
    made.keep_spare()
    try:
        for _ in range(3):
            with pytest.raises(FileAway):
                made.warm(0)
    finally:
        made.stop()


# What a child holds

HELD = """
import os, sys
from app.sandbox import child
room, _ = child.entered(sys.argv)
inward, outward = child.pipes()
child.close_all_but(inward.fileno(), outward.fileno())
room.put_clean(b"still there")
places = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
outward.write(repr([os.readlink(place) for place in places if os.path.lexists(place)]).encode())
"""


def test_a_child_holds_nothing_but_its_two_pipes() -> None:
    """Not the room's descriptor, of which mmap keeps a copy, nor what whoever started us forgot to close."""
    room = os.memfd_create("room", 0)
    os.ftruncate(room, Limits().file_bytes + Limits().clean_bytes)
    forgotten = os.open("/etc/hostname", os.O_RDONLY)
    command = (sys.executable, "-P", "-c", HELD, str(room), Limits().told())
    try:
        done = subprocess.run(  # noqa: S603 -- our own code
            command,
            env=environment(),
            stdin=subprocess.PIPE,
            capture_output=True,
            check=True,
            pass_fds=(room, forgotten),
        )
        held = done.stdout.decode()
        assert "pipe:" in held
        assert "memfd" not in held
        assert "hostname" not in held
        assert os.pread(room, 11, Limits().file_bytes) == b"still there"
    finally:
        os.close(room)
        os.close(forgotten)


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="only Linux chooses whom to end")
def test_where_memory_ends_a_child_goes_before_the_service() -> None:
    made = Sandbox()
    made.start()
    try:
        assert Path(f"/proc/{made.pid}/oom_score_adj").read_text(encoding="ascii").strip() == "1000"
    finally:
        made.stop()


TRIM = """
import ctypes
from app.sandbox import kept_memory
def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024
large = [bytearray(1 << 20) for _ in range(400)]
pin = bytes(1 << 20)
del large
before = held()
kept_memory.give_back()
print(before, held())
"""


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only glibc knows the way")
def test_memory_that_a_large_picture_needed_is_given_back() -> None:
    command = (sys.executable, "-P", "-c", TRIM)
    said = subprocess.run(command, env=environment(), capture_output=True, check=True).stdout  # noqa: S603 -- our own code
    before, after = map(int, said.split())
    assert before > 350
    assert after < 100


def test_a_clean_file_is_the_same_from_every_child() -> None:
    made = Sandbox(plan=Plan.of(2))
    made.start()
    try:
        results: list[Clean] = [made.scrub_now(data) for data in (picture(), png()) for _ in range(3)]
        assert results == [scrub(picture())] * 3 + [scrub(png())] * 3
    finally:
        made.stop()
