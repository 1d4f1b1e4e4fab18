"""The reserve of the disk: what is new waits outside, and a disk that tells nothing is written to."""

import os
from pathlib import Path

import pytest

from app.disk import Disk, problems

ENDLESS = 10**8  # megabytes, more than a disk has


def test_a_disk_with_more_than_its_reserve_has_room(tmp_path: Path) -> None:
    assert Disk(tmp_path, 0).has_room()
    assert Disk(tmp_path, 1).free() > 0


def test_no_more_than_a_twentieth_of_a_disk_is_held_back(tmp_path: Path) -> None:
    seen = [os.statvfs_result((1024, 1024, 1000, free, free, 9, 9, 9, 0, 255)) for free in (51, 50, 49)]
    assert [Disk(tmp_path, ENDLESS, lambda _: seen.pop(0)).has_room() for _ in range(3)] == [True, True, False]


def test_a_reserve_is_counted_in_megabytes(tmp_path: Path) -> None:
    seen = [os.statvfs_result((1000, 1000, 10**9, free, free, 9, 9, 9, 0, 255)) for free in (200_000, 199_999)]
    assert [Disk(tmp_path, 200, lambda _: seen.pop(0)).has_room() for _ in range(2)] == [True, False]


def test_a_disk_that_tells_nothing_has_room_for_writing_tells(tmp_path: Path) -> None:
    assert Disk(tmp_path / "gone", ENDLESS).has_room()


@pytest.mark.parametrize(("said", "reserve"), [("0", 0), ("50", 50), ("", 200), ("-1", 200), ("much", 200)])
def test_what_is_no_number_of_megabytes_is_told_and_the_usual_is_held_back(said: str, reserve: int) -> None:
    values = {"DISK_RESERVE": said}
    assert Disk.of(Path(), values).reserve == reserve
    assert bool(list(problems(values))) == (said not in {"0", "50"})
