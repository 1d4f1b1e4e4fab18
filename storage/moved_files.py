"""Files on their way from one place to another, while the service runs: read in both, written to the new one."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound, StoreAway
from storage.files import SealedFiles

_AT_ONCE = 8
Read = Callable[[str], bytes]


class TwoPlaces:
    """storage.files.SealedFiles in `new`, with what still lies in `old`."""

    def __init__(self, new: SealedFiles, old: SealedFiles) -> None:
        self.new = new
        self.old = old

    def read(self, name: str) -> bytes:
        """From where it is; raises NotFound, StoreAway."""
        return self._found(self.new.read, self.old.read, name)

    def look(self, name: str) -> bytes:
        """The same for somebody who waits; raises NotFound, StoreAway."""
        return self._found(self.new.look, self.old.look, name)

    def _found(self, new: Read, old: Read, name: str) -> bytes:
        try:
            return new(name)
        except NotFound:
            try:
                return old(name)
            except NotFound:
                return new(name)  # it was moved between two looks
        except StoreAway as away:
            try:
                return old(name)
            except NotFound:
                raise away from None

    def write(self, name: str, sealed: bytes) -> None:
        """To the new place alone; raises StoreAway."""
        self.new.write(name, sealed)

    def remove(self, name: str) -> None:
        """From both; raises StoreAway."""
        self.old.remove(name)
        self.new.remove(name)

    def names(self) -> list[str]:
        """In either; raises StoreAway."""
        return sorted({*self.old.names(), *self.new.names()})

    def sweep(self, in_use: set[str], older_than: datetime) -> int:
        """In both; raises StoreAway."""
        return self.old.sweep(in_use, older_than) + self.new.sweep(in_use, older_than)

    def check(self) -> None:
        """Of the new place: what is written goes there."""
        self.new.check()


@dataclass(frozen=True, slots=True)
class Moved:
    """`copied` now, `compared` byte by byte in the new place, `removed` from the old one."""

    copied: int
    compared: int
    removed: int


def move(places: TwoPlaces, said: Callable[[int], None], *, remove: bool) -> Moved:
    """Copies what the new place lacks, reads each back and compares; then, if asked, removes it from the old one.

    May be ended anywhere and begun again. `said` hears now and then how many are done. Raises StoreAway.
    """
    there = set(places.new.names())

    def one(name: str) -> tuple[int, int, int]:
        try:
            sealed = places.old.read(name)
        except NotFound:  # swept a moment ago
            return 0, 0, 0
        copied = int(name not in there or not _same(places.new, name, sealed))
        if copied:
            places.new.write(name, sealed)
            if not _same(places.new, name, sealed):
                raise StoreAway("other bytes")
        if remove:
            places.old.remove(name)
        return copied, 1, int(remove)

    return _counted(one, places.old.names(), said)


def _same(place: SealedFiles, name: str, sealed: bytes) -> bool:
    try:
        return place.read(name) == sealed
    except NotFound:
        return False


def _counted(one: Callable[[str], tuple[int, int, int]], names: Iterable[str], said: Callable[[int], None]) -> Moved:
    totals = [0, 0, 0]
    with ThreadPoolExecutor(_AT_ONCE, "move") as threads:
        try:
            for done, counts in enumerate(threads.map(one, names), start=1):
                totals = [total + count for total, count in zip(totals, counts, strict=True)]
                if done % 1000 == 0:
                    said(done)
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise
    return Moved(*totals)
