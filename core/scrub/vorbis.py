"""Vorbis: its headers made anew where they tell names, and read so far that nothing can stand behind them.

Layout: Vorbis I specification, sections 3 and 4. Of the sound only how long a packet lasts is read.
"""

from dataclasses import dataclass, field

from core.errors import Refused

COMMENTS = b"\3vorbis" + bytes(8) + b"\1"  # nobody's name, no comment
_NAME = b"vorbis"
_IDENTIFICATION = 30
_MOST_BOOKS = 32_768  # bytes of the third header; writers need a quarter of it
_COUNT, _MODE = 6, 41  # bits that tell how many modes there are, and of each
_PLAIN = 1  # the two kinds of window and transform in a mode, between its block and its mapping, must be zero
_MODES = (2, 1)  # how many of them writers tell


@dataclass(frozen=True, slots=True)
class VorbisSetup:
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


def setup(packets: list[bytes]) -> VorbisSetup:
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
    identification = first[:16] + bytes(12) + first[28:29] + b"\1"
    kept = books.rstrip(b"\0")
    return VorbisSetup((identification, COMMENTS, kept), rate, channels, (1 << small, 1 << large), _modes(kept))


def _modes(books: bytes) -> tuple[int, ...]:
    """The last thing that the third header tells: a header with anything behind does not end so.

    Before them stand tables of thousands of numbers, of which every one could be anything; so they are read from the
    end. The last bit that is not zero closes the packet.
    """
    value = int.from_bytes(books, "little")
    end = value.bit_length() - 1
    for count in _MODES:
        start = end - count * _MODE
        modes = [value >> start + number * _MODE & (1 << _MODE) - 1 for number in range(count)]
        told = value >> start - _COUNT & (1 << _COUNT) - 1
        if told == count - 1 and not any(mode >> _PLAIN & 0xFFFF_FFFF for mode in modes):
            return tuple(mode & 1 for mode in modes)
    raise Refused("file_damaged")
