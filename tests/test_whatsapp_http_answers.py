"""What a provider answers is an object or nothing, and a file is taken whole or not at all."""

import httpx
import pytest

from bots.whatsapp.http_answers import MOST_BYTES, bounded, json_object
from core.errors import FileAway


@pytest.mark.parametrize("body", [b"", b"no", b"[1]", b"null", b'"x"', b"[" * 100_000, b"\xff"])
def test_what_is_no_object_is_an_empty_one(body: bytes) -> None:
    assert json_object(httpx.Response(200, content=body)) == {}


def test_an_object_is_read() -> None:
    assert json_object(httpx.Response(200, content=b'{"sid": "SM1"}')) == {"sid": "SM1"}


async def test_a_file_of_the_largest_size_is_whole() -> None:
    assert len(await bounded(httpx.Response(200, content=bytes(MOST_BYTES)))) == MOST_BYTES


async def test_a_byte_more_is_no_file() -> None:
    with pytest.raises(FileAway) as away:
        await bounded(httpx.Response(200, content=bytes(MOST_BYTES + 1)))
    assert away.value.final
