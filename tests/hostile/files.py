"""Files with a canary in every carrier that we know, built by hand so that nothing is shared with the scrubber."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageDraw

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CANARY = b"KENARI-31.74-Budi-Santoso"
WIDE = CANARY.decode().encode("utf-16-be")
SIZE = (64, 48)
PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Hostile:
    """A file, what it is to show, and kinds of trace that must be told."""

    name: str
    data: bytes = field(repr=False)
    shows: Image.Image = field(repr=False)
    told: frozenset[str] = frozenset()


def scene(mode: str = "RGB") -> Image.Image:
    """Four corners that differ, so that no turn looks like another."""
    image = Image.new("RGB", SIZE, (90, 120, 150))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 23, 15), fill=(220, 40, 40))
    draw.rectangle((40, 0, 63, 15), fill=(40, 200, 60))
    draw.rectangle((0, 32, 31, 47), fill=(30, 40, 210))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def picture(*, progressive: bool = False, restart: int = 0) -> bytes:
    return saved(scene(), "JPEG", quality=92, subsampling=0, progressive=progressive, restart_marker_blocks=restart)


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def after_start(jpeg: bytes, *parts: bytes) -> bytes:
    """With segments behind SOI and JFIF."""
    at = 4 + struct.unpack_from(">H", jpeg, 4)[0]
    return jpeg[:at] + b"".join(parts) + jpeg[at:]


def before(jpeg: bytes, marker: bytes, more: bytes) -> bytes:
    """With bytes in front of the last such marker."""
    at = jpeg.rindex(marker)
    return jpeg[:at] + more + jpeg[at:]


def tiff(orientation: int = 1, *, thumbnail: bytes = b"", place: bool = True) -> bytes:
    """An EXIF block: make, model, times, maker note, comment, place, serial numbers, and a small picture."""
    exif: dict[int, tuple[int, bytes]] = {
        0x9003: (2, b"2024:05:06 07:08:09\0"),
        0x927C: (7, b"maker " + CANARY),
        0x9286: (7, b"ASCII\0\0\0" + CANARY),
        0xA431: (2, CANARY + b"\0"),
    }
    gps: dict[int, tuple[int, bytes]] = {
        1: (2, b"S\0"),
        2: (5, struct.pack("<6I", 6, 1, 10, 1, 30, 1)),
        29: (2, CANARY),
    }
    main: dict[int, tuple[int, bytes]] = {
        0x010F: (2, CANARY + b"\0"),
        0x0110: (2, CANARY + b" II\0"),
        0x0112: (3, struct.pack("<H", orientation)),
        0x0132: (2, b"2024:05:06 07:08:09\0"),
        0x013B: (2, CANARY + b"\0"),
    }
    blob = b"II*\0" + struct.pack("<I", 8)
    pointers = {0x8769: exif} | ({0x8825: gps} if place else {})
    size = 2 + 12 * (len(main) + len(pointers)) + 4
    values, entries = bytearray(), []
    start = 8 + size
    for tag, (kind, value) in main.items():
        entries.append(_entry(tag, kind, value, values, start))
    for tag, inner in pointers.items():
        at = start + len(values)
        values += _directory(inner, at, 0)
        entries.append(_entry(tag, 4, struct.pack("<I", at), values, start))
    following = 0
    if thumbnail:
        following = start + len(values)
        at = following + 2 + 12 * 2 + 4
        small = {0x0201: (4, struct.pack("<I", at)), 0x0202: (4, struct.pack("<I", len(thumbnail)))}
        values += _directory(small, following, 0) + thumbnail
    return (
        blob
        + struct.pack("<H", len(entries))
        + b"".join(sorted(entries, key=_tag_of))
        + struct.pack("<I", following)
        + values
    )


def _tag_of(entry: "ReadableBuffer") -> int:
    return int(struct.unpack_from("<H", entry)[0])


def _entry(tag: int, kind: int, value: bytes, values: bytearray, start: int) -> bytes:
    count = len(value) // {2: 1, 3: 2, 4: 4, 5: 8, 7: 1}[kind]
    if len(value) <= 4:
        return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    at = start + len(values)
    values += value
    return struct.pack("<HHII", tag, kind, count, at)


def _directory(tags: dict[int, tuple[int, bytes]], at: int, following: int) -> bytes:
    values = bytearray()
    start = at + 2 + 12 * len(tags) + 4
    entries = [_entry(tag, kind, value, values, start) for tag, (kind, value) in sorted(tags.items())]
    return struct.pack("<H", len(tags)) + b"".join(entries) + struct.pack("<I", following) + bytes(values)


def profile(*, swapped: bool = False) -> bytes:
    """A profile that is sRGB under another name, with a canary at its end; `swapped`: red and blue change places."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = plain.replace("sRGB".encode("utf-16-be"), "KENA".encode("utf-16-be")) + CANARY + WIDE
    if swapped:
        named = named.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return struct.pack(">I", len(named)) + named[4:]


def icc_segment(body: bytes) -> bytes:
    return segment(0xE2, b"ICC_PROFILE\0\1\1" + body)


def exif_segment(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("kenari.txt", CANARY)
    return out.getvalue()


def film() -> bytes:
    return struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 8 + len(CANARY)) + b"mdat" + CANARY


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*middle: bytes, image: Image.Image | None = None) -> bytes:
    """With chunks behind IHDR."""
    plain = saved(image or scene(), "PNG")
    return plain[:33] + b"".join(middle) + plain[33:]


def small_picture() -> bytes:
    return after_start(saved(scene().resize((16, 12)), "JPEG"), segment(0xFE, CANARY))
