"""A file of settings that does not say what its writer meant is told of, by line and name, never by value."""

import os
from functools import partial
from pathlib import Path

import pytest

from app.env_lines import lines_of, oddities
from app.errors import CannotStart
from tests.fakes.shell import Shell


@pytest.mark.parametrize("line", ["RESI_LANGUAGE='geheim", "this is no line = geheim'"])
def test_a_line_that_sets_nothing_is_refused_by_its_number_and_not_shown(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# ours\nRESI_MODE=development\n{line}\n", encoding="utf-8")
    with pytest.raises(CannotStart, match="line 3") as refused:
        lines_of(file)
    assert "geheim" not in str(refused.value)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    lines_of(file)
    makes = (file.mkdir, partial(os.mkfifo, file), partial(file.symlink_to, file))
    for make in makes:
        make()
        with pytest.raises(CannotStart, match="no file"):
            lines_of(file)
        file.rmdir() if file.is_dir() else file.unlink()


def test_the_doctor_tells_of_names_that_stand_twice_and_of_secrets_that_others_can_read(shell: Shell) -> None:
    shell.env_file(BACKUP_KEY="geheim", LANGUAGE="id")
    file = shell.folder / ".env"
    file.write_text(file.read_text("utf-8") + "export RESI_LANGUAGE=en\nresi_mode=production\n", encoding="utf-8")
    file.chmod(0o644)
    said = shell.resi("doctor").out
    assert "RESI_LANGUAGE stands in .env more than once" in said
    assert ".env holds secrets and can be read by others" in said
    assert "resi_mode is a name that nothing reads" in said
    file.chmod(0o600)
    assert "read by others. Run: chmod go= .env" not in shell.resi("doctor").out


def test_where_nothing_is_odd_nothing_is_said(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert oddities(file, ()) == []
    file.write_text("RESI_LANGUAGE=en\nRESI_KEYS=\n# RESI_LANGUAGE=id\n", encoding="utf-8")
    assert oddities(file, ("RESI_KEYS",)) == []
