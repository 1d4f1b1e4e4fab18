"""Bodies are bounded in bytes and in time."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.fakes.web_services import Behind, Ear, client


async def _sends(ear: Ear, chunks: AsyncIterator[bytes], **settings: float) -> httpx.Response:
    async with client(Behind().app(ear.hook(max_bytes=10), **settings)) as wire:
        return await wire.post("/hooks/sms", content=chunks)


async def test_a_body_without_a_length_is_counted_as_it_comes() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"12345678"

    ear = Ear()
    answer = await _sends(ear, endless())
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"
    assert not ear.heard


async def test_a_small_body_in_pieces_arrives_whole() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"123", b"", b"4567", b"890"):
            yield piece

    ear = Ear()
    assert (await _sends(ear, pieces())).status_code == 200
    assert ear.heard[0].body == b"1234567890"


async def test_a_body_that_stalls_is_given_up() -> None:
    async def stalls() -> AsyncIterator[bytes]:
        yield b"1"
        await asyncio.Event().wait()

    ear = Ear()
    answer = await _sends(ear, stalls(), body_seconds=0.05)
    assert answer.status_code == 408
    assert not ear.heard


@pytest.mark.parametrize(
    ("length", "status"),
    [("11", 413), ("9" * 19, 413), ("9" * 5000, 400), ("-1", 400), ("1e3", 400), ("\u00b2", 400), ("", 400)],
)
async def test_a_length_is_believed_only_to_refuse(length: str, status: int) -> None:
    ear = Ear()
    async with client(Behind().app(ear.hook(max_bytes=10))) as wire:
        answer = await wire.post("/hooks/sms", content=b"1", headers=[(b"Content-Length", length.encode("latin-1"))])
    assert answer.status_code == status
    assert not ear.heard
