"""Bodies of requests: bounded in bytes and in time, whatever Content-Length says or does not say."""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from web.request_limits import admitted, keep

# What is still on its way is not waited for.
_CLOSE = {"Connection": "close"}
_LEAST_RATE = 32_768  # bytes a second: a photo over a poor line comes through, a byte now and then does not
_LONGEST = 180.0  # seconds
_DRAINED = 4  # times as much as is taken: what comes of a form that is too large, so that its answer is read
_LONGEST_LENGTH = 19  # digits of a Content-Length that anybody could mean


def _said_length(request: Request) -> int:
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()) or len(said) > _LONGEST_LENGTH:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE)
    return int(said)


class CutShort(HTTPException):
    """413 or 408, with the beginning of what came."""

    def __init__(self, status: int, came: bytes) -> None:
        super().__init__(status, headers=_CLOSE)
        self.came = came


@dataclass(slots=True, repr=False)
class _Coming:
    """A body on its way. `head`: bytes that are kept of one that is too large; 0: it is refused where that shows."""

    most: int
    head: int
    body: bytearray = field(default_factory=bytearray)
    count: int = 0
    too_large: bool = False

    def add(self, chunk: bytes) -> int:
        """Returns how many bytes more are kept. Raises HTTPException 413."""
        self.count += len(chunk)
        self.too_large = self.too_large or self.count > self.most
        if not self.too_large:
            self.body += chunk
            return len(chunk)
        if not self.head or self.count > _DRAINED * self.most:
            raise CutShort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self.beginning())
        self.body += chunk[: max(self.head - len(self.body), 0)]
        del self.body[self.head :]
        return 0

    def beginning(self) -> bytes:
        return bytes(self.body[: self.head])


async def _collect(request: Request, coming: _Coming, seconds: float) -> bytes:
    """Each byte that comes gives a little more time, up to an end."""
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(seconds) as patience:
        async for chunk in request.stream():
            keep(request, coming.add(chunk))
            patience.reschedule(began + min(seconds + coming.count / _LEAST_RATE, max(seconds, _LONGEST)))
    if coming.too_large:
        raise CutShort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, coming.beginning())
    return bytes(coming.body)


async def read(request: Request, *, most: int, seconds: float, head: int = 0) -> bytes:
    """The whole body, when it is its turn to be worked on.

    HTTPException 413 when it is larger; 408 when it has not come within `seconds` and what its bytes may take at the
    least rate; 400 when it breaks off; 429 or 503 when there is no place for it. `head`: of what is too large or slow
    so many bytes are told in CutShort; the rest of what is too large is read and dropped, or no browser shows the
    answer.
    """
    said = _said_length(request)
    if said > most and not head:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=_CLOSE)
    coming = _Coming(most, head, too_large=said > most)
    try:
        body = await _collect(request, coming, seconds)
    except TimeoutError:
        await admitted(request)
        raise CutShort(HTTPStatus.REQUEST_TIMEOUT, coming.beginning()) from None
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST, headers=_CLOSE) from None
    except CutShort:
        await admitted(request)
        raise
    await admitted(request)
    return body
