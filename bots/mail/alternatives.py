"""In which of its forms a mail is read: the plain one, unless that only says that the words stand in another."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bots.mail.hypertext import Page
from bots.mail.mime_parts import Leaf
from bots.mail.trim import trim

_PAGE = "text/html"
_PLAIN = "text/plain"
_LINK = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
# Where no blank parts the words each sign counts, since lines are broken anywhere.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]+")
# What programs say in place of a page. HTML is called so in every language.
_ELSEWHERE = re.compile(
    r"\bhtml\b|\bbrowser\b|\bperamban\b|\bversi (?:web|online|daring)\b|\b(?:web|online) version\b"
    r"|\b(?:view|read|lihat|baca) .{1,30}\b(?:online|daring)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 80  # different ones, that such a sentence has with what stands around it
_CUT_OFF = re.compile(r"\s*(?:\.{3}|\u2026|\[\.{3}\])\s*\Z")

Texts = Sequence[tuple[Leaf, Page]]  # parts with what is read of them


def words_of(texts: Texts, *, whole: bool = False) -> str:
    """The words of all parts, of each alternative in one form; `whole`: with what they quote."""
    unread = {(group, kind) for group in {part.group for part, _ in texts} - {0} for kind in _unread(texts, group)}
    read = [(part, page.whole if whole else page.text) for part, page in texts if (part.group, part.kind) not in unread]
    plain = {" ".join(text.split()) for part, text in read if part.kind != _PAGE}
    kept = (text for part, text in read if part.kind != _PAGE or " ".join(text.split()) not in plain)
    return "\n\n".join(text.strip("\n") for text in kept if text.strip())


def _unread(texts: Texts, group: int) -> Iterator[str]:
    """The kinds of part of an alternative whose words stand in another of them."""
    said = dict[str, Page]()
    for part, page in texts:
        if part.group == group and page.text.strip():
            before = said.get(part.kind, Page())
            said[part.kind] = Page(f"{before.text}\n{page.text}", f"{before.whole}\n{page.whole}")
    best = _PLAIN if _PLAIN in said else next((kind for kind in said if kind != _PAGE), _PAGE)
    yield from (kind for kind in said if kind not in {best, _PAGE})
    if best != _PAGE and _PAGE in said:
        yield from _lesser(said, best)


def _lesser(said: Mapping[str, Page], best: str) -> Iterator[str]:
    """Which of plain words and page is not read; none of them where they have nothing in common."""
    plain, page = said[best].text, said[_PAGE]
    told = _words(plain)
    if _covers(told, _words(page.text)) or not (own := trim(page.text)) or _covers(told, _words(own)):
        yield _PAGE
    elif _stands_in(plain) or _begins(plain, own):
        yield best
    elif _words(trim(plain)) & _words(page.whole):
        yield _PAGE


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_LINK.sub(" ", text).casefold()))


def _covers(told: set[str], page: set[str]) -> bool:
    """Whether at most a third of a page is not in the plain words."""
    return bool(told) and len(page - told) * 3 <= len(page)


def _stands_in(plain: str) -> bool:
    """Whether words say nothing but that others stand elsewhere: a link, a sentence of a program, a signature."""
    told = _words(trim(plain))
    return not told or (len(told) <= _MOST_WORDS and _ELSEWHERE.search(plain) is not None)


def _begins(plain: str, own: str) -> bool:
    """Whether plain words are no more than how the page begins."""
    beginning, cut = _CUT_OFF.subn("", plain.strip())
    return bool(cut) and " ".join(own.split()).startswith(" ".join(beginning.split()))
