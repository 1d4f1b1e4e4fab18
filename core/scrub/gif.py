"""GIF, still: the one picture in it is decoded by itself and drawn anew as PNG."""

from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.byte_reader import ByteReader
from core.scrub.exif import Exif
from core.scrub.file_traces import FileTrace, FormatResult

MAGIC = b"GIF8"
_VERSIONS = frozenset({b"GIF87a", b"GIF89a"})
_HEAD = 13  # and the colours behind it
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_HAS_COLOURS = 0x80
_TRANSPARENT = 0x01
_TRACES = {_COMMENT: FileTrace.COMMENT, _TEXT: FileTrace.TEXT, _APPLICATION: FileTrace.OTHER}


@dataclass(slots=True)
class _GifParts:
    """What is taken from a file."""

    control: bytes = b""
    picture: bytes = b""
    traces: set[FileTrace] = field(default_factory=set)


def known(data: bytes) -> bool:
    """Whether the whole of the beginning is right."""
    return data[:6] in _VERSIONS


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    reader, parts = ByteReader(data), _GifParts()
    head = reader.take(_HEAD)
    _measure(head[6:10], limits)
    colours = _colours(reader, head[10])
    count = 0
    while (kind := reader.number(1)) != _END:
        count += 1
        if count > limits.chunks:
            raise Refused("file_damaged")
        _take(reader, parts, kind, limits)
    if reader.at < len(data):
        parts.traces.add(FileTrace.TRAILER)
    if not parts.picture:
        raise Refused("file_damaged")
    rebuilt = b"".join((b"GIF89a", head[6:11], b"\0\0", colours, parts.control, parts.picture, bytes([_END])))
    return pixels.made(pixels.decoded(rebuilt, "GIF"), Exif(), frozenset(parts.traces))


def _blocks(reader: ByteReader) -> list[bytes]:
    """Sub-blocks up to the empty one."""
    found = []
    while size := reader.number(1):
        found.append(reader.take(size))
    return found


def _colours(reader: ByteReader, flags: int) -> bytes:
    """The table that they speak of."""
    return reader.take(3 << (flags & 7) + 1) if flags & _HAS_COLOURS else b""


def _measure(size: bytes, limits: Limits) -> None:
    pixels.measure(int.from_bytes(size[:2], "little"), int.from_bytes(size[2:4], "little"), limits)


def _take(reader: ByteReader, parts: _GifParts, kind: int, limits: Limits) -> None:
    match kind:
        case marker if marker == _EXTENSION:
            _take_extension(reader, parts)
        case marker if marker == _PICTURE:
            if parts.picture:
                raise Refused("file_animated")
            head = reader.take(9)
            _measure(head[4:8], limits)
            colours, width = _colours(reader, head[8]), reader.take(1)
            packed = b"".join(bytes([len(block)]) + block for block in _blocks(reader))
            parts.picture = b"".join((bytes([_PICTURE]), head, colours, width, packed, b"\0"))
        case _:
            raise Refused("file_damaged")


def _take_extension(reader: ByteReader, parts: _GifParts) -> None:
    """Of all extensions only which colour is transparent matters."""
    label, blocks = reader.number(1), _blocks(reader)
    if label != _CONTROL:
        parts.traces.add(_TRACES.get(label, FileTrace.OTHER))
    elif not parts.picture and blocks and len(blocks[0]) == 4 and blocks[0][0] & _TRANSPARENT:  # noqa: PLR2004 -- GIF89a, section 23
        parts.control = bytes((_EXTENSION, _CONTROL, 4, _TRANSPARENT, 0, 0, blocks[0][3], 0))
