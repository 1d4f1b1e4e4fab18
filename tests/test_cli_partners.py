"""How `resi partners` is called: help with an example, and a wrong call does nothing."""

from pathlib import Path

import pytest

from tests.fakes.shell import Shell


@pytest.mark.parametrize("command", ["add", "list", "rotate", "hook", "disable"])
def test_help_shows_how_it_is_called(tmp_path: Path, command: str) -> None:
    ran = Shell(tmp_path).resi("partners", command, "--help")
    assert ran.code == 0
    assert f"Example: resi partners {command}" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("add",), ("add", "x"), ("add", "x", "--channel", "jaki", "--right", "all"), ("rotate", "x", "--days", "91"),
        ("add", "x", "--channel", "jaki", "--until", "tomorrow"), ("hook",), ("disable",),
    ],
)  # fmt: skip
def test_a_wrong_call_does_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = Shell(tmp_path).resi("partners", *words)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []
