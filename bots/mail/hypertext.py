"""HTML to lines of words in one pass: a tree of hostile HTML grows with the square of its size.

Measured with selectolax 1.0.2 (lexbor): 17 kB of unclosed FONT tags take 374 MB, 240 kB of nested lists 5.6 s.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bots.mail.charset import clean

LIMIT = 500_000  # characters of the source of all pages of a mail
MOST_TAGS = 40_000  # in them; what a person writes has hundreds
CUT_LINE = "-----Original Message-----"  # what trim knows as the end of one's own words

_OPENING = re.compile(r"<(?=/?[a-zA-Z]|[!?])")  # any other < is a word
_ENDLESS = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")  # a number that no character has, and none can read
_TAG = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_STOP = re.compile(r">|=\s*[\"']")
_UNREAD = frozenset({"script", "style", "title", "textarea", "noembed", "noframes", "iframe", "xmp"})
_UNREAD_END = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in _UNREAD}
# Where a page goes on whose style, script or comment was never ended: what somebody wrote stands behind it.
_PAGE_AGAIN = re.compile(r"</head|<(?:body|div|p|table|br)\b", re.IGNORECASE)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "hr", "pre"})
_LINES = _PARAGRAPHS | {
    "address", "article", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form", "header", "html", "li",
    "main", "section", "tr",
}  # fmt: skip
_SELF_ENDING = {"p": _LINES, "li": {"li"}, "td": {"td", "tr"}, "tr": {"tr"}}
# Of attributes the styles alone: other values are words of a person, as a title, or names of classes.
_STYLE = re.compile(r"\sstyle\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s\"'>]+))", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"?|'[^']*'?|[^\s\"'>]+)")
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:[\s=/]|$)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:max-height|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?:[;!]|$))",
    re.IGNORECASE,
)
# Pages are laid out in cells of no size, in which those that hold the words have one again.
_NO_SIZE = re.compile(r"(?<![\w-])font-size\s*:\s*0(?![.,]?\d)", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\w-])font(?:-size)?\s*:[^;]{0,60}?(?:[1-9]|small|medium|large)", re.IGNORECASE)
_NO_QUOTE = re.compile(r"border(?:-left)?(?:-width)?\s*:\s*(?:none|0)", re.IGNORECASE)  # an indent, as Gmail makes it
_QUOTED = re.compile(
    r"(?<![\w-])(?:yahoo_quoted|ydp\w{1,20}yahoo_quoted|protonmail_quote|tutanota_quote|moz-cite-prefix|zmail_extra(?:_hr)?"
    r"|OutlookMessageHeader|AppleMailQuote|reply-intro)(?![\w-])",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?<![\w-])(?:(?:x_)?gmail_signature(?:_prefix)?|moz-signature|(?:x_)?ms-outlook-mobile-signature|AppleMailSignature"
    r"|protonmail_signature_block(?:-\w{1,10})?|k9mail-signature|composer_signature|ymail_android_signature|sh-signature"
    r"|messageSignatureSection|tutanota_signature|(?:x_)?signature(?=[\"'\s>]|$))(?![\w-])",
    re.IGNORECASE,
)
_REST_QUOTED = re.compile(
    r"(?<![\w-])(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|stopSpelling"
    r"|zwchr|messageReplySection|origbody)(?![\w-])"
)
_QUOTE = "\n>\n"
_SIZELESS = "\n\n"
_PICTURE = re.compile(r"\bsrc\s*=\s*[\"']?\s*cid:([^\s\"'>]{1,250})", re.IGNORECASE)
_ATTRIBUTES_READ = 4_000
_BLANKS = re.compile(r"[ \t\n]+")


@dataclass(slots=True, repr=False)
class Page:
    """What a person sees of the writer's own part; a quote is one line `>`. Content-IDs of pictures, by where.

    `whole`: the same with the words of the quotes, for a mail that is passed on.
    `read` and `tags`: characters of the source, and tags in them, that were looked at.
    """

    text: str = ""
    whole: str = ""
    shown: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    read: int = 0
    tags: int = 0


def read(source: str, most: int = LIMIT, most_tags: int = MOST_TAGS) -> Page:
    """The lines of a page, of its source at most so many characters and tags from the beginning."""
    reader = _Reader()
    reader.page.read = min(len(source), max(0, most))
    for name, closing, content in _tokens(source[: reader.page.read], most_tags):
        reader.take(name, content, closing=closing)
        reader.page.tags += bool(name)
    reader.page.text = _tidy(clean("".join(reader.out)))
    reader.page.whole = _tidy(clean("".join(reader.whole))) if reader.quotes else reader.page.text
    return reader.page


@dataclass(slots=True, repr=False)
class _Reader:
    """Where the one pass stands: which element is being passed over, and how many of its name are open in it."""

    page: Page = field(default_factory=Page)
    out: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    skipped: str = ""
    open_ones: int = 0
    preformatted: int = 0
    quotes: int = 0  # met so far
    quoting: bool = False  # whether what is passed over is a quote
    no_size: bool = False  # whether it is written in no size: what has one in it is seen

    def take(self, name: str, content: str, *, closing: bool) -> None:
        """One tag or one run of words."""
        if name == "img" and (found := _PICTURE.search(content)):
            hidden = self.skipped and not self.no_size
            (self.page.passed_over if hidden else self.page.shown).add(found[1])
        if self.skipped:
            self.open_ones += _step(self.skipped, name, closing=closing)
            seen = self.no_size and name and not closing and _SIZE.search(_style(content))
            if self.open_ones > 0 and not seen:
                if self.quoting:
                    self.whole.append(self._piece(name, content, closing=closing))
                return
            self.skipped = ""
        if not closing and name not in _VOID and (mark := _passing_over(name, content)) is not None:
            self.skipped, self.open_ones, self.quoting = name, 1, mark == _QUOTE
            self.no_size = mark == _SIZELESS
            self.quotes += self.quoting
            self.out.append(mark)
            self.whole.append("\n")
            return
        piece = self._piece(name, content, closing=closing)
        self.out.append(piece)
        self.whole.append(piece)

    def _piece(self, name: str, content: str, *, closing: bool) -> str:
        if name == "pre":
            self.preformatted = max(0, self.preformatted + (-1 if closing else 1))
        return _shown(name, content, closing=closing, preformatted=bool(self.preformatted))


def _step(skipped: str, name: str, *, closing: bool) -> int:
    if name == skipped:
        return -1 if closing or name in _SELF_ENDING else 1
    ends = _SELF_ENDING.get(skipped, ())
    return -1 if name in ends else 0


def _passing_over(name: str, attributes: str) -> str | None:
    """What stands in the text instead of an element that is not read; None for one that is, and for words."""
    if not name:
        return None
    if name == "blockquote" and not _NO_QUOTE.search(attributes):
        return _QUOTE
    style = _style(attributes)
    if _is_hidden(attributes, style) or _SIGNED.search(attributes):
        return "\n"
    if _NO_SIZE.search(style):
        return _SIZELESS
    return _QUOTE if _QUOTED.search(attributes) else None


def _style(attributes: str) -> str:
    found = _STYLE.search(attributes)
    return next(filter(None, found.groups()), "") if found else ""


def _is_hidden(attributes: str, style: str) -> bool:
    named = _HIDDEN.search(attributes) and _HIDDEN.search(_VALUE.sub(" ", attributes))
    return bool(named or _UNSEEN.search(style))


def _shown(name: str, content: str, *, closing: bool, preformatted: bool) -> str:
    if not name:
        text = html.unescape(_ENDLESS.sub("\ufffd", content))
        return text if preformatted else _BLANKS.sub(" ", text)
    if not closing and _REST_QUOTED.search(content):
        return f"\n{CUT_LINE}\n"
    if name == "li" and not closing:
        return "\n- "
    if name in {"td", "th"}:
        return " "
    if name in _PARAGRAPHS:
        return "\n\n" if closing else "\n"
    return "\n" if name in _LINES and not (name == "br" and closing) else ""


def _tidy(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])).strip()


def _tokens(source: str, most_tags: int) -> Iterator[tuple[str, bool, str]]:
    """(name, closing, attributes) for a tag, ("", False, words) for text; each character is looked at once.

    What stands behind the last tag that may be read is nothing.
    """
    at, never_ended = 0, set[str]()  # what has no end behind one place has none behind a later one
    while opening := _OPENING.search(source, at):
        tag = opening.start()
        if tag > at:
            yield "", False, source[at:tag]
        if not most_tags:
            return
        most_tags -= 1
        match = _TAG.match(source, tag + 1)
        if match is None:
            at = _after_comment(source, tag, never_ended)
            continue
        end = _tag_end(source, match.end())
        if end < 0:  # a tag that never ends, and so none behind it does: all the rest is words
            yield "", False, source[tag:]
            return
        name, closing = match[1].lower(), source[tag + 1] == "/"
        yield name, closing, source[match.end() : min(end, match.end() + _ATTRIBUTES_READ)]
        at = end + 1
        if name in _UNREAD and not closing:
            at = _unread_end(source, name, at, never_ended)
    yield "", False, source[at:]


def _after_comment(source: str, tag: int, never_ended: set[str]) -> int:
    """Behind a comment, or where what never ends gives way to the page."""
    if not source.startswith("<!--", tag):
        found = source.find(">", tag + 2)
        return len(source) if found < 0 else found + 1
    found = -1 if "!" in never_ended else source.find("-->", tag + 2)
    if found >= 0:
        return found + len("-->")
    never_ended.add("!")
    return _page_again(source, tag + 4)


def _unread_end(source: str, name: str, at: int, never_ended: set[str]) -> int:
    found = None if name in never_ended else _UNREAD_END[name].search(source, at)
    if found is not None:
        return found.start()
    never_ended.add(name)
    return _page_again(source, at)


def _page_again(source: str, at: int) -> int:
    found = _PAGE_AGAIN.search(source, at)
    return found.start() if found else len(source)


def _tag_end(source: str, at: int) -> int:
    """Where the tag's `>` stands, quoted ones passed over; -1 where there is none."""
    while found := _STOP.search(source, at):
        if found[0] == ">":
            return found.start()
        at = source.find(found[0][-1], found.end()) + 1
        if at == 0:
            return -1
    return -1
