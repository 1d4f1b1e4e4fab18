"""From a mail's bytes to what may be known of it: a whitelist, and no mail can raise or hang here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bots.mail import fallback_text, hypertext
from bots.mail.automatic import is_automatic
from bots.mail.charset import header_words, words
from bots.mail.mime_parts import Head, Leaf, leaves, split
from core.watch import total

MAX_FILES = 10
TEXT_LIMIT = 1_000_000  # encoded bytes of all texts of a mail, and as many again of its pages
_READABLE = frozenset({"text/plain", "text/html"})
_MOST_LINES = 20_000  # that are put together again where lines flow
_SOURCE_LIMIT = 400_000  # encoded bytes of all texts in which our own marks are sought
_TINY = 2_048  # an inline picture below this is a tracking pixel or a signature's mark
_OFFICE = re.compile(
    r"application/(?:pdf|x-pdf|rtf|msword|vnd\.ms-(?:excel|powerpoint|word)\S*"
    r"|vnd\.openxmlformats-officedocument\.\S+|vnd\.oasis\.opendocument\.\S+)"
)
_UNKNOWN = frozenset(
    {"application/octet-stream", "application/x-download", "application/download", "application/force-download"}
)
_MAGIC = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8|%PDF-|RIFF.{4}WEBP|.{4}ftyp|II\*\0|MM\0\*", re.DOTALL)
_META = re.compile(rb"<meta[^<>]{1,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_FLOW_QUOTES = re.compile(r">*")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, as far as it may be known."""

    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)
    automatic: bool = False
    message_id: str = field(default="", repr=False)
    in_reply_to: str = field(default="", repr=False)
    references: str = field(default="", repr=False)
    date: str = field(default="", repr=False)  # as it was written, for the wire id alone
    source: str = field(default="", repr=False)  # of all texts, quotes too: only our own marks are sought there


def _crudely(raw: bytes, /) -> Letter:
    head, body = fallback_text.parted(raw)
    if fallback_text.is_from_program(head):
        return Letter(automatic=True)
    return Letter(
        subject=fallback_text.field(head, b"subject"),
        text=fallback_text.words(body),
        message_id=fallback_text.field(head, b"message-id"),
        date=fallback_text.field(head, b"date"),
    )


@total("mail", instead=_crudely)
def read(raw: bytes, /) -> Letter:
    """What a person wrote and attached, untrimmed; of a program's mail only that it is one."""
    head, body = split(raw)
    subject = header_words(head.get("subject", ""))
    if is_automatic(head, subject):
        return Letter(automatic=True)
    parts = tuple(leaves(head, body))
    read_texts = _Texts()
    texts = [(part, read_texts.of(part)) for part in parts if part.kind in _READABLE and not part.attached]
    return Letter(
        subject=subject,
        text=_text(texts),
        files=_files(parts, read_texts.pages),
        message_id=_plain(head, "message-id"),
        in_reply_to=_plain(head, "in-reply-to"),
        references=_plain(head, "references"),
        date=_plain(head, "date"),
        source=_source(parts),
    )


def _source(parts: Sequence[Leaf]) -> str:
    left, found = _SOURCE_LIMIT, []
    for part in parts:
        if part.kind in _READABLE and not part.attached and left > 0:
            found.append(part.data(left).decode("latin-1"))
            left -= len(part.body)
    return "\n".join(found)


def _plain(head: Head, name: str) -> str:
    return " ".join(head.get(name, "").split())


def _text(texts: Sequence[tuple[Leaf, str]]) -> str:
    plain_groups = {part.group for part, text in texts if part.kind == "text/plain" and text.strip()} - {0}
    kept = [text for part, text in texts if part.group not in plain_groups or part.kind == "text/plain"]
    return "\n\n".join(text.strip("\n") for text in kept if text.strip())


@dataclass(slots=True)
class _Texts:
    """Reads one part after the other, all of them together no more than one may be long."""

    plain: int = TEXT_LIMIT
    html: int = TEXT_LIMIT
    source: int = hypertext.LIMIT
    tags: int = hypertext.MOST_TAGS
    pages: list[hypertext.Page] = field(default_factory=list)

    def of(self, part: Leaf) -> str:
        """The words of a part, as far as they are read."""
        if part.kind == "text/html":
            return self._page(part)
        data = part.data(self.plain)
        self.plain -= min(self.plain, len(part.body))
        text = words(data, part.charset)
        return _unflowed(text, spaces_kept=part.spaces_kept) if part.flowed else text

    def _page(self, part: Leaf) -> str:
        data = part.data(self.html)
        self.html -= min(self.html, len(part.body))
        page = _page(data, part.charset, self.source, self.tags)
        self.source -= page.read
        self.tags = max(0, self.tags - page.tags)
        self.pages.append(page)
        return page.text


def _words_of_page(data: bytes, _charset: str, most: int, _tags: int, /) -> hypertext.Page:
    return hypertext.Page(fallback_text.words(data[:most]), read=min(most, len(data)))


@total("hypertext", instead=_words_of_page)
def _page(data: bytes, charset: str, most: int, most_tags: int, /) -> hypertext.Page:
    meta = _META.search(data[:4_096])
    return hypertext.read(words(data, charset or (meta[1].decode() if meta else "")), most, most_tags)


def _unflowed(text: str, *, spaces_kept: bool) -> str:
    """RFC 3676: a line that ends with a space goes on in the next of the same quote depth."""
    paragraphs: list[list[str]] = []
    open_quote = ""
    flows = False
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        quote = (_FLOW_QUOTES.match(line) or [""])[0]
        content = line[len(quote) :].removeprefix(" ")
        signature = content == "-- "
        if flows and quote == open_quote and not signature:
            paragraphs[-1].append(content)
        else:
            paragraphs.append([quote + " " * bool(quote), content])
        flows = content.endswith(" ") and not signature
        open_quote = quote
        if flows and not spaces_kept:
            paragraphs[-1][-1] = content[:-1]
    return "\n".join("".join(pieces) for pieces in paragraphs)


def _files(parts: Sequence[Leaf], pages: Iterable[hypertext.Page]) -> tuple[bytes, ...]:
    shown, passed_over = set[str](), set[str]()
    for page in pages:
        shown |= page.shown
        passed_over |= page.passed_over
    files: list[bytes] = []
    for part in parts:
        if len(files) == MAX_FILES:
            break
        if part.content_id in passed_over - shown or not _may_be_file(part.kind):
            continue
        data = part.data()
        tiny = len(data) < _TINY and not part.attached and part.kind.startswith("image/")
        if data and not tiny and (part.kind not in _UNKNOWN or _MAGIC.match(data)):
            files.append(data)
    return tuple(files)


def _may_be_file(kind: str) -> bool:
    return kind.startswith(("image/", "audio/", "video/")) or kind in _UNKNOWN or bool(_OFFICE.fullmatch(kind))
