"""GIF, still: the one picture in it is decoded by itself and drawn anew as PNG."""

import io
from dataclasses import dataclass, field

from PIL import Image

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif
from core.scrub.traces import Made, Trace

MAGIC = b"GIF8"
_VERSIONS = frozenset({b"GIF87a", b"GIF89a"})
_HEAD = 13  # and the colours behind it
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_HAS_COLOURS = 0x80
_TRANSPARENT = 0x01
_TRACES = {_COMMENT: Trace.COMMENT, _TEXT: Trace.TEXT, _APPLICATION: Trace.OTHER}


@dataclass(slots=True)
class _Reader:
    """Bytes with a place in them; raises Refused behind the end."""

    data: bytes
    at: int = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        taken = self.data[self.at : self.at + size]
        if len(taken) != size:
            raise Refused("file_damaged")
        self.at += size
        return taken

    def blocks(self) -> list[bytes]:
        """Sub-blocks up to the empty one."""
        found = []
        while size := self.take(1)[0]:
            found.append(self.take(size))
        return found

    def colours(self, flags: int) -> bytes:
        """The table that they speak of."""
        return self.take(3 << (flags & 7) + 1) if flags & _HAS_COLOURS else b""


@dataclass(slots=True)
class _Parts:
    """What is taken from a file."""

    control: bytes = b""
    picture: bytes = b""
    traces: set[Trace] = field(default_factory=set)


def known(data: bytes) -> bool:
    """Whether the whole of the beginning is right."""
    return data[:6] in _VERSIONS


def clean(data: bytes, limits: Limits = DEFAULT) -> Made:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    reader, parts = _Reader(data), _Parts()
    head = reader.take(_HEAD)
    _measure(head[6:10], limits)
    colours = reader.colours(head[10])
    count = 0
    while (kind := reader.take(1)[0]) != _END:
        count += 1
        if count > limits.chunks:
            raise Refused("file_damaged")
        _take(reader, parts, kind, limits)
    if reader.at < len(data):
        parts.traces.add(Trace.TRAILER)
    if not parts.picture:
        raise Refused("file_damaged")
    rebuilt = b"".join((b"GIF89a", head[6:11], b"\0\0", colours, parts.control, parts.picture, bytes([_END])))
    image = Image.open(io.BytesIO(rebuilt), formats=["GIF"])
    image.load()
    return pixels.made(image, Exif(), frozenset(parts.traces))


def _measure(size: bytes, limits: Limits) -> None:
    width, height = int.from_bytes(size[:2], "little"), int.from_bytes(size[2:4], "little")
    if width * height > limits.pixels:
        raise Refused("file_too_large")
    if not width or not height:
        raise Refused("file_damaged")


def _take(reader: _Reader, parts: _Parts, kind: int, limits: Limits) -> None:
    match kind:
        case marker if marker == _EXTENSION:
            _take_extension(reader, parts)
        case marker if marker == _PICTURE:
            if parts.picture:
                raise Refused("file_animated")
            head = reader.take(9)
            _measure(head[4:8], limits)
            colours, width = reader.colours(head[8]), reader.take(1)
            packed = b"".join(bytes([len(block)]) + block for block in reader.blocks())
            parts.picture = b"".join((bytes([_PICTURE]), head, colours, width, packed, b"\0"))
        case _:
            raise Refused("file_damaged")


def _take_extension(reader: _Reader, parts: _Parts) -> None:
    """Of all extensions only which colour is transparent matters."""
    label, blocks = reader.take(1)[0], reader.blocks()
    if label != _CONTROL:
        parts.traces.add(_TRACES.get(label, Trace.OTHER))
    elif not parts.picture and blocks and len(blocks[0]) == 4 and blocks[0][0] & _TRANSPARENT:  # noqa: PLR2004 -- GIF89a, section 23
        parts.control = bytes((_EXTENSION, _CONTROL, 4, _TRANSPARENT, 0, 0, blocks[0][3], 0))
