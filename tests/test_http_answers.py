"""What a provider answers is an object or nothing and never too long, and a file is whole or not taken at all."""

import gzip
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bots.http_answers import (
    MOST_BYTES,
    MOST_SAID,
    asked,
    bounded,
    fetched,
    json_object,
    seconds_asked,
)
from core.errors import FileAway


class Pieces(httpx.AsyncByteStream, httpx.SyncByteStream):
    """So many bytes, and how many were read."""

    def __init__(self, size: int, body: bytes = b"") -> None:
        self.left, self.body, self.read = size, body, 0

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0:
            piece = self.body or bytes(min(self.left, 65_536))
            self.left -= len(piece)
            self.read += len(piece)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in iter(self):
            yield piece


def wire(answer: httpx.Response) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: answer)


async def test_an_answer_without_end_is_cut_off_and_is_no_object() -> None:
    endless = Pieces(1 << 40)
    async with httpx.AsyncClient(transport=wire(httpx.Response(201, stream=endless))) as client:
        answer = await asked(client, "POST", "https://api.example/x", json={})
    assert (answer.status_code, json_object(answer)) == (201, {})
    assert endless.read <= MOST_SAID + 65_536


async def test_what_comes_packed_all_the_same_is_not_unpacked() -> None:
    packed = gzip.compress(bytes(1 << 22))
    answer = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Pieces(len(packed), packed))
    async with httpx.AsyncClient(transport=wire(answer)) as client:
        assert await fetched(client, "https://api.example/x") == packed


@pytest.mark.parametrize("body", [b"", b"no", b"[1]", b"null", b'"x"', b"[" * 100_000, b"\xff"])
def test_what_is_no_object_is_an_empty_one(body: bytes) -> None:
    assert json_object(httpx.Response(200, content=body)) == {}


def test_an_object_is_read() -> None:
    assert json_object(httpx.Response(200, content=b'{"sid": "SM1"}')) == {"sid": "SM1"}


@pytest.mark.parametrize(
    ("asks", "rests"),
    [("7", 7.0), ("3601", 3600.0), ("9" * 400, 3600.0), ("-1", None), ("1e9", None), ("nan", None), ("", None)],
)
def test_a_provider_is_rested_for_no_longer_than_an_hour_whatever_it_asks(asks: str, rests: float | None) -> None:
    assert seconds_asked(httpx.Response(429, headers={"Retry-After": asks})) == rests


async def test_a_file_of_the_largest_size_is_whole() -> None:
    assert len(await bounded(httpx.Response(200, stream=Pieces(MOST_BYTES)))) == MOST_BYTES


async def test_a_byte_more_is_no_file() -> None:
    with pytest.raises(FileAway) as away:
        await bounded(httpx.Response(200, stream=Pieces(MOST_BYTES + 1)))
    assert away.value.final
