"""How large a picture is drawn is read from its first bytes, and a mark in a line of words is none that was sent."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bots.mail.mime import read
from bots.mail.picture_size import size_of
from tests.fakes.mail_samples import ATTACHED, PLAIN, encoded, mail, multipart


def drawn(form: str, width: int, height: int, **more: object) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((width, height), 90).convert("RGB")
    noise.save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "GIF", "JPEG"])
@pytest.mark.parametrize("size", [(240, 60), (1, 1), (640, 480)])
def test_the_size_is_read(form: str, size: tuple[int, int]) -> None:
    data = drawn(form, *size)
    assert size_of(data) == size
    assert size_of(data[:9]) is None


def test_the_size_of_a_jpeg_is_read_behind_whatever_stands_before_it() -> None:
    data = drawn("JPEG", 320, 200, progressive=True, comment=b"x" * 5_000)
    assert size_of(data) == (320, 200)
    assert size_of(data[:2] + b"\xff\xff" + data[2:]) == (320, 200)


@pytest.mark.parametrize("form", ["PNG", "GIF", "JPEG"])
def test_a_mark_in_a_line_is_no_photo_and_one_that_was_attached_is(form: str) -> None:
    def files(data: bytes, *more: str) -> tuple[bytes, ...]:
        piece = encoded(f"image/{form.lower()}", data, *more)
        return read(mail("multipart/mixed; boundary=b", multipart("b", PLAIN, piece))).files

    mark, photo = drawn(form, 900, 80), drawn(form, 640, 480)
    assert files(mark, "Content-ID: <logo>") == files(mark, "Content-Disposition: inline") == ()
    assert files(mark, ATTACHED) == (mark,)
    assert files(photo, "Content-ID: <foto>") == (photo,)


@given(st.binary(max_size=60), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b""]))
def test_no_bytes_break_it(rest: bytes, start: bytes) -> None:
    size_of(start + rest)
