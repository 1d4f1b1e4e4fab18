"""Backups in a bucket: the same files as in a folder, written several at once, by one `resi backup` at a time."""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from core.errors import NotFound, StoreAway
from storage.backup.problems import BackupFault, Fault
from storage.backup.repository import FolderRepository, LockedRepository
from storage.bucket import Bucket

T = TypeVar("T")
LOCK = "lock"
_LEFT = timedelta(minutes=15)  # after which a lock belongs to nobody: whoever works shows it each minute
_SHOWN_EVERY = 60.0  # seconds
_AT_ONCE = 8
_WAITING = 64  # pieces held in memory until they are written


def repository_at(place: Path | Bucket) -> LockedRepository:
    """Of a folder, or of a bucket."""
    return BucketRepository(place) if isinstance(place, Bucket) else FolderRepository(place)


class BucketRepository:
    """A LockedRepository in a bucket. What was written is there after `settle`, as in a folder."""

    def __init__(self, bucket: Bucket, seconds: Callable[[], float] = time.monotonic) -> None:
        self._bucket = bucket
        self._seconds = seconds
        self._token = secrets.token_hex(16).encode()
        self._shown: float | None = None  # when the lock was; None: not ours
        self._threads: ThreadPoolExecutor | None = None
        self._writing: list[Future[bool]] = []

    def read(self, name: str) -> bytes:
        """The whole object."""
        self._show()
        try:
            return _told(lambda: self._bucket.get(name))
        except NotFound:
            raise BackupFault(Fault.MISSING, name) from None

    def write(self, name: str, data: bytes) -> None:
        """Begun here and ended by `settle`; where it fails, that or the next writing says so."""
        self._show()
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_AT_ONCE, "backup")
        self._writing.append(self._threads.submit(self._bucket.put, name, data))
        if len(self._writing) >= _WAITING:
            self.settle()

    def settle(self) -> None:
        """All of it, whatever fails."""
        writing, self._writing = self._writing, []
        faults = [each.exception() for each in writing]
        for fault in faults:
            if isinstance(fault, StoreAway):
                raise BackupFault(Fault.STORE, str(fault)) from None
            if fault is not None:
                raise fault

    def names(self, room: str) -> dict[str, int]:
        """By their whole names."""
        self._show()
        return _told(lambda: {each.name: each.size for each in self._bucket.listed(f"{room}/")})

    def has(self, name: str) -> bool:
        """Whatever is in it."""
        return _told(lambda: self._bucket.changed(name)) is not None

    def remove(self, name: str) -> None:
        """Every version of it."""
        self._show()
        wait(self._writing)  # it may be one of them; what failed is said by `settle`
        _told(lambda: self._bucket.erase(name))

    def tops(self) -> set[str]:
        """Below the prefix."""
        return _told(self._bucket.tops)

    @contextmanager
    def locked(self, *, writes: bool) -> Iterator[None]:
        """Who reads takes no lock, and is told where a backup is being made."""
        if writes:
            self._lock()
        elif not self.tops():
            raise BackupFault(Fault.EMPTY)
        elif self._held():
            raise BackupFault(Fault.BUSY)
        try:
            yield
            self.settle()
        finally:
            self._end()

    def _lock(self) -> None:
        if not _told(lambda: self._bucket.put(LOCK, self._token, only_new=True)):
            if self._held():
                raise BackupFault(Fault.BUSY)
            _told(lambda: self._bucket.erase(LOCK))
            if not _told(lambda: self._bucket.put(LOCK, self._token, only_new=True)):
                raise BackupFault(Fault.BUSY)
        self._shown = self._seconds()
        self._prove()

    def _held(self) -> bool:
        """By somebody who works: by the store's own clock."""
        found = _told(lambda: self._bucket.changed(LOCK))
        return found is not None and found[1] - found[0] < _LEFT

    def _show(self) -> None:
        if self._shown is not None and self._seconds() - self._shown >= _SHOWN_EVERY:
            self._prove()
            _told(lambda: self._bucket.put(LOCK, self._token))
            self._shown = self._seconds()

    def _prove(self) -> None:
        """A store that knows no conditions lets two write it: the later one stays."""
        try:
            ours = _told(lambda: self._bucket.get(LOCK)) == self._token
        except NotFound:
            ours = False
        if not ours:
            self._shown = None
            raise BackupFault(Fault.BUSY)

    def _end(self) -> None:
        if self._threads is not None:
            self._threads.shutdown()
            self._threads = None
        if self._shown is not None:
            self._shown = None
            with suppress(StoreAway):  # it is left alone soon
                self._bucket.erase(LOCK)


def _told(work: Callable[[], T]) -> T:
    try:
        return work()
    except StoreAway as away:
        raise BackupFault(Fault.STORE, str(away)) from None
