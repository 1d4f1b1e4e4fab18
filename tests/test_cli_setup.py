"""How `resi setup` is called: help with an example, and a wrong call writes nothing."""

from pathlib import Path

import pytest

from tests.fakes.shell import Shell


def test_help_shows_how_it_is_called(tmp_path: Path) -> None:
    ran = Shell(tmp_path).resi("setup", "--help")
    assert ran.code == 0
    assert "Example: resi setup" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--set", "MODE"), 2, "NAME=VALUE"),
        (("--set", "TELEGRAM_TOKEN=1:kanari"), 2, "RESI_TELEGRAM_TOKEN is a secret"),
        (("--yes", "--set", "NONSENSE=1"), 1, "There is no setting RESI_NONSENSE"),
        (("--yes", "--answers", "nowhere"), 1, "nowhere is no file"),
    ],
)
def test_a_wrong_call_writes_nothing(tmp_path: Path, words: tuple[str, ...], code: int, told: str) -> None:
    ran = Shell(tmp_path).resi("setup", *words)
    assert ran.code == code
    assert told in ran.err
    assert "kanari" not in ran.all
    assert list(tmp_path.iterdir()) == []


def test_answers_that_others_can_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("RESI_MODE=development\n")
    (tmp_path / "answers").chmod(0o644)
    ran = Shell(tmp_path).resi("setup", "--yes", "--answers", "answers")
    assert (ran.code, ran.out) == (1, "")
    assert "chmod 600 answers" in ran.err
