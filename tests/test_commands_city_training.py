"""`resi city train` refuses what it cannot learn from, says why, and writes nothing then."""

import shutil
from pathlib import Path

import pytest

from app.commands import cities, city_training


@pytest.fixture
def town(tmp_path: Path) -> Path:
    cities.new(tmp_path / "town", lambda _: None)
    return tmp_path / "town"


def refused(town: Path, lines: Path) -> str:
    said: list[str] = []
    assert city_training.train(town, lines, said.append) == 1
    assert not (town / "kinds.weights").exists()
    return "\n".join(said)


def test_lines_that_cannot_be_read_are_refused(town: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.tsv"
    assert "cannot be read" in refused(town, lines)
    assert "cannot be read" in refused(town, town)
    lines.write_bytes(b"pothole\thole\npothole\t\xff\xfe\n")
    assert "is not UTF-8 text in line 2" in refused(town, lines)


def test_a_folder_that_cannot_be_served_is_mended_first(town: Path, tmp_path: Path) -> None:
    (town / "areas.toml").unlink()
    said = refused(town, tmp_path / "lines.tsv")
    assert "areas.toml: is missing" in said
    assert "First mend the folder" in said
    shutil.rmtree(town)
    assert "is no folder" in refused(town, tmp_path / "lines.tsv")
