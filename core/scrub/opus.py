"""Opus: headers made anew, packets without their padding; shared by every container that carries it.

Layout: RFC 6716 section 3 (packets), RFC 7845 section 5 (headers).
"""

from dataclasses import dataclass
from typing import Literal

from core.errors import Refused

TAGS = b"OpusTags" + bytes(8)  # nobody's name, no comment
RATE = 48_000
_TENTHS = (100, 200, 400, 600) * 3 + (100, 200) * 2 + (25, 50, 100, 200) * 4  # of a millisecond, by configuration
_LONGEST = 1_200  # tenths of a millisecond in one packet
_LARGEST = 1_275  # bytes of one frame
_PADDED, _VARIES = 0x40, 0x80
_MORE_PADDING = 255
_TWO_BYTES = 252
_FEW_CHANNELS = 2
_FIELDS = 10  # bytes of a head behind its name: channels, skip, rate, gain, family
_Order = Literal["little", "big"]


@dataclass(frozen=True, slots=True)
class OpusHead:
    """What a decoder must know: `skip` in samples at 48 kHz, `gain` in 1/256 dB."""

    channels: int
    skip: int
    gain: int


def head(packet: bytes) -> OpusHead:
    """Of the packet in Ogg and WebM, little-endian."""
    if packet[:8] != b"OpusHead" or packet[8] >> 4:
        raise Refused("file_damaged")
    return _read(packet[9:19], "little")


def box_head(body: bytes) -> OpusHead:
    """Of the box dOps in MP4, big-endian."""
    if body[0]:
        raise Refused("file_damaged")
    return _read(body[1:11], "big")


def _read(fields: bytes, order: _Order) -> OpusHead:
    """Mono and stereo: more channels stand in packets of another form, and nobody sends them."""
    if len(fields) < _FIELDS:
        raise Refused("file_damaged")
    if fields[9] or not 0 < fields[0] <= _FEW_CHANNELS:
        raise Refused("file_kind")
    return OpusHead(fields[0], int.from_bytes(fields[1:3], order), int.from_bytes(fields[7:9], order, signed=True))


def head_packet(told: OpusHead) -> bytes:
    """For Ogg and WebM."""
    return b"OpusHead\1" + _written(told, "little")


def head_box(told: OpusHead) -> bytes:
    """For MP4."""
    return b"\0" + _written(told, "big")


def _written(told: OpusHead, order: _Order) -> bytes:
    """The rate of the recording is not told, for nothing needs it."""
    gain = told.gain.to_bytes(2, order, signed=True)
    return bytes([told.channels]) + told.skip.to_bytes(2, order) + RATE.to_bytes(4, order) + gain + b"\0"


def samples(packet: bytes) -> int:
    """How long it lasts, at 48 kHz."""
    return _tenths(packet) * RATE // 10_000


def _tenths(packet: bytes) -> int:
    first = packet[0]
    frames = (1, 2, 2)[first & 3] if first & 3 < 3 else packet[1] & 0x3F  # noqa: PLR2004 -- code 3 tells its number
    long = _TENTHS[first >> 3] * frames
    if not 0 < long <= _LONGEST:
        raise Refused("file_damaged")
    return long


def bare(packet: bytes) -> bytes:
    """Without padding, in which anything can be written; raises Refused where the frames do not fill the rest."""
    _tenths(packet)
    code = packet[0] & 3
    if code == 3:  # noqa: PLR2004 -- any number of frames
        return _many(packet)
    if code == 1 and len(packet) % 2 == 0:
        raise Refused("file_damaged")
    if code == 2:  # noqa: PLR2004 -- two frames, the first tells its size
        size, at = _size(packet, 1)
        _fits(size)
        _fits(len(packet) - at - size)
    else:
        _fits((len(packet) - 1) // (1 + code))
    return packet


def _many(packet: bytes) -> bytes:
    told, at, padding = packet[1], 2, 0
    if told & _PADDED:
        while True:
            step, at = packet[at], at + 1
            padding += min(step, _MORE_PADDING - 1)
            if step != _MORE_PADDING:
                break
    start, end = at, len(packet) - padding
    count = told & 0x3F
    if told & _VARIES:
        for _ in range(count - 1):
            size, at = _size(packet, at)
            _fits(size)
            end -= size
        _fits(end - at)
    else:
        if end < at or (end - at) % count:
            raise Refused("file_damaged")
        _fits((end - at) // count)
    return packet[:1] + bytes([told & ~_PADDED]) + packet[start : len(packet) - padding]


def _size(packet: bytes, at: int) -> tuple[int, int]:
    first = packet[at]
    return (first, at + 1) if first < _TWO_BYTES else (first + 4 * packet[at + 1], at + 2)


def _fits(size: int) -> None:
    if not 0 <= size <= _LARGEST:
        raise Refused("file_damaged")
