"""Files that stand in the words of a mail, as programs wrote them before MIME: `begin 644 foto.jpg`, lines, `end`."""

import binascii
import re
from collections.abc import Iterator, Sequence

_BEGIN = re.compile(rb"begin(-base64)? [0-7]{3,4} [^\r\n]{1,250}")
_BASE64 = re.compile(rb"(?!====)[A-Za-z0-9+/]{2,100}={0,2}")
_LINE = re.compile(rb"[ -`]{2,70}")
_END = re.compile(rb"[` ]?|end|====")
_STRIPPED = 8  # blanks at the end of a line that a relay took away


def parted(body: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The words without the files, and the files; their names are left behind."""
    if b"begin" not in body:
        return body, ()
    lines = body.split(b"\n")
    words, files, at = list[bytes](), list[bytes](), 0
    while at < len(lines):
        begins = _BEGIN.fullmatch(lines[at].rstrip())
        pieces = list(_decoded(lines, at + 1, base64=begins[1] is not None)) if begins else []
        if pieces:
            files.append(b"".join(pieces))
            at = _after_end(lines, at + 1 + len(pieces))
        else:
            words.append(lines[at])
            at += 1
    return b"\n".join(words), tuple(files)


def _decoded(lines: Sequence[bytes], at: int, *, base64: bool) -> Iterator[bytes]:
    """What each line holds from here on, as long as they hold something."""
    decode = _of_base64 if base64 else _of_uu
    while at < len(lines) and (piece := decode(lines[at].rstrip(b"\r"))):
        yield piece
        at += 1


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


def _after_end(lines: Sequence[bytes], at: int) -> int:
    """Where the words go on: behind a line of no length and the one that ends the block."""
    for _ in range(2):
        at += at < len(lines) and _END.fullmatch(lines[at].rstrip()) is not None
    return at
