"""How `resi backup`, `restore`, `drill` are called: help with an example, and a wrong call does nothing."""

from pathlib import Path

import pytest

from tests.fakes.shell import Shell


@pytest.mark.parametrize("command", ["backup", "restore", "drill"])
def test_help_shows_how_it_is_called(tmp_path: Path, command: str) -> None:
    ran = Shell(tmp_path).resi(command, "--help")
    assert ran.code == 0
    assert f"Example: resi {command} " in ran.out
    assert "DIR" in ran.out


@pytest.mark.parametrize(
    "words", [("backup",), ("backup", "copies", "--keep", "0"), ("restore", "copies"), ("drill",), ("drill", "a", "b")]
)
def test_a_wrong_call_does_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = Shell(tmp_path).resi(*words)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []
