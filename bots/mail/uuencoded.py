"""Files that stand in the words of a mail, as programs wrote them before MIME: `begin 644 foto.jpg`, lines, `end`."""

import binascii
import html
import re
from collections.abc import Callable
from itertools import islice

_MOST = 100  # lines that are tried
_BEGIN = re.compile(  # what stands before the word is looked at behind it: so the word itself is searched for, fast
    rb"begin(?:(?<=^begin)|(?<=<pre>begin)|(?<=<PRE>begin))(-base64)? [0-7]{3,4} [^\r\n]{1,250}\r?\n", re.MULTILINE
)
_BASE64 = re.compile(rb"(?!====)[A-Za-z0-9+/]{2,100}={0,2}")
_LINE = re.compile(rb"[ -`]{2,70}")
_END = re.compile(rb"[` ]?(?:\r?\n|\Z)|(?:end|====)[ \r]{0,2}(?:\n|\Z)")
_STRIPPED = 8  # blanks at the end of a line that a relay took away


def parted(body: bytes, *, page: bool = False) -> tuple[bytes, tuple[bytes, ...]]:
    """The words without the files, and the files; their names are left behind. `page`: the words are HTML."""
    words, files, at = list[bytes](), list[bytes](), 0
    for begins in islice(_BEGIN.finditer(body), _MOST):
        if begins.start() < at:
            continue
        data, end = _decoded(body, begins.end(), _of_base64 if begins[1] else _of_page if page else _of_uu)
        if data:
            words.append(body[at : begins.start()])
            files.append(data)
            at = end
    return b"".join((*words, body[at:])), tuple(files)


def _decoded(body: bytes, at: int, decode: Callable[[bytes], bytes]) -> tuple[bytes, int]:
    """What the lines from here on hold, and where the words go on."""
    pieces = list[bytes]()
    while at < len(body):
        end = body.find(b"\n", at) + 1 or len(body)
        piece = decode(body[at:end].rstrip(b"\r\n"))
        if not piece:
            break
        pieces.append(piece)
        at = end
    for _ in range(2):  # a line of no length, and the one that ends the block
        found = _END.match(body, at)
        at = found.end() if found else at
    return b"".join(pieces), at


def _of_page(line: bytes) -> bytes:
    return _of_uu(html.unescape(line.decode("latin-1")).encode("latin-1", "replace"))


def _of_base64(line: bytes) -> bytes:
    try:
        return binascii.a2b_base64(line) if _BASE64.fullmatch(line) else b""
    except binascii.Error:
        return b""


def _of_uu(line: bytes) -> bytes:
    """Nothing for words: the first sign says how long the line is."""
    if not _LINE.fullmatch(line):
        return b""
    length = 1 + ((line[0] - 32) % 64 + 2) // 3 * 4
    try:
        return binascii.a2b_uu(line.ljust(length)) if -2 <= length - len(line) <= _STRIPPED else b""  # noqa: PLR2004 - a checksum
    except binascii.Error:
        return b""
