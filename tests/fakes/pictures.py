"""Pictures as cameras, scanners and those who hide something make them."""

import io
import random
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, ImageStat

from core.errors import Refused
from core.scrub import Clean, Limits, scrub
from tests.hostile.files import (
    after_start,
    exif_segment,
    saved,
    tiff,
)


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


def landscape_of(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
