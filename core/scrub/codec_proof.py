"""The proof's view of how a film is coded: descriptions field by field, and what a sample may hold.

Shares no code with `mp4`, `nal_units` and `aac_config`, on purpose. Layout: ISO 14496-15, 14496-3, RFC 6716, RFC 4867.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

import re
from collections.abc import Callable

from core.scrub.proof_cursor import ProofCursor, Unproved, need

SampleCheck = Callable[[bytes, int, int], bool]
"""Whether the bytes between two places are a sample as it may be."""

_AVC_UNITS = bytes(
    int(kind in {1, 2, 3, 4, 5, 7, 8}) for first in range(256) for kind in [first & 0x1F if first < 128 else 0]
)
_HEVC_UNITS = bytes(
    int(first < 128 and (first >> 1) in {*range(10), *range(16, 22), 32, 33, 34}) for first in range(256)
)
_BEGIN_HERE = b"\6\6\1\xc4\x80"  # the one note that may stand: a film can be begun at this picture
_FORBIDDEN_PART = re.compile(rb"\x00\x00\x01[\x30-\xaf\xb1\xb2\xb4\xb7-\xff]")
_NARROW = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
_WIDE = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)


def described(kind: bytes, coding: bytes, entry: ProofCursor) -> SampleCheck:
    """Reads the rest of a sample description; raises Unproved."""
    row = _CODINGS.get((kind, coding))
    if row is None:
        raise Unproved
    name, read = row
    size = entry.number()
    entry.fixed(name)
    inner = entry.part(size - 8)
    check = read(inner)
    inner.ends()
    return check


def _avc(config: ProofCursor) -> SampleCheck:
    config.fixed(b"\1")
    profile = config.take(3)
    config.fixed(b"\xff")
    first = _sets(config, config.number(1) & 0x1F, lambda head: head & 0x9F == 7)
    need(holds=bool(first) and first[0][1:4] == profile)
    need(holds=bool(_sets(config, config.number(1), lambda head: head & 0x9F == 8)))
    if config.more():
        chroma, luma, colour, none = config.take(4)
        need(holds=profile[0] >= 44 and chroma >= 0xFC and luma >= 0xF8 and colour >= 0xF8 and none == 0)
    return _units(_AVC_UNITS)


def _hevc(config: ProofCursor) -> SampleCheck:
    config.fixed(b"\1")
    profile = config.take(12)
    config.fixed(b"\xf0\0\xfc")
    need(holds=config.number(1) >= 0xFC and config.number(1) >= 0xF8 and config.number(1) >= 0xF8)
    config.fixed(b"\0\0")
    need(holds=config.number(1) & 0xC3 == 3)
    config.fixed(b"\3")
    for kind in (32, 33, 34):
        config.fixed(bytes([0x80 | kind]))
        found = _sets(config, config.number(2), lambda head, kind=kind: head >> 1 == kind)  # type: ignore[misc]
        need(holds=bool(found))
        if kind == 33:
            need(holds=profile[:1] in found[0])
    return _units(_HEVC_UNITS)


def _sets(config: ProofCursor, count: int, right: Callable[[int], bool]) -> list[bytes]:
    found = [config.take(config.number(2)) for _ in range(count)]
    need(holds=all(one and right(one[0]) for one in found))
    return found


def _units(good: bytes) -> SampleCheck:
    def check(data: bytes, at: int, end: int) -> bool:
        while at + 4 < end:
            size = int.from_bytes(data[at : at + 4])
            if not good[data[at + 4]] and (good is _HEVC_UNITS or data[at + 4 : at + 4 + size] != _BEGIN_HERE):
                return False
            at += 4 + size
        return at == end

    return check


def _esds(config: ProofCursor, kind: int, stream: int) -> bytes:
    """The configuration in the innermost of three descriptors, each of which must fill the one around it."""
    config.fixed(bytes(4))
    config.fixed(b"\3")
    outer = config.part(_length(config))
    outer.fixed(bytes(3) + b"\4")
    middle = outer.part(_length(outer))
    outer.fixed(b"\6\x80\x80\x80\1\2", b"\6\1\2")
    outer.ends()
    middle.fixed(bytes([kind, stream]) + bytes(11) + b"\5")
    told = middle.take(_length(middle))
    middle.ends()
    return told


def _length(config: ProofCursor) -> int:
    first, second, third, fourth = config.take(4)
    need(holds=first >= 128 <= second and third >= 128 > fourth)
    return (first & 127) << 21 | (second & 127) << 14 | (third & 127) << 7 | fourth


def _mpeg4(config: ProofCursor) -> SampleCheck:
    need(holds=_no_words(told := _esds(config, 0x20, 0x11), 0, len(told)))
    return _no_words


def _no_words(data: bytes, at: int, end: int) -> bool:
    return data[at : at + 3] == b"\0\0\1" and _FORBIDDEN_PART.search(data, at, end) is None


def _h263(config: ProofCursor) -> SampleCheck:
    config.fixed(bytes(5))
    config.take(2)
    return lambda data, at, end: end - at > 4 and data[at : at + 2] == b"\0\0" and data[at + 2] >> 2 == 0x20


def _aac(config: ProofCursor) -> SampleCheck:
    told = _esds(config, 0x40, 0x15)
    need(holds=2 <= len(told) <= 11 and told[0] >> 3 in {2, 5, 29})
    bits = "".join(f"{byte:08b}" for byte in told)
    at = 5
    at += 28 if bits[at : at + 4] == "1111" else 4
    at += 4
    if told[0] >> 3 != 2:
        at += 28 if bits[at : at + 4] == "1111" else 4
        at += 5
    need(holds="1" not in bits[at + 1 :] and len(bits) - at - 3 < 8)
    return silent_front


def silent_front(data: bytes, at: int, end: int) -> bool:
    """Whether elements without sound, in front of those with, are empty."""
    if not 0 < end - at <= 16_384 or data[at] >> 5 not in {4, 6}:
        return 0 < end - at <= 16_384
    bits = "".join(f"{byte:08b}" for byte in data[at:end])
    place = 0
    while bits[place : place + 3] in {"110", "100"}:
        if bits[place : place + 3] == "110":
            count, place = int(bits[place + 3 : place + 7], 2), place + 7
            if count == 15:
                count, place = 14 + int(bits[place : place + 8], 2), place + 8
        else:
            aligned, count, place = bits[place + 7] == "1", int(bits[place + 8 : place + 16], 2), place + 16
            if count == 255:
                count, place = 255 + int(bits[place : place + 8], 2), place + 8
            place = (place + 7) // 8 * 8 if aligned else place
        if "1" in bits[place : place + 8 * count]:
            return False
        place += 8 * count
    return place <= len(bits)


def _speech(sizes: tuple[int, ...]) -> Callable[[ProofCursor], SampleCheck]:
    def read(config: ProofCursor) -> SampleCheck:
        config.fixed(bytes(5))
        config.fixed(b"\x83\xff\0\1" if sizes is _WIDE else b"\x81\xff\0\1")
        return lambda data, at, end: speech(data, at, end, wide=sizes is _WIDE)

    return read


def speech(data: bytes, at: int, end: int, *, wide: bool) -> bool:
    """Whether it is a row of whole AMR frames."""
    sizes = _WIDE if wide else _NARROW
    while at < end:
        size = sizes[data[at] >> 3 & 15]
        if not size or data[at] & 0x83:
            return False
        at += size
    return at == end


def _opus(config: ProofCursor) -> SampleCheck:
    config.fixed(b"\0")
    need(holds=config.number(1) in {1, 2})
    config.take(2)
    config.fixed((48_000).to_bytes(4))
    config.take(2)
    config.fixed(b"\0")
    return unpadded


def opus_head(head: ProofCursor) -> None:
    """Behind its name, as Ogg and WebM have it."""
    need(holds=head.number(1) in {1, 2})
    head.take(2)
    head.fixed((48_000).to_bytes(4, "little"))
    head.take(2)
    head.fixed(b"\0")


def unpadded(data: bytes, at: int, end: int) -> bool:
    """Whether an Opus packet has a number of frames that may be, and no padding."""
    if end - at < 1 or data[at] & 3 < 3:
        return end > at
    return end - at > 1 and data[at + 1] & 0x40 == 0 and 0 < data[at + 1] & 0x3F <= 48


def _alac(config: ProofCursor) -> SampleCheck:
    config.fixed(bytes(4))
    config.take(4)
    config.fixed(b"\0")
    config.take(7)
    config.fixed(bytes(8))
    config.take(4)
    return lambda _, at, end: end > at


_CODINGS: dict[tuple[bytes, bytes], tuple[bytes, Callable[[ProofCursor], SampleCheck]]] = {
    (b"vide", b"avc1"): (b"avcC", _avc),
    (b"vide", b"avc3"): (b"avcC", _avc),
    (b"vide", b"hvc1"): (b"hvcC", _hevc),
    (b"vide", b"hev1"): (b"hvcC", _hevc),
    (b"vide", b"mp4v"): (b"esds", _mpeg4),
    (b"vide", b"s263"): (b"d263", _h263),
    (b"soun", b"mp4a"): (b"esds", _aac),
    (b"soun", b"samr"): (b"damr", _speech(_NARROW)),
    (b"soun", b"sawb"): (b"damr", _speech(_WIDE)),
    (b"soun", b"Opus"): (b"dOps", _opus),
    (b"soun", b"alac"): (b"alac", _alac),
}
