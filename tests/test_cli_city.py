"""`resi city` on the command line: help with an example, and a folder looked through that nobody serves."""

from pathlib import Path

import pytest

from tests.fakes.shell import CHECKOUT, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.mark.parametrize("command", ["check", "new", "export", "diff"])
def test_every_command_has_help_with_an_example(shell: Shell, command: str) -> None:
    ran = shell.resi("city", command, "--help")
    assert ran.code == 0
    assert f"Example: resi city {command}" in " ".join(ran.out.split())
    assert command in shell.resi("city").all


def test_a_city_that_cannot_be_served_can_still_be_looked_through(shell: Shell) -> None:
    (shell.folder / "broken").mkdir()
    shell.exported["CITY"] = "broken"
    ran = shell.resi("city", "check", "broken")
    assert ran.code == 1
    assert "city.toml: is missing" in ran.out
    served = shell.resi("suggest", said="x\n")
    assert served.code == 1
    assert "city.toml: is missing" in served.err
    assert not served.shows_a_trace


def test_the_city_may_stand_in_env(shell: Shell) -> None:
    shell.env_file(CITY="nowhere")
    assert "is no folder" in shell.resi("suggest", said="x\n").err
    shell.env_file(CITY="jakarta")
    assert shell.resi("suggest", said="lampu jalan mati\n").code == 0
    shell.exported["CITY"] = str(CHECKOUT / "cities" / "jakarta")
    assert shell.resi("suggest", said="lampu jalan mati\n").code == 0
