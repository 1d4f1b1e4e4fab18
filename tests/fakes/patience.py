"""Waiting in tests: for something to hold, until a deadline, and never a fixed time."""

import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")
_BETWEEN_LOOKS = 0.02  # seconds
PATIENCE: Final = 600.0
"""Seconds until something hangs, on however busy a machine: who waits for less fails where much else runs."""


def until(holds: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """Looks until something true comes back, and gives that; AssertionError says what was waited for in vain."""
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        moment(_BETWEEN_LOOKS)


def moment(seconds: float) -> None:
    """A short pause before a wire tries again, or before a blow that is to come by chance."""
    threading.Event().wait(seconds)
