"""H.264 and HEVC: only the units that carry pictures or say how to read them, so that no SEI, caption or filler stays.

Layout: ISO 14496-15 (avcC, hvcC, samples), ITU-T H.264 table 7-1, H.265 table 7-1.
"""

from dataclasses import dataclass

from core.errors import Refused
from core.scrub.byte_reader import ByteReader

_MOST_SETS = 32  # parameter sets of one kind
_MOST_SET_BYTES = 4_096
_HIGH = frozenset({100, 110, 122, 144, 244, 44})  # profiles whose avcC says more
_WIDE = 4  # bytes in which we write a unit's length
_AVC_SETS = (7, 8)  # of the sequence, of pictures
_SEI, _RECOVERY_POINT = 6, 6
_RECOVERY = b"\6\6\1\xc4\x80"  # at once, exactly: our own words for it
_HEVC_SETS = (32, 33, 34)
_KEPT_AVC = frozenset({1, 2, 3, 4, 5, *_AVC_SETS})
_KEPT_HEVC = frozenset({*range(10), *range(16, 22), *_HEVC_SETS})


@dataclass(frozen=True, slots=True)
class NalUnits:
    """How samples are read; `config` is the rebuilt avcC or hvcC."""

    config: bytes
    length: int
    kept: frozenset[int]
    shift: int  # where the type stands in a unit's first byte
    mask: int

    def sample(self, data: bytes) -> bytes:
        """Raises Refused where units do not fill the sample, or none is left."""
        at, end, same = 0, len(data), self.length == _WIDE
        kept = []
        while at < end:
            start = at + self.length
            stop = start + int.from_bytes(data[at:start])
            if stop > end or start >= end:
                raise Refused("file_damaged")
            if stop > start and self._carries(data[start]):
                kept.append(data[start:stop])
            else:
                same = False
                if self.shift == 0 and stop > start and _recovers(data[start:stop]):
                    kept.append(_RECOVERY)
            at = stop
        if not kept:
            raise Refused("file_damaged")
        if same:
            return data
        return b"".join(len(unit).to_bytes(_WIDE) + unit for unit in kept)

    def _carries(self, first: int) -> bool:
        if first & 0x80:
            raise Refused("file_damaged")
        return first >> self.shift & self.mask in self.kept


def _recovers(unit: bytes) -> bool:
    """Whether a note says that a film can be begun here; one without another beginning cannot be played without it."""
    if unit[0] & 31 != _SEI:
        return False
    body, at = unit.replace(b"\0\0\3", b"\0\0"), 1
    while at + 2 < len(body):
        kind, at = _grown(body, at)
        if kind == _RECOVERY_POINT:
            return True
        size, at = _grown(body, at)
        at += size
    return False


def _grown(body: bytes, at: int) -> tuple[int, int]:
    value = 0
    while at < len(body) - 1 and body[at] == 255:  # noqa: PLR2004 -- and it goes on
        value, at = value + 255, at + 1
    return value + body[at], at + 1


def _sets(read: ByteReader, count: int) -> list[bytes]:
    found = [read.take(read.number(2)) for _ in range(count)]
    if any(not 4 <= len(one) <= _MOST_SET_BYTES or one[0] & 0x80 for one in found):  # noqa: PLR2004 -- its first fields
        raise Refused("file_damaged")
    return found


def avc(body: bytes) -> NalUnits:
    """Of avcC."""
    read = ByteReader(body, 6)
    if body[0] != 1 or body[4] & 3 == 2:  # noqa: PLR2004 -- lengths of three bytes do not exist
        raise Refused("file_damaged")
    first = [one for one in _sets(read, body[5] & 31) if one[0] & 31 == _AVC_SETS[0]]
    second = [one for one in _sets(read, read.number(1)) if one[0] & 31 == _AVC_SETS[1]]
    if not first or not second:
        raise Refused("file_damaged")
    config = b"\1" + first[0][1:4] + b"\xff" + bytes([0xE0 | len(first)]) + _told(first)
    config += bytes([len(second)]) + _told(second)
    more = body[read.at : read.at + 3]
    if first[0][1] in _HIGH and len(more) == 3:  # noqa: PLR2004 -- chroma and two depths
        config += bytes([0xFC | more[0], 0xF8 | more[1], 0xF8 | more[2], 0])
    return NalUnits(config, (body[4] & 3) + 1, _KEPT_AVC, 0, 31)


def hevc(body: bytes) -> NalUnits:
    """Of hvcC."""
    read = ByteReader(body, 23)
    if len(body) < 23 or body[0] != 1 or body[21] & 3 == 2:  # noqa: PLR2004 -- its fixed part
        raise Refused("file_damaged")
    found: dict[int, list[bytes]] = {kind: [] for kind in _HEVC_SETS}
    for _ in range(body[22]):
        kind = read.number(1) & 63
        units = _sets(read, read.number(2)) if kind in found else _skipped(read)
        if any(unit[0] >> 1 & 63 != kind for unit in units):
            raise Refused("file_damaged")
        found.get(kind, []).extend(units)
    if not all(0 < len(units) <= _MOST_SETS for units in found.values()):
        raise Refused("file_damaged")
    profile = found[33][0].replace(b"\0\0\3", b"\0\0")[3:15]  # the same fields, as the stream itself says them
    if len(profile) < 12:  # noqa: PLR2004 -- profile, tier, level
        raise Refused("file_damaged")
    depths = bytes([0xFC | body[16], 0xF8 | body[17], 0xF8 | body[18]])
    config = b"\1" + profile + b"\xf0\0\xfc" + depths + b"\0\0" + bytes([body[21] & 0x3C | 3, len(_HEVC_SETS)])
    for kind, units in found.items():
        config += bytes([0x80 | kind]) + len(units).to_bytes(2) + _told(units)
    return NalUnits(config, (body[21] & 3) + 1, _KEPT_HEVC, 1, 63)


def _skipped(read: ByteReader) -> list[bytes]:
    for _ in range(read.number(2)):
        read.take(read.number(2))
    return []


def _told(units: list[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2) + unit for unit in units)
