"""How long somebody waits: not for a store that answers nobody, but for one that is busy."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from app.turn_threads import Patience, TurnThreads
from core.errors import StoreAway

MOST = 3


class Held:
    """Work that ends when a test lets it; `begun` and `done` count."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.begun = self.done = 0

    def __call__(self) -> str:
        self.begun += 1
        self.may_end.wait()
        self.done += 1
        return "late"


@pytest.fixture
async def held() -> AsyncIterator[Held]:
    made = Held()
    yield made
    made.may_end.set()


async def test_a_store_that_answers_nobody_is_away_and_what_was_begun_goes_on(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=0.05))
    with pytest.raises(StoreAway):
        await threads.ask(held)
    assert (held.begun, held.done) == (1, 0)
    held.may_end.set()
    threads.close()
    assert held.done == 1


async def test_what_was_not_begun_is_never_done(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=0.05))
    asked = await asyncio.gather(*(threads.ask(held) for _ in range(MOST + 4)), return_exceptions=True)
    assert all(isinstance(each, StoreAway) for each in asked)
    held.may_end.set()
    threads.close()
    assert held.done == MOST


async def test_while_others_are_answered_one_waits_on(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=0.2))
    waiting = asyncio.create_task(threads.ask(held))
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() - began < 0.6:
        assert await threads.ask(lambda: "quick") == "quick"
        await asyncio.sleep(0)
    assert not waiting.done()
    held.may_end.set()
    assert await waiting == "late"
    threads.close()


async def test_while_turns_begin_that_share_a_commit_all_of_them_wait_on(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=0.2))
    waiting = asyncio.create_task(threads.ask(held))
    began = asyncio.get_running_loop().time()
    while asyncio.get_running_loop().time() - began < 0.6:
        threads.lives()
        await asyncio.sleep(0)
    assert not waiting.done()
    held.may_end.set()
    assert await waiting == "late"
    threads.close()


async def test_nobody_waits_for_ever_even_so(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=60, longest=0.05))
    with pytest.raises(StoreAway):
        await threads.ask(held)
    held.may_end.set()
    threads.close()


async def test_a_monitor_brings_its_own_patience_and_work_without_end_has_none(held: Held) -> None:
    threads = TurnThreads(MOST, Patience(silent=0.01, longest=0.01))
    waiting = asyncio.create_task(threads.run(held))
    with pytest.raises(StoreAway):
        await threads.ask(held, 0.05)
    assert not waiting.done()
    held.may_end.set()
    assert await waiting == "late"
    threads.close()


async def test_what_is_raised_is_raised_and_a_cancelled_wait_leaves_nothing(held: Held) -> None:
    threads = TurnThreads(1, Patience())

    def fails() -> None:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await threads.ask(fails)
    asking = [asyncio.create_task(threads.ask(held)) for _ in range(2)]
    await asyncio.sleep(0)
    for each in asking:
        each.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    held.may_end.set()
    threads.close()
    assert held.done <= 1
