"""The proof is not easily pleased, and EXIF is read without ever raising."""

import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.scrub import Clean, FileTrace, proved, scrub
from core.scrub.exif import read
from tests.hostile.files import (
    CANARY,
    PNG_BEGINNING,
    after_start,
    before,
    chunk,
    picture,
    png,
    saved,
    scene,
    segment,
    tiff,
)
from tests.hostile.png_files import header


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def bare_jpeg() -> bytes:
    return scrub(picture()).data


def bare_png() -> bytes:
    return scrub(png()).data


def accepted(data: bytes, kind: str = "image/jpeg") -> bool:
    return proved(Clean(data, kind, ".jpg" if kind == "image/jpeg" else ".png", ()))


def black(packed: bytes) -> bytes:
    return PNG_BEGINNING + header(2) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


# The proof


@pytest.mark.parametrize(
    "dirty",
    [
        lambda bare: bare + b"\0",
        lambda bare: bare[:-2],
        lambda bare: bare[:-1],
        lambda bare: after_start(bare, segment(0xFE, b"")),
        lambda bare: after_start(bare, segment(0xE1, CANARY)),
        lambda bare: before(bare, b"\xff\xda", segment(0xFE, CANARY)),
        lambda bare: after_start(bare, segment(0xDB, b"\2" + b"\1" * 64)),
        lambda bare: after_start(bare, segment(0xDB, b"")),
        lambda bare: before(bare, b"\xff\xda", segment(0xC4, b"\2\1" + bytes(15) + b"x")),
        lambda bare: before(bare, b"\xff\xda", segment(0xDD, b"\0\4")),
        lambda bare: before(bare, b"\xff\xd9", b"\xff\xd9"),
        lambda bare: before(bare, b"\xff\xd9", b"\xff\xd0"),
        lambda bare: bare + bare,
        lambda bare: bare.replace(b"\0\1\0\1\0\0", b"\0\1\0\1\1\1", 1),
        lambda bare: bare.replace(b"\0\1\0\1\0\0", b"\0\x48\0\x48\0\0", 1),
        lambda bare: with_size(bare, 0, 0),
        lambda _: picture(progressive=True),
        lambda _: bare_png(),
        lambda _: b"",
    ],
)
def test_the_proof_refuses_a_jpeg_with_anything_more(dirty: Callable[[bytes], bytes]) -> None:
    bare = bare_jpeg()
    assert accepted(bare)
    assert not accepted(dirty(bare))


@pytest.mark.parametrize(
    "dirty",
    [
        lambda bare: bare + b"\0",
        lambda bare: bare[:-12],
        lambda bare: bare[:-1],
        lambda bare: bare[:33] + chunk(b"tEXt", b"a\0b") + bare[33:],
        lambda bare: bare[:33] + chunk(b"pHYs", bytes(9)) + bare[33:],
        lambda bare: bare[:33] + chunk(b"IDAT", b"") + chunk(b"tIME", bytes(7)) + bare[33:],
        lambda bare: bare[:-12] + chunk(b"IDAT", CANARY) + bare[-12:],
        lambda bare: bare[:-12] + chunk(b"IEND", CANARY),
        lambda bare: bare[:-4] + b"oops",
        lambda bare: bare[:29] + b"oops" + bare[33:],
        lambda _: saved(scene("P"), "PNG"),
        lambda _: saved(scene("RGBA"), "PNG"),
        lambda _: PNG_BEGINNING + header(2) + chunk(b"IDAT", zlib.compress(bytes(193 * 47))) + chunk(b"IEND", b""),
        lambda _: PNG_BEGINNING + header(2) + chunk(b"IDAT", zlib.compress(bytes(193 * 49))) + chunk(b"IEND", b""),
        lambda _: (
            PNG_BEGINNING + header(2) + chunk(b"IDAT", zlib.compress(bytes(193 * 48)) + b"x") + chunk(b"IEND", b"")
        ),
        lambda _: bare_jpeg(),
        lambda _: b"",
    ],
)
def test_the_proof_refuses_a_png_with_anything_more(dirty: Callable[[bytes], bytes]) -> None:
    bare = bare_png()
    assert accepted(bare, "image/png")
    assert not accepted(dirty(bare), "image/png")


def test_the_proof_does_not_take_one_kind_for_another() -> None:
    assert not proved(Clean(bare_jpeg(), "image/png", ".png", ()))
    assert not proved(Clean(bare_jpeg(), "image/jpeg", ".exe", ()))
    assert not proved(Clean(bare_jpeg(), "text/html", ".jpg", ()))


# EXIF


@pytest.mark.parametrize("orientation", range(1, 9))
def test_both_byte_orders_of_exif_are_read(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    big = exif.tobytes().removeprefix(b"Exif\0\0")
    assert big[:2] == b"MM"
    assert read(big).orientation == orientation
    assert read(tiff(orientation)).orientation == orientation


def test_an_orientation_that_is_none_of_the_eight_is_upright() -> None:
    assert read(tiff(0)).orientation == 1
    assert read(tiff(9)).orientation == 1


@given(st.binary(max_size=200), st.binary(max_size=8))
def test_reading_exif_never_raises(tail: bytes, patch: bytes) -> None:
    for block in (tail, b"II*\0\x08\0\0\0" + tail, b"MM\0*\0\0\0\x08" + tail, tiff()[: len(tail)] + patch):
        found = read(block)
        assert 1 <= found.orientation <= 8
        assert found.traces <= set(FileTrace)
