"""Faults that a turn got over: counted for the monitor and named in the log by type and place, never a word of them."""

import errno
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from app.logs import place_of

_log = logging.getLogger(__name__)
_OF_THE_DISK = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE),
        *(errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENOENT),
    }
)
TURN = "turn"
"""Counted like a reader: a turn that raised, whose words were filed as they are."""


@dataclass(frozen=True, slots=True)
class Count:
    """Of one reader since the process began."""

    readings: int
    faults: int


class Faults:
    """core.watch.Watch for one process. May be called from any thread; raises nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._readings = Counter[str]()
        self._faults = Counter[str]()
        self._places = Counter[tuple[str, str]]()

    def reads(self, reader: str) -> None:
        """One more."""
        with self._lock:
            self._readings[reader] += 1

    def failed(self, reader: str, error: Exception) -> None:
        """Logged at its first time, its second, its fourth and so on: a fault in each message must fill no disk."""
        place = place_of(error)
        with self._lock:
            self._faults[reader] += 1
            self._places[reader, place] += 1
            times = self._places[reader, place]
        if times & (times - 1) == 0:
            _log.error("reader_failed", extra={"reader": reader, "fault": place, "times": times})

    def counts(self) -> Mapping[str, Count]:
        """Of every reader that read or failed."""
        with self._lock:
            names = sorted({*self._readings, *self._faults})
            return {name: Count(self._readings[name], self._faults[name]) for name in names}


def told(fault: Exception) -> str:
    """What a command says that could not go on, without a word of what it worked on."""
    if isinstance(fault, OSError) and fault.errno == errno.ENAMETOOLONG:
        return "A name of a file or folder is too long, in what was typed or in a setting. Give a shorter one."
    if isinstance(fault, UnicodeEncodeError):  # nothing else that a command works on can hold such bytes
        return "What was typed, or what a setting says, holds bytes that are no UTF-8 text. Type it anew."
    if isinstance(fault, OSError) and fault.errno in _OF_THE_DISK:
        return (
            f"The system refuses a file or folder that was typed or that a setting names: {fault.strerror}. "
            f"Look whether this user may use it, and whether its disk has room ({place_of(fault)})."
        )
    return f"A fault of ours: {place_of(fault)}. Nothing more may be said of it; please report this line."
