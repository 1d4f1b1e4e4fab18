"""A command whose streams were closed by the shell, as a timer or a careless script does."""

import sys

import pytest

from tests.fakes.shell import Shell

CLOSED = 'exec "$0" -m app "$@" '


@pytest.mark.parametrize(("words", "code"), [(("status", "-"), 1), (("redact", "--json"), 0)], ids=str)
def test_a_closed_stdin_is_an_empty_one(shell: Shell, words: tuple[str, ...], code: int) -> None:
    ran = shell.waits_for(shell.starts(*words, command=("sh", "-c", CLOSED + "<&-", sys.executable)))
    assert (ran.code, ran.err) == (code, "")
    assert ran.out == shell.resi(*words).out


def test_what_nobody_hears_is_written_nowhere(shell: Shell) -> None:
    ran = shell.waits_for(shell.starts("status", "-", command=("sh", "-c", CLOSED + "<&- >&- 2>&-", sys.executable)))
    assert (ran.code, ran.all) == (1, "")
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize("end", [">&-", ">/dev/full", "| true"])
def test_a_password_or_a_key_that_nobody_could_see_is_told_with_what_gives_another(shell: Shell, end: str) -> None:
    for words, mend in (
        (("staff", "add", "budi", "--agency", "dinas_sda", "--role", "officer"), "resi staff reset budi"),
        (("staff", "reset", "budi"), "resi staff reset budi"),
        (("partners", "add", "jaki-app", "--channel", "jaki"), "resi partners rotate --days 0 jaki-app"),
    ):
        command = ("sh", "-c", f'"$0" -m app "$@" {end}', sys.executable)
        ran = shell.waits_for(shell.starts(*words, command=command))
        assert ran.out == ""
        assert mend in ran.err
        assert len(ran.err.splitlines()) == 1
        assert ran.code == (0 if "|" in end else 1)
    assert shell.resi("staff", "list").out == "budi officer dinas_sda\n"
