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
