"""HEIC: turned once, in its own colours, from nothing but its own bytes."""

import io

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from core.errors import Refused
from core.scrub import scrub
from core.scrub.heif import frame_of
from core.scrub.heif_items import items_of
from tests.fakes.pictures import far, landscape, opened
from tests.hostile.files import (
    scene,
)
from tests.hostile.picture_files import (
    heic,
    heic_of_two,
)


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


def test_the_first_of_several_heic_pictures_is_taken() -> None:
    clean = scrub(heic_of_two())
    assert far(opened(clean), scene()) < 4
    assert "other" in clean.removed
