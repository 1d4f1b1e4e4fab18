"""A mail is what stands before the lone dot, whatever pieces the wire brings it in."""

import asyncio

import pytest

from bots.mail.content import content_of


@pytest.mark.parametrize(
    ("wire", "mail"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"satu\r\n.\r\n", b"satu\r\n"),
        (b"..\r\n...\r\n.x\r\n.\r\n", b".\r\n..\r\nx\r\n"),
        (b"a\n.\nb\r.\rc\r\n.\r\n", b"a\n.\nb\r.\rc\r\n"),
        (b"x" * 700 + b"\r\n..y\r\n.\r\n", b"x" * 700 + b"\r\n.y\r\n"),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 3, 1_000])
async def test_content_is_what_stands_before_the_lone_dot(wire: bytes, mail: bytes, step: int) -> None:
    reader = asyncio.StreamReader(limit=64)
    reading = asyncio.create_task(content_of(reader, 1_000))
    rest = wire + b"QUIT\r\n"
    for at in range(0, len(rest), step):
        reader.feed_data(rest[at : at + step])
        await asyncio.wait({reading}, timeout=0)
    assert await reading == mail
    assert await reader.readline() == b"QUIT\r\n"


async def test_what_is_too_large_is_read_to_its_end() -> None:
    reader = asyncio.StreamReader(limit=64)
    reader.feed_data(b"x" * 98 + b"\r\n.\r\n" + b"x" * 99 + b"\r\n.\r\nQUIT\r\n")
    assert await content_of(reader, 100) == b"x" * 98 + b"\r\n"
    assert await content_of(reader, 100) is None
    assert await reader.readline() == b"QUIT\r\n"
