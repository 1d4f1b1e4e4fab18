"""What a provider's HTTP answers hold: a JSON object, or a file of bounded size."""

import json
from collections.abc import Mapping

import httpx

from core.errors import FileAway

MOST_BYTES = 20 << 20  # of a file


def json_object(answer: httpx.Response) -> Mapping[str, object]:
    """The object in it; empty where it is none."""
    try:
        given = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


async def bounded(answer: httpx.Response) -> bytes:
    """The bytes of an answer that is being streamed; raises FileAway where they are too many."""
    data = bytearray()
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise FileAway(final=True)
    return bytes(data)
