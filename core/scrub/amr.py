"""AMR, narrow and wide: a row of frames whose sizes are told by their first byte, each made anew with empty spare bits.

Layout: RFC 4867 section 5. A byte that begins no frame leaves no way to tell where sound ended: then it is refused.
"""

from dataclasses import dataclass

from core.errors import Refused
from core.limits import Limits
from core.scrub.file_traces import FormatResult

_PER_SECOND = 50
_SPARE = 0x83


@dataclass(frozen=True, slots=True)
class AmrBand:
    """How a file begins, and bits of a frame by its kind; none for what nobody may send."""

    magic: bytes
    bits: dict[int, int]


NARROW = AmrBand(b"#!AMR\n", dict(enumerate((95, 103, 118, 134, 148, 159, 204, 244, 39))) | {15: 0})
WIDE = AmrBand(b"#!AMR-WB\n", dict(enumerate((132, 177, 253, 285, 317, 365, 397, 461, 477, 40))) | {14: 0, 15: 0})


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused; a last frame that was cut is left out."""
    kind = WIDE if data.startswith(WIDE.magic) else NARROW
    made, count = frames(data[len(kind.magic) :], kind, cut=True)
    if not count:
        raise Refused("file_damaged")
    if count > limits.voice_seconds * _PER_SECOND:
        raise Refused("file_too_long")
    return FormatResult(kind.magic + made, frozenset())


def frames(data: bytes, kind: AmrBand, *, cut: bool = False) -> tuple[bytes, int]:
    """Made anew, and how many; `cut`: the last may end early."""
    made, at, count = bytearray(), 0, 0
    while at < len(data):
        first = data[at]
        bits = kind.bits.get(first >> 3 & 15)
        if bits is None or first & _SPARE:
            raise Refused("file_damaged")
        end = at + 1 + (bits + 7) // 8
        if end > len(data):
            if cut:
                break
            raise Refused("file_damaged")
        made += data[at:end]
        if bits % 8:
            made[-1] &= 0xFF << (8 - bits % 8) & 0xFF
        at, count = end, count + 1
    return bytes(made), count
