"""Pictures of every format: JPEG without loss, all others drawn anew, upright, in true colours, their place read."""

import io
import random
import struct
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pillow_heif
import pytest
import turbojpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, ImageStat

from app.sandbox import Sandbox
from app.sandbox.sample_pictures import samples
from core.errors import Refused
from core.messages import Point
from core.scrub import Clean, Limits, scrub
from core.scrub.exif import read
from core.scrub.heif import frame_of
from core.scrub.heif_items import items_of
from tests.hostile.files import (
    CANARY,
    after_start,
    before,
    chunk,
    exif_segment,
    icc_segment,
    picture,
    png,
    profile,
    saved,
    scene,
    segment,
    tiff,
)
from tests.hostile.picture_files import (
    bmp,
    box,
    canvas,
    gif,
    heic,
    heic_of_two,
    pictures,
    riff,
    tiff_picture,
    under_alpha,
    webp,
    webp_chunk,
)

EXIF_TAGS = {1: "N", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 39.0)}
MONAS = Point(6.175, 106.8275)


def opened(clean: Clean) -> Image.Image:
    return Image.open(io.BytesIO(clean.data))


def far(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def why(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 -- frozen
    with pytest.raises(Refused) as caught:
        scrub(data, limits)
    return caught.value.phrase


@cache
def _noise(size: tuple[int, int]) -> Image.Image:
    """The same each time: among pixels by chance there are, now and then, some that could be words."""
    rng = random.Random(7)
    return Image.frombytes(
        "L", size, bytes(min(255, max(0, round(rng.gauss(128, 24)))) for _ in range(size[0] * size[1]))
    )


def landscape(size: tuple[int, int] = (160, 112)) -> Image.Image:
    """Soft colours and noise, as a camera sees them; no side looks like another."""
    noise = _noise(size)
    image = Image.merge("RGB", (noise, ImageOps.flip(noise), ImageOps.mirror(noise)))
    ImageDraw.Draw(image).ellipse((8, 8, size[0] // 2, size[1] // 3), fill=(220, 60, 40))
    return image.filter(ImageFilter.GaussianBlur(1))


def photograph(size: tuple[int, int] = (160, 112), /, **options: object) -> bytes:
    return saved(landscape(size), "JPEG", **({"quality": 88} | options))


def turned(orientation: int, data: bytes) -> bytes:
    return after_start(data, exif_segment(tiff(orientation)))


def placed(latitude: tuple[float, ...] = (6.0, 10.0, 30.0), half: str = "S") -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = EXIF_TAGS | {1: half, 2: latitude}
    return exif


def block(exif: Image.Exif) -> bytes:
    return exif.tobytes().removeprefix(b"Exif\0\0")


def tiff_placed() -> bytes:
    """A TIFF whose GPS directory stands behind its pixels."""
    plain = tiff_picture((0x8825, 4, b"HERE"))
    at = len(plain)
    values = at + 2 + 4 * 12 + 4
    rows = (
        struct.pack("<HHI4s", 1, 2, 2, b"S\0"),
        struct.pack("<HHII", 2, 5, 3, values),
        struct.pack("<HHI4s", 3, 2, 2, b"E\0"),
        struct.pack("<HHII", 4, 5, 3, values + 24),
    )
    angles = struct.pack("<12I", 6, 1, 10, 1, 30, 1, 106, 1, 49, 1, 39, 1)
    return plain.replace(b"HERE", struct.pack("<I", at)) + struct.pack("<H", 4) + b"".join(rows) + bytes(4) + angles


# JPEG without loss


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"progressive": True}, {"restart_marker_blocks": 3}])
def test_an_upright_photograph_keeps_every_pixel(subsampling: str, mode: str, options: dict[str, object]) -> None:
    data = saved(
        landscape().convert(mode),
        "JPEG",
        quality=88,
        **options,
        **({"subsampling": subsampling} if mode == "RGB" else {}),
    )
    clean = scrub(after_start(data, exif_segment(tiff()), segment(0xFE, CANARY)))
    assert opened(clean).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_the_coded_pixels_of_a_plain_photograph_are_not_touched() -> None:
    data = photograph()
    assert scrub(data).data[-2000:] == data[-2000:]


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_a_turned_photograph_loses_nothing_when_its_units_are_whole(orientation: int, subsampling: str) -> None:
    data = turned(orientation, photograph(subsampling=subsampling))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    clean = scrub(data)
    assert far(opened(clean), upright) < 0.6  # rounding of a decoder; drawing anew makes more
    assert not opened(clean).getexif()
    assert scrub(clean.data).data == clean.data


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_large_photograph_whose_units_are_not_whole_loses_no_line_when_it_is_turned(orientation: int) -> None:
    data = turned(orientation, photograph((1612, 1205)))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    seen = opened(scrub(data))
    assert seen.size == upright.size
    assert far(seen, upright) < 4
    for edge in ((0, 0, 12, seen.height), (seen.width - 12, 0, seen.width, seen.height),
                 (0, 0, seen.width, 12), (0, seen.height - 12, seen.width, seen.height)):  # fmt: skip
        assert far(seen.crop(edge), upright.crop(edge)) < 5


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_small_one_whose_units_are_not_whole_keeps_its_size(orientation: int) -> None:
    data = turned(orientation, photograph((101, 67)))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert far(opened(scrub(data)), upright) < 4


def test_surplus_at_the_very_end_never_survives_though_strict_decoding_forgives_it() -> None:
    data = photograph()
    for size in range(1, 40):
        more = bytes(range(65, 65 + size))
        clean = scrub(data[:-2] + more + data[-2:])
        assert more[-1:] + b"\xff\xd9" != clean.data[-3:] or clean.data == scrub(data).data
        assert more + b"\xff\xd9" not in clean.data
        assert far(opened(clean), landscape_of(data)) < 4


def landscape_of(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.93])
def test_coded_pixels_that_end_early_are_refused_though_an_end_follows(share: float) -> None:
    data = photograph()
    start = data.index(b"\xff\xda") + 14
    cut = start + int((len(data) - start) * share)
    assert why(data[:cut] + b"\xff\xd9") == "file_damaged"


# JPEG without an end

SAMSUNG = (
    b"\0\0\x10\x0b\x10\0\0\0Panorama_Shot_InfoPano by " + CANARY
    + b"\0\0\1\x0a\x0e\0\0\0Image_UTC_Data1589012345678SEFHk\0\0\0\2\0\0\0\0\0\x10\x0b" + bytes(8) + b"\x24\0\0\0SEFT"
)  # fmt: skip
BEHIND = {
    "Samsung's own": SAMSUNG,
    "a small picture": b"\0\0\1\x08" + picture() + SAMSUNG,
    "a film": struct.pack(">I", 24) + b"ftypmp42" + bytes(12) + CANARY + SAMSUNG,
    "marks of any kind": bytes(range(256)) * 8 + SAMSUNG,
    "restarts": b"\xff\xd0\xff\xd1 words \xff\xd3" + SAMSUNG,
    "one byte": b"K",
    "a segment beyond the end": b"\xff\xe1\xff\xf0" + SAMSUNG,
    "nothing": b"",
}
SCAN_OF_WORDS = b"\xff\xdb\0\x43\0" + (CANARY * 3)[:64] + b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0" + SAMSUNG


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 3}, {"subsampling": "4:4:4"}])
def test_what_stands_behind_a_missing_end_is_gone_and_no_pixel_is(behind: str, options: dict[str, object]) -> None:
    data = photograph(**options)
    clean = scrub(data[:-2] + BEHIND[behind])
    assert opened(clean).tobytes() == landscape_of(data).tobytes()
    assert clean.data == scrub(data).data
    assert ("trailer" in clean.removed) == (len(BEHIND[behind]) > 1)


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_what_looks_like_a_scan_behind_a_missing_end_is_no_part_of_the_picture(options: dict[str, object]) -> None:
    data = photograph(**options)
    clean = scrub(data[:-2] + SCAN_OF_WORDS)
    assert far(opened(clean), landscape_of(data)) < 4
    assert CANARY not in clean.data
    assert "trailer" in clean.removed


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_panorama_without_an_end_is_turned(orientation: int) -> None:
    whole = turned(orientation, photograph((400, 100)))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(whole)))
    clean = scrub(whole[:-2] + SAMSUNG)
    assert far(opened(clean), upright) < 4
    assert CANARY not in clean.data


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 3}])
@pytest.mark.parametrize("share", [0.85, 0.97])
def test_a_photograph_cut_near_its_end_shows_what_is_there(share: float, options: dict[str, object]) -> None:
    data = photograph((320, 480), **options)
    seen = opened(scrub(data[: int(len(data) * share)]))
    upper = (0, 0, 320, 300)
    assert seen.size == (320, 480)
    assert far(seen.crop(upper), landscape_of(data).crop(upper)) < 5


@pytest.mark.parametrize("quality", [75, 90, 92])
def test_words_among_the_pixels_of_a_file_without_an_end_do_not_come_out(quality: int) -> None:
    data = photograph((160, 112), quality=quality)
    start = data.index(b"\xff\xda") + 14
    for at in range(start + 200, len(data) - 2, 97):
        bent = data[:at] + CANARY[:12] + data[at + 12 : -2] + b"\0\0 surplus"
        try:
            clean = scrub(bent)
        except Refused:
            continue
        assert CANARY[:11] not in clean.data


def test_a_photograph_cut_by_half_is_refused() -> None:
    data = photograph((320, 480))
    assert why(data[: len(data) // 2]) == "file_damaged"


@pytest.mark.parametrize("times", [20, 2_000])
def test_words_behind_a_cut_are_not_drawn_as_pixels(times: int) -> None:
    data = photograph((320, 480))
    cut = data[: int(len(data) * 0.9)]
    words = b"Budi Santoso 081234567890 Jalan Melati nomor tujuh " * times
    assert far(opened(scrub(cut + words)), opened(scrub(cut))) < 0.2
    assert far(landscape_of(cut + words + b"\xff\xd9"), opened(scrub(cut))) > 2  # as they would look


def test_a_blank_photograph_without_anything_to_see_at_its_end_is_kept_all_the_same() -> None:
    flat = Image.new("RGB", (160, 112), (128, 128, 128))
    assert opened(scrub(saved(flat, "JPEG"))).tobytes() == flat.tobytes()


def test_names_of_components_and_tables_say_nothing_any_more() -> None:
    data = photograph(subsampling="4:2:0")
    frame, scan = data.index(b"\xff\xc0"), data.index(b"\xff\xda")
    named = bytearray(data)
    for at, letter in zip((frame + 10, frame + 13, frame + 16), b"KEN", strict=True):
        named[at] = letter
    for at, letter in zip((scan + 5, scan + 7, scan + 9), b"KEN", strict=True):
        named[at] = letter
    clean = scrub(bytes(named))
    assert clean.data == scrub(data).data
    assert opened(clean).tobytes() == landscape_of(data).tobytes()


def test_arithmetic_coding_becomes_the_usual_one_without_loss() -> None:
    data = bytes(turbojpeg.compress(np.asarray(landscape()), 90, turbojpeg.SAMP.Y420, arithmetic=True))
    assert b"\xff\xc9" in data
    clean = scrub(data)
    assert b"\xff\xc0" in clean.data
    assert opened(clean).tobytes() == landscape_of(data).tobytes()


def test_colours_of_another_profile_are_converted_and_an_srgb_profile_costs_nothing() -> None:
    data = photograph()
    assert scrub(after_start(data, icc_segment(profile()))).removed == ("profile",)
    swapped = opened(scrub(after_start(data, icc_segment(profile(swapped=True)))))
    red, green, blue = landscape_of(data).split()
    assert far(swapped, Image.merge("RGB", (blue, green, red))) < 8


def test_bytes_that_phones_leave_before_a_restart_are_not_damage() -> None:
    data = before(picture(restart=4), b"\xff\xd2", b"\0\0\0\0\0\0\0\0\0")
    assert far(opened(scrub(data)), scene()) < 4


# All formats


def test_photographs_come_out_as_jpeg_and_gif_as_png() -> None:
    image = landscape()
    assert {scrub(saved(image, form)).kind for form in ("WEBP", "TIFF", "BMP")} == {"image/jpeg"}
    assert scrub(heic(image)).kind == "image/jpeg"
    assert scrub(saved(image, "GIF")).kind == "image/png"


def test_few_colours_are_kept_to_the_last_pixel_and_photographs_are_not_swollen() -> None:
    image = landscape()
    drawing, photo = scrub(saved(scene(), "BMP")), scrub(saved(image, "BMP"))
    assert opened(drawing).tobytes() == scene().tobytes()
    assert (photo.kind, far(opened(photo), image) < 6) == ("image/jpeg", True)


@pytest.mark.parametrize("form", ["TIFF", "BMP"])
@pytest.mark.parametrize("coding", ["ascii", "utf-16-le", "utf-16-be"])
def test_pixels_that_damage_made_of_words_are_smeared(form: str, coding: str) -> None:
    words = CANARY.decode().encode(coding) * 2
    image = Image.frombytes("L", (len(words), 2), bytes(len(words)) + words)
    clean = scrub(saved(image, form))
    assert clean.kind == "image/jpeg"
    assert words[:22] not in opened(clean).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["WEBP", "TIFF", "PNG"])
def test_every_way_up_is_turned_once(orientation: int, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, object] = {"tiffinfo": {0x0112: orientation}} if form == "TIFF" else {"exif": exif}
    clean = scrub(saved(scene(), form, **options, **({"quality": 95} if form == "WEBP" else {})))
    tagged = scene()
    tagged.getexif()[0x0112] = orientation
    assert far(opened(clean), ImageOps.exif_transpose(tagged)) < 4
    assert scrub(clean.data).removed == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_turned_once_as_its_container_says(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = heic(exif=exif.tobytes())
    tagged = scene()
    tagged.getexif()[0x0112] = orientation
    assert far(opened(scrub(data)), ImageOps.exif_transpose(tagged)) < 4


def test_heic_looks_as_libheif_draws_it() -> None:
    for options in ({"chroma": 420}, {"chroma": 444}, {"tile_size": 64}):
        image = landscape((256, 192))
        assert far(opened(scrub(heic(image, quality=95, **options))), image) < 7


def shades() -> Image.Image:
    """From black to white, each colour its own way."""
    across = Image.linear_gradient("L")
    return Image.merge("RGB", (across, across.transpose(Image.Transpose.ROTATE_90), ImageOps.invert(across)))


def ranged(*, bits: int, full: bool, matrix: int, tile: int | None) -> bytes:
    image = shades()
    made = pillow_heif.from_pillow(image)
    if bits > 8:
        made = pillow_heif.from_bytes("RGB;16", image.size, (np.asarray(image).astype("<u2") * 257).tobytes())
    out = io.BytesIO()
    how = {"tile_size": tile} if tile else {}
    made.save(out, quality=98, chroma=420, full_range_flag=int(full), matrix_coefficients=matrix, **how)
    return out.getvalue()


@pytest.mark.parametrize("told", ["by the container", "by its coding alone"])
@pytest.mark.parametrize("tile", [None, 64])
@pytest.mark.parametrize("matrix", [1, 6, 9])
@pytest.mark.parametrize("levels", ["full", "limited"])
@pytest.mark.parametrize("bits", [8, 10])
def test_heic_of_either_range_is_neither_washed_out_nor_glaring(
    bits: int, levels: str, matrix: int, tile: int | None, told: str
) -> None:
    data = ranged(bits=bits, full=levels == "full", matrix=matrix, tile=tile)
    if told != "by the container":
        data = data.replace(b"colrnclx", b"freenclx")
    seen = opened(scrub(data))
    assert far(seen, shades()) < 1.5
    assert seen.convert("L").getextrema() == pytest.approx(shades().convert("L").getextrema(), abs=4)


@pytest.mark.parametrize("levels", ["full", "limited"])
@pytest.mark.parametrize("tile", [None, 64])
def test_the_container_is_believed_before_the_coding_about_the_range(levels: str, tile: int | None) -> None:
    full = levels == "full"
    data = ranged(bits=8, full=full, matrix=6, tile=tile)
    old, new = (b"nclx\0\1\0\r\0\6" + (b"\x80" if flag else b"\0") for flag in (full, not full))
    assert old in data
    data = data.replace(old, new)
    libheif = pillow_heif.open_heif(data).to_pillow()
    assert far(libheif, shades()) > 5
    assert far(opened(scrub(data)), libheif) < 1.5


def with_silent_tiles(data: bytes) -> bytes:
    """The same, but only the whole picture says how its colours are meant; tiles own something else twice instead."""
    items, made = items_of(data), bytearray(data)
    colours = next(number for number, (kind, _) in enumerate(items.properties, 1) if kind == b"colr")
    at = data.index(b"ipma") + 12
    for _ in range(int.from_bytes(data[at - 4 : at])):
        item, count = int.from_bytes(data[at : at + 2]), data[at + 2]
        for place in range(at + 3, at + 3 + count):
            if item != items.primary and made[place] & 0x7F == colours:
                made[place] = made[at + 3]
        at += 3 + count
    return bytes(made)


def test_tiles_that_say_nothing_are_read_as_the_whole_picture_says() -> None:
    data = with_silent_tiles(ranged(bits=8, full=False, matrix=9, tile=64))
    items = items_of(data)
    assert [items.property(item, b"colr") for item in items.pointed(b"dimg", items.primary)] == [b""] * 16
    limited = opened(scrub(data))
    assert far(limited, shades()) < 1.5
    otherwise = data.replace(b"nclx\0\1\0\r\0\x09\0", b"nclx\0\1\0\r\0\x09\x80")
    assert far(opened(scrub(otherwise)), limited) > 5


@pytest.mark.parametrize(
    "data",
    [
        saved(under_alpha(), "WEBP", lossless=True, exact=True),
        saved(under_alpha(), "WEBP", quality=95, exact=True),
        saved(under_alpha(), "TIFF"),
        heic(under_alpha(), quality=100),
    ],
    ids=["webp lossless", "webp", "tiff", "heic"],
)
def test_transparent_pixels_are_white(data: bytes) -> None:
    seen = opened(scrub(data)).convert("RGB")
    assert min(min(seen.getpixel((x, y))) for x in range(40, 64) for y in range(48)) > 245  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "build",
    [
        lambda icc: saved(Image.new("RGB", (32, 32), (200, 30, 30)), "WEBP", quality=95, icc_profile=icc),
        lambda icc: saved(Image.new("RGB", (32, 32), (200, 30, 30)), "TIFF", icc_profile=icc),
        lambda icc: heic(Image.new("RGB", (32, 32), (200, 30, 30)), icc_profile=icc),
    ],
    ids=["webp", "tiff", "heic"],
)
def test_colours_are_shown_as_their_profile_means_them(build: Callable[[bytes], bytes]) -> None:
    clean = scrub(build(profile(swapped=True)))
    assert far(opened(clean), Image.new("RGB", (32, 32), (30, 30, 200))) < 8
    assert "profile" in clean.removed


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("packing", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_tiff_of_every_usual_make_keeps_its_looks(mode: str, packing: str | None) -> None:
    image = scene("L").convert(mode) if mode in {"1", "I;16"} else scene(mode)
    if mode == "I;16":
        image = Image.frombytes("I;16", image.size, b"".join(bytes((0, level)) for level in scene("L").tobytes()))
    expected = scene("L") if mode == "I;16" else image.convert("RGB")
    assert far(opened(scrub(saved(image, "TIFF", compression=packing))), expected) < 3


@pytest.mark.parametrize("packing", ["group3", "group4", "jpeg"])
def test_tiff_of_scanners_is_taken(packing: str) -> None:
    image = scene() if packing == "jpeg" else scene("1")
    assert far(opened(scrub(saved(image, "TIFF", compression=packing))), image) < 8


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_bmp_of_every_make_keeps_its_looks(mode: str) -> None:
    image = scene("L").convert("1") if mode == "1" else scene(mode)
    assert far(opened(scrub(saved(image, "BMP"))), image) < 1


# Place


@pytest.mark.parametrize(
    "data",
    [
        after_start(picture(), exif_segment(block(placed()))),
        png(chunk(b"eXIf", block(placed()))),
        webp(b"", webp_chunk(b"EXIF", block(placed())), flags=8),
        heic(exif=b"Exif\0\0" + block(placed())),
        tiff_placed(),
    ],
    ids=["jpeg", "png", "webp", "heic", "tiff"],
)
def test_the_place_of_a_picture_is_read_before_it_is_gone(data: bytes) -> None:
    clean = scrub(data)
    assert clean.place == Point(-MONAS.latitude, MONAS.longitude)
    assert "gps" in clean.removed
    assert scrub(clean.data).place is None


@pytest.mark.parametrize(
    ("latitude", "half", "place"),
    [
        ((6.0, 10.0, 30.0), "N", MONAS),
        ((6.175, 0.0, 0.0), "N", MONAS),
        ((91.0, 0.0, 0.0), "N", None),
        ((90.0, 1.0, 0.0), "S", None),
    ],
)
def test_only_what_is_on_earth_is_a_place(latitude: tuple[float, ...], half: str, place: Point | None) -> None:
    assert read(block(placed(latitude, half))).place == place


def test_a_camera_without_a_fix_names_no_place() -> None:
    nothing = placed((0.0, 0.0, 0.0))
    nothing[0x8825] = {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}
    assert read(block(nothing)).place is None
    below_zero = block(placed()).replace(struct.pack(">II", 6, 1), struct.pack(">II", 6, 0))
    assert read(below_zero).place is None


@given(st.binary(min_size=8, max_size=8), st.integers(8, 300))
@settings(max_examples=200)
def test_a_bent_place_is_on_earth_or_nowhere(patch: bytes, at: int) -> None:
    whole = block(placed())
    place = read(whole[:at] + patch + whole[at + 8 :]).place
    assert place is None or (abs(place.latitude) <= 90 and abs(place.longitude) <= 180)


def shown(settings: bytes, coded: bytes, beside: bytes) -> bytes | str:
    """What is decoded of it, or the phrase of the refusal."""
    try:
        return frame_of(settings, memoryview(coded + beside)[: len(coded)], 10_000).to_ndarray().tobytes()
    except Refused as no:
        return no.phrase


def test_a_damaged_heic_shows_nothing_of_what_lies_in_memory_beside_it() -> None:
    """A decoder reads on behind the end, where something of somebody else's file may lie."""
    items = items_of(heic())
    settings, coded = items.property(items.primary, b"hvcC"), items.body(items.primary)
    seen = set()
    for at in range(8, len(coded) - 3):
        bent = coded[:at] + b"\xff\x7f\xff" + coded[at + 3 :]
        one, other = (shown(settings, bent, bytes([byte]) * 4_096) for byte in (0x00, 0xA5))
        assert one == other
        seen.add(one)
    assert len(seen) > 9


# What is refused


def moving(form: str) -> bytes:
    return saved(scene(), form, save_all=True, append_images=[scene().rotate(90)], duration=100)


@pytest.mark.parametrize(
    "data",
    [
        moving("WEBP"),
        moving("GIF"),
        heic()[:8] + b"hevc" + heic()[12:],
        heic() + box(b"moov", bytes(8)),
    ],
    ids=["webp", "gif", "heic brand", "heic film"],
)
def test_what_moves_is_refused_as_such(data: bytes) -> None:
    assert why(data) == "file_animated"


def test_several_pages_are_refused_as_such() -> None:
    assert why(saved(scene(), "TIFF", save_all=True, append_images=[scene().rotate(90)])) == "file_pages"


def test_the_first_of_several_heic_pictures_is_taken() -> None:
    clean = scrub(heic_of_two())
    assert far(opened(clean), scene()) < 4
    assert "other" in clean.removed


def test_a_raw_file_of_a_camera_is_another_kind() -> None:
    assert why(tiff_picture((0x00FE, 4, struct.pack("<I", 1)))) == "file_kind"


def test_a_tiff_of_measurements_is_another_kind() -> None:
    assert why(saved(Image.new("F", (9, 9)), "TIFF")) == "file_kind"


def huge_gif() -> bytes:
    plain = gif()
    return plain[:6] + struct.pack("<HH", 60_000, 60_000) + plain[10:]


def huge_heic() -> bytes:
    plain = heic()
    at = plain.index(b"ispe") + 8
    return plain[:at] + struct.pack(">II", 60_000, 60_000) + plain[at + 8 :]


def huge_webp() -> bytes:
    pixels = saved(scene(), "WEBP", lossless=True)[12:]
    bits = struct.pack("<I", 16_382 | 16_382 << 14)
    return riff(canvas(size=(16_383, 16_383)), pixels[:9] + bits + pixels[13:])


@pytest.mark.parametrize(
    "data",
    [
        huge_gif(),
        huge_heic(),
        huge_webp(),
        bmp()[:18] + struct.pack("<ii", 60_000, -60_000) + bmp()[26:],
        tiff_picture().replace(struct.pack("<HHII", 256, 4, 1, 64), struct.pack("<HHII", 256, 4, 1, 9_000_000), 1),
    ],
    ids=["gif", "heic", "webp", "bmp", "tiff"],
)
def test_pixels_are_counted_before_any_is_decoded(data: bytes) -> None:
    assert why(data) == "file_too_large"


def test_limits_of_an_operator_hold_for_every_format() -> None:
    few = Limits(pixels=1_000)
    for file in pictures():
        if file.name.endswith(" plain"):
            assert why(file.data, few) == "file_too_large", file.name
            assert why(file.data, Limits(file_bytes=100)) == "file_too_large"


@pytest.mark.parametrize("packing", [4, 5])
def test_a_bmp_with_another_picture_inside_is_another_kind(packing: int) -> None:
    plain = bmp()
    assert why(plain[:30] + struct.pack("<I", packing) + plain[34:]) == "file_kind"


# Behind the walls


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    made.start()
    yield made
    made.stop()


def test_behind_the_walls_every_format_comes_out_the_same(sandbox: Sandbox) -> None:
    for data in (*samples(), photograph(), turned(6, photograph()), heic(landscape((256, 192)), tile_size=64)):
        assert sandbox.scrub_now(data) == scrub(data)
