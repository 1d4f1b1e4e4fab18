"""JPEG: no pixel is lost that is there, and nothing stays that is no pixel."""

import io
import struct

import numpy as np
import pytest
import turbojpeg
from PIL import Image, ImageOps

from core.errors import Refused
from core.scrub import scrub
from tests.fakes.pictures import far, landscape, landscape_of, opened, photograph, turned, why
from tests.hostile.files import (
    CANARY,
    after_start,
    before,
    exif_segment,
    picture,
    saved,
    scene,
    segment,
    tiff,
)


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


@pytest.mark.parametrize("share", [0.3, 0.7, 0.93])
def test_coded_pixels_that_end_early_are_refused_though_an_end_follows(share: float) -> None:
    data = photograph()
    start = data.index(b"\xff\xda") + 14
    cut = start + int((len(data) - start) * share)
    assert why(data[:cut] + b"\xff\xd9") == "file_damaged"


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


def test_bytes_that_phones_leave_before_a_restart_are_not_damage() -> None:
    data = before(picture(restart=4), b"\xff\xd2", b"\0\0\0\0\0\0\0\0\0")
    assert far(opened(scrub(data)), scene()) < 4
