"""Numbers that somebody could be reached or paid by, with digits, letters or words; other numbers are left alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.staff_words.patterns import pattern, several, words

_WORDS = {
    **dict.fromkeys(("nol", "kosong", "ksg", "zero", "noll"), "0"),
    **dict.fromkeys(("satu", "siji", "hiji", "atu", "one", "stu", "satoe"), "1"),
    **dict.fromkeys(("dua", "loro", "due", "two", "duwa"), "2"),
    **dict.fromkeys(("tiga", "telu", "tilu", "tige", "three", "tga"), "3"),
    **dict.fromkeys(("empat", "papat", "opat", "pat", "four", "mpat", "ampat"), "4"),
    **dict.fromkeys(("lima", "limo", "lime", "five", "lma"), "5"),
    **dict.fromkeys(("enam", "nem", "genep", "six", "nam", "anam"), "6"),
    **dict.fromkeys(("tujuh", "tuju", "pitu", "seven", "tjuh", "toejoeh"), "7"),
    **dict.fromkeys(("delapan", "lapan", "dlapan", "wolu", "dalapan", "eight", "dlpn"), "8"),
    **dict.fromkeys(("sembilan", "smbilan", "songo", "salapan", "nine", "sanga"), "9"),
}
_TIMES = {"dobel": 2, "double": 2, "dabel": 2, "ganda": 2, "tripel": 3, "triple": 3}
_PASSED = words("numbers", "passed")
_LETTERS = str.maketrans("oilq|!zsbg", "0119112586")
_TOKEN = re.compile(r"[^\W_]+")
_LEET = re.compile(r"[0-9oilq|!]+")
_MORE_LEET = re.compile(r"[0o6+][0-9oilqzsbg|!]{3,}")
_GAP = re.compile(r"[\s.\-()/_*~:|\\,'\"\u2605\ufe0f=+<>\[\]{}&#]{0,4}|\s*[^\w\s]{1,2}\s*")
_HARMLESS: Final = several("numbers", "harmless")
_THING: Final = pattern("numbers", "thing")
_ACCOUNT: Final = pattern("numbers", "account")
_CUE: Final = pattern("numbers", "cue")
_LEAST = 7  # digits of the shortest number that a person has
_DIALLED = re.compile(r"0[0-9]|62")
_SHORT, _SHORTEST = 6, 3
_SURE = 2  # digits among letters that stand for digits
_GLUED = re.compile(r"[0-9]{7,}")  # behind letters, as in "wa081234567"
_IN_A_LIST = 3  # digits; what a comma parts is a list of shorter ones
_LONGEST_THING = 8  # digits that the number of a pole may have, and no mobile number has
_ACCOUNT_LEAST = 4
_OPERATOR = re.compile(r"(?<![\w.,/\-])(?:\+?62|0)8[1-9]\d(?![\w])")
_HALVES = re.compile(r"(?<![\w.,/\-])\d{3,4}(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    """Digits that stand together: where they begin, and how they were written."""

    start: int
    digits: str = ""
    plus: bool = False
    words: int = 0  # how many of them were words
    commas: bool = False  # stand between them, as in a list

    def with_more(self, said: str, *, spelt: bool, gap: str) -> "_Row":
        """The row and what comes next in it."""
        listed = bool(self.digits) and ("," in gap and (" " in gap or len(said) < _IN_A_LIST))
        return replace(self, digits=self.digits + said, words=self.words + spelt, commas=self.commas or listed)


def reaches(read: str) -> str | None:
    """Which it is: "phone" or "account"; None: no number of that kind."""
    rest = _harmless_out(read)
    for row in _rows(rest):
        before = rest[max(0, row.start - 60) : row.start]
        if len(row.digits) >= _ACCOUNT_LEAST and _ACCOUNT.search(before):
            return "account"
        if _is_phone(row, before):
            return "phone"
    return "phone" if _in_parts(rest) else None


def _harmless_out(read: str) -> str:
    for harmless in _HARMLESS:
        read = harmless.sub(lambda found: ";" * min(len(found.group()), 6), read)
    return read


def _is_phone(row: _Row, before: str) -> bool:
    size = len(row.digits)
    if size >= _LEAST:
        dialled = row.plus or _DIALLED.match(row.digits) is not None
        if row.commas and not dialled:
            return False
        thing = _THING.search(before) is not None
        return not thing or (dialled and size > _LONGEST_THING)
    if row.words >= _SHORTEST and row.digits.startswith("08"):
        return True  # the beginning of a mobile number, as it is read aloud
    return size >= _SHORTEST and _CUE.search(before) is not None


def _in_parts(read: str) -> bool:
    """The beginning of a mobile number, and the rest of one scattered among words."""
    first = _OPERATOR.search(read)
    if first is None:
        return False
    return sum(len(part.group()) for part in _HALVES.finditer(read, first.end())) >= _SHORT


def _rows(read: str) -> Iterator[_Row]:
    """Digits that nothing but signs, or words that are read over, parts from one another."""
    row: _Row | None = None
    end, times = 0, 1
    for token in _TOKEN.finditer(read):
        word, gap = token.group(), read[end : token.start()]
        said = _digits_of(word)
        near = row is not None and _GAP.fullmatch(gap) is not None
        if row is not None and not near:
            yield row
            row = None
        if said is None:
            if row is not None and word not in _PASSED and word not in _TIMES:
                yield row
                row = None
            times = _TIMES.get(word, 1)
        else:
            row = _Row(token.start(), plus=_plus(read, token.start())) if row is None else row
            row = row.with_more(said * (times if len(said) == 1 else 1), spelt=word in _WORDS, gap=gap)
            times = 1
        end = token.end()
    if row is not None:
        yield row


def _plus(read: str, start: int) -> bool:
    return read[:start].rstrip(" (").endswith("+")


def _digits_of(token: str) -> str | None:
    """What a token says of a number; None: nothing."""
    if token.isdigit():
        return token
    if token in _WORDS:
        return _WORDS[token]
    digits = sum(c.isdigit() for c in token)
    if not digits:
        return "0" if token in {"o", "oo"} else None
    if _LEET.fullmatch(token) or (digits >= _SURE and _MORE_LEET.fullmatch(token)):
        return token.translate(_LETTERS)
    glued = _GLUED.search(token)
    return glued.group() if glued else None
