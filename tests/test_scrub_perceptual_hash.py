"""Copies of a photo look alike, different photos do not; a picture with nothing on it looks like no other."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from core.image_similarity import ALIKE
from core.messages import PerceptualHash
from core.scrub.perceptual_hash import perceptual_hash_of
from tests.fakes.picture_index import alike

Alter = Callable[[Image.Image, np.random.Generator], Image.Image]


def scene(seed: int) -> Image.Image:
    """A street: the same layout each time, with other houses, cars, holes and noise."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (800, 600), tuple(int(v) for v in rng.integers(140, 230, 3)))
    draw = ImageDraw.Draw(picture)
    ground = int(rng.integers(60, 120))
    draw.rectangle((0, 260, 800, 600), fill=(ground, ground, ground))
    left = 0
    while left < 800:
        wide, high = int(rng.integers(50, 160)), int(rng.integers(60, 220))
        draw.rectangle((left, 260 - high, left + wide, 270), fill=tuple(int(v) for v in rng.integers(40, 230, 3)))
        left += wide
    for _ in range(int(rng.integers(2, 7))):
        x, y, size = int(rng.integers(0, 800)), int(rng.integers(280, 600)), int(rng.integers(20, 120))
        draw.ellipse(
            (x - size, y - size // 2, x + size, y + size // 2), fill=tuple(int(v) for v in rng.integers(10, 250, 3))
        )
    noise = rng.normal(0, 5, (600, 800, 1))
    return Image.fromarray((np.asarray(picture, np.float32) + noise).clip(0, 255).astype(np.uint8))


def jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=quality)
    return into.getvalue()


def hash_of(picture: Image.Image, quality: int = 88) -> PerceptualHash:
    found = perceptual_hash_of(jpeg(picture, quality))
    assert found is not None
    return found


def packed_again(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(picture, int(rng.integers(40, 75)))))


def resized(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    wide = int(rng.choice([320, 480, 640, 1280]))
    return picture.resize((wide, wide * picture.height // picture.width))


def cropped(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    wide, high = picture.size
    sides = [(0.05, 0, 0, 0), (0, 0.05, 0, 0), (0, 0, 0.05, 0), (0, 0, 0, 0.05), (0.05,) * 4, (0.025,) * 4]
    left, top, right, bottom = sides[int(rng.integers(len(sides)))]
    return picture.crop((round(wide * left), round(high * top), round(wide * (1 - right)), round(high * (1 - bottom))))


def stamped(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    copy = picture.copy()
    draw, font = ImageDraw.Draw(copy), ImageFont.load_default(copy.width // 18)
    day = f"2026-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d} 14:{rng.integers(0, 60):02d}"
    _, _, wide, high = draw.textbbox((0, 0), day, font=font)
    at = (10 if rng.random() < 0.5 else copy.width - wide - 10, 10 if rng.random() < 0.5 else copy.height - high - 10)
    draw.text(at, day, font=font, fill=(255, 230, 40))
    return copy


def lighter(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(picture).enhance(float(rng.uniform(0.85, 1.2)))).enhance(1.1)


ALTERATIONS: tuple[Alter, ...] = (packed_again, resized, cropped, stamped, lighter)


def test_a_hundred_different_photos_are_told_apart() -> None:
    hashes = [hash_of(scene(seed)) for seed in range(100)]
    pairs = [(a, b) for a in range(100) for b in range(100) if a != b]
    assert not [pair for pair in pairs if alike(hashes[pair[0]], hashes[pair[1]]) <= ALIKE]


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_twenty_photos_that_are_used_again_are_known(alter: Alter) -> None:
    for seed in range(20):
        copy = hash_of(alter(scene(seed), np.random.default_rng(seed)))
        assert alike(copy, hash_of(scene(seed))) <= ALIKE, seed


def test_a_copy_that_was_cut_stamped_and_packed_again_is_known() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        copy = hash_of(stamped(cropped(scene(seed), rng), rng), 60)
        assert alike(copy, hash_of(scene(seed))) <= ALIKE, seed


def test_plain_pictures_look_like_nothing_but_the_very_same_file() -> None:
    white, grey = (hash_of(Image.new("RGB", (640, 480), colour)) for colour in ("white", "grey"))
    assert alike(white, grey) == 1
    assert alike(white, hash_of(Image.new("RGB", (640, 480), "white"))) == 0


def test_drawings_of_the_same_kind_are_told_apart() -> None:
    def drawing(seed: int) -> Image.Image:
        rng = np.random.default_rng(seed)
        picture = Image.new("RGB", (400, 300), tuple(int(v) for v in rng.integers(0, 256, 3)))
        draw = ImageDraw.Draw(picture)
        for _ in range(6):
            x, y = int(rng.integers(0, 350)), int(rng.integers(0, 250))
            corner = (x + int(rng.integers(20, 120)), y + int(rng.integers(20, 120)))
            draw.rectangle(((x, y), corner), fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
        return picture

    hashes = [hash_of(drawing(seed)) for seed in range(60)]
    assert not [(a, b) for a in range(60) for b in range(60) if a != b and alike(hashes[a], hashes[b]) <= ALIKE]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\xff\xd8\xff\xe0" + bytes(40)])
def test_what_is_no_picture_has_no_hash(data: bytes) -> None:
    assert perceptual_hash_of(data) is None
