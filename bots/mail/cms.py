"""The mail inside an opaque S/MIME signature (CMS SignedData, RFC 5652); who signed it is not read.

The libraries that we have sign and decrypt, and give back nothing that was signed without a proof we do not need.
"""

from typing import Final

_SIGNED_DATA: Final = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _PIECES, _INNER = 0x30, 0x31, 0x02, 0x06, 0x04, 0x24, 0xA0
_ENDLESS: Final = -1  # a length that an end of contents says
_HEAD: Final = 64  # bytes in which one can see what it is


def is_signed(head: bytes) -> bool:
    """Whether bytes begin as signed data does, with what was signed or without."""
    return head[:1] == bytes([_SEQUENCE]) and _SIGNED_DATA in head[:_HEAD]


def content(data: bytes) -> bytes:
    """What was signed; empty where that stands elsewhere, or the bytes are broken."""
    try:
        return _content(data)
    except (IndexError, ValueError):
        return b""


def _content(data: bytes) -> bytes:
    at = _into(data, 0, _SEQUENCE)
    at = _into(data, _over(data, at, _OID), _INNER)
    at = _into(data, at, _SEQUENCE)
    at = _over(data, _over(data, at, _INTEGER), _SET)
    at = _into(data, at, _SEQUENCE)
    at = _into(data, _over(data, at, _OID), _INNER)
    if data[at] == _OCTETS:
        start, length = _length(data, at + 1)
        return data[start : start + length]
    start, length = _length(data, at + 1)
    if data[at] != _PIECES:
        raise ValueError
    end = len(data) if length == _ENDLESS else start + length
    pieces = list[bytes]()
    while start < end and data[start] == _OCTETS:
        start, length = _length(data, start + 1)
        pieces.append(data[start : start + length])
        start += length
    return b"".join(pieces)


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Where the contents begin whose length stands here, and the length."""
    first = data[at]
    if first < 0x80:  # noqa: PLR2004 - X.690: a length in one byte
        return at + 1, first
    count = first & 0x7F
    if count > 4:  # noqa: PLR2004 - no mail is so long
        raise ValueError
    return at + 1 + count, int.from_bytes(data[at + 1 : at + 1 + count]) if count else _ENDLESS


def _into(data: bytes, at: int, tag: int) -> int:
    """Where the contents of what stands here begin."""
    if data[at] != tag:
        raise ValueError
    return _length(data, at + 1)[0]


def _over(data: bytes, at: int, tag: int) -> int:
    """Where the next begins."""
    start, length = _length(data, at + 1)
    if data[at] != tag or length == _ENDLESS:
        raise ValueError
    return start + length
