"""Vorbis: its three headers read to the last bit, so that nothing stands behind them, and the comments made empty.

Layout: Vorbis I specification, sections 3 and 4. Of the sound only how long a packet lasts is read.
"""

from dataclasses import dataclass, field

from core.errors import Refused

COMMENTS = b"\3vorbis" + bytes(8) + b"\1"  # nobody's name, no comment
_NAME = b"vorbis"
_IDENTIFICATION = 30
_MOST_ENTRIES = 1 << 16
_SYNC = 0x564342
_MOST_BOOKS = 32_768  # bytes of the third header; writers need a quarter of it


class _Bits:
    """Reads numbers, lowest bit first; raises Refused at the end."""

    def __init__(self, data: bytes, at: int) -> None:
        self._value = int.from_bytes(data, "little")
        self._end = len(data) * 8
        self._at = at * 8

    def take(self, width: int) -> int:
        number = self._value >> self._at & ((1 << width) - 1) if width <= 64 else 0  # noqa: PLR2004 -- more is skipped
        self._at += width
        if self._at > self._end:
            raise Refused("file_damaged")
        return number

    def size(self) -> int:
        """Bytes that were begun."""
        return (self._at + 7) // 8

    def spent(self) -> int:
        """Bits that were read."""
        return self._at


@dataclass(frozen=True, slots=True)
class Setup:
    """Headers made anew, and what tells the length of a packet."""

    headers: tuple[bytes, bytes, bytes] = field(repr=False)
    rate: int
    channels: int
    blocks: tuple[int, int]
    modes: tuple[int, ...]  # which of the two blocks each mode uses

    def lengths(self, packets: list[bytes]) -> list[int]:
        """Samples of each packet; the first one only fills the overlap."""
        width = (len(self.modes) - 1).bit_length()
        lengths, last = [], 0
        for packet in packets:
            if not packet or packet[0] & 1:
                raise Refused("file_damaged")
            now = self.blocks[self.modes[packet[0] >> 1 & ((1 << width) - 1)]]
            lengths.append((last + now) // 4 if last else 0)
            last = now
        return lengths


def setup(packets: list[bytes]) -> Setup:
    """Of the first three packets."""
    first, comments, books = packets
    if len(books) > _MOST_BOOKS:
        raise Refused("file_damaged")
    if not first.startswith(b"\1" + _NAME) or len(first) < _IDENTIFICATION or first[7:11] != bytes(4):
        raise Refused("file_damaged")
    if not comments.startswith(b"\3" + _NAME) or not books.startswith(b"\5" + _NAME):
        raise Refused("file_damaged")
    channels, rate = first[11], int.from_bytes(first[12:16], "little")
    small, large = first[28] & 15, first[28] >> 4
    if not 0 < channels <= 8 or not 1000 <= rate <= 192_000 or not 6 <= small <= large <= 13:  # noqa: PLR2004 -- section 4.2.2
        raise Refused("file_damaged")
    modes, kept = _setup(books, channels)
    identification = first[:16] + bytes(12) + first[28:29] + b"\1"
    return Setup((identification, COMMENTS, kept), rate, channels, (1 << small, 1 << large), modes)


def _setup(packet: bytes, channels: int) -> tuple[tuple[int, ...], bytes]:
    bits = _Bits(packet, 7)
    for _ in range(bits.take(8) + 1):
        _codebook(bits)
    for _ in range(bits.take(6) + 1):
        if bits.take(16):
            raise Refused("file_damaged")
    for _ in range(bits.take(6) + 1):
        _floor(bits)
    for _ in range(bits.take(6) + 1):
        _residue(bits)
    for _ in range(bits.take(6) + 1):
        _mapping(bits, channels)
    modes = tuple(_mode(bits) for _ in range(bits.take(6) + 1))
    if not bits.take(1):
        raise Refused("file_damaged")
    kept = int.from_bytes(packet, "little") & ((1 << bits.spent()) - 1)
    return modes, kept.to_bytes(bits.size(), "little")


def _codebook(bits: _Bits) -> None:
    if bits.take(24) != _SYNC:
        raise Refused("file_damaged")
    dimensions, entries = bits.take(16), bits.take(24)
    if entries > _MOST_ENTRIES:
        raise Refused("file_damaged")
    _lengths(bits, entries)
    kind = bits.take(4)
    if kind == 0:
        return
    bits.take(32 + 32)
    width = bits.take(4) + 1
    bits.take(1)
    values = {1: _root(entries, dimensions), 2: entries * dimensions}.get(kind)
    if values is None:
        raise Refused("file_damaged")
    bits.take(width * values)


def _lengths(bits: _Bits, entries: int) -> None:
    if bits.take(1):
        _ordered(bits, entries)
    elif bits.take(1):
        for _ in range(entries):
            if bits.take(1):
                bits.take(5)
    else:
        bits.take(5 * entries)


def _ordered(bits: _Bits, entries: int) -> None:
    bits.take(5)
    done = 0
    while done < entries:
        step = bits.take((entries - done).bit_length())
        done += step
    if done > entries:
        raise Refused("file_damaged")


def _root(entries: int, dimensions: int) -> int:
    """The greatest number whose power of `dimensions` is at most `entries`."""
    root = 0
    while dimensions and (root + 1) ** dimensions <= entries:
        root += 1
    return root


def _floor(bits: _Bits) -> None:
    match bits.take(16):
        case 0:
            bits.take(8 + 16 + 16 + 6 + 8)
            bits.take(8 * (bits.take(4) + 1))
        case 1:
            _floor_of_lines(bits)
        case _:
            raise Refused("file_damaged")


def _floor_of_lines(bits: _Bits) -> None:
    classes = [bits.take(4) for _ in range(bits.take(5))]
    sizes = []
    for _ in range(max(classes, default=-1) + 1):
        sizes.append(bits.take(3) + 1)
        subclasses = bits.take(2)
        if subclasses:
            bits.take(8)
        bits.take(8 << subclasses)
    bits.take(2)
    width = bits.take(4)
    bits.take(width * sum(sizes[number] for number in classes))


def _residue(bits: _Bits) -> None:
    if bits.take(16) > 2:  # noqa: PLR2004 -- three kinds
        raise Refused("file_damaged")
    bits.take(24 * 3)
    count = bits.take(6) + 1
    bits.take(8)
    cascades = []
    for _ in range(count):
        low = bits.take(3)
        cascades.append(low | (bits.take(5) << 3 if bits.take(1) else 0))
    bits.take(8 * sum(cascade.bit_count() for cascade in cascades))


def _mapping(bits: _Bits, channels: int) -> None:
    if bits.take(16):
        raise Refused("file_damaged")
    submaps = bits.take(4) + 1 if bits.take(1) else 1
    if bits.take(1):
        width = (channels - 1).bit_length()
        bits.take(2 * width * (bits.take(8) + 1))
    if bits.take(2):
        raise Refused("file_damaged")
    if submaps > 1:
        bits.take(4 * channels)
    bits.take(24 * submaps)


def _mode(bits: _Bits) -> int:
    block = bits.take(1)
    if bits.take(32):
        raise Refused("file_damaged")
    bits.take(8)
    return block
