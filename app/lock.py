"""One `run` on one SQLite file: a lock that the kernel lets go when the process dies, however it dies."""

import fcntl
import os
from pathlib import Path

from app.house import CannotStart


class RunLock:
    """Held from `take` until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "run.lock"
        self._handle: int | None = None

    def take(self) -> None:
        """Raises CannotStart where another process has it."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise CannotStart(
                f"Another `resi run` works on {self._path.parent} already, and SQLite takes one at a time. "
                "Stop it first, or use PostgreSQL (RESI_DATABASE_URL) to run several."
            ) from None
        self._handle = handle

    def release(self) -> None:
        """Lets the next one start."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
