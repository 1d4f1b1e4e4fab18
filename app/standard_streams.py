"""The three streams of a command as it wants them, whatever the shell gave: another locale, other ends, or none."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from app.errors import CannotStart


def plain_streams() -> None:
    """UTF-8 whatever the locale, a mark for bytes that are none, and no other end of a line than a line feed."""
    for name, mode, newline in (("stdin", "r", "\n"), ("stdout", "w", None), ("stderr", "w", None)):
        if getattr(sys, name) is None:  # who closed it has nothing to say, or does not want to hear
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - until the process ends
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline=newline)


@contextmanager
def shown_once(lost: str) -> Iterator[None]:
    """Around the words that hold a secret; raises CannotStart with `lost`, in a sentence, where nobody could see it."""
    try:
        yield
        sys.stdout.flush()
    except OSError:
        raise CannotStart(lost) from None
    if getattr(sys.stdout, "name", "") == os.devnull:
        raise CannotStart(lost)
