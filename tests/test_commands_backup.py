"""`resi backup`, `restore`, `drill` by their real command line: a disaster, from the filing to the service restored."""

import os
import shutil
from pathlib import Path

import pytest

from storage import new_key_line
from tests.fakes.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"BACKUP_KEY": new_key_line("b1"), "KEYS": new_key_line("k1")})


def says(shell: Shell, *words: str, **env: str) -> str:
    ran = shell.resi(*words, **env)
    assert (ran.code, ran.err, ran.shows_a_trace) == (0, "", False)
    return ran.out


def refused(shell: Shell, *words: str, **env: str) -> str:
    ran = shell.resi(*words, **env)
    assert (ran.code, ran.out, ran.shows_a_trace) == (1, "", False)
    assert len(ran.err.splitlines()) == 1
    return ran.err


def test_what_was_lost_with_its_disk_comes_back_and_what_was_erased_does_not(shell: Shell) -> None:
    first, second = shell.files_a_report(), shell.files_a_report()
    assert "2 reports" in says(shell, "backup", "copies")
    assert "reports=2" in says(shell, "backup", "copies", "--list")
    says(shell, "forget", first)
    late = shell.files_a_report()
    says(shell, "backup", "copies", "--keep", "5")
    name = says(shell, "backup", "copies", "--list").split()[0]
    shutil.rmtree(shell.folder / "var")
    drilled = says(shell, "drill", "copies")
    assert "The drill is good." in drilled
    assert "The live database was not told" in drilled
    assert not (shell.folder / "var").exists()
    said = says(shell, "restore", "copies", "again", "--at", name)
    assert "1 addresses" in said
    for code in (first, second):
        assert shell.resi("status", code, DATA_DIR="again").code == 0
    assert shell.resi("status", late, DATA_DIR="again").code != 0
    assert "Nothing" in shell.resi("outbox", "list", DATA_DIR="again").out or shell.resi("outbox", "list").code == 0
    assert "The service would start." in says(shell, "doctor", DATA_DIR="again")


def test_a_drill_is_told_to_the_database_and_to_the_next_backup(shell: Shell) -> None:
    shell.files_a_report()
    assert "resi drill copies" in says(shell, "backup", "copies")
    assert "not told" not in says(shell, "drill", "copies")
    assert "resi drill" not in says(shell, "backup", "copies")


def test_what_is_missing_or_wrong_is_said_in_a_sentence(shell: Shell) -> None:
    shell.files_a_report()
    assert "RESI_BACKUP_KEY is not set" in refused(shell, "backup", "copies", BACKUP_KEY="")
    assert "a key of RESI_KEYS" in refused(shell, "backup", "copies", BACKUP_KEY=shell.exported["KEYS"])
    assert not (shell.folder / "copies").exists()
    assert "no backup" in refused(shell, "drill", "copies")
    says(shell, "backup", "copies")
    assert "Nothing in it opens" in refused(shell, "drill", "copies", BACKUP_KEY=new_key_line("b2"))
    assert "Nothing in it opens" in refused(shell, "backup", "copies", "--list", BACKUP_KEY=new_key_line("b2"))
    assert "RESI_KEYS" in refused(shell, "drill", "copies", KEYS=new_key_line("k1"))
    assert "no backup of that name" in refused(shell, "drill", "copies", "--at", "0123456789abcdef")
    assert "not empty" in refused(shell, "restore", "copies", "var")
    (shell.folder / "copies" / "index").unlink()
    assert "index is missing" in refused(shell, "drill", "copies")
    assert "1 reports" in says(shell, "restore", "copies", "again", "--index-lost")


def test_where_nothing_can_be_written_a_restore_and_a_drill_say_it(shell: Shell) -> None:
    shell.files_a_report()
    says(shell, "backup", "copies")
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nowhere"
    assert "cannot be written" in refused(shell, "restore", "copies", "again", DATABASE_URL=nowhere)
    assert "RESI_DATABASE_URL" in refused(shell, "restore", "copies", "again", DATABASE_URL="mysql://nobody")
    ran = shell.resi("drill", "copies", DATABASE_URL=nowhere)
    assert (ran.code, ran.lines[-1]) == (0, "The drill is good.")


def test_a_drill_goes_nowhere_else_than_where_it_was_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.files_a_report()
    says(shell, "backup", "copies")
    monkeypatch.setenv("TMPDIR", str(shell.folder / "missing"))
    assert "TMPDIR" in refused(shell, "drill", "copies")
    assert not (shell.folder / "missing").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written to by root")
def test_a_folder_that_cannot_be_made_is_named_with_the_command_that_makes_it(shell: Shell) -> None:
    shell.files_a_report()
    says(shell, "backup", "copies")
    (shell.folder / "closed").mkdir(mode=0)
    for command in (("backup", "closed/below"), ("restore", "copies", "closed/below")):
        said = refused(shell, *command)
        assert said.startswith("closed/below: this user cannot write to ")
        assert said.strip().endswith("install -d -o USER -m 700 closed/below")


def test_the_copies_of_another_service_are_left_alone(shell: Shell) -> None:
    says(shell, "staff", "add", "budi", "--agency", "dinas_sda", "--role", "officer")
    says(shell, "backup", "copies")
    says(shell, "staff", "list", DATA_DIR="other")
    said = refused(shell, "backup", "copies", "--keep", "1", DATA_DIR="other")
    assert said.startswith("copies: The backups in it are of another Resi")
    assert len(says(shell, "backup", "copies", "--list").splitlines()) == 1


def test_a_file_in_the_place_of_a_folder_is_named(shell: Shell) -> None:
    shell.files_a_report()
    says(shell, "backup", "copies")
    for command in (("backup", "copies/index/folder"), ("restore", "copies", "copies/index/folder")):
        assert "copies/index is there, and no folder" in refused(shell, *command)


def test_the_commands_make_no_key_and_no_database_where_there_is_none(tmp_path: Path) -> None:
    shell = Shell(tmp_path, {"BACKUP_KEY": new_key_line("b1")})
    refused(shell, "drill", "copies")
    refused(shell, "restore", "copies", "again")
    assert "There is no database at" in refused(shell, "backup", "copies")
    assert "There is no database at" in refused(shell, "backup", "copies", DATA_DIR="mistyped")
    assert list(tmp_path.iterdir()) == []


def test_a_key_for_backups_is_printed_as_the_settings_take_it(shell: Shell) -> None:
    shell.files_a_report()
    says(shell, "backup", "copies", BACKUP_KEY=says(shell, "keys", "backup").strip())
