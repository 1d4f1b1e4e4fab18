"""PNG: only the chunks that carry pixels are decoded, flattened on white and written anew."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif, read
from core.scrub.file_traces import FileTrace, FormatResult

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CARRIES_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT"})
_MOVES = frozenset({b"acTL", b"fcTL", b"fdAT"})
_HEADER = 13
_TRACES = {
    b"tEXt": FileTrace.TEXT,
    b"zTXt": FileTrace.TEXT,
    b"iTXt": FileTrace.TEXT,
    b"tIME": FileTrace.TIME,
    b"iCCP": FileTrace.PROFILE,
    b"": FileTrace.TRAILER,
}


@dataclass(slots=True)
class _PngParts:
    """What is taken from a file."""

    kept: list[bytes] = field(default_factory=list)
    traces: set[FileTrace] = field(default_factory=set)
    profile: bytes | None = None
    exif: Exif = field(default_factory=Exif)
    others: int = 0  # chunks that are not IDAT
    pixel_chunks: int = 0


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """The picture drawn anew, and what was left out; raises Refused, and whatever Pillow does about broken bytes."""
    parts = _parts(data, limits)
    image = pixels.decoded(b"".join((SIGNATURE, *parts.kept, _chunk(b"IEND", b""))), "PNG")
    turned = pixels.upright(pixels.opaque(image), parts.exif.orientation)
    del image  # sixty megapixels are not held twice
    return FormatResult(pixels.as_png(pixels.srgb(turned, parts.profile)), frozenset(parts.traces), parts.exif.place)


def _parts(data: bytes, limits: Limits) -> _PngParts:
    parts = _PngParts()
    for kind, body, sound in _chunks(data):
        if kind in _MOVES:
            raise Refused("file_animated")
        if kind == b"IDAT":
            parts.pixel_chunks += 1
        else:
            parts.others += 1
        if parts.others > limits.chunks or parts.pixel_chunks > limits.pixel_chunks:
            raise Refused("file_damaged")
        if kind in _CARRIES_PIXELS:
            _keep(parts, kind, body, limits, sound=sound)
        else:
            _read(parts, kind, body, limits)
    if not parts.pixel_chunks:
        raise Refused("file_damaged")
    return parts


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Kind, body, and whether its checksum holds; what stands behind IEND comes as a chunk without a kind."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : end]
        if kind == b"IEND":
            if len(data) > end + 4 or body:
                yield b"", b"", True
            return
        if end + 4 > len(data):
            raise Refused("file_damaged")
        yield kind, body, zlib.crc32(data[at + 4 : end]) == int.from_bytes(data[end : end + 4])
        at = end + 4
    if at != len(data):
        raise Refused("file_damaged")


def _keep(parts: _PngParts, kind: bytes, body: bytes, limits: Limits, *, sound: bool) -> None:
    first = not parts.kept
    if not sound or first != (kind == b"IHDR") or (first and len(body) != _HEADER):
        raise Refused("file_damaged")
    if first:
        pixels.measure(int.from_bytes(body[:4]), int.from_bytes(body[4:8]), limits)
    parts.kept.append(_chunk(kind, body))


def _read(parts: _PngParts, kind: bytes, body: bytes, limits: Limits) -> None:
    """Reads of everything else what is needed to see the pixels right; none of it is kept."""
    if kind == b"eXIf":
        parts.exif = parts.exif.first(read(body.removeprefix(b"Exif\0\0")))
        parts.traces |= parts.exif.traces
        return
    if kind == b"iCCP":
        parts.profile = parts.profile or _profile(body, limits)
    parts.traces.add(_TRACES.get(kind, FileTrace.OTHER))


def _profile(body: bytes, limits: Limits) -> bytes | None:
    _, _, packed = body.partition(b"\0")
    inflate = zlib.decompressobj()
    try:
        return inflate.decompress(packed[1:], limits.profile_bytes) or None
    except zlib.error:
        return None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
