"""Bodies of requests: bounded in bytes and in time, whatever Content-Length says or does not say."""

import asyncio
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from web.request_limits import admitted, keep

# What is still on its way is not waited for.
_CLOSE = {"Connection": "close"}
_LEAST_RATE = 32_768  # bytes a second: a photo over a poor line comes through, a byte now and then does not
_LONGEST = 180.0  # seconds
_LONGEST_LENGTH = 19  # digits of a Content-Length that anybody could mean


def _said_length(request: Request) -> int:
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()) or len(said) > _LONGEST_LENGTH:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE)
    return int(said)


async def _collect(request: Request, most: int, seconds: float) -> bytes:
    """Each byte that comes gives a little more time, up to an end."""
    began = asyncio.get_running_loop().time()
    body = bytearray()
    async with asyncio.timeout(seconds) as patience:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=_CLOSE)
            keep(request, len(chunk))
            patience.reschedule(began + min(seconds + len(body) / _LEAST_RATE, max(seconds, _LONGEST)))
    return bytes(body)


async def read(request: Request, *, most: int, seconds: float) -> bytes:
    """The whole body, when it is its turn to be worked on.

    HTTPException 413 when it is larger; 408 when it has not come within `seconds` and what its bytes may take at the
    least rate; 400 when it breaks off; 429 or 503 when there is no place for it.
    """
    if _said_length(request) > most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=_CLOSE)
    try:
        body = await _collect(request, most, seconds)
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers=_CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE) from None
    await admitted(request)
    return body
