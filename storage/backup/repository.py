"""Where backups lie: files by name in a folder, each there whole or not at all, and safe before another names it."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from storage.backup.problems import BackupFault, Fault
from storage.file_folder import sync_folder

_EPOCH = (0, 0)  # access and modification of every file
_UNFINISHED = ".part"
_LARGEST = 65_536  # bytes of a file of ours
_UNLOCKABLE = frozenset({errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})  # some network disks


class BackupRepository(Protocol):
    """Bytes by name; a name has one slash at most. Raises BackupFault."""

    def read(self, name: str) -> bytes:
        """MISSING where there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all; outlives a power cut after `settle`."""

    def settle(self) -> None:
        """Returns when all that was written is safe."""

    def names(self, room: str) -> dict[str, int]:
        """What lies in a room, by its whole name, with its size."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def remove(self, name: str) -> None:
        """Nothing where there is none."""


class LockedRepository(BackupRepository, Protocol):
    """A repository that keeps others out; raises BackupFault."""

    def locked(self, *, writes: bool) -> AbstractContextManager[None]:
        """One writes. EMPTY where there is nothing to read, BUSY where another works on it."""

    def tops(self) -> set[str]:
        """The first parts of all names, whosever they are; FOREIGN where it is something else."""


class FolderRepository:
    """A folder of this machine. `lock` it before anything else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsynced: set[Path] = set()

    def read(self, name: str) -> bytes:
        """The whole file."""
        try:
            # What is no file must not be waited for, and what has no end must not be read to it.
            handle = os.open(self.folder / name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                os.close(handle)
                raise BackupFault(Fault.DAMAGED, name)
            with os.fdopen(handle, "rb") as file:
                return file.read(_LARGEST)
        except FileNotFoundError:
            raise BackupFault(Fault.MISSING, name) from None
        except OSError as error:
            raise disk_fault(error, name) from None

    def write(self, name: str, data: bytes) -> None:
        """Under another name first: a kill leaves a file that nothing names."""
        path = self.folder / name
        unfinished = path.with_name(path.name + _UNFINISHED)
        try:
            self._make(path.parent)
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
                out.write(data)
                out.flush()
                os.utime(out.fileno(), _EPOCH)
                os.fsync(out.fileno())
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise disk_fault(error) from None
        self._unsynced.add(path.parent)

    def settle(self) -> None:
        """The names too."""
        try:
            for folder in sorted(self._unsynced):
                sync_folder(folder)
        except OSError as error:
            raise disk_fault(error) from None
        self._unsynced.clear()

    def names(self, room: str) -> dict[str, int]:
        """Also those that were never finished."""
        try:
            found = [path for path in (self.folder / room).rglob("*") if path.is_file()]
            return {path.relative_to(self.folder).as_posix(): path.stat().st_size for path in found}
        except OSError as error:
            raise disk_fault(error) from None

    def has(self, name: str) -> bool:
        """Whatever is in it."""
        try:
            return (self.folder / name).exists()
        except OSError as error:
            raise disk_fault(error, name) from None

    def tops(self) -> set[str]:
        """Of what was never finished, too."""
        try:
            found = [path.name for path in self.folder.iterdir()]
        except FileNotFoundError:
            return set()
        except NotADirectoryError:
            raise BackupFault(Fault.FOREIGN) from None
        except OSError as error:
            raise disk_fault(error) from None
        return {name.removesuffix(_UNFINISHED) for name in found}

    def remove(self, name: str) -> None:
        """Its folder stays."""
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error) from None

    @contextmanager
    def locked(self, *, writes: bool) -> Iterator[None]:
        """One writes, or many read. The folder is made where one writes; EMPTY where there is none to read."""
        try:
            if writes:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            raise BackupFault(Fault.EMPTY) from None
        except OSError as error:
            raise disk_fault(error) from None
        try:
            _lock(handle, fcntl.LOCK_EX if writes else fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)

    def _make(self, folder: Path) -> None:
        for each in (folder.parent, folder):
            if not each.exists():
                each.mkdir(mode=0o700)
                self._unsynced.add(each.parent)


def _lock(handle: int, how: int) -> None:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupFault(Fault.BUSY) from None
    except OSError as error:
        if error.errno not in _UNLOCKABLE:
            raise disk_fault(error) from None


def disk_fault(error: OSError, name: str = "") -> BackupFault:
    """The system's own word for it, and which file of the folder it is about."""
    said = error.strerror or type(error).__name__
    return BackupFault(Fault.DISK, f"{name}: {said}" if name else said)
