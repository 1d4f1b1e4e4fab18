"""AAC: its configuration rebuilt field by field, and the notes of encoders in front of a frame emptied.

Layout: ISO 14496-3, tables 1.15 and 4.3. What stands behind the sound of a frame cannot be told without decoding it.
"""

from dataclasses import dataclass

from core.errors import Refused

_LOW_COMPLEXITY, _SPECTRAL_BAND, _PARAMETRIC_STEREO = 2, 5, 29
_OWN_RATE = 15
RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)  # by channel configuration; 0 would be told by a list that has room for a comment
_BACKWARD_COMPATIBLE = 0x2B7
_FILL, _DATA = 6, 4  # elements without sound
_MOST_FRAME = 16_384  # bytes
_FILL_MORE, _DATA_MORE = 15, 255


@dataclass(slots=True)
class BitReader:
    """Reads numbers of any width; behind the end come zeros, as every field is checked anyway."""

    data: bytes
    at: int = 0

    def take(self, width: int) -> int:
        """The next number."""
        first, last = self.at // 8, (self.at + width + 7) // 8
        self.at += width
        piece = self.data[first:last].ljust(last - first, b"\0")
        return int.from_bytes(piece) >> (last * 8 - self.at) & ((1 << width) - 1)

    @property
    def left(self) -> int:
        """Bits behind this place."""
        return len(self.data) * 8 - self.at


@dataclass(frozen=True, slots=True)
class AacConfig:
    """A configuration made anew, and what it says."""

    config: bytes
    rate: int
    channels: int


def config(data: bytes) -> AacConfig:
    """Low complexity, with or without its two extensions: what phones and messengers write. Raises Refused."""
    bits = BitReader(data)
    kind, rate = bits.take(5), _rate(bits)
    layout = bits.take(4)
    extension = 0
    if kind in {_SPECTRAL_BAND, _PARAMETRIC_STEREO}:
        extension, wide = kind, _rate(bits)
        kind = bits.take(5)
    else:
        wide = rate
    short, depends, extended = bits.take(1), bits.take(1), bits.take(1)
    if kind != _LOW_COMPLEXITY or not 0 < layout < len(CHANNELS) or depends or extended:
        raise Refused("file_kind")
    if not extension and bits.left >= 16 and bits.take(11) == _BACKWARD_COMPATIBLE:  # noqa: PLR2004 -- 11 + 5 bits
        extension, wide = _backward_compatible(bits, rate)
    return AacConfig(_written(rate, layout, short, extension, wide), wide, CHANNELS[layout])


def _backward_compatible(bits: BitReader, rate: int) -> tuple[int, int]:
    if bits.take(5) != _SPECTRAL_BAND or not bits.take(1):
        return 0, rate
    wide = _rate(bits)
    stereo = bits.left >= 12 and bits.take(11) == 0x548 and bits.take(1)  # noqa: PLR2004 -- 11 + 1 bits
    return (_PARAMETRIC_STEREO if stereo else _SPECTRAL_BAND), wide


def _rate(bits: BitReader) -> int:
    index = bits.take(4)
    rate = bits.take(24) if index == _OWN_RATE else RATES[index] if index < len(RATES) else 0
    if not 1000 <= rate <= RATES[0]:  # noqa: PLR2004 -- nothing that can be heard is below
        raise Refused("file_damaged")
    return rate


def _written(rate: int, layout: int, short: int, extension: int, wide: int) -> bytes:
    fields = [(extension or _LOW_COMPLEXITY, 5), *_rate_fields(rate), (layout, 4)]
    if extension:
        fields += [*_rate_fields(wide), (_LOW_COMPLEXITY, 5)]
    fields += [(short, 1), (0, 2)]
    value = width = 0
    for number, size in fields:
        value, width = value << size | number, width + size
    return (value << (-width % 8)).to_bytes((width + 7) // 8)


def _rate_fields(rate: int) -> list[tuple[int, int]]:
    return [(RATES.index(rate), 4)] if rate in RATES else [(_OWN_RATE, 4), (rate, 24)]


def quiet(frame: bytes) -> bytes:
    """The frame with zeros where its beginning holds fill or data, in which encoders leave their names."""
    if not 0 < len(frame) <= _MOST_FRAME:
        raise Refused("file_damaged")
    if frame[0] >> 5 not in {_FILL, _DATA}:
        return frame
    bits = BitReader(frame)
    value = int.from_bytes(frame)
    while bits.left > 0 and (count := _silent(bits)) >= 0:
        bits.at += 8 * count
        if bits.left < 0:
            raise Refused("file_damaged")
        value &= ~(((1 << 8 * count) - 1) << bits.left)
    return value.to_bytes(len(frame))


def _silent(bits: BitReader) -> int:
    """Bytes of the element without sound that begins here, or -1 where one with sound does."""
    match bits.take(3):
        case 6:
            count = bits.take(4)
            return count if count < _FILL_MORE else count - 1 + bits.take(8)
        case 4:
            bits.take(4)
            aligned, count = bits.take(1), bits.take(8)
            count += bits.take(8) if count == _DATA_MORE else 0
            bits.at += -bits.at % 8 if aligned else 0
            return count
        case _:
            return -1
