"""Whatever a photograph hides, nothing but its pixels comes through, however it is cut or bent."""

import io
import random
import zlib

import pytest
from PIL import Image, ImageOps

from core.scrub import Clean, proved, scrub
from tests.fakes.pictures import far, opened
from tests.hostile.damage import all_that_it_says, bent, outcome
from tests.hostile.files import (
    CANARY,
    WIDE,
    Hostile,
    after_start,
    chunk,
    exif_segment,
    picture,
    png,
    saved,
    scene,
    tiff,
)
from tests.hostile.jpeg_files import jpegs
from tests.hostile.png_files import pngs

pytestmark = pytest.mark.hostile

FILES = [*jpegs(), *pngs()]
CARRYING = [file for file in FILES if CANARY in file.data]
SPELLED = (CANARY, WIDE, CANARY.decode().encode("utf-16-le"), CANARY[::-1])
MUTATIONS = 400


def says_nothing(clean: Clean) -> bool:
    said = all_that_it_says(clean)
    return not any(word in said for word in SPELLED) and b"KENARI" not in said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_carrier_brings_its_canary_through_and_the_picture_stays(file: Hostile) -> None:
    clean = scrub(file.data)
    assert says_nothing(clean)
    assert proved(clean)
    assert far(opened(clean), file.shows) < 4
    assert file.told <= set(clean.removed)


def test_the_canaries_would_be_seen_if_they_came_through() -> None:
    assert len(CARRYING) > 40
    kept = Clean(png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(CANARY))), "image/png", ".png", ())
    assert not says_nothing(kept)
    assert not proved(kept)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_every_way_a_camera_was_held_comes_out_upright(orientation: int, form: str) -> None:
    block = tiff(orientation)
    data = after_start(picture(), exif_segment(block)) if form == "jpeg" else png(chunk(b"eXIf", block))
    clean = scrub(data)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert far(opened(clean), upright) < 4
    assert not opened(clean).getexif()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_cut_file_is_refused_or_clean(file: Hostile) -> None:
    step = max(1, len(file.data) // 40)
    for end in (*range(0, len(file.data), step), len(file.data) - 1, len(file.data) - 2):
        clean = outcome(file.data[:end])
        assert clean is None or (proved(clean) and says_nothing(clean))


def test_a_photograph_of_which_too_little_is_there_is_refused() -> None:
    data = picture()
    start = data.index(b"\xff\xda") + 14
    for end in range(start, start + (len(data) - start) // 2, 7):
        assert outcome(data[:end]) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_bent_file_is_refused_or_clean(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(MUTATIONS // 8):
        file = rng.choice(FILES)
        clean = outcome(bent(file.data, rng))
        assert clean is None or (proved(clean) and says_nothing(clean))


@pytest.mark.parametrize("seed", range(4))
def test_a_png_that_is_bent_under_sums_that_hold_is_refused_or_clean(seed: int) -> None:
    """Sums made right again, so that what is bent reaches the decoder."""
    rng = random.Random(seed)
    plain = saved(scene("RGBA"), "PNG")
    for _ in range(50):
        size = int.from_bytes(plain[33:37])
        body = bent(plain[41 : 41 + size], rng)
        clean = outcome(plain[:33] + chunk(b"IDAT", body) + chunk(b"IEND", b""))
        assert clean is None or proved(clean)
