"""From a mail's bytes to what may be known of it: a whitelist, and no mail can raise or hang here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bots.mail import crude, hypertext
from bots.mail.automatic import is_automatic
from bots.mail.charset import header_words, words
from bots.mail.parts import Head, Leaf, leaves, split
from core.watch import total

MAX_FILES = 10
_TEXT_LIMIT = 1_500_000  # encoded bytes of one text part
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


def _crudely(raw: bytes, /) -> Letter:
    head, body = crude.parted(raw)
    if crude.is_from_program(head):
        return Letter(automatic=True)
    return Letter(
        subject=crude.field(head, b"subject"),
        text=crude.words(body),
        message_id=crude.field(head, b"message-id"),
        date=crude.field(head, b"date"),
    )


@total("mail", instead=_crudely)
def read(raw: bytes, /) -> Letter:
    """What a person wrote and attached, untrimmed; of a program's mail only that it is one."""
    head, body = split(raw)
    subject = header_words(head.get("subject", ""))
    if is_automatic(head, subject):
        return Letter(automatic=True)
    parts = tuple(leaves(head, body))
    pages = {id(part): _page(part) for part in parts if part.kind == "text/html" and not part.attached}
    return Letter(
        subject=subject,
        text=_text(parts, pages),
        files=_files(parts, pages.values()),
        message_id=_plain(head, "message-id"),
        in_reply_to=_plain(head, "in-reply-to"),
        references=_plain(head, "references"),
        date=_plain(head, "date"),
    )


def _plain(head: Head, name: str) -> str:
    return " ".join(head.get(name, "").split())


def _text(parts: Sequence[Leaf], pages: dict[int, hypertext.Page]) -> str:
    readable = [part for part in parts if part.kind in {"text/plain", "text/html"} and not part.attached]
    texts = [(part, pages[id(part)].text if id(part) in pages else _plain_text(part)) for part in readable]
    plain_groups = {part.group for part, text in texts if part.kind == "text/plain" and text.strip()} - {0}
    kept = [text for part, text in texts if part.group not in plain_groups or part.kind == "text/plain"]
    return "\n\n".join(text.strip("\n") for text in kept if text.strip())


def _plain_text(part: Leaf) -> str:
    text = words(part.data(_TEXT_LIMIT), part.charset)
    return _unflowed(text, spaces_kept=part.spaces_kept) if part.flowed else text


def _words_of_page(part: Leaf, /) -> hypertext.Page:
    return hypertext.Page(crude.words(part.data(_TEXT_LIMIT)))


@total("hypertext", instead=_words_of_page)
def _page(part: Leaf, /) -> hypertext.Page:
    data = part.data(_TEXT_LIMIT)
    meta = _META.search(data[:4_096])
    return hypertext.read(words(data, part.charset or (meta[1].decode() if meta else "")))


def _unflowed(text: str, *, spaces_kept: bool) -> str:
    """RFC 3676: a line that ends with a space goes on in the next of the same quote depth."""
    paragraphs: list[list[str]] = []
    open_quote = ""
    flows = False
    for line in text.split("\n"):
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
