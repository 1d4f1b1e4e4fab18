"""From a mail's bytes to what may be known of it: a whitelist, and no mail can raise or hang here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bots.mail import enriched, fallback_text, hypertext, location_cards
from bots.mail.alternatives import Texts, words_of
from bots.mail.armor import holds_sealed, without_armor
from bots.mail.attached_files import files_of, is_text, with_words
from bots.mail.automatic import begins_as_program, is_automatic, is_invitation, is_report
from bots.mail.charset import WRITTEN, header_words, words
from bots.mail.mime_parts import Head, Leaf, leaves, split
from bots.mail.wrapped_links import unwrapped
from core.watch import total

TEXT_LIMIT = 1_000_000  # encoded bytes of all texts of a mail, and as many again of its pages
_MOST_LINES = 20_000  # that are put together again where lines flow
_SOURCE_LIMIT = 400_000  # encoded bytes of all texts in which our own marks are sought
_META = re.compile(rb"<meta[^<>]{1,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IS_PAGE = re.compile(
    rb"\s{0,99}<(?:(?:!doctype html|html|body)\b|(?:div|p|table|span|font|meta)(?:\s[^<>]{0,300})?>)", re.IGNORECASE
)
_FLOW_QUOTES = re.compile(r">*")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, as far as it may be known."""

    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    whole: str = field(default="", repr=False)  # the text with all that it quotes, for a mail that is passed on
    enclosed: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # text and whole of each mail in it
    place: str = field(default="", repr=False)  # that a phone shared
    files: tuple[bytes, ...] = field(default=(), repr=False)
    missing: tuple[str, ...] = ()  # phrase keys: files that somebody attached, and that are not among these
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
    if is_report(parts):
        return Letter(automatic=True)
    parts = with_words(parts)
    read_texts = _Texts()
    texts = [(part, read_texts.of(part)) for part in parts if is_text(part)]
    own = [(part, page) for part, page in texts if not part.message]
    text = words_of(own)
    if begins_as_program(text):
        return Letter(automatic=True)
    files = files_of(parts, read_texts.pages)
    if not (text.strip() or files.data) and is_invitation(parts):
        return Letter(automatic=True)
    sealed = ("file_kind",) if read_texts.sealed else ()
    return Letter(
        subject=subject,
        text=text,
        whole=words_of(own, whole=True),
        enclosed=_enclosed(texts),
        place=location_cards.shared(parts),
        files=files.data,
        missing=tuple(dict.fromkeys((*files.missing, *sealed))),
        message_id=_plain(head, "message-id"),
        in_reply_to=_plain(head, "in-reply-to"),
        references=_plain(head, "references"),
        date=_plain(head, "date"),
        source=_source(parts),
    )


def _source(parts: Sequence[Leaf]) -> str:
    left, found = _SOURCE_LIMIT, []
    for part in parts:
        if is_text(part) and left > 0:
            found.append(part.data(left).decode("latin-1"))
            left -= len(part.body)
    return "\n".join(found)


def _plain(head: Head, name: str) -> str:
    return " ".join(head.get(name, "").split())


def _enclosed(texts: Texts) -> tuple[tuple[str, str], ...]:
    messages = dict.fromkeys(part.message for part, _ in texts if part.message)
    every = ([(part, page) for part, page in texts if part.message == each] for each in messages)
    return tuple((words_of(each), words_of(each, whole=True)) for each in every)


@dataclass(slots=True)
class _Texts:
    """Reads one part after the other, all of them together no more than one may be long."""

    plain: int = TEXT_LIMIT
    html: int = TEXT_LIMIT
    source: int = hypertext.LIMIT
    tags: int = hypertext.MOST_TAGS
    pages: list[hypertext.Page] = field(default_factory=list)
    sealed: bool = False  # whether words stand in one of them that nobody here can open

    def of(self, part: Leaf) -> hypertext.Page:
        """The words of a part, as far as they are read."""
        if part.kind == "text/html":
            return self._page(part)
        data = part.data(self.plain)
        if _IS_PAGE.match(data):
            return self._page(part)
        self.plain -= min(self.plain, len(part.body))
        text = self._open(unwrapped(words(data, part.charset)))
        text = enriched.words_of(text) if part.kind in enriched.KINDS else text
        text = _unflowed(text, spaces_kept=part.spaces_kept) if part.flowed else text
        return hypertext.Page(text, text)

    def _page(self, part: Leaf) -> hypertext.Page:
        data = part.data(self.html)
        self.html -= min(self.html, len(part.body))
        page = _page(data, part.charset, self.source, self.tags)
        page.text, page.whole = self._open(unwrapped(page.text)), without_armor(unwrapped(page.whole))
        self.source -= page.read
        self.tags = max(0, self.tags - page.tags)
        self.pages.append(page)
        return page

    def _open(self, text: str) -> str:
        self.sealed = self.sealed or holds_sealed(text)
        return without_armor(text)


def _words_of_page(data: bytes, _charset: str, most: int, _tags: int, /) -> hypertext.Page:
    text = fallback_text.words(data[:most])
    return hypertext.Page(text, text, read=min(most, len(data)))


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
        content = WRITTEN + content if not quote and content.startswith(">") else content  # stuffed: it is no quote
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
