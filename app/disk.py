"""Room on the disk of the data folder: a reserve that nothing new may use, so that work on what is there goes on."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.whole_numbers import whole
from core.errors import StoreAway
from core.messages import Problem, Setting, Values

_MEGABYTE = 1_000_000
_DEFAULT = 200
SETTINGS = (
    Setting(
        "DISK_RESERVE",
        "megabytes of the data folder's disk, at most a twentieth of it, that nothing new may use",
        str(_DEFAULT),
    ),
)
_SHARE = 20  # of a small disk no more than its twentieth part is held back


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk on which `folder` lies. `reserve`: megabytes; 0 holds nothing back."""

    folder: Path
    reserve: int = _DEFAULT
    look: Callable[[Path], os.statvfs_result] = os.statvfs

    @classmethod
    def of(cls, folder: Path, values: Values) -> Self:
        """As the operator says."""
        said = _megabytes(values["DISK_RESERVE"])
        return cls(folder) if said is None else cls(folder, said)

    def free(self) -> int:
        """Bytes that may still be written; raises OSError."""
        found = self.look(self.folder)
        return found.f_bavail * found.f_frsize

    def has_room(self) -> bool:
        """Whether more is free than the reserve. A disk that tells nothing has room: writing will tell."""
        try:
            found = self.look(self.folder)
        except OSError:
            return True
        held_back = min(self.reserve * _MEGABYTE, found.f_blocks * found.f_frsize // _SHARE)
        return found.f_bavail * found.f_frsize >= held_back

    def refuse_where_full(self) -> None:
        """Raises StoreAway where only the reserve is left: what is new must wait outside."""
        if not self.has_room():
            raise StoreAway("disk")


WITHOUT_RESERVE = Disk(Path(), 0)


def problems(values: Values) -> Iterator[Problem]:
    """What is no number."""
    if _megabytes(values["DISK_RESERVE"]) is None:
        yield Problem("DISK_RESERVE", "is no number of megabytes", f"Set RESI_DISK_RESERVE, for example {_DEFAULT}.")


def _megabytes(text: str) -> int | None:
    number = whole(text)
    return number if number is not None and number < 10**9 else None
