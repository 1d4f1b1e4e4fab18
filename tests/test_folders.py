"""Whether a folder can be written to, or made."""

import os
from pathlib import Path

import pytest

from app.folders import unwritable


def test_a_folder_of_ours_can_be_written_to_and_one_below_it_be_made(tmp_path: Path) -> None:
    assert unwritable(tmp_path) is None
    assert unwritable(tmp_path / "not" / "there") is None


def test_a_file_on_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert unwritable(tmp_path / "file" / "folder") == tmp_path / "file"


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written to by root")
def test_a_folder_of_somebody_else_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert unwritable(tmp_path / "folder") == tmp_path


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert unwritable(tmp_path / "link" / "folder") == tmp_path / "link"


def test_a_name_that_the_system_refuses_names_the_folder_above(tmp_path: Path) -> None:
    # Root may look everywhere; a name that is too long is refused to everybody, as a closed folder is to others.
    assert unwritable(tmp_path / ("a" * 300) / "folder") is None
