"""Sealed files in a folder of this machine: under times that tell nothing, and safe before any row names them."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.errors import NotFound, StoreAway

_EPOCH = (0, 0)  # access and modification of every file
_SETTLED = 2 * 86_400  # seconds after which a file's change time, which cannot be chosen, was set anew by a sweep
_UNFINISHED = ".part"


class FolderFiles:
    """storage.files.SealedFiles on a disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        """As it lies on the disk; raises NotFound, StoreAway."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound from None
        except OSError as error:
            raise StoreAway(type(error).__name__) from None

    def look(self, name: str) -> bytes:
        """The same: a disk answers at once."""
        return self.read(name)

    def write(self, name: str, sealed: bytes) -> None:
        """Returns once it would outlive a power cut; raises StoreAway."""
        try:
            self._write(self._path(name), sealed)
        except OSError as error:
            raise StoreAway(type(error).__name__) from None

    def remove(self, name: str) -> None:
        """Nothing where there is none; raises StoreAway."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreAway(type(error).__name__) from None

    def names(self) -> list[str]:
        """Of all that are whole."""
        return sorted(path.name for path in self._all() if not path.name.endswith(_UNFINISHED))

    def sweep(self, in_use: set[str], older_than: datetime) -> int:
        """Removes files that nothing names and that lie here since before then; how many.

        Also sets the times of younger files anew, all at once: the change time, which the disk writes by itself, would
        tell the minute in which each came.
        """
        removed = 0
        for path in list(self._all()):
            changed = path.stat().st_ctime
            if path.name in in_use:
                if older_than.timestamp() - changed < _SETTLED:
                    os.utime(path, _EPOCH)
            elif changed < older_than.timestamp():
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def check(self) -> None:
        """A disk is asked by writing alone."""

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _all(self) -> Iterator[Path]:
        return self._folder.glob("??/*")

    def _write(self, path: Path, sealed: bytes) -> None:
        fresh = not path.parent.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if fresh:
            sync_folder(self._folder)
        unfinished = path.with_name(path.name + _UNFINISHED)
        handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(sealed)
            out.flush()
            os.utime(handle, _EPOCH)
            os.fsync(handle)
        unfinished.rename(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in it outlive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
