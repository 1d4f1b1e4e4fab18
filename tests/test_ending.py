"""Told to end, a command takes away what it laid aside."""

import signal
import sys

import pytest

from tests.fakes.shell import Shell

_WORK = """
import os, signal, sys, tempfile
from app.ending import ending_gently
signal.signal(signal.SIGHUP, signal.SIG_IGN if "nohup" in sys.argv else signal.SIG_DFL)  # whoever runs us
with ending_gently(), tempfile.TemporaryDirectory(dir="."):
    os.kill(os.getpid(), int(sys.argv[1]))
"""


def ended(shell: Shell, *words: str) -> int:
    return shell.waits_for(shell.starts(*words, command=(sys.executable, "-c", _WORK))).code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_laid_aside_is_taken_away_and_the_exit_status_names_the_signal(shell: Shell, number: int) -> None:
    assert ended(shell, str(number)) == 128 + number
    assert list(shell.folder.iterdir()) == []


def test_under_nohup_the_end_of_the_terminal_ends_nothing(shell: Shell) -> None:
    assert ended(shell, str(int(signal.SIGHUP)), "nohup") == 0
