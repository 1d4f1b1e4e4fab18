"""Plain text: decoded, rid of everything that is not seen, written anew as UTF-8; words stay as they were said."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub.file_traces import FileTrace, FormatResult
from core.scrub.unsupported import is_foreign, is_markup, is_unsupported

_MARKED = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD = 1 << 16  # bytes that tell whether a file is words
_LEAST_WIDE = 0.4  # of every second byte being zero: words of our alphabets written two bytes a letter
_MOST_HIGH = 0.25  # bytes above ASCII in words of western Europe
_HIGH = bytes(range(0x80, 0x100))
_LATIN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûü‘’“”–—…•€£°·«»½\xa0")  # noqa: RUF001 -- as Windows writes them
_MOST_ODD = 0.05  # letters in words that are none, left by terminals
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers that count as letters or marks
    "\u180b\u180c\u180d\u180f" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_GAPS = frozenset("\u2800\t")  # look like a space
_NO_LETTERS = frozenset({"Cc", "Co", "Cn"})
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_MOST_MARKS = 4  # stacked on one letter


def is_text(data: bytes) -> bool:
    """Whether a file begins with words and nothing else; binary files and words for machines do not."""
    text = None if is_unsupported(data) else _decoded(data[:_HEAD], final=len(data) <= _HEAD)
    return text is not None and bool(text.strip()) and not is_foreign(text) and not is_markup(text)


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Words in UTF-8, lines ended by a line feed, nothing between them that a reader cannot see."""
    if len(data) > limits.text_bytes:
        raise Refused("file_too_large")
    text = _decoded(data)
    if text is None:
        raise Refused("file_damaged")
    lines = _BREAKS.split(text)
    seen = [_seen(line) for line in lines]
    words = "\n".join(seen).strip("\n") + "\n"
    if not words.strip():
        raise Refused("file_damaged")
    if is_markup(words):  # once more: what was hidden between the letters is gone now
        raise Refused("file_markup")
    if is_foreign(words):
        raise Refused("file_kind")
    hidden = data.startswith(tuple(mark for mark, _ in _MARKED)) or any(
        one != two for one, two in zip(lines, seen, strict=True)
    )
    return FormatResult(words.encode(), frozenset({FileTrace.HIDDEN} if hidden else ()))


def _decoded(data: bytes, *, final: bool = True) -> str | None:
    """As UTF-8, UTF-16 or Windows Latin; None where the bytes are no words. Not `final`: they go on."""
    for mark, coding in _MARKED:
        if data.startswith(mark):
            return _words(data[len(mark) :], coding, _MOST_ODD, final=final)
    for start, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) % 2 == 0 and data[start::2].count(0) > _LEAST_WIDE * len(data) / 2:
            return _words(data, coding, _MOST_ODD, final=final)
    high = len(data) - len(data.translate(None, _HIGH))
    if 0 < high <= _MOST_HIGH * len(data) and not _is_utf8(data, final=final):
        text = _words(data, "cp1252", 0, final=final)
        return text if text is not None and all(letter <= "\x7f" or letter in _LATIN for letter in text) else None
    return _words(data, "utf-8", _MOST_ODD, final=final)


def _is_utf8(data: bytes, *, final: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _words(data: bytes, coding: str, most_odd: float, *, final: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(coding)().decode(data, final)
    except UnicodeDecodeError:
        return None
    odd = sum(unicodedata.category(letter) in _NO_LETTERS and not letter.isspace() for letter in text)
    return text if odd <= most_odd * len(text) and "\0" not in text else None


def _seen(line: str) -> str:
    """One line as a reader sees it: composed letters, one kind of space, none at its end."""
    composed = unicodedata.normalize("NFC", "".join(_letters(line)))
    return unicodedata.normalize("NFC", "".join(_unstacked(composed))).rstrip(" ")


def _letters(line: str) -> Iterator[str]:
    for letter in line:
        kind = unicodedata.category(letter)
        if kind == "Zs" or letter in _GAPS:
            yield " "
        elif kind not in _DROPPED and letter not in _UNSEEN:
            yield letter


def _unstacked(line: str) -> Iterator[str]:
    marks = 0
    for letter in line:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            yield letter
