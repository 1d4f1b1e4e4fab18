"""A command that is told to end takes away what it laid aside, as it does after Ctrl-C; SIGKILL alone leaves it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_FROM_SHELL = 128  # and the number of the signal: how a shell says it


@contextmanager
def ending_gently() -> Iterator[None]:
    """Inside, SIGTERM and the end of the terminal are raised where the command stands."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:  # nohup wants none
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(_FROM_SHELL + number)
