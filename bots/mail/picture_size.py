"""How large a picture is drawn, read from its first bytes: what is as small as a line of words is an ornament."""

import re
import struct
from typing import Final

_PNG: Final = re.compile(rb"\x89PNG\r\n\x1a\n.{4}IHDR", re.DOTALL)
_GIF: Final = (b"GIF87a", b"GIF89a")
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers that begin a frame
_MOST_SEGMENTS: Final = 200
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no PNG, GIF or JPEG, or is cut off."""
    if _PNG.match(data) and len(data) >= 24:  # noqa: PLR2004 - signature, length, name, width, height
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data.startswith(_GIF) and len(data) >= 10:  # noqa: PLR2004 - signature, width, height
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    return _of_jpeg(data) if data.startswith(_JPEG) else None


def _of_jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] == b"\xff":
            at += 1
        if len(data) < at + 9 or data[at] != 0xFF:  # noqa: PLR2004 - a marker
            return None
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 if marker in _ALONE else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
