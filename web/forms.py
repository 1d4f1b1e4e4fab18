"""Small forms out of bounded bytes: nothing is spooled to a disk, and a file is no field."""

from collections.abc import AsyncGenerator
from http import HTTPStatus

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from web.body import read

_MOST_FIELDS = 40


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


async def _parse(request: Request, body: bytes) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return await FormParser(request.headers, _once(body), max_fields=_MOST_FIELDS).parse()
    if kind == "multipart/form-data":
        return await MultiPartParser(request.headers, _once(body), max_files=0, max_fields=_MOST_FIELDS).parse()
    raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


async def fields(request: Request, *, most: int, seconds: float) -> dict[str, str]:
    """Every field without the spaces around it, the last of a name; HTTPException as `read`, 415, or 422."""
    body = await read(request, most=most, seconds=seconds)
    try:
        form = await _parse(request, body)
    except (MultiPartException, FormParserError, ValueError):
        # ValueError: a charset such as "undefined", which Python knows and cannot decode.
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None
    return {name: value.strip() for name, value in form.multi_items() if isinstance(value, str)}


async def field(request: Request, name: str, *, most: int, seconds: float) -> str:
    """One of them, empty when it is missing."""
    return (await fields(request, most=most, seconds=seconds)).get(name, "")
