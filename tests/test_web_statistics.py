"""/statistik: plain tables, counted at most once a minute."""

import asyncio
from dataclasses import replace

import pytest

from core.errors import StoreAway
from core.phrases import phrase
from tests.fakes.web_services import Behind, get
from web import Statistics, Table
from web.statistics import Recent

COUNTED = Statistics(
    12345,
    (
        Table("Menurut kota", (("Jakarta Selatan", 10000), ("Jakarta Utara", 2345))),
        Table("Kosong", ()),
        Table("Nol", (("Tidak ada", 0),)),
    ),
)


async def test_the_tables_are_shown_with_numbers_as_people_write_them() -> None:
    behind = Behind(counted=COUNTED)
    indonesian = (await get(behind.app(), "/statistik")).text
    english = (await get(behind.app(), "/statistik?lang=en")).text
    assert "12.345" in indonesian
    assert "12,345" in english
    assert "Jakarta Selatan" in indonesian
    assert "Kosong" not in indonesian


async def test_the_longest_bar_is_the_greatest_number() -> None:
    html = (await get(Behind(counted=COUNTED).app(), "/statistik")).text
    assert 'width="100.0%"' in html
    assert 'width="23.4%"' in html or 'width="23.5%"' in html
    assert 'width="0.0%"' in html


async def test_a_service_without_reports_says_so() -> None:
    html = (await get(Behind(counted=Statistics(0)).app(), "/statistik")).text
    assert phrase("web_statistics_none", "id") in html


async def test_how_batches_are_counted_is_said_in_place_of_how_all_are() -> None:
    html = (await get(Behind(counted=replace(COUNTED, note="Dari terbitan.")).app(), "/statistik")).text
    assert "Dari terbitan." in html
    assert phrase("web_statistics_note", "id") not in html
    assert phrase("web_statistics_lead", "id") not in html


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
