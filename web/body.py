"""Bodies of requests: bounded in bytes and in time, whatever Content-Length says or does not say."""

import asyncio
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

# What is still on its way is not waited for.
_CLOSE = {"Connection": "close"}
_LONGEST_LENGTH = 19  # digits of a Content-Length that anybody could mean


def _said_length(request: Request) -> int:
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()) or len(said) > _LONGEST_LENGTH:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE)
    return int(said)


async def _collect(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=_CLOSE)
    return bytes(body)


async def read(request: Request, *, most: int, seconds: float) -> bytes:
    """The whole body; HTTPException 413 when it is larger, 408 when it takes longer, 400 when it breaks off."""
    if _said_length(request) > most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=_CLOSE)
    try:
        async with asyncio.timeout(seconds):
            return await _collect(request, most)
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers=_CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE) from None
