"""FLAC: the frames of sound, each with a sum that holds, behind a stream description made anew and no other block.

Layout: RFC 9639. Where a frame ends is told only by the next one, and at the end by the sum alone.
"""

import sys
from array import array
from dataclasses import dataclass
from functools import cache

from core.errors import Refused
from core.limits import Limits
from core.scrub import tags
from core.scrub.traces import Made, Trace

MAGIC = b"fLaC"
_LAST = 0x80
_INFO, _INFO_SIZE, _PADDING, _COMMENT, _PICTURE = 0, 34, 1, 4, 6
_TRACES = {_COMMENT: Trace.COMMENT, _PICTURE: Trace.THUMBNAIL}
_FIXED, _VARIES = b"\xff\xf8", b"\xff\xf9"
_BLOCKS = {
    1: 192,
    **{code: 576 << code - 2 for code in range(2, 6)},
    **{code: 256 << code - 8 for code in range(8, 16)},
}
_LEAST = 10  # bytes of a frame
_MOST_TRIES = 16  # for the end of one frame; sound that looks like a head is rare


@dataclass(frozen=True, slots=True)
class _Head:
    number: int
    block: int
    size: int


def is_flac(data: bytes) -> bool:
    """Whether FLAC stands behind tags."""
    return data.startswith(MAGIC, tags.behind(data))


def clean(data: bytes, limits: Limits) -> Made:
    """Raises Refused, IndexError."""
    start, end = tags.behind(data), tags.before(data)
    info, at, traces = _blocks(data, start + 4)
    if start or end != len(data):
        traces.add(Trace.TEXT)
    frames, total, whole = _frames(data[at:end])
    if not whole:
        traces.add(Trace.TRAILER)
    rate = int.from_bytes(info[10:13]) >> 4
    if not rate or total > limits.voice_seconds * rate:
        raise Refused("file_too_long" if rate else "file_damaged")
    told = (
        info[:4]
        + bytes(6)
        + info[10:13]
        + bytes([info[13] & 0xF0 | total >> 32 & 15])
        + (total & 0xFFFFFFFF).to_bytes(4)
    )
    return Made(MAGIC + b"\x80\0\0\x22" + told + bytes(16) + frames, frozenset(traces))


def _blocks(data: bytes, at: int) -> tuple[bytes, int, set[Trace]]:
    info, traces, last = b"", set[Trace](), False
    while not last:
        kind, size = data[at] & 0x7F, int.from_bytes(data[at + 1 : at + 4])
        last = bool(data[at] & _LAST)
        if kind == _INFO and not info:
            info = data[at + 4 : at + 4 + size]
        elif kind != _PADDING or any(data[at + 4 : at + 4 + size]):
            traces.add(_TRACES.get(kind, Trace.OTHER))
        at += 4 + size
    if len(info) != _INFO_SIZE:
        raise Refused("file_damaged")
    return info, at, traces


def _frames(data: bytes) -> tuple[bytes, int, bool]:
    """Those whose sums hold, how many samples they have, and whether nothing stood behind."""
    sync = data[:2]
    now = _head(data, 0, sync)
    if sync not in {_FIXED, _VARIES} or now is None or now.number:
        raise Refused("file_damaged")
    at = total = 0
    while True:
        expected = now.number + (1 if sync == _FIXED else now.block)
        end, following = _next(data, at, sync, expected)
        if end == at == 0:
            raise Refused("file_damaged")
        total += now.block if end > at else 0
        if following is None:
            break
        now, at = following, end
    return data[:end], total, end == len(data)


def _next(data: bytes, at: int, sync: bytes, expected: int) -> tuple[int, _Head | None]:
    """Where a frame ends, and the head of the one behind it."""
    end, tries = data.find(sync, at + _LEAST), 0
    while end >= 0 and tries < _MOST_TRIES:
        head = _head(data, end, sync)
        if head and head.number == expected:
            if _sum(data[at:end]) == 0:
                return end, head
            tries += 1
        end = data.find(sync, end + 1)
    return _last(data, at), None


def _last(data: bytes, at: int) -> int:
    """Where the last frame ends: with the file, or at the only place where its sum holds; else it is left out."""
    if _sum(data[at:]) == 0 and len(data) - at >= _LEAST:
        return len(data)
    table, value, ends = _bytes(), 0, []
    for place in range(at, min(len(data), at + 2_000_000)):
        value = value << 8 & 0xFFFF ^ table[value >> 8 ^ data[place]]
        if not value and place - at >= _LEAST:
            ends.append(place + 1)
    return ends[0] if len(ends) == 1 else at


def _head(data: bytes, at: int, sync: bytes) -> _Head | None:
    if len(data) < at + _LEAST or not data.startswith(sync, at) or data[at + 3] & 1:
        return None
    block, rate, layout, width = data[at + 2] >> 4, data[at + 2] & 15, data[at + 3] >> 4, data[at + 3] >> 1 & 7
    if not block or rate == 15 or layout > 10 or width == 3:  # noqa: PLR2004 -- what no frame says
        return None
    number, place = _coded(data, at + 4)
    samples = _BLOCKS.get(block, 0)
    if block in {6, 7}:
        samples, place = int.from_bytes(data[place : place + block - 5]) + 1, place + block - 5
    place += {12: 1, 13: 2, 14: 2}.get(rate, 0)
    if number < 0 or place >= len(data) or _short_sum(data[at : place + 1]):
        return None
    return _Head(number, samples, place + 1 - at)


def _coded(data: bytes, at: int) -> tuple[int, int]:
    """A number in the manner of UTF-8, up to 36 bits; -1 where it is none."""
    first = data[at]
    if first < 0x80:  # noqa: PLR2004 -- one byte
        return first, at + 1
    more = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= more <= 7 or len(data) < at + more:  # noqa: PLR2004 -- bytes that it may have
        return -1, at
    value = first & (0x7F >> more)
    for byte in data[at + 1 : at + more]:
        if byte >> 6 != 2:  # noqa: PLR2004 -- not one that goes on
            return -1, at
        value = value << 6 | byte & 0x3F
    return value, at + more


def _short_sum(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value << 1 ^ 0x07 if value & 0x80 else value << 1) & 0xFF
    return value


@cache
def _bytes() -> tuple[int, ...]:
    def one(value: int) -> int:
        for _ in range(8):
            value = (value << 1 ^ 0x8005 if value & 0x8000 else value << 1) & 0xFFFF
        return value

    return tuple(one(byte << 8) for byte in range(256))


@cache
def _pairs() -> tuple[int, ...]:
    """Two bytes at a time: half the steps."""
    table = _bytes()
    return tuple(table[table[high] >> 8 ^ low] ^ table[high] << 8 & 0xFFFF for high in range(256) for low in range(256))


def _sum(data: bytes) -> int:
    table, value = _pairs(), 0
    odd = len(data) % 2
    words = array("H", bytes(odd) + data)  # zeros in front change nothing
    if sys.byteorder == "little":
        words.byteswap()
    for word in words:
        value = table[value ^ word]
    return value
