"""How a track is coded: its description made anew, and what is kept of each sample; whatever is not listed is refused.

Layout: ISO 14496-12 section 8.5.2, 14496-14 (esds), 14496-15 (avcC, hvcC), 3GPP TS 26.244 (damr, d263), QuickTime.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import Refused
from core.limits import Limits
from core.scrub import aac_config, amr, mpeg4_visual, nal_units, opus, pixels
from core.scrub.isobmff import Box, body, boxes, children

_PICTURE_HEAD, _SOUND_HEAD = 78, 28
_AAC = frozenset({0x40, 0x66, 0x67, 0x68})  # objects of MPEG-4 and MPEG-2 sound
_MPEG4_PICTURES = 0x20
_AVC = (b"avc1", b"avc3")
_OBJECTS = _AAC | {_MPEG4_PICTURES}
_ESDS, _DECODER, _SPECIFIC = 3, 4, 5
_MOST_CONFIG = 16_384
_LOCKED = (b"encv", b"enca", b"drmi", b"drms", b"p608")


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """`entry` is the whole description; `brief`: only 3GPP has room for it; `bare` makes a sample anew."""

    entry: bytes
    bare: Callable[[bytes], bytes]
    brief: bool = False
    width: int = 0
    height: int = 0
    raw: amr.AmrBand | None = None


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box as we write it."""
    inner = b"".join(parts)
    return (8 + len(inner)).to_bytes(4) + kind + inner


def known(entry: Box) -> bool:
    """Whether we can write such a track."""
    return entry.kind in _WAYS


def read(data: bytes, entry: Box, limits: Limits) -> SampleEntry:
    """Of a sample description; raises Refused."""
    return _WAYS[entry.kind](data, entry, limits)


def locked(data: bytes, entry: Box) -> bool:
    """Whether a key is needed to see or hear it."""
    return entry.kind in _LOCKED or b"sinf" in data[entry.start : entry.end]


def _picture(data: bytes, entry: Box, limits: Limits) -> tuple[int, int, dict[bytes, Box]]:
    width, height = (int.from_bytes(data[at : at + 2]) for at in (entry.start + 24, entry.start + 26))
    pixels.measure(width, height, limits)
    return width, height, children(data, entry, _PICTURE_HEAD)


def _picture_entry(kind: bytes, width: int, height: int, config: bytes) -> bytes:
    sizes = width.to_bytes(2) + height.to_bytes(2)
    plain = b"\0\x48\0\0\0\x48\0\0" + bytes(4) + b"\0\1" + bytes(32) + b"\0\x18\xff\xff"
    return box(kind, bytes(6), b"\0\1", bytes(16), sizes, plain, config)


def _units(data: bytes, entry: Box, limits: Limits) -> SampleEntry:
    """H.264 and HEVC."""
    name, read_config = (b"avcC", nal_units.avc) if entry.kind in _AVC else (b"hvcC", nal_units.hevc)
    width, height, parts = _picture(data, entry, limits)
    units = read_config(body(data, parts.get(name)))
    made = _picture_entry(entry.kind, width, height, box(name, units.config))
    return SampleEntry(made, units.sample, width=width, height=height)


def _mpeg4_film(data: bytes, entry: Box, limits: Limits) -> SampleEntry:
    width, height, parts = _picture(data, entry, limits)
    kind, config = _specific(body(data, parts.get(b"esds")))
    if kind != _MPEG4_PICTURES:
        raise Refused("file_kind")
    made = _picture_entry(b"mp4v", width, height, _esds(kind, 0x11, mpeg4_visual.bare(config)))
    return SampleEntry(made, mpeg4_visual.bare, width=width, height=height)


def _h263(data: bytes, entry: Box, limits: Limits) -> SampleEntry:
    width, height, parts = _picture(data, entry, limits)
    told = body(data, parts.get(b"d263"))
    if len(told) < 7:  # noqa: PLR2004 -- vendor, version, level, profile
        raise Refused("file_damaged")
    made = _picture_entry(b"s263", width, height, box(b"d263", bytes(5), told[5:7]))
    return SampleEntry(made, _h263_sample, brief=True, width=width, height=height)


def _h263_sample(sample: bytes) -> bytes:
    """Begins with the picture's start code (ITU-T H.263 section 5.1)."""
    if sample[:2] != b"\0\0" or sample[2] & 0xFC != 0x80:  # noqa: PLR2004 -- 22 bits
        raise Refused("file_damaged")
    return sample


def _sound_parts(data: bytes, entry: Box) -> dict[bytes, Box]:
    """What stands behind the fixed part, which QuickTime made longer; its own box `wave` counts as open."""
    skip = _SOUND_HEAD + {1: 16, 2: 36}.get(int.from_bytes(data[entry.start + 8 : entry.start + 10]), 0)
    parts = children(data, entry, skip)
    if b"wave" in parts:
        wave = parts[b"wave"]
        parts |= {child.kind: child for child in boxes(data, wave.start, wave.end)}
    return parts


def _sound_entry(kind: bytes, channels: int, rate: int, config: bytes) -> bytes:
    fixed = channels.to_bytes(2) + b"\0\x10" + bytes(4) + (rate if rate < 1 << 16 else 0).to_bytes(2) + bytes(2)
    return box(kind, bytes(6), b"\0\1", bytes(8), fixed, config)


def _mp4a(data: bytes, entry: Box, _: Limits) -> SampleEntry:
    kind, config = _specific(body(data, _sound_parts(data, entry).get(b"esds")))
    if kind not in _AAC:
        raise Refused("file_kind")
    sound = aac_config.config(config)
    made = _sound_entry(b"mp4a", sound.channels, sound.rate, _esds(0x40, 0x15, sound.config))
    return SampleEntry(made, aac_config.quiet)


def _amr(_data: bytes, entry: Box, _: Limits) -> SampleEntry:
    kind = amr.WIDE if entry.kind == b"sawb" else amr.NARROW
    told = box(b"damr", bytes(5), b"\x83\xff" if kind is amr.WIDE else b"\x81\xff", b"\0\1")
    made = _sound_entry(entry.kind, 1, 16_000 if kind is amr.WIDE else 8_000, told)
    return SampleEntry(made, lambda sample: amr.frames(sample, kind)[0], brief=True, raw=kind)


def _opus(data: bytes, entry: Box, _: Limits) -> SampleEntry:
    head = opus.box_head(body(data, _sound_parts(data, entry).get(b"dOps")))
    made = _sound_entry(b"Opus", head.channels, opus.RATE, box(b"dOps", opus.head_box(head)))
    return SampleEntry(made, opus.bare)


def _alac(data: bytes, entry: Box, _: Limits) -> SampleEntry:
    told = body(data, _sound_parts(data, entry).get(b"alac"))[4:28]
    if len(told) != 24 or told[4] or not 0 < told[9] <= 8:  # noqa: PLR2004 -- its fixed size; version; channels
        raise Refused("file_damaged")
    plain = told[:12] + bytes(8) + told[20:]
    rate = int.from_bytes(told[20:])
    return SampleEntry(_sound_entry(b"alac", told[9], rate, box(b"alac", bytes(4), plain)), lambda sample: sample)


def _specific(esds: bytes) -> tuple[int, bytes]:
    """Kind of object and its configuration, out of nested descriptors."""
    tag, at, end = _descriptor(esds, 4)
    if tag != _ESDS:
        raise Refused("file_damaged")
    flags = esds[at + 2]
    at += 3 + (2 if flags & 0x80 else 0) + (1 + esds[at + 3] if flags & 0x40 else 0) + (2 if flags & 0x20 else 0)
    tag, at, end = _descriptor(esds, at)
    if tag != _DECODER:
        raise Refused("file_damaged")
    kind = esds[at]
    if kind not in _OBJECTS:
        raise Refused("file_kind")
    tag, at, end = _descriptor(esds, at + 13)
    if tag != _SPECIFIC or end - at > _MOST_CONFIG:
        raise Refused("file_damaged")
    return kind, esds[at:end]


def _descriptor(data: bytes, at: int) -> tuple[int, int, int]:
    tag, size = data[at], 0
    for at in range(at + 1, at + 5):  # noqa: B020, PLR1704 -- walks over the length, which has up to four bytes
        size = size << 7 | data[at] & 0x7F
        if not data[at] & 0x80:
            break
    if at + 1 + size > len(data):
        raise Refused("file_damaged")
    return tag, at + 1, at + 1 + size


def _esds(kind: int, stream: int, config: bytes) -> bytes:
    specific = _told(_SPECIFIC, config)
    decoder = _told(_DECODER, bytes([kind, stream]) + bytes(11) + specific)
    return box(b"esds", bytes(4), _told(_ESDS, bytes(3) + decoder + b"\6\1\2"))


def _told(tag: int, inner: bytes) -> bytes:
    size = len(inner)
    return bytes([tag, 0x80 | size >> 21, 0x80 | size >> 14 & 0x7F, 0x80 | size >> 7 & 0x7F, size & 0x7F]) + inner


_WAYS: dict[bytes, Callable[[bytes, Box, Limits], SampleEntry]] = {
    **dict.fromkeys((*_AVC, b"hvc1", b"hev1"), _units),
    b"mp4v": _mpeg4_film,
    b"s263": _h263,
    b"mp4a": _mp4a,
    b"samr": _amr,
    b"sawb": _amr,
    b"Opus": _opus,
    b"alac": _alac,
}
