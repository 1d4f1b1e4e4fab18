"""A secret in a file is taken from nobody's file but one that its owner alone can read, and is never shown."""

import os
from pathlib import Path

import pytest

from app.secret_files import from_credentials, from_file

SECRET = "a:geheim-4711"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    return path


def test_one_line_is_read_without_its_end(file: Path) -> None:
    assert from_file(file) == SECRET
    file.chmod(0o400)
    assert from_file(file) == SECRET


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o640, 0o602, 0o620, 0o666, 0o777, 0o610])
def test_one_that_others_can_read_or_write_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(ValueError, match="others can read or write") as refused:
        from_file(file)
    assert "geheim" not in str(refused.value)


def test_a_link_is_judged_by_what_it_leads_to(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file)
    assert from_file(link) == SECRET
    file.chmod(0o644)
    with pytest.raises(ValueError, match="others"):
        from_file(link)


@pytest.mark.parametrize(
    "held", [b"", b" \n", b"a\nb", b"\xff\xfe geheim", b"geheim\0", b"x" * 70_000, "a\u2028b".encode()]
)
def test_what_is_not_one_line_of_text_is_refused_and_not_shown(file: Path, held: bytes) -> None:
    file.write_bytes(held)
    with pytest.raises(ValueError, match="one line of text") as refused:
        from_file(file)
    assert "geheim" not in str(refused.value)


def test_what_is_no_file_or_not_there_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name, said in (("pipe", "no file"), ("none", "No such file"), (".", "directory")):
        with pytest.raises(ValueError, match=said):
            from_file(tmp_path / name)


def test_a_credential_is_read_by_its_name_and_may_be_shared_with_the_service_alone(file: Path) -> None:
    there = {"CREDENTIALS_DIRECTORY": str(file.parent)}
    assert from_credentials(there, "secret") == SECRET
    assert from_credentials(there, "another") == ""
    assert from_credentials({}, "secret") == ""
    file.chmod(0o440)  # systemd shows the service's right to read as its group's
    assert from_credentials(there, "secret") == SECRET
    file.chmod(0o444)
    with pytest.raises(ValueError, match="others"):
        from_credentials(there, "secret")
