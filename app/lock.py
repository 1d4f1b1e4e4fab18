"""One `run` on one SQLite file: a lock that the kernel lets go when the process dies, however it dies."""

import fcntl
import os
from pathlib import Path

from app.errors import CannotStart
from storage import is_sqlite, sqlite_path


class RunLock:
    """Held from `take` until `release` or the end of the process. It lies beside the database that it is for."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-running")
        self._handle: int | None = None

    def take(self) -> None:
        """Raises CannotStart where another process has it."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise CannotStart(
                f"{self._path.parent}: {error.strerror}. Set RESI_DATA_DIR to a folder of ours."
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise CannotStart(self._refusal(error)) from None
        self._handle = handle

    def release(self) -> None:
        """Lets the next one start."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _refusal(self, error: OSError) -> str:
        if not isinstance(error, BlockingIOError):
            return (
                f"{self._path.parent} cannot be locked ({error.strerror}). Set RESI_DATA_DIR to a disk of this machine."
            )
        return (
            f"Another `resi run` works on {self._path.parent} already, and SQLite takes one at a time. "
            "Stop it first, or use PostgreSQL (RESI_DATABASE_URL) to run several."
        )


def lock_of(url: str) -> RunLock | None:
    """Taken, for the database of that URL; None where it takes any number of processes. Raises CannotStart."""
    try:
        lock = RunLock(sqlite_path(url)) if is_sqlite(url) else None
    except ValueError as error:
        raise CannotStart(f"RESI_DATABASE_URL: {error}. `resi doctor` tells more.") from None
    if lock is not None:
        lock.take()
    return lock
