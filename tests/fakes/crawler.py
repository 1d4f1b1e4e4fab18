"""Somebody at the desk who follows every link and sends every form that asks for a page; all that came back is kept."""

import re
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit
from zipfile import ZipFile

import httpx
import pypdfium2  # type: ignore[import-untyped,unused-ignore]

from core.model import Number

_NUMBER = re.compile(r"\bR[0-9A-HJKMNP-TV-Z]{8}\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CHOICES = 3  # of each list of choices
_FORM = re.compile(r"(?=<form\b)")
_LEADS = r"<(?:a|img|form)\b[^>]*>|</form>|<[^<>]*\bhx-get=[^>]*>"
_POSTED, _ASKING = re.compile(_LEADS), re.compile(_LEADS + r"|<(?:input|textarea|select|option)\b[^>]*>")


@dataclass(frozen=True)
class Came:
    """One answer; `layers`: headers, body, and what is packed or spelled another way inside."""

    address: str
    status: int
    layers: bytes = field(repr=False)
    numbers: frozenset[Number] = frozenset()


class _Reader(HTMLParser):
    """Links, pictures, and forms with what they would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.asking: list[tuple[str, dict[str, list[str]]]] = []
        self.posts: list[str] = []
        self._fields: dict[str, list[str]] | None = None
        self._select = ""
        self.feed("".join(_looked_at(html)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"a", "img"}:
            self.links.append(given.get("href") or given.get("src") or "")
        elif "hx-get" in given:
            self.links.append(given["hx-get"])
        elif tag == "form" and given.get("method") == "get":
            self._fields = {}
            self.asking.append((given.get("action", ""), self._fields))
        elif tag == "form":
            self.posts.append(given.get("action", ""))
        elif self._fields is not None:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None

    def _field(self, tag: str, given: dict[str, str]) -> None:
        fields = self._fields if self._fields is not None else {}
        if tag in {"input", "textarea"} and given.get("name"):
            fields.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self._select = given.get("name", "")
            fields[self._select] = [""]
        elif tag == "option" and self._select in fields:
            fields[self._select].append(given.get("value", ""))


def _looked_at(html: str) -> Iterator[str]:
    """Those of its tags that say where one can go: most of a page is words, and choices of forms that are posted."""
    for part in _FORM.split(html):
        asking = part.startswith("<form") and 'method="get"' in part[: part.index(">")]
        yield from (_ASKING if asking else _POSTED).findall(part)


def _asked(action: str, fields: dict[str, list[str]]) -> Iterator[str]:
    """As it stands, then with each choice alone."""
    plain = {name: values[0] for name, values in fields.items()}
    yield f"{action}?{urlencode(plain)}"
    for name, values in fields.items():
        for value in [each for each in values[1:] if each][:_CHOICES]:
            yield f"{action}?{urlencode(plain | {name: value})}"


def came(address: str, answer: httpx.Response) -> Came:
    """With everything unpacked."""
    text = answer.text if "text" in answer.headers.get("content-type", "") else ""
    heads = b"\n".join(name + b": " + value for name, value in answer.headers.raw)
    layers = [heads, answer.content, *_inside(answer.content), unescape(unquote(text)).encode()]
    whole = b"\n".join(layers)
    return Came(address, answer.status_code, whole, frozenset(map(Number, _NUMBER.findall(whole.decode("latin-1")))))


def _inside(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as packed:
            yield from (each.filename.encode() + b"\n" + packed.read(each) for each in packed.infolist())
    elif data.startswith(b"%PDF"):
        yield from (zlib.decompressobj().decompress(each) for each in _STREAM.findall(data) if each[:1] == b"\x78")
        for page in pypdfium2.PdfDocument(BytesIO(data)):
            yield page.get_textpage().get_text_range().encode()


@dataclass
class Crawler:
    """A browser of one person's, from their first page as far as it leads."""

    client: httpx.AsyncClient
    most: int = 400
    most_of_one: int = 40  # addresses of one page that differ in what is asked for: months go back for ever
    found: list[Came] = field(default_factory=list)
    posts: set[str] = field(default_factory=set)
    _known: set[str] = field(default_factory=set)
    _times: Counter[str] = field(default_factory=Counter)

    async def goes_everywhere(self, start: str) -> list[Came]:
        """Breadth first, so that what is cut off is what lies deepest."""
        ahead: deque[str] = deque([start])
        while ahead and len(self.found) < self.most:
            address = ahead.popleft()
            path = urlsplit(address).path
            if address in self._known or self._times[path] >= self.most_of_one:
                continue
            self._known.add(address)
            self._times[path] += 1
            answer = await self.client.get(address)
            self.keep(address, answer)
            ahead.extend(self._onward(address, answer))
        return self.found

    def keep(self, address: str, answer: httpx.Response) -> None:
        """Something that was asked for by hand."""
        self.found.append(came(address, answer))

    def _onward(self, address: str, answer: httpx.Response) -> Iterator[str]:
        if answer.is_redirect:
            yield from self._ours(address, answer.headers["location"])
        if "text/html" not in answer.headers.get("content-type", ""):
            return
        page = _Reader(answer.text)
        self.posts |= {urlsplit(each).path for each in page.posts}
        asked = [each for action, fields in page.asking for each in _asked(action, fields)]
        for link in (*page.links, *asked):
            yield from self._ours(address, link)

    def _ours(self, address: str, link: str) -> Iterator[str]:
        """Pages of the desk, in the language that was begun in."""
        to = urlsplit(urljoin(address, link))
        inside = not to.scheme and to.path.startswith(("/petugas", "/static"))
        if inside and "lang" not in dict(parse_qsl(to.query)):
            yield f"{to.path}?{to.query}" if to.query else to.path
