"""Whatever a picture of any format hides, only what is to be seen comes through, however it is cut or bent."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from core.scrub import Clean, proved, scrub
from tests.fakes.pictures import far, opened
from tests.hostile.damage import all_that_it_says, bent, outcome
from tests.hostile.files import CANARY, WIDE, Hostile, picture, scene
from tests.hostile.picture_files import pictures

pytestmark = pytest.mark.hostile

FILES = pictures()
SPELLED = (CANARY, WIDE, CANARY.decode().encode("utf-16-le"), CANARY[::-1], b"KENARI")
CUTS = 60
MUTATIONS = 250  # a file
EXIFTOOL = shutil.which("exiftool")
PLAIN_TAGS = frozenset(
    {
        "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
        "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "JFIFVersion",
        "ResolutionUnit", "XResolution", "YResolution", "ImageWidth", "ImageHeight", "EncodingProcess",
        "BitsPerSample", "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels", "BitDepth", "ColorType",
        "Compression", "Filter", "Interlace",
    }
)  # fmt: skip


def says_nothing(clean: Clean) -> bool:
    said = all_that_it_says(clean)
    return not any(word in said for word in SPELLED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_carrier_brings_its_canary_through_and_the_picture_stays(file: Hostile) -> None:
    clean = scrub(file.data)
    assert says_nothing(clean)
    assert proved(clean)
    assert clean.kind in {"image/jpeg", "image/png"}
    assert far(opened(clean), file.shows) < 4
    assert file.told <= set(clean.removed)
    assert scrub(clean.data).removed == ()


def test_the_corpus_is_large_and_its_canaries_can_be_seen() -> None:
    assert len(FILES) > 60
    assert sum(any(word in file.data for word in SPELLED) for file in FILES) > 45
    kept = Clean(picture() + CANARY, "image/jpeg", ".jpg", ())
    assert not says_nothing(kept)
    assert not proved(kept)


@pytest.mark.skipif(EXIFTOOL is None, reason="exiftool is not installed: its judgement is missing")
def test_exiftool_finds_nothing_but_size_and_make(tmp_path: Path) -> None:
    for number, file in enumerate(FILES):
        clean = scrub(file.data)
        (tmp_path / f"{number}{clean.extension}").write_bytes(clean.data)
    command = [EXIFTOOL or "", "-j", "-a", "-u", "-U", "-ee", str(tmp_path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 -- the judge
    assert len(told) == len(FILES)
    assert {tag for row in told for tag in row} <= PLAIN_TAGS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_cut_file_is_refused_or_clean(file: Hostile) -> None:
    step = max(1, len(file.data) // CUTS)
    for end in (*range(0, len(file.data), step), len(file.data) - 1, len(file.data) - 2):
        clean = outcome(file.data[:end])
        assert clean is None or (proved(clean) and says_nothing(clean))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_bent_file_is_refused_or_clean(file: Hostile) -> None:
    rng = random.Random(file.name)
    for _ in range(MUTATIONS):
        clean = outcome(bent(file.data, rng))
        assert clean is None or (proved(clean) and says_nothing(clean))


def test_up_to_seven_bytes_behind_the_last_pixel_do_not_survive() -> None:
    """Strict decoding alone forgives so many."""
    plain = picture()
    for size in range(1, 8):
        more = b"KENARI!"[:size]
        clean = scrub(plain[:-2] + more + plain[-2:])
        assert not clean.data.endswith(more + plain[-2:])
        assert far(opened(clean), scene()) < 4
