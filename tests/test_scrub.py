"""The scrub's promises: what it takes and how it then looks, what it refuses and why."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import Refused
from core.limits import DEFAULT
from core.scrub import FORMATS, REFUSALS, Clean, Format, FormatResult, proved, scrub, scrub_as
from tests.fakes.pictures import far, opened, why
from tests.hostile.files import (
    CANARY,
    PNG_BEGINNING,
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
from tests.hostile.png_files import header


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


# What is taken


@pytest.mark.parametrize("stray", [b"\r\n", b"\n\n  ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
@pytest.mark.parametrize(
    "data", [picture(), png(), saved(scene(), "GIF"), saved(scene(), "WEBP"), saved(scene(), "TIFF")]
)
def test_a_picture_behind_a_stray_line_or_mark_is_the_picture(stray: bytes, data: bytes) -> None:
    assert scrub(stray + data) == scrub(data)


def test_a_photograph_comes_out_with_its_kind_its_extension_and_what_was_removed() -> None:
    clean = scrub(after_start(picture(), exif_segment(tiff()), icc_segment(profile())) + CANARY)
    assert (clean.kind, clean.extension) == ("image/jpeg", ".jpg")
    assert clean.removed == ("camera", "gps", "profile", "text", "time", "trailer")
    assert CANARY.decode() not in repr(clean)


def test_a_drawing_comes_out_as_png_to_the_last_pixel() -> None:
    clean = scrub(png())
    assert (clean.kind, clean.extension, clean.removed) == ("image/png", ".png", ())
    assert opened(clean).tobytes() == scene().tobytes()


@pytest.mark.parametrize("data", [picture(), after_start(picture(), exif_segment(tiff(6))), png()])
def test_the_same_file_gives_the_same_bytes_and_scrubbing_again_removes_nothing(data: bytes) -> None:
    clean = scrub(data)
    assert scrub(data) == clean
    assert scrub(clean.data).removed == ()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_jpeg_of_every_usual_make_keeps_its_looks(mode: str, progressive: bool, subsampling: int) -> None:  # noqa: FBT001 -- a parameter of the test
    data = saved(scene(mode), "JPEG", quality=92, progressive=progressive, subsampling=subsampling)
    seen = opened(scrub(data))
    assert seen.mode == ("L" if mode == "L" else "RGB")
    assert far(seen, scene("L" if mode == "L" else "RGB")) < 7


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "P", "LA", "RGB", "RGBA"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_png_of_every_mode_keeps_its_looks(mode: str, orientation: int) -> None:
    image = scene("L").convert(mode) if mode in {"1", "I;16"} else scene(mode)
    if mode == "I;16":
        image = Image.frombytes("I;16", image.size, b"".join(bytes((0, level)) for level in scene("L").tobytes()))
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = opened(scrub(saved(image, "PNG", exif=exif)))
    expected = scene("L") if mode == "I;16" else image.convert("RGB")
    turned = expected if orientation == 1 else expected.transpose(Image.Transpose.ROTATE_270)
    assert seen.mode in {"L", "RGB"}
    assert far(seen, turned) == 0


def test_an_interlaced_png_is_taken() -> None:
    grey = scene("L")
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))  # Adam7
    lines = (
        b"\0" + bytes(grey.tobytes()[y * grey.width + x : (y + 1) * grey.width : wide])
        for x, y0, wide, high in passes
        for y in range(y0, grey.height, high)
    )
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *grey.size, 8, 0, 0, 0, 1))
    data = PNG_BEGINNING + head + chunk(b"IDAT", zlib.compress(b"".join(lines))) + chunk(b"IEND", b"")
    assert opened(scrub(data)).tobytes() == grey.tobytes()


def test_colours_are_shown_as_their_profile_means_them() -> None:
    red, blue = (200, 30, 30), (30, 30, 200)
    for form in ("JPEG", "PNG"):
        data = saved(Image.new("RGB", (32, 32), red), form, icc_profile=profile(swapped=True))
        clean = scrub(data)
        assert far(opened(clean), Image.new("RGB", (32, 32), blue)) < 8
        assert "icc_profile" not in opened(clean).info


def test_half_transparent_pixels_look_as_on_white_paper() -> None:
    clean = scrub(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 128)), "PNG"))
    assert opened(clean).getpixel((4, 4)) in {(127, 127, 127), (126, 126, 126), (128, 128, 128)}


def test_surplus_bytes_of_a_phone_are_no_damage() -> None:
    data = before(picture(), b"\xff\xd9", b"\0" * 500)
    assert far(opened(scrub(data)), scene()) < 4


def test_a_picture_without_an_end_is_taken() -> None:
    assert far(opened(scrub(picture()[:-2])), scene()) < 4
    assert far(opened(scrub(picture(progressive=True)[:-2])), scene()) < 4


def test_adobe_marks_decide_colours_and_are_kept_out() -> None:
    data = saved(scene(), "JPEG", quality=95, keep_rgb=True)
    clean = scrub(data)
    assert b"Adobe" not in clean.data
    assert far(opened(clean), scene()) < 7


def test_grey_with_a_sampling_factor_that_means_nothing_is_taken() -> None:
    grey = saved(scene("L"), "JPEG", quality=92)
    odd = grey.replace(b"\x01\x01\x11\0\xff", b"\x01\x01\x22\0\xff", 1)
    assert odd != grey
    assert far(opened(scrub(odd)), scene("L")) < 4


def test_a_writer_that_leaves_something_is_caught_by_the_proof() -> None:
    careless = Format(b"", "image/jpeg", ".jpg", lambda data, _: FormatResult(data, frozenset()), FORMATS[0].bare)
    with pytest.raises(Refused) as caught:
        scrub_as(careless, after_start(picture(), segment(0xFE, CANARY)))
    assert caught.value.phrase == "file_damaged"
    assert scrub_as(careless, scrub(picture()).data).data == scrub(picture()).data


def test_a_clean_file_that_grew_beyond_all_measure_is_too_large() -> None:
    swollen = Format(
        b"", "image/jpeg", ".jpg", lambda *_: FormatResult(bytes(DEFAULT.clean_bytes + 1), frozenset()), lambda _: True
    )
    with pytest.raises(Refused) as caught:
        scrub_as(swollen, b"")
    assert caught.value.phrase == "file_too_large"


# What is refused


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8",
        b"GIF88a" + bytes(40),
        b"RIFF\0\0\0\0WEBQVP8 ",
        b"\0" + picture(),
    ],
)
def test_kinds_that_we_do_not_take_are_named_so(data: bytes) -> None:
    assert why(data) == "file_kind"


@pytest.mark.parametrize(
    ("data", "phrase"),
    [(b"%PDF-1.7", "file_damaged"), (b"PK\3\4", "file_archive"), (b"<svg/>", "file_markup")],
)
def test_what_can_be_sent_in_another_way_says_in_which(data: bytes, phrase: str) -> None:
    assert why(data) == phrase


@pytest.mark.parametrize("marker", [0xC3, 0xC7, 0xCB])
def test_lossless_and_hierarchical_jpeg_are_another_kind(marker: int) -> None:
    assert why(picture().replace(b"\xff\xc0", bytes((0xFF, marker)), 1)) == "file_kind"


def test_twelve_bits_a_sample_are_another_kind() -> None:
    at = picture().index(b"\xff\xc0") + 4
    assert why(picture()[:at] + b"\x0c" + picture()[at + 1 :]) == "file_kind"


def test_a_file_over_the_limit_of_bytes_is_too_large() -> None:
    assert why(picture() + bytes(DEFAULT.file_bytes)) == "file_too_large"


@pytest.mark.parametrize("size", [(60_001, 1_000), (65_535, 65_535)])
def test_pixels_are_counted_before_any_is_decoded(size: tuple[int, int]) -> None:
    assert why(with_size(picture(), *size)) == "file_too_large"
    assert why(PNG_BEGINNING + header(2, size=size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")) == "file_too_large"


def test_a_picture_without_height_or_width_is_damaged() -> None:
    assert why(with_size(picture(), 0, 48)) == "file_damaged"
    assert why(PNG_BEGINNING + header(2, size=(9, 0)) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")) == "file_damaged"


def test_too_many_scans_are_refused_without_decoding_them() -> None:
    data = picture(progressive=True)
    start = data.rindex(b"\xff\xda")
    scan = data[start:-2]
    assert why(data[:start] + scan * (DEFAULT.scans + 1) + b"\xff\xd9") == "file_damaged"


def test_too_many_segments_or_chunks_are_refused() -> None:
    assert why(after_start(picture(), *[segment(0xFE, b"")] * (DEFAULT.chunks + 1))) == "file_damaged"
    assert why(png(*[chunk(b"keNa", b"")] * (DEFAULT.chunks + 1))) == "file_damaged"


def test_an_honest_png_of_many_small_pixel_chunks_is_taken() -> None:
    packed = zlib.compress(b"".join(b"\0" + scene().tobytes()[i * 192 : i * 192 + 192] for i in range(48)), 0)
    small = b"".join(chunk(b"IDAT", packed[i : i + 5]) for i in range(0, len(packed), 5))
    assert small.count(b"IDAT") > DEFAULT.chunks
    assert opened(scrub(PNG_BEGINNING + header(2) + small + chunk(b"IEND", b""))).tobytes() == scene().tobytes()


def test_a_moving_picture_is_refused_as_such() -> None:
    assert why(saved(scene(), "PNG", save_all=True, append_images=[scene().rotate(90)])) == "file_animated"


def test_a_text_that_inflates_without_end_is_never_inflated() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    clean = scrub(png(chunk(b"zTXt", b"a\0\0" + bomb), chunk(b"iCCP", b"a\0\0" + bomb)))
    assert opened(clean).tobytes() == scene().tobytes()


def test_pixels_that_inflate_beyond_the_picture_are_not_kept() -> None:
    bomb = chunk(b"IDAT", zlib.compress(bytes(50_000_000)))
    clean = scrub(PNG_BEGINNING + header(2) + bomb + chunk(b"IEND", b""))
    assert len(clean.data) < 1_000


def clean_or_phrase(data: bytes) -> Clean | str:
    try:
        return scrub(data)
    except Refused as no:
        return no.phrase


@settings(max_examples=200)
@given(st.sampled_from(FORMATS), st.binary(max_size=400))
def test_any_bytes_behind_a_true_beginning_are_proved_clean_or_refused_with_a_known_phrase(
    row: Format, tail: bytes
) -> None:
    result = clean_or_phrase(bytes(row.at) + row.magic + tail)
    if isinstance(result, str):
        assert result in REFUSALS
    else:
        assert proved(result)
        # Bytes of chance are a few sounds or a line of text at best; a picture has a size to keep to.
        assert not result.kind.startswith("image/")
