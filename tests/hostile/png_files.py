"""PNG files with a canary in every carrier that we know."""

import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.hostile.files import (
    CANARY,
    PNG_BEGINNING,
    SIZE,
    Hostile,
    archive,
    chunk,
    film,
    png,
    profile,
    saved,
    scene,
    small_picture,
    tiff,
)  # fmt: skip


def header(colour: int, depth: int = 8, size: tuple[int, int] = SIZE) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0))


def raw_png(head: bytes, pixels: bytes, *middle: bytes, tail: bytes = b"") -> bytes:
    """`pixels` with their filter bytes; `tail` goes behind the deflated stream, inside IDAT."""
    body = chunk(b"IDAT", zlib.compress(pixels) + tail)
    return PNG_BEGINNING + head + b"".join(middle) + body + chunk(b"IEND", b"")


def rows(pixels: bytes, width: int) -> bytes:
    return b"".join(b"\0" + pixels[i : i + width] for i in range(0, len(pixels), width))


def _under_alpha() -> bytes:
    """The right half is transparent, and each of its pixels spells the canary."""
    image = scene("RGBA")
    for x in range(32, SIZE[0]):
        for y in range(SIZE[1]):
            at = (y * 32 + x - 32) * 3 % 24
            image.putpixel((x, y), (*CANARY[at : at + 3], 0))
    return saved(image, "PNG")


def half_white() -> Image.Image:
    image = scene()
    image.paste((255, 255, 255), (32, 0, *SIZE))
    return image


def _palette(*extra: bytes, entries: bytes) -> bytes:
    flat = rows(bytes(SIZE[0] * SIZE[1]), SIZE[0])
    return raw_png(header(3), flat, chunk(b"PLTE", entries), *extra)


def _low_bytes() -> bytes:
    """Grey of 16 bits: the high bytes are one grey, the low bytes spell."""
    spelled = (CANARY * (SIZE[0] * SIZE[1] // len(CANARY) + 1))[: SIZE[0] * SIZE[1]]
    pixels = b"".join(bytes((120, low)) for low in spelled)
    return raw_png(header(0, 16), rows(pixels, SIZE[0] * 2))


def _scene_rows() -> bytes:
    return rows(scene().tobytes(), SIZE[0] * 3)


def flat(colour: tuple[int, int, int]) -> Callable[[], Image.Image]:
    return lambda: Image.new("RGB", SIZE, colour)


_TEXT = b"Comment\0"
_PNG: tuple[tuple[str, Callable[[], bytes], Callable[[], Image.Image], tuple[str, ...]], ...] = (
    ("plain", png, scene, ()),
    ("text", lambda: png(chunk(b"tEXt", _TEXT + CANARY)), scene, ("text",)),
    ("packed text", lambda: png(chunk(b"zTXt", _TEXT + b"\0" + zlib.compress(CANARY))), scene, ("text",)),
    ("international text", lambda: png(chunk(b"iTXt", _TEXT + b"\0\0id\0\0" + CANARY)), scene, ("text",)),
    ("packed xmp", lambda: png(chunk(b"iTXt", b"XML:xmp\0\1\0\0\0" + zlib.compress(CANARY))), scene, ("text",)),
    ("exif", lambda: png(chunk(b"eXIf", tiff(thumbnail=small_picture()))), scene, ("gps", "camera", "thumbnail")),
    ("profile", lambda: png(chunk(b"iCCP", CANARY + b"\0\0" + zlib.compress(profile()))), scene, ("profile",)),
    ("profile torn", lambda: png(chunk(b"iCCP", CANARY + b"\0\0" + zlib.compress(profile())[:9])), scene, ("profile",)),
    ("time", lambda: png(chunk(b"tIME", struct.pack(">HBBBBB", 2024, 5, 6, 7, 8, 9))), scene, ("time",)),
    ("density", lambda: png(chunk(b"pHYs", struct.pack(">IIB", 3779, 3779, 1))), scene, ("other",)),
    ("suggested palette", lambda: png(chunk(b"sPLT", CANARY + b"\0\x08" + CANARY[:6])), scene, ("other",)),
    ("background", lambda: png(chunk(b"bKGD", CANARY[:6])), scene, ("other",)),
    ("gamma", lambda: png(chunk(b"gAMA", struct.pack(">I", 45455))), scene, ("other",)),
    ("private chunk", lambda: png(chunk(b"keNa", CANARY)), scene, ("other",)),
    ("chunk with a wrong sum", lambda: png(chunk(b"keNa", CANARY)[:-4] + b"oops"), scene, ("other",)),
    ("chunk behind the pixels", lambda: png()[:-12] + chunk(b"tEXt", _TEXT + CANARY) + png()[-12:], scene, ("text",)),
    ("archive behind", lambda: png() + archive(), scene, ("trailer",)),
    ("picture behind", lambda: png() + png(chunk(b"tEXt", _TEXT + CANARY)), scene, ("trailer",)),
    ("film behind", lambda: png() + film(), scene, ("trailer",)),
    ("words in the end", lambda: png()[:-12] + chunk(b"IEND", CANARY), scene, ("trailer",)),
    ("under alpha", _under_alpha, half_white, ()),
    ("surplus palette", lambda: _palette(entries=b"\x28\x50\x78" + CANARY[:24]), flat((40, 80, 120)), ()),
    ("surplus transparency", lambda: _palette(chunk(b"tRNS", b"\xff" + CANARY[:8]), entries=b"\x28\x50\x78" * 9),
     flat((40, 80, 120)), ()),
    ("under a transparent entry", lambda: _palette(chunk(b"tRNS", b"\0"), entries=CANARY[:3]), flat((255,) * 3), ()),
    ("bytes behind the deflated pixels", lambda: raw_png(header(2), _scene_rows(), tail=CANARY), scene, ()),
    ("rows below the picture", lambda: raw_png(header(2), _scene_rows() + rows(CANARY.ljust(192), 192)), scene, ()),
    ("low bytes", _low_bytes, flat((120, 120, 120)), ()),
)  # fmt: skip


def pngs() -> list[Hostile]:
    return [Hostile(f"png {name}", build(), shows(), frozenset(told)) for name, build, shows, told in _PNG]
