"""What was counted within the last minute is counted once, however many ask."""

import asyncio

import pytest

from core.errors import StoreAway
from tests.fakes.web_services import Behind
from web import Statistics
from web.recent import Recent

COUNTED = Statistics(12345)


class Watch:
    """A clock that a test turns."""

    time = 1000.0

    def __call__(self) -> float:
        return self.time


async def test_who_asks_within_the_minute_gets_what_was_counted() -> None:
    behind, watch = Behind(), Watch()
    recent = Recent(behind.statistics, watch)
    for passed, counts in ((0.0, 1), (59.0, 1), (60.0, 2), (61.0, 2), (200.0, 3)):
        watch.time = 1000.0 + passed
        await recent.get("id")
        assert len(behind.counts) == counts


async def test_each_language_is_counted_for_itself() -> None:
    behind = Behind()
    recent = Recent(behind.statistics, Watch())
    for lang in ("id", "en", "id", "en"):
        await recent.get(lang)
    assert behind.counts == ["id", "en"]


async def test_a_crowd_that_comes_together_waits_for_one_count() -> None:
    counts: list[str] = []
    may_end = asyncio.Event()

    async def slow(lang: str) -> Statistics:
        counts.append(lang)
        await may_end.wait()
        return COUNTED

    recent = Recent(slow, Watch())
    async with asyncio.TaskGroup() as crowd:
        asked = [crowd.create_task(recent.get("id")) for _ in range(50)]
        asyncio.get_running_loop().call_later(0.01, may_end.set)
    assert {one.result() for one in asked} == {COUNTED}
    assert counts == ["id"]


async def test_a_count_that_failed_is_not_kept() -> None:
    behind = Behind(raises=StoreAway())
    recent = Recent(behind.statistics, Watch())
    with pytest.raises(StoreAway):
        await recent.get("id")
    behind.raises = None
    assert await recent.get("id") == behind.counted
