"""Reads a picture that we made as a stranger would, and says whether anything but pixels is in it.

Shares no code with the writers on purpose: a mistake in one must not be repeated in the other. Pure Python, so that
the parent can ask it about the answer of a child that it does not trust. Layout: ITU T.81 (JPEG), PNG.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

import hashlib
import re
import struct
import zlib

from core.scrub.proof_cursor import ProofCursor, Unproved, need, proof, silent

_BEGINNING = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"  # no density, no thumbnail
_QUANTISATION, _HUFFMAN, _FRAME, _SCAN, _END = b"\xff\xdb", b"\xff\xc4", b"\xff\xc0", b"\xff\xda", b"\xff\xd9"
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


def _jpeg(file: ProofCursor) -> None:
    """SOI, fixed JFIF, used tables, one baseline frame, one scan, EOI."""
    file.fixed(_BEGINNING)
    quants, codes, frame = list[int](), list[int](), b""
    while (marker := file.fixed(_QUANTISATION, _HUFFMAN, _FRAME, _SCAN)) != _SCAN:
        part = file.part(file.number(2) - 2)
        if marker == _QUANTISATION:
            quants += _quantisation(part)
        elif marker == _HUFFMAN:
            codes += _huffman(part)
        else:
            need(holds=not frame)
            frame = part.take(part.end - part.at)
    _tables_are_used(frame, file.take(file.number(2) - 2), quants, codes)
    coded = _ENDS_SCAN.search(file.data, file.at)
    if coded is None or coded.start() == file.at:
        raise Unproved
    file.at = coded.start()
    file.fixed(_END)


def _quantisation(part: ProofCursor) -> list[int]:
    """Names of its 8-bit tables; each is its name and 64 steps."""
    names = []
    while part.more():
        names.append(part.number(1))
        need(holds=0 not in part.take(64))
    need(holds=bool(names) and max(names) < 4)
    return names


def _huffman(part: ProofCursor) -> list[int]:
    """Names of its tables; each is its name, 16 counts, and as many symbols as they say."""
    names = []
    while part.more():
        table = part.take(17 + sum(part.next(17)[1:]))
        need(holds=hashlib.sha256(table).hexdigest() in _USUAL_CODES)
        names.append(table[0])
    return names


def _tables_are_used(frame: bytes, scan: bytes, quants: list[int], codes: list[int]) -> None:
    """Every table is used, for an unused one can say anything; all components stand in the one scan."""
    count = frame[5]
    need(holds=count in {1, 3} and frame[0] == 8 and len(frame) == 6 + 3 * count)
    need(holds=0 not in struct.unpack(">HH", frame[1:5]))
    parts = [frame[i : i + 3] for i in range(6, len(frame), 3)]
    need(holds=[part[0] for part in parts] == list(range(1, count + 1)))
    need(holds={part[1] for part in parts[1:]} <= {0x11} and parts[0][1] in {0x11, 0x12, 0x21, 0x22})
    need(holds=sorted({part[2] for part in parts}) == sorted(quants))
    named = scan[1 : 1 + 2 * count]
    need(holds=scan[0] == count and scan[1 + 2 * count :] == b"\x00\x3f\x00")
    need(holds=list(named[::2]) == list(range(1, count + 1)))
    used = {cls | (pair >> 4 if cls == 0 else pair & 15) for pair in named[1::2] for cls in _TABLE_CLASSES}
    need(holds=sorted(used) == sorted(codes))


def _png(file: ProofCursor) -> None:
    """IHDR of 8-bit grey or RGB, IDAT that inflate to exactly the pixels, IEND."""
    file.fixed(b"\x89PNG\r\n\x1a\n")
    width, height, *form = struct.unpack(">IIBBBBB", _chunk(file, b"IHDR"))
    need(holds=form in ([8, 0, 0, 0, 0], [8, 2, 0, 0, 0]) and width > 0 < height)
    left = height * (1 + width * (3 if form[1] else 1))
    inflate = zlib.decompressobj()
    while file.next(8)[4:] == b"IDAT":
        left -= _inflated(inflate, _chunk(file, b"IDAT"))
        need(holds=left >= 0)
    need(holds=left == 0 and inflate.eof and not inflate.unused_data)
    need(holds=not _chunk(file, b"IEND"))


def _chunk(file: ProofCursor, kind: bytes) -> bytes:
    size = file.number()
    file.fixed(kind)
    body = file.take(size)
    need(holds=file.number() == zlib.crc32(body, zlib.crc32(kind)))
    return body


def _inflated(inflate: "zlib._Decompress", packed: bytes) -> int:
    size, rest = 0, packed
    while rest:
        piece = inflate.decompress(rest, _STEP)
        size += len(piece)
        rest = inflate.unconsumed_tail
        need(holds=bool(piece) or not rest)
    return size


jpeg_is_bare = proof(_jpeg, silent)
png_is_bare = proof(_png, silent)
