"""Answers of providers by HTTP, bounded in size: what one says, and a file; for every channel that calls one."""

import json
from collections.abc import Mapping

import httpx

from core.errors import FileAway

MOST_BYTES = 20 << 20  # of a file
MOST_SAID = 1 << 20  # bytes of any other answer: they say an id, or what was wrong
_LONGEST_REST = 3600.0  # seconds; a broken answer could ask for years, and for more than a date holds
_KEPT = ("Content-Type", "Retry-After", "Location")
_PLAIN = {"Accept-Encoding": "identity"}
"""What is packed is not unpacked: a thousand bytes of it can be a million."""


def json_object(answer: httpx.Response) -> Mapping[str, object]:
    """The object in it; empty where it is none."""
    try:
        given = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def seconds_asked(answer: httpx.Response) -> float | None:
    """Retry-After, an hour at most; the date form is not read, our own patience serves as well."""
    given = answer.headers.get("Retry-After", "").strip()
    return min(float(given), _LONGEST_REST) if given.isascii() and given.isdigit() else None


async def asked(client: httpx.AsyncClient, method: str, url: str, **sent: object) -> httpx.Response:
    """The answer, cut off where it is too long: then it is no object. Raises what httpx raises."""
    data = bytearray()
    async with client.stream(method, url, headers=_PLAIN, **sent) as answer:  # type: ignore[arg-type]  # httpx's own
        async for piece in answer.aiter_raw():
            data += piece
            if len(data) > MOST_SAID:
                break
    return _whole(answer, data)


def _whole(answer: httpx.Response, data: bytes | bytearray) -> httpx.Response:
    kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
    return httpx.Response(answer.status_code, headers=kept, content=bytes(data))


async def fetched(client: httpx.AsyncClient, url: str, auth: httpx.Auth | None = None) -> httpx.Response | bytes:
    """The bytes of a file; the answer, where it is none: a redirect, or a refusal. Raises FileAway: they are too many.

    Raises what httpx raises.
    """
    async with client.stream("GET", url, headers=_PLAIN, auth=auth) as answer:
        if answer.has_redirect_location or not answer.is_success:
            return _whole(answer, b"")
        return await bounded(answer)


async def bounded(answer: httpx.Response) -> bytes:
    """The bytes of an answer that is being streamed; raises FileAway where they are too many."""
    data = bytearray()
    async for piece in answer.aiter_raw():
        data += piece
        if len(data) > MOST_BYTES:
            raise FileAway(final=True, too_large=True)
    return bytes(data)
