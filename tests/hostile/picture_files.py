"""WebP, GIF, BMP, TIFF and HEIC with a canary in every carrier that we know, and the newer carriers of JPEG."""

import io
import struct
from collections.abc import Callable

import pillow_heif
from PIL import Image

from tests.hostile.files import (
    CANARY,
    SIZE,
    Hostile,
    after_start,
    archive,
    before,
    exif_segment,
    film,
    picture,
    profile,
    saved,
    scene,
    segment,
    small_picture,
    tiff,
)
from tests.hostile.png_files import half_white

pillow_heif.register_heif_opener(decode_threads=1)

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
EXIF = b"Exif\0\0" + tiff(thumbnail=small_picture())
Row = tuple[str, Callable[[], bytes], tuple[str, ...]]


def under_alpha() -> Image.Image:
    """The right half is transparent, and each of its pixels spells the canary."""
    image = scene("RGBA")
    for x in range(32, SIZE[0]):
        for y in range(SIZE[1]):
            at = (y * 32 + x - 32) * 3 % 24
            image.putpixel((x, y), (*CANARY[at : at + 3], 0))
    return image


# WebP


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_chunk(kind: bytes, body: bytes, pad: bytes = b"\0") -> bytes:
    return kind + struct.pack("<I", len(body)) + body + pad * (len(body) % 2)


def webp_pixels(**options: object) -> bytes:
    """The chunk that carries them."""
    return saved(scene(), "WEBP", **options)[12:]


def canvas(flags: int = 0, size: tuple[int, int] = SIZE) -> bytes:
    wide, high = (struct.pack("<I", side - 1)[:3] for side in size)
    return webp_chunk(b"VP8X", bytes((flags, 0, 0, 0)) + wide + high)


def webp(*more: bytes, flags: int = 0) -> bytes:
    return riff(canvas(flags), *more[:1], webp_pixels(quality=95), *more[1:])


_WEBP: tuple[Row, ...] = (
    ("plain", lambda: saved(scene(), "WEBP", quality=95), ()),
    ("lossless", lambda: saved(scene(), "WEBP", lossless=True), ()),
    ("exif", lambda: webp(b"", webp_chunk(b"EXIF", EXIF), flags=8), ("gps", "camera", "time", "thumbnail")),
    ("exif without its name", lambda: webp(b"", webp_chunk(b"EXIF", tiff()), flags=8), ("gps",)),
    ("xmp", lambda: webp(b"", webp_chunk(b"XMP ", XMP), flags=4), ("text",)),
    ("profile", lambda: webp(webp_chunk(b"ICCP", profile()), flags=32), ("profile",)),
    ("private chunk", lambda: webp(b"", webp_chunk(b"KENA", CANARY)), ("other",)),
    ("private chunk in front", lambda: webp(webp_chunk(b"KENA", CANARY)), ("other",)),
    ("reserved bytes", lambda: webp().replace(b"VP8X\x0a\0\0\0\0\0\0\0", b"VP8X\x0a\0\0\0\0KEN", 1), ()),
    ("archive behind", lambda: saved(scene(), "WEBP", quality=95) + archive(), ("trailer",)),
    ("film behind", lambda: saved(scene(), "WEBP", quality=95) + film(), ("trailer",)),
    ("second alpha", lambda: webp(webp_chunk(b"ALPH", b"\0" + CANARY), b"", flags=0), ()),
)  # fmt: skip


# GIF


def gif_block(body: bytes) -> bytes:
    return bytes([len(body)]) + body


def gif(*extensions: bytes, tail: bytes = b"") -> bytes:
    """With extensions in front of the picture."""
    plain = saved(scene().quantize(8), "GIF")
    at = 13 + (3 << (plain[10] & 7) + 1)
    return plain[:at] + b"".join(extensions) + plain[at:] + tail


def gif_surplus() -> bytes:
    """Blocks behind the last pixel of the packed stream."""
    plain = gif()
    return plain[:-2] + gif_block(CANARY) + plain[-2:]


_APPLICATION = b"\x21\xff" + gif_block(b"XMP DataXMP")
_GIF: tuple[Row, ...] = (
    ("plain", gif, ()),
    ("comment", lambda: gif(b"\x21\xfe" + gif_block(CANARY) + b"\0"), ("comment",)),
    ("application", lambda: gif(_APPLICATION + gif_block(CANARY) + b"\0"), ("other",)),
    ("words", lambda: gif(b"\x21\x01" + gif_block(bytes(12)) + gif_block(CANARY) + b"\0"), ("text",)),
    ("private extension", lambda: gif(b"\x21\x77" + gif_block(CANARY) + b"\0"), ("other",)),
    ("comment behind", lambda: gif()[:-1] + b"\x21\xfe" + gif_block(CANARY) + b"\0;", ("comment",)),
    ("archive behind", lambda: gif(tail=archive()), ("trailer",)),
    ("blocks behind the pixels", gif_surplus, ()),
    ("repeat", lambda: gif(b"\x21\xff" + gif_block(b"NETSCAPE2.0") + gif_block(b"\1\0\0") + b"\0"), ("other",)),
)  # fmt: skip


# BMP


def bmp(
    *, gap: bytes = b"", pad: bytes = b"\0", tail: bytes = b"", reserved: bytes = bytes(4), depth: int = 24
) -> bytes:
    """Written from the bottom; 63 pixels wide, so that each line has padding."""
    image = scene().crop((0, 0, 63, 48))
    lines = []
    for y in reversed(range(48)):
        line = b"".join(bytes(reversed(image.getpixel((x, y)))) + pad[:1] * (depth // 8 - 3) for x in range(63))  # type: ignore[arg-type]
        lines.append(line + (pad * 4)[: -len(line) % 4])
    pixels = b"".join(lines)
    start = 14 + 40 + len(gap)
    head = struct.pack("<2sI4sI", b"BM", start + len(pixels), reserved, start)
    info = struct.pack("<IiiHHIIiiII", 40, 63, 48, 1, depth, 0, len(pixels), 2835, 2835, 0, 0)
    return head + info + gap + pixels + tail


def bmp_palette() -> bytes:
    """Of 256 colours one is used; the rest spells."""
    colours = bytes((120, 80, 40, 0)) + (CANARY * 60)[: 255 * 4]
    start = 14 + 40 + 1024
    head = struct.pack("<2sI4sI", b"BM", start + 63 * 48 + 48, bytes(4), start)
    info = struct.pack("<IiiHHIIiiII", 40, 63, 48, 1, 8, 0, 0, 0, 0, 256, 0)
    return head + info + colours + bytes(64 * 48)


_BMP: tuple[Row, ...] = (
    ("plain", bmp, ()),
    ("gap", lambda: bmp(gap=CANARY), ()),
    ("row padding", lambda: bmp(pad=CANARY[:3]), ()),
    ("fourth bytes", lambda: bmp(depth=32, pad=b"K"), ()),
    ("reserved", lambda: bmp(reserved=CANARY[:4]), ()),
    ("archive behind", lambda: bmp(tail=archive()), ("trailer",)),
)  # fmt: skip


# TIFF


def tiff_picture(
    *tags: tuple[int, int, bytes], following: bytes = b"", gap: bytes = b"", orientation: int = 1
) -> bytes:
    """Uncompressed RGB in one strip behind the directory; `tags` are number, type and value."""
    pixels = scene().tobytes()
    whole = [
        (0x0100, 4, struct.pack("<I", SIZE[0])), (0x0101, 4, struct.pack("<I", SIZE[1])),
        (0x0102, 3, struct.pack("<3H", 8, 8, 8)), (0x0103, 3, struct.pack("<H", 1)), (0x0106, 3, struct.pack("<H", 2)),
        (0x0111, 4, b"STRP"), (0x0112, 3, struct.pack("<H", orientation)), (0x0115, 3, struct.pack("<H", 3)),
        (0x0116, 4, struct.pack("<I", SIZE[1])), (0x0117, 4, struct.pack("<I", len(pixels))), *tags,
    ]  # fmt: skip
    values = 8 + 2 + 12 * len(whole) + 4
    kept, entries = bytearray(), []
    for tag, kind, value in sorted(whole):
        count = len(value) // {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}[kind]
        told = value.ljust(4, b"\0")
        if len(value) > 4:
            told = struct.pack("<I", values + len(kept))
            kept += value + b"\0" * (len(value) % 2)
        entries.append(struct.pack("<HHI", tag, kind, count) + told)
    end = values + len(kept) + len(gap)
    after = end + len(pixels) if following else 0
    head = b"II*\0" + struct.pack("<IH", 8, len(whole)) + b"".join(entries) + struct.pack("<I", after)
    return head.replace(b"STRP", struct.pack("<I", end)) + bytes(kept) + gap + pixels + following


def _inner(tag: int) -> bytes:
    """A directory that says one thing, for pointers that are given its place in the file."""
    return struct.pack("<HHHII", 1, tag, 2, len(CANARY), 0) + struct.pack("<I", 0) + CANARY


def tiff_pointing(tag: int) -> bytes:
    """A directory of its own behind the pixels, as EXIF, GPS and SubIFDs have it."""
    plain = tiff_picture((tag, 4, b"HERE"))
    return plain.replace(b"HERE", struct.pack("<I", len(plain))) + _inner(0x010E)


def small_page() -> bytes:
    """A directory that calls itself a small copy, with words in it; it stands right behind the pixels."""
    return (
        struct.pack("<HHHII", 2, 0x00FE, 4, 1, 1)
        + struct.pack("<HHI", 0x010E, 2, 4)
        + b"KENA"
        + struct.pack("<I", 0)
        + CANARY
    )


_TIFF: tuple[Row, ...] = (
    ("plain", tiff_picture, ()),
    ("description", lambda: tiff_picture((0x010E, 2, CANARY + b"\0")), ("text",)),
    ("make and model", lambda: tiff_picture((0x010F, 2, CANARY + b"\0"), (0x0110, 2, CANARY)), ("camera",)),
    ("software and host", lambda: tiff_picture((0x0131, 2, CANARY), (0x013C, 2, CANARY)), ("camera",)),
    ("time and artist", lambda: tiff_picture((0x0132, 2, CANARY), (0x013B, 2, CANARY)), ("time", "text")),
    ("xmp", lambda: tiff_picture((0x02BC, 1, XMP)), ("text",)),
    ("iptc and photoshop", lambda: tiff_picture((0x83BB, 7, CANARY), (0x8649, 1, CANARY)), ("text",)),
    ("profile", lambda: tiff_picture((0x8773, 7, profile())), ("other",)),
    ("private tag", lambda: tiff_picture((0xFDE8, 7, CANARY)), ("other",)),
    ("page name", lambda: tiff_picture((0x011D, 2, CANARY)), ("other",)),
    ("gap", lambda: tiff_picture(gap=CANARY), ()),
    ("exif directory", lambda: tiff_pointing(0x8769), ()),
    ("gps directory", lambda: tiff_pointing(0x8825), ("gps",)),
    ("inner directory", lambda: tiff_pointing(0x014A), ("other",)),
    ("archive behind", lambda: tiff_picture() + archive(), ()),
    ("small page behind", lambda: tiff_picture(following=small_page()), ("thumbnail",)),
    ("packed", lambda: saved(scene(), "TIFF", compression="tiff_lzw", description=CANARY.decode()), ("text",)),
)  # fmt: skip


# HEIC


def heic(image: Image.Image | None = None, **info: object) -> bytes:
    out = io.BytesIO()
    made = pillow_heif.from_pillow(image or scene())
    options = {"quality": 95, "chroma": 444} | info
    made.save(out, **options)
    return out.getvalue()


def heic_of_two() -> bytes:
    out = io.BytesIO()
    both = pillow_heif.from_pillow(scene())
    both.add_from_pillow(scene().rotate(180))
    both[1].info["exif"] = EXIF
    both.save(out, quality=95, chroma=444)
    return out.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


_HEIC: tuple[Row, ...] = (
    ("plain", heic, ()),
    ("exif", lambda: heic(exif=EXIF), ("gps", "camera", "time", "thumbnail")),
    ("xmp", lambda: heic(xmp=XMP), ("text",)),
    ("profile", lambda: heic(icc_profile=profile()), ("profile",)),
    ("second picture", heic_of_two, ("other",)),
    ("private box", lambda: heic() + box(b"KENA", CANARY), ()),
    ("uuid box", lambda: heic() + box(b"uuid", bytes(16) + CANARY), ()),
    ("free box", lambda: heic() + box(b"free", CANARY), ()),
    ("archive behind", lambda: heic() + archive(), ()),
    ("tiles", lambda: heic(scene().resize((256, 192), Image.Resampling.NEAREST), tile_size=64, exif=EXIF), ("gps",)),
)  # fmt: skip


# JPEG: what newer phones and tools write, and where little room is


def _used_codes() -> bytes:
    """The last table of codes, with codes for letters that no pixel needs."""
    plain = saved(scene(), "JPEG", quality=92, subsampling=0, optimize=True)
    at = plain.rindex(b"\xff\xc4")
    size = struct.unpack_from(">H", plain, at + 2)[0]
    counts, symbols = bytearray(plain[at + 5 : at + 21]), plain[at + 21 : at + 2 + size]
    more = bytes(letter for letter in b"KENARI" if letter not in symbols)
    counts[15] += len(more)
    return plain[:at] + segment(0xC4, plain[at + 4 : at + 5] + bytes(counts) + symbols + more) + plain[at + 2 + size :]


def _used_steps() -> bytes:
    """The last steps of a table, which these pixels do not need, spell the canary."""
    plain = picture()
    at = plain.index(b"\xff\xdb") + 5
    return plain[: at + 36] + CANARY + plain[at + 36 + len(CANARY) :]


def _gain_map() -> bytes:
    """Ultra HDR: XMP and MPF name a second picture behind the first."""
    gain = after_start(saved(scene("L"), "JPEG"), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0hdrgm:" + CANARY))
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0hdrgm:Version GContainer " + CANARY)
    mpf = segment(0xE2, b"MPF\0MM\0*\0\0\0\x08" + bytes(20) + CANARY)
    return after_start(picture(), xmp, mpf) + gain


def _motion() -> bytes:
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0GCamera:MotionPhoto=1 " + CANARY)
    return after_start(picture(), exif_segment(tiff()), xmp) + film() + b"MotionPhoto_Data" + CANARY


def _claims() -> bytes:
    """C2PA: JUMBF superboxes in APP11."""
    inner = box(b"jumd", bytes(16) + b"\x03c2pa\0") + box(b"cbor", CANARY)
    return after_start(picture(), segment(0xEB, b"JP\0\1\0\0\0\1" + box(b"jumb", inner)))


_JPEG: tuple[Row, ...] = (
    ("codes that are not needed", _used_codes, ()),
    ("steps that are not needed", _used_steps, ()),
    ("gain map", _gain_map, ("text", "other", "trailer")),
    ("motion photo", _motion, ("gps", "text", "trailer")),
    ("claims", _claims, ("other",)),
    ("bytes before a restart", lambda: before(picture(restart=2), b"\xff\xd1", CANARY[:6] * 4), ()),
)  # fmt: skip


def pictures() -> list[Hostile]:
    """All of them; a BMP is one column narrower."""
    narrow = scene().crop((0, 0, 63, 48))
    large = scene().resize((256, 192), Image.Resampling.NEAREST)
    files = [
        Hostile(f"{kind} {name}", build(), narrow if kind == "bmp" else scene(), frozenset(told))
        for kind, rows in (
            ("webp", _WEBP), ("gif", _GIF), ("bmp", _BMP), ("tiff", _TIFF), ("heic", _HEIC[:-1]), ("jpeg", _JPEG),
        )
        for name, build, told in rows
    ]  # fmt: skip
    files += [
        Hostile("heic tiles", _HEIC[-1][1](), large, frozenset(_HEIC[-1][2])),
        Hostile("bmp palette", bmp_palette(), Image.new("RGB", (63, 48), (40, 80, 120))),
        Hostile("webp under alpha", saved(under_alpha(), "WEBP", lossless=True, exact=True), half_white()),
        Hostile("tiff under alpha", saved(under_alpha(), "TIFF"), half_white()),
        Hostile("heic under alpha", heic(under_alpha(), quality=100), half_white()),
    ]
    return files
