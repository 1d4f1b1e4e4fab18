"""Pictures of every format: drawn anew, upright, in true colours, their place read."""

import struct
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from app.sandbox import Sandbox
from app.sandbox.sample_pictures import samples
from core.messages import Point
from core.scrub import Limits, scrub
from core.scrub.exif import read
from tests.fakes.pictures import far, landscape, landscape_of, opened, photograph, turned, why
from tests.hostile.files import (
    CANARY,
    after_start,
    chunk,
    exif_segment,
    icc_segment,
    picture,
    png,
    profile,
    saved,
    scene,
)
from tests.hostile.picture_files import (
    bmp,
    box,
    canvas,
    gif,
    heic,
    pictures,
    riff,
    tiff_picture,
    under_alpha,
    webp,
    webp_chunk,
)

EXIF_TAGS = {1: "N", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 39.0)}
MONAS = Point(6.175, 106.8275)


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


def test_colours_of_another_profile_are_converted_and_an_srgb_profile_costs_nothing() -> None:
    data = photograph()
    assert scrub(after_start(data, icc_segment(profile()))).removed == ("profile",)
    swapped = opened(scrub(after_start(data, icc_segment(profile(swapped=True)))))
    red, green, blue = landscape_of(data).split()
    assert far(swapped, Image.merge("RGB", (blue, green, red))) < 8


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


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    made.start()
    yield made
    made.stop()


def test_behind_the_walls_every_format_comes_out_the_same(sandbox: Sandbox) -> None:
    for data in (*samples(), photograph(), turned(6, photograph()), heic(landscape((256, 192)), tile_size=64)):
        assert sandbox.scrub_now(data) == scrub(data)
