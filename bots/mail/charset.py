"""Bytes to words by a ladder of charsets, since labels lie: declared, UTF-8, Windows-1252; nothing raises."""

import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header

from bots.mail.undeclared import guessed

# What mailers say and what they mean (the web's own table): a superset never reads a true label wrong.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_ALIASES = {
    "unicode-1-1-utf-8": "utf-8",
    "ks_c_5601-1987": "cp949",
    "ansi": "cp1252",
    "x-sjis": "cp932",
    "windows-874": "cp874",
}
_BREAKS = re.compile(r"\r\n|[\r\u0085\u2028\u2029\v\f]")
_SPACES = re.compile("[\u00a0\u2007\u202f\u3000]")
WRITTEN = "\0"  # in front of a sign that is a word, though it stands where marks do; clean leaves no other
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
    "|[\u200c\u200d](?=[ -~])|(?<=[ -~])[\u200c\u200d]"  # of other scripts and of signs they join and part
)
_FIRST_MARK = 0x300
_MARKS = "".join(mark for mark in map(chr, range(_FIRST_MARK, 0x1F000)) if unicodedata.combining(mark))
# To put marks into their order takes the square of how many stand on one letter: 80 kB of them took 1.5 seconds.
_STACK = re.compile(f"([{_MARKS}][{_MARKS}]{{29}})[{_MARKS}]+")
_PERHAPS = re.compile(f"[{chr(_FIRST_MARK)}-\U0001efff]{{31,}}")  # looks at a character in a tenth of the time
_LONGEST_HEADER = 4_000
_LONGEST_CHARACTER = 4  # bytes
# An encoded word that a program broke: too few letters, no end, or encoded once more.
_BROKEN = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([BQ])\?([^?\s]{1,2000})(?:\?=?|(?=\s)|\Z)", re.IGNORECASE)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_CUT = 1_000  # bytes: a shorter text was not cut


def words(data: bytes, declared: str = "") -> str:
    """The text that the bytes hold, line breaks as LF, without what cannot be seen."""
    return clean(_decoded(data, declared))


def header_words(value: str) -> str:
    """A header as people read it: encoded words opened, one line; of what is broken, as much as there is."""
    value = value[:_LONGEST_HEADER]
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    text = "".join(piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces)
    return " ".join(clean(_BROKEN.sub(_opened, text)).split())


def _opened(found: re.Match[str]) -> str:
    """What it holds, without a last letter that is cut off; itself where that is no word."""
    if found[2] in "Qq":
        return _decoded(binascii.a2b_qp(found[3].encode(), header=True), found[1])
    letters = _NO_BASE64.sub("", found[3])
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    data = binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
    for end in range(len(data), max(0, len(data) - _LONGEST_CHARACTER), -1):
        with suppress(UnicodeError):
            return data[:end].decode(_codec(found[1]) or "utf-8")
    return found[0]


def _decoded(data: bytes, declared: str) -> str:
    codec = _codec(declared)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    for rung in filter(None, _ladder(data, codec)):
        try:
            return _whole(data, rung)
        except (UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _ladder(data: bytes, codec: str) -> Iterator[str]:
    """What may read it, the likeliest first; what nobody declared is guessed only where it is no UTF-8."""
    if data.isascii() and b"\0" not in data and codec and "A".encode(codec, "replace") != b"A":
        codec = ""  # EBCDIC or UTF-16, as a label says: plain letters are neither
    if codec not in {"", "cp1252", "cp1254"}:
        yield from (codec, "utf-8")
    elif data.isascii():
        yield from (guessed(data), "utf-8")
    else:
        yield "utf-8"
        yield from (guessed(data), codec)


def _whole(data: bytes, codec: str) -> str:
    """Without the last character where it is cut off, since of a long text only so many bytes are read."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if len(data) < _CUT or error.start < len(data) - _LONGEST_CHARACTER:
            raise
        return data[: error.start].decode(codec)


def _codec(declared: str) -> str:
    label = declared.strip().strip("\"'").lower()[:40]
    try:
        info = codecs.lookup(_ALIASES.get(label, label))
    except (LookupError, ValueError):
        return ""
    # The codec registry also has rot13, zip, punycode: no charsets, and some of them inflate without end.
    known = getattr(info, "_is_text_encoding", False) and info.name not in {
        "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem",
    }  # fmt: skip
    return _MEANT.get(info.name, info.name) if known else ""


def clean(text: str) -> str:
    """Line breaks as LF, plain spaces, nothing unseen, each letter written one way, with thirty marks at most."""
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
    text = _UNSEEN.sub("", text).encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", _PERHAPS.sub(lambda run: _STACK.sub(r"\1", run[0]), text))
