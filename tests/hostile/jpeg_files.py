"""JPEG files with a canary in every carrier that we know."""

import struct
from collections.abc import Callable

from tests.hostile.files import (
    CANARY,
    Hostile,
    after_start,
    archive,
    before,
    exif_segment,
    film,
    icc_segment,
    picture,
    profile,
    scene,
    segment,
    small_picture,
    tiff,
)  # fmt: skip


def _long_jfif() -> bytes:
    return struct.pack(">H", 16 + len(CANARY)) + b"JFIF\0\1\1\0\0\1\0\1\0\0" + CANARY


def _jfif_picture() -> bytes:
    return struct.pack(">H", 16 + 27) + b"JFIF\0\1\1\0\0\1\0\1\3\3" + CANARY.ljust(27)


def _mpf() -> bytes:
    return segment(0xE2, b"MPF\0II*\0" + CANARY)


def _small_tiff() -> bytes:
    return tiff(thumbnail=small_picture())


def _between_scans(jpeg: bytes) -> bytes:
    """A comment in front of the second scan and of the last."""
    second = jpeg.index(b"\xff\xda", jpeg.index(b"\xff\xda") + 2)
    more = segment(0xFE, CANARY)
    return before(jpeg[:second] + more + jpeg[second:], b"\xff\xda", more)


def _surplus_quantisation() -> bytes:
    secret = (CANARY * 3)[:64]
    return segment(0xDB, b"\x03" + secret)


def _surplus_codes() -> bytes:
    """A Huffman table that no scan asks for; its symbols are the canary's different letters."""
    symbols = CANARY.ljust(40, b"!")
    return segment(0xC4, b"\x03" + bytes((0, 0, 0, 0, 0, 0, 0, len(symbols), *([0] * 8))) + symbols)


_PLAIN = b"\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
_JPEG: tuple[tuple[str, Callable[[], bytes], tuple[str, ...]], ...] = (
    ("plain", picture, ()),
    ("exif", lambda: after_start(picture(), exif_segment(tiff())), ("gps", "camera", "time", "text")),
    ("exif small picture", lambda: after_start(picture(), exif_segment(_small_tiff())), ("thumbnail",)),
    ("exif twice", lambda: after_start(picture(), exif_segment(tiff()), exif_segment(tiff(6))), ("gps",)),
    ("exif torn", lambda: after_start(picture(), exif_segment(tiff()[:60] + CANARY)), ()),
    ("exif behind the frame", lambda: before(picture(), b"\xff\xc4", exif_segment(tiff())), ("gps",)),
    ("xmp", lambda: after_start(picture(), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY)), ("text",)),
    ("xmp extended", lambda: after_start(picture(), segment(0xE1, b"http://ns.adobe.com/xmp/\0" + CANARY)), ("text",)),
    ("iptc", lambda: after_start(picture(), segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0" + CANARY)), ("text",)),
    ("comment", lambda: after_start(picture(), segment(0xFE, CANARY)), ("comment",)),
    ("profile", lambda: after_start(picture(), icc_segment(profile())), ("profile",)),
    ("profile torn", lambda: after_start(picture(), icc_segment(profile()[:90] + CANARY)), ("profile",)),
    ("mpf", lambda: after_start(picture(), _mpf()) + small_picture(), ("trailer", "other")),
    ("app0 tail", lambda: picture().replace(_PLAIN, _long_jfif(), 1), ("other",)),
    ("jfif small picture", lambda: picture().replace(_PLAIN, _jfif_picture(), 1), ("thumbnail",)),
    ("jfxx", lambda: after_start(picture(), segment(0xE0, b"JFXX\0\x10" + small_picture())), ("other",)),
    ("app14 tail", lambda: after_start(picture(), segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + CANARY)), ("other",)),
    ("app3", lambda: after_start(picture(), segment(0xE3, CANARY)), ("other",)),
    ("app11", lambda: after_start(picture(), segment(0xEB, b"JP" + CANARY)), ("other",)),
    ("app12", lambda: after_start(picture(), segment(0xEC, b"Ducky" + CANARY)), ("other",)),
    ("app15", lambda: after_start(picture(), segment(0xEF, CANARY)), ("other",)),
    ("reserved marker", lambda: after_start(picture(), segment(0xF3, CANARY)), ("other",)),
    ("archive behind", lambda: picture() + archive(), ("trailer",)),
    ("film behind", lambda: picture() + film(), ("trailer",)),
    ("document behind", lambda: picture() + b"%PDF-1.7\n" + CANARY, ("trailer",)),
    ("second picture behind", lambda: picture() + small_picture(), ("trailer",)),
    ("comments between scans", lambda: _between_scans(picture(progressive=True)), ("comment",)),
    ("comment before the end", lambda: before(picture(), b"\xff\xd9", segment(0xFE, CANARY)), ("comment",)),
    ("bytes before the end", lambda: before(picture(), b"\xff\xd9", CANARY), ()),
    ("bytes before a restart", lambda: before(picture(restart=4), b"\xff\xd3", CANARY), ()),
    ("bytes between segments", lambda: after_start(picture(), CANARY), ("other",)),
    ("fill bytes", lambda: after_start(picture(), b"\xff\xff\xff" + segment(0xFE, CANARY)), ("comment",)),
    ("unused quantisation", lambda: after_start(picture(), _surplus_quantisation()), ()),
    ("unused codes", lambda: before(picture(), b"\xff\xda", _surplus_codes()), ()),
    ("quantisation written twice", lambda: after_start(picture(), segment(0xDB, b"\0" + (CANARY * 3)[:64])), ()),
    ("words behind no end", lambda: picture()[:-2] + b"\0\0\1\x0aImage_UTC_Data1589012345678" + CANARY, ("trailer",)),
    ("picture behind no end", lambda: picture()[:-2] + small_picture() + CANARY, ("trailer",)),
    ("words behind no end of scans", lambda: picture(progressive=True)[:-2] + b"\0" + CANARY, ("trailer",)),
    ("no end", lambda: after_start(picture(), segment(0xFE, CANARY))[:-2], ("comment",)),
)  # fmt: skip


def jpegs() -> list[Hostile]:
    return [Hostile(f"jpeg {name}", build(), scene(), frozenset(told)) for name, build, told in _JPEG]
