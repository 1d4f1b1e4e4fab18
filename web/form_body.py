"""Forms out of bounded bytes: nothing is spooled to a disk, and a file is no field."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from web.body import read

MOST_FIELDS = 40


class _InMemory(MultiPartParser):
    """A file of a citizen or of staff never touches the disk unsealed; its size is bounded before."""

    spool_max_size = 1 << 40


@dataclass(frozen=True, slots=True)
class Filled:
    """A form: what was typed, without NUL and surrogates, and the files that were chosen, by field."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # a second one of a field as field.1
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)  # all of one name, in order

    def text(self, name: str) -> str:
        """Without the spaces around it; empty where it is missing."""
        return self.fields.get(name, "").strip()


NOTHING = Filled()


def _text(typed: str) -> str:
    """Without what no text holds and no page can show: a NUL, and half a character, which odd charsets decode to."""
    return typed.replace("\x00", " ").encode("utf-8", "ignore").decode()


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


async def _parse(request: Request, body: bytes, files: int, fields: int) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return await FormParser(request.headers, _once(body), max_fields=fields).parse()
    if kind == "multipart/form-data":
        return await _InMemory(request.headers, _once(body), max_files=files, max_fields=fields).parse()
    raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


async def filled(request: Request, *, most: int, seconds: float, files: int = 0, several: int = MOST_FIELDS) -> Filled:
    """The whole form; a file that was not chosen is left out. HTTPException as `read`, 415, or 422."""
    body = await read(request, most=most, seconds=seconds)
    try:
        form = await _parse(request, body, files, several)
    except (MultiPartException, FormParserError, ValueError):
        # ValueError: a charset such as "undefined", which Python knows and cannot decode.
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None
    ticked: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            ticked[_text(name)] = (*ticked.get(_text(name), ()), _text(value))
    fields = {name: every[-1] for name, every in ticked.items()}
    several_of = (
        (name if not at else f"{name}.{at}", value)
        for name in form
        for at, value in enumerate(each for each in form.getlist(name) if isinstance(each, UploadFile))
    )
    chosen = {name: await value.read() for name, value in several_of}
    await form.close()
    return Filled(fields, {name: data for name, data in chosen.items() if data}, ticked)
