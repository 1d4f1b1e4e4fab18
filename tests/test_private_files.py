"""A file of a secret is its owner's alone from its first moment, whole, and never in the place of another by chance."""

import os
from pathlib import Path

from app.private_files import write_new, write_over


def test_it_is_its_owners_alone_whatever_the_mask_says(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        assert write_new(tmp_path / "secrets" / "keys", "one\n")
    finally:
        os.umask(mask)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets" / "keys").stat().st_mode & 0o777 == 0o600


def test_what_is_there_stays_unless_it_is_to_be_replaced_and_no_draft_is_left(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("old")
    path.chmod(0o644)
    assert not write_new(path, "new")
    assert path.read_text() == "old"
    write_over(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]
