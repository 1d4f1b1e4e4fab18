"""Forms out of bounded bytes: nothing is spooled to a disk, and a file is no field."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from web.body import CutShort, read

MOST_FIELDS = 40
_HEAD = 1 << 19  # bytes of a form that is too large or slow: its words stand in front of its files
_MULTIPART = "multipart/form-data"
# Python knows stranger codecs, and they are not for the network: 400 kB of punycode held everybody up for four seconds.
_OLD = "windows-1252"  # of old browsers that say nothing
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})


class _Typed(FormParser):
    """Octets of a form are UTF-8 where they can be, whatever is said of them; curl sends them as they are."""

    def on_field_end(self) -> None:
        """Starlette reads octets that were not escaped as Latin-1, and loses those of another charset."""
        super().on_field_end()
        self._items[-1] = (self._decoded(self._field_name), self._decoded(self._field_value))

    def _decoded(self, typed: bytearray) -> str:
        octets = unquote_to_bytes(bytes(typed).replace(b"+", b" "))
        said = _charset(self.headers)
        for charset in ("utf-8", *({said} & _CHARSETS)):
            try:
                return octets.decode(charset)
            except UnicodeDecodeError:
                continue
        return octets.decode(_OLD, "replace")


class _InMemory(MultiPartParser):
    """A file of a citizen or of staff never touches the disk unsealed; its size is bounded before."""

    spool_max_size = 1 << 40
    ended = False

    def on_end(self) -> None:
        """Its last boundary has come."""
        self.ended = True

    def refused(self) -> HTTPException:
        """Why it could not be read to its end."""
        if self._current_files > self.max_files:
            return TooMany("files", int(self.max_files))
        if self._current_fields > self.max_fields:
            return TooMany("fields", int(self.max_fields))
        return HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)


class TooMany(HTTPException):
    """422: more of `what` (fields or files) than the `most` that the form may have."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(HTTPStatus.UNPROCESSABLE_ENTITY)
        self.what, self.most = what, most


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


class Unread(HTTPException):
    """A form that was not read to its end: 413, 408, or 422 where it has too many files. `form`: its words before."""

    def __init__(self, no: HTTPException, form: Filled) -> None:
        super().__init__(no.status_code, headers=no.headers)
        self.form = form


def is_from_elsewhere(request: Request) -> bool:
    """Whether a page of another site sent it, as far as its browser says; an old one says nothing."""
    return request.headers.get("sec-fetch-site") == "cross-site"


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _parser(request: Request, body: bytes, files: int, fields: int) -> FormParser | _InMemory:
    """HTTPException 415; 422 for more fields than there may be, empty ones too, each of which costs a moment."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding in {"", "identity"} and _kind(request) == "application/x-www-form-urlencoded":
        if body.count(b"&") > fields:
            raise TooMany("fields", fields)
        return _Typed(request.headers, _once(body), max_fields=fields)
    if coding in {"", "identity"} and _kind(request) == _MULTIPART and _charset(request.headers) in _CHARSETS:
        return _InMemory(request.headers, _once(body), max_files=files, max_fields=fields)
    raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _charset(headers: Headers) -> str:
    """Of its words, read as the parser will read it."""
    _, said = parse_options_header(headers.get("content-type", ""))
    return said.get(b"charset", b"utf-8").decode("latin-1").strip().lower()


def _words(items: Iterable[tuple[str, object]]) -> Filled:
    ticked: dict[str, tuple[str, ...]] = {}
    for name, value in items:
        if isinstance(value, str):
            ticked[_text(name)] = (*ticked.get(_text(name), ()), _text(value))
    return Filled({name: every[-1] for name, every in ticked.items()}, ticked=ticked)


async def _begun(request: Request, came: bytes, several: int) -> Filled:
    """The words of a form that breaks off: each field that came to its end."""
    parser = _parser(request, came, 0, several)
    try:
        whole = await parser.parse()
    except (MultiPartException, FormParserError, ValueError):
        return _words(parser.items) if isinstance(parser, _InMemory) else NOTHING
    return _words(whole.multi_items())


async def filled(
    request: Request, *, most: int, seconds: float, files: int = 0, several: int = MOST_FIELDS, keeps: bool = False
) -> Filled:
    """The whole form; a file that was not chosen is left out. HTTPException as `read`, 415, or 422.

    `keeps`: what is too large, too slow or has too many files is told in Unread, with its words.
    """
    try:
        body = await read(request, most=most, seconds=seconds, head=_HEAD if keeps else 0)
    except CutShort as cut:
        if not keeps:
            raise
        raise Unread(cut, await _begun(request, cut.came, several)) from None
    parser = _parser(request, body, files, several)
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError, ValueError):
        # ValueError: a charset such as "undefined", which Python knows and cannot decode.
        if not isinstance(parser, _InMemory):
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None
        no = parser.refused()
        if keeps and isinstance(no, TooMany) and no.what == "files":
            raise Unread(no, _words(parser.items)) from None
        raise no from None
    if isinstance(parser, _InMemory) and not parser.ended:
        await form.close()
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)  # what stood in its last part would be lost in silence
    several_of = (
        (name if not at else f"{name}.{at}", value)
        for name in form
        for at, value in enumerate(each for each in form.getlist(name) if isinstance(each, UploadFile))
    )
    chosen = {name: await value.read() for name, value in several_of}
    await form.close()
    return replace(_words(form.multi_items()), files={name: data for name, data in chosen.items() if data})
