"""Reads a file that we made as a stranger would, and says whether anything but pixels is in it.

Shares no code with the writers on purpose: a mistake in one must not be repeated in the other. Pure Python, so that
the parent can ask it about the answer of a child that it does not trust.
"""

import hashlib
import re
import struct
import zlib

_BEGINNING = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"  # no density, no thumbnail
_ENDS_SCAN = re.compile(rb"\xff[^\x00]")
_TABLE_CLASSES = (0x00, 0x10)
_USUAL_CODES = frozenset(
    {  # SHA-256 of name, counts and symbols of the four tables of T.81, annex K: another could spell what it likes
        "9fb04cb1a8076318f33f273ffef967a9ea7291ecf3adeca79f643dfd300de425",
        "f27ce9b718f91cd426885e6ce4a37d0ba4900db219f719eef29ecc1f7f4fd5f0",
        "af48d4f608dfb682fd19ee479c66dad5342dfbed5b1d1807b95393162a8715d1",
        "8cf60aa835f8474bb590e73332bee9c246bec9ce1e368aa725674c096f3efd2c",
    }
)
_STEP = 1 << 20


class _Dirty(Exception):
    """Something is there that must not be, or something is missing."""


def _need(*, holds: bool) -> None:
    if not holds:
        raise _Dirty


def jpeg_is_bare(data: bytes) -> bool:
    """Whether it is SOI, fixed JFIF, used tables, one baseline frame, one scan, EOI, and nothing behind."""
    try:
        _read_jpeg(data)
    except (_Dirty, IndexError, struct.error):
        return False
    return True


def png_is_bare(data: bytes) -> bool:
    """Whether it is IHDR of 8-bit grey or RGB, IDAT that inflate to exactly the pixels, IEND, and nothing behind."""
    try:
        _read_png(data)
    except (_Dirty, IndexError, struct.error, zlib.error):
        return False
    return True


def _read_jpeg(data: bytes) -> None:
    _need(holds=data.startswith(_BEGINNING))
    at = len(_BEGINNING)
    quants: set[int] = set()
    codes: set[int] = set()
    frame: bytes = b""
    while True:
        mark, marker, length = struct.unpack_from(">BBH", data, at)
        body = data[at + 4 : at + 2 + length]
        _need(holds=mark == 0xFF and len(body) == length - 2)  # noqa: PLR2004 -- T.81, table B.1
        at += 2 + length
        match marker:
            case 0xDB:
                _add_all(quants, _quantisation(body))
            case 0xC4:
                _add_all(codes, _huffman(body))
            case 0xC0:
                _need(holds=not frame)
                frame = body
            case 0xDA:
                _check_use(frame, body, quants, codes)
                break
            case _:
                raise _Dirty
    end = _ENDS_SCAN.search(data, at)
    _need(holds=end is not None and end.start() == len(data) - 2 and data[-2:] == b"\xff\xd9" and at < end.start())


def _add_all(known: set[int], more: list[int]) -> None:
    for name in more:
        _need(holds=name not in known)
        known.add(name)


def _quantisation(body: bytes) -> list[int]:
    """Names of its 8-bit tables; each is its name and 64 steps."""
    names = list(body[::65])
    _need(holds=bool(body) and len(body) % 65 == 0 and max(names) < 4)  # noqa: PLR2004 -- T.81, B.2.4.1
    _need(holds=all(0 not in body[i + 1 : i + 65] for i in range(0, len(body), 65)))
    return names


def _huffman(body: bytes) -> list[int]:
    """Names of its tables; each is its name, 16 counts, and as many symbols as they say."""
    names, at = [], 0
    while at < len(body):
        count = sum(body[at + 1 : at + 17])
        symbols = body[at + 17 : at + 17 + count]
        _need(holds=len(symbols) == count)
        _need(holds=hashlib.sha256(body[at : at + 17 + count]).hexdigest() in _USUAL_CODES)
        names.append(body[at])
        at += 17 + count
    return names


def _check_use(frame: bytes, scan: bytes, quants: set[int], codes: set[int]) -> None:
    """Every table is used, for an unused one can say anything; all components stand in the one scan."""
    count = frame[5]
    _need(holds=count in {1, 3} and frame[0] == 8 and len(frame) == 6 + 3 * count)  # noqa: PLR2004 -- T.81, B.2.2
    _need(holds=0 not in struct.unpack(">HH", frame[1:5]))
    parts = [frame[i : i + 3] for i in range(6, len(frame), 3)]
    _need(holds=[part[0] for part in parts] == list(range(1, count + 1)))
    _need(holds={part[1] for part in parts[1:]} <= {0x11} and parts[0][1] in {0x11, 0x12, 0x21, 0x22})
    _need(holds={part[2] for part in parts} == quants)
    named = scan[1 : 1 + 2 * count]
    _need(holds=scan[0] == count and scan[1 + 2 * count :] == b"\x00\x3f\x00")
    _need(holds=list(named[::2]) == list(range(1, count + 1)))
    used = {cls | (pair >> 4 if cls == 0 else pair & 15) for pair in named[1::2] for cls in _TABLE_CLASSES}
    _need(holds=used == codes)


def _read_png(data: bytes) -> None:
    _need(holds=data[:8] == b"\x89PNG\r\n\x1a\n" and data[8:16] == b"\x00\x00\x00\x0dIHDR")
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", data[16:29])
    _need(holds=depth == 8 and colour in {0, 2} and rest == [0, 0, 0] and width > 0 < height)  # noqa: PLR2004 -- PNG 11.2.1
    _check_sum(data, 12, 29)
    left = height * (1 + width * (3 if colour else 1))
    inflate = zlib.decompressobj()
    at = 33
    while data[at + 4 : at + 8] == b"IDAT":
        end = at + 8 + struct.unpack_from(">I", data, at)[0]
        _check_sum(data, at + 4, end)
        left -= _inflated(inflate, data[at + 8 : end])
        _need(holds=left >= 0)
        at = end + 4
    _need(holds=left == 0 and inflate.eof and not inflate.unused_data)
    _need(holds=data[at:] == b"\x00\x00\x00\x00IEND\xae\x42\x60\x82")


def _check_sum(data: bytes, start: int, end: int) -> None:
    _need(holds=struct.unpack_from(">I", data, end)[0] == zlib.crc32(data[start:end]))


def _inflated(inflate: "zlib._Decompress", packed: bytes) -> int:
    size, rest = 0, packed
    while rest:
        piece = inflate.decompress(rest, _STEP)
        size += len(piece)
        rest = inflate.unconsumed_tail
        _need(holds=bool(piece) or not rest)
    return size
