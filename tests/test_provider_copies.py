"""What a provider keeps of a message is deleted there, later again if it must, and never in anybody's way."""

import asyncio
from collections.abc import Iterator

import pytest

from bots.provider_copies import ProviderCopies
from bots.whatsapp.cloud_api import CloudApi
from tests.fakes.patience import PATIENCE
from tests.fakes.whatsapp_server import WhatsAppServer


@pytest.fixture
def meta() -> Iterator[WhatsAppServer]:
    with WhatsAppServer() as server:
        yield server


async def test_each_is_tried_until_it_is_gone_or_patience_ends() -> None:
    tried: list[str] = []
    done = asyncio.Event()

    async def delete(name: str) -> bool:
        tried.append(name)
        if len(tried) == 7:
            done.set()
        if name == "odd":
            raise RuntimeError(name)
        return name == "gone" or tried.count(name) == 2

    copies = ProviderCopies(delete, patience=(0.0, 0.0))
    for name in ("gone", "busy", "odd", "late"):
        copies.add(name)
    working = asyncio.create_task(copies.work())
    await asyncio.wait_for(done.wait(), PATIENCE)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert {name: tried.count(name) for name in tried} == {"gone": 1, "busy": 2, "odd": 2, "late": 2}


async def test_a_file_at_meta_is_deleted_and_one_that_is_gone_is_done(meta: WhatsAppServer) -> None:
    api = CloudApi(meta.settings("https://resi.example"))
    media = meta.holds("2754859441498128", "image/jpeg", b"x")
    assert await api.delete(media)
    assert meta.deleted == [media]
    assert await api.delete("404")
    meta.stop()
    assert not await api.delete(media)


async def test_the_queue_is_bounded_and_a_fault_does_not_end_the_work(caplog: pytest.LogCaptureFixture) -> None:
    tried: list[str] = []
    done = asyncio.Event()

    async def delete(name: str) -> bool:
        tried.append(name)
        if len(tried) == 1:
            raise RuntimeError("SM1")
        done.set()
        return True

    deletions = ProviderCopies(delete, (0.0,), most=2)
    for sid in ("SM1", "SM2", "SM3"):
        deletions.add(sid)
    work = asyncio.create_task(deletions.work())
    async with asyncio.timeout(PATIENCE):
        await done.wait()
    work.cancel()
    assert tried == ["SM1", "SM2"]
    assert "queue full" in caplog.text
    assert "SM1" not in caplog.text
