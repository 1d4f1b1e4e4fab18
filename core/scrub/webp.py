"""WebP, still: only the chunks that carry pixels are decoded, and drawn anew as JPEG or PNG."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif, read
from core.scrub.file_traces import FileTrace, FormatResult

MAGIC = b"RIFF"
_NAME = b"WEBP"
_HEAD = 12
_CANVAS, _ALPHA, _LOSSY, _LOSSLESS = b"VP8X", b"ALPH", b"VP8 ", b"VP8L"
_MOVES = frozenset({b"ANIM", b"ANMF"})
_MOVING, _SEE_THROUGH = 0x02, 0x10  # flags of VP8X
_CANVAS_SIZE = 10
_KEY_FRAME = b"\x9d\x01\x2a"
_MARK = 0x2F  # how VP8L begins
_TRACES = {b"ICCP": FileTrace.PROFILE, b"XMP ": FileTrace.TEXT, b"": FileTrace.TRAILER}


@dataclass(slots=True)
class _WebpParts:
    """What is taken from a file."""

    canvas: bytes = b""
    alpha: bytes = b""
    picture: bytes = b""
    kind: bytes = b""
    profile: bytes | None = None
    exif: Exif = field(default_factory=Exif)
    traces: set[FileTrace] = field(default_factory=set)


def known(data: bytes) -> bool:
    """Whether what begins as RIFF is WebP."""
    return data[8:_HEAD] == _NAME


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    parts = _WebpParts()
    for count, (kind, body) in enumerate(_chunks(data)):
        if count > limits.chunks:
            raise Refused("file_damaged")
        _take(parts, kind, body)
    if not parts.picture:
        raise Refused("file_damaged")
    _measure(parts, limits)
    return pixels.made(pixels.decoded(_rebuilt(parts), "WEBP"), parts.exif, frozenset(parts.traces), parts.profile)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body; what stands behind the last comes as a chunk without a kind."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Refused("file_damaged")
    at = _HEAD
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise Refused("file_damaged")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    if at < len(data):
        yield b"", b""


def _take(parts: _WebpParts, kind: bytes, body: bytes) -> None:
    if kind in _MOVES:
        raise Refused("file_animated")
    if kind in {_LOSSY, _LOSSLESS}:
        if parts.picture:
            raise Refused("file_damaged")
        parts.kind, parts.picture = kind, body
    elif kind == _CANVAS:
        parts.canvas = parts.canvas or body
    elif kind == _ALPHA:
        parts.alpha = parts.alpha or body
    else:
        _read(parts, kind, body)


def _read(parts: _WebpParts, kind: bytes, body: bytes) -> None:
    """Reads of everything else what is needed to see the pixels right; none of it is kept."""
    if kind == b"EXIF":
        parts.exif = parts.exif.first(read(body.removeprefix(b"Exif\0\0")))
        parts.traces |= parts.exif.traces
        return
    if kind == b"ICCP":
        parts.profile = parts.profile or body
    parts.traces.add(_TRACES.get(kind, FileTrace.OTHER))


def _measure(parts: _WebpParts, limits: Limits) -> None:
    """The canvas and the picture agree, and neither is too large."""
    width, height = _size(parts.kind, parts.picture)
    pixels.measure(width, height, limits)
    if not parts.canvas:
        return
    if len(parts.canvas) != _CANVAS_SIZE or parts.canvas[0] & _MOVING:
        raise Refused("file_animated" if parts.canvas[0] & _MOVING else "file_damaged")
    claimed = (int.from_bytes(parts.canvas[4:7], "little") + 1, int.from_bytes(parts.canvas[7:10], "little") + 1)
    if claimed != (width, height):
        raise Refused("file_damaged")


def _size(kind: bytes, picture: bytes) -> tuple[int, int]:
    if kind == _LOSSLESS:
        bits = int.from_bytes(picture[1:5], "little")
        sound, width, height = picture[:1] == bytes([_MARK]), (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        both = int.from_bytes(picture[6:8], "little"), int.from_bytes(picture[8:10], "little")
        sound, width, height = picture[3:6] == _KEY_FRAME, both[0] & 0x3FFF, both[1] & 0x3FFF
    if not sound:
        raise Refused("file_damaged")
    return width, height


def _rebuilt(parts: _WebpParts) -> bytes:
    """The same picture from the chunks that carry pixels alone."""
    chunks = [_chunk(parts.kind, parts.picture)]
    if parts.canvas and parts.canvas[0] & _SEE_THROUGH and parts.alpha and parts.kind == _LOSSY:
        chunks[:0] = [_chunk(_CANVAS, bytes((_SEE_THROUGH, 0, 0, 0)) + parts.canvas[4:]), _chunk(_ALPHA, parts.alpha)]
    body = _NAME + b"".join(chunks)
    return MAGIC + len(body).to_bytes(4, "little") + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
