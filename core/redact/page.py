"""A text as the finders read it: digits, letters and dashes of one kind, closed places as one sign, offsets kept."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from core.encoder import CLOSED, DIGITS
from core.redact.traces import MARKS, Span

_MARK = re.compile("|".join(sorted({re.escape(m) for marks in MARKS.values() for m in marks.values()})), re.IGNORECASE)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u0130": "I"}
_BREAKS = frozenset("\u2028\u2029\x85\x0b\x0c")


class _Fold(dict[int, str | None]):
    """What each character is read as, found out once; None: nothing at all."""

    def __missing__(self, code: int) -> str | None:
        self[code] = folded = _read_as(chr(code))
        return folded


def _read_as(char: str) -> str | None:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char in _DASHES:
        return "-"
    if char in _BREAKS:
        return "\n"
    plain = _QUOTES.get(char) or unicodedata.normalize("NFKC", char)
    match unicodedata.category(char):
        case "Cf" | "Cc" | "Me" | "Mn":  # signs without width can be put between the digits of a number
            return None
        case "Zs":
            return " "
        case _:
            return plain[0]


_FOLD = _Fold({ord("\n"): "\n", ord("\t"): " ", ord("\r"): " ", ord(CLOSED): " ", 0xFE0E: None, 0xFE0F: None})
_WORD = (re.compile(r"[^\W\d_]+"), re.compile(r"[a-z]+"))  # in any text, and in plain letters
_PLAIN = re.compile(r"[\n -~]*")
_AROUND = 50  # characters between the digits of a number and its ends, or the words by which it is none, at most
_NUMBERS = re.compile(rf"[0-9](?:[^0-9]{{0,{2 * _AROUND}}}+[0-9])*+")


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """`text` folded, `low` the same in lower case; `at` says for each character where it stood in the original."""

    text: str
    low: str
    at: list[int] | range
    size: int  # of the original
    digits: int  # how many: most texts have too few for most numbers
    numbers: tuple[tuple[int, int], ...]  # stretches in which a number may stand: all digits, with words around them
    words: frozenset[str]  # of `low`, letters only: without the right ones most finders need not look

    def original(self, span: Span) -> Span:
        """The same place in the text as it came, with the signs without width that hang on its end."""
        end = self.at[span.end] if span.end < len(self.at) else self.size
        return Span(self.at[span.start], end, span.kind, span.certain)

    def near_digits(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """Where a pattern that needs digits fits in `text`, which is the page's or in lower case."""
        return chain.from_iterable(pattern.finditer(text, start, end) for start, end in self.numbers)

    def without(self, spans: Iterable[Span]) -> "Page":
        """The page with CLOSED for each of `spans`, which are in order."""
        return _cut(self, [(s.start, s.end) for s in spans])


def read(text: str) -> Page:
    """The page of `text`; marks that stand in it already are closed places."""
    folded = text if _PLAIN.fullmatch(text) else text.translate(_FOLD)
    at: list[int] | range = range(len(text))
    if len(folded) != len(text):
        at = [i for i, char in enumerate(text) if _FOLD[ord(char)] is not None]
    return _without_marks(_page(folded, at, len(text)))


def unfolded(text: str) -> Page:
    """The page of `text` as it came, where it cannot be folded."""
    return _without_marks(_page(text, range(len(text)), len(text)))


def _without_marks(page: Page) -> Page:
    return _cut(page, [found.span() for found in _MARK.finditer(page.text)] if "[" in page.text else [])


def _page(text: str, at: list[int] | range, size: int) -> Page:
    low = text.lower()
    numbers = tuple((max(each.start() - _AROUND, 0), each.end() + _AROUND) for each in _NUMBERS.finditer(low))
    words = frozenset(_WORD[low.isascii()].findall(low))
    return Page(text, low, at, size, sum(map(text.count, DIGITS)), numbers, words)


def _cut(page: Page, places: list[tuple[int, int]]) -> Page:
    if not places:
        return page
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for start, end in places:
        parts += (page.text[done:start], CLOSED)
        at += page.at[done:start]
        at.append(page.at[start])
        done = end
    parts.append(page.text[done:])
    at += page.at[done:]
    return _page("".join(parts), at, page.size)
