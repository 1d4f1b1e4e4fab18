"""`resi` with files in a bucket, by its real command line: moved there, copied elsewhere, restored, looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Files, new_key_line
from tests.fakes.object_server import SECRET, Failure, ObjectServer
from tests.fakes.shell import Shell


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, server: ObjectServer) -> Shell:
    return Shell(tmp_path, {"BACKUP_KEY": new_key_line("b1"), "KEYS": new_key_line("k1")} | server.settings)


def says(shell: Shell, *words: str, **env: str) -> str:
    ran = shell.resi(*words, **env)
    assert (ran.code, ran.err, ran.shows_a_trace) == (0, "", False)
    assert SECRET not in ran.all
    return ran.out


def test_files_move_to_a_bucket_and_their_copies_to_another(shell: Shell, server: ObjectServer) -> None:
    shell.files_a_report()
    kept = [Files(shell.folder / "var" / "files").put(bytes([at]), "image/jpeg") for at in range(3)]
    places = {"FILES": "s3://of-the-city/photos", "FILES_BEFORE": "var/files"}
    assert "moved by `resi files move`" in says(shell, "doctor", **places)
    assert "3 files are in the new place, byte by byte the same; 3 were copied now." in says(
        shell, "files", "move", **places
    )
    assert "3 were removed from the old place." in says(shell, "files", "move", "--remove", **places)
    assert set(server.whole()) == {f"photos/{each.name}" for each in kept}
    now = {"FILES": places["FILES"]}
    assert "Files: s3://of-the-city/photos answers." in says(shell, "doctor", **now)
    copies = "s3://of-the-city/copies"
    assert "1 reports, 3 files" in says(shell, "backup", copies, **now)
    assert "reports=1 files=3" in says(shell, "backup", copies, "--list", **now)
    assert "The drill is good." in says(shell, "drill", copies, **now)
    says(shell, "restore", copies, "again", **now)
    assert "The service would start." in says(shell, "doctor", DATA_DIR="again", FILES="")


def test_a_store_that_is_away_or_refuses_is_said_in_a_sentence(shell: Shell, server: ObjectServer) -> None:
    shell.files_a_report()
    server.away = Failure(403, "AccessDenied")
    told = shell.resi("doctor", FILES="s3://of-the-city")
    assert "warning: files: s3://of-the-city does not answer (AccessDenied)" in told.out
    (shell.folder / "var" / "files" / "ab").mkdir(parents=True)
    for words in (
        ("backup", "s3://of-the-city/copies"),
        ("drill", "s3://of-the-city/copies"),
        ("restore", "s3://of-the-city/copies", "again"),
        ("files", "move"),
    ):
        ran = shell.resi(*words, FILES="s3://of-the-city/files", FILES_BEFORE="var/files")
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
        assert "AccessDenied" in ran.err
        assert SECRET not in ran.err
    assert "RESI_FILES_BEFORE" in shell.resi("files", "move", FILES="s3://of-the-city/files").err
    assert "RESI_S3_ACCESS_KEY" in shell.resi("backup", "s3://of-the-city", S3_ACCESS_KEY="").err
