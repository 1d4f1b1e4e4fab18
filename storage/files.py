"""Citizens' files: each sealed under a key of its own, under a name that tells nothing, in a folder or a bucket."""

import base64
import secrets
from datetime import datetime
from pathlib import Path
from typing import Protocol

from core.messages import StoredFile
from storage.file_folder import FolderFiles
from storage.vault import DataKey, place

_KEY_BYTES = 32
_LEAST_STEP = 4096  # bytes


class SealedFiles(Protocol):
    """Where sealed files lie, by name; raises StoreAway where it cannot be reached or written."""

    def read(self, name: str) -> bytes:
        """Raises NotFound."""

    def look(self, name: str) -> bytes:
        """Same as `read`, for somebody who waits: gives up within seconds. Raises NotFound."""

    def write(self, name: str, sealed: bytes) -> None:
        """Returns once it is there to stay."""

    def remove(self, name: str) -> None:
        """Nothing where there is none."""

    def names(self) -> list[str]:
        """Of all that are whole, sorted."""

    def sweep(self, in_use: set[str], older_than: datetime) -> int:
        """Removes what nothing names and lies here since before then; how many."""

    def check(self) -> None:
        """Raises StoreAway where it does not answer, within seconds."""


def _at(name: str) -> bytes:
    return place("file", "bytes", name)


def _room(size: int) -> int:
    """As how many bytes it is sealed: one of four sizes to each doubling, so a quarter more at most where it is large.

    Whoever has a photo can clean it as we do, and would find it again by the very number of its bytes.
    """
    step = max(_LEAST_STEP, 1 << max(size.bit_length() - 3, 0))
    return -(-size // step) * step


class Files:
    """Seals and opens; the key of each file is held by a sealed row alone."""

    def __init__(self, kept: Path | SealedFiles) -> None:
        """`kept`: a folder, or another place."""
        self.place: SealedFiles = FolderFiles(kept) if isinstance(kept, Path) else kept

    def put(self, data: bytes, kind: str) -> StoredFile:
        """Returns once it would outlive a power cut; raises StoreAway."""
        name, raw = secrets.token_hex(20), secrets.token_bytes(_KEY_BYTES)
        self.place.write(name, DataKey(raw).seal(data.ljust(_room(len(data)), b"\0"), _at(name)))
        return StoredFile(name, base64.urlsafe_b64encode(raw).decode(), kind, len(data))

    def get(self, file: StoredFile) -> bytes:
        """The bytes that were put, for somebody who waits; raises NotFound, StoreAway, SealBroken: others lie there."""
        sealed = self.place.look(file.name)
        return DataKey(base64.urlsafe_b64decode(file.key)).open(sealed, _at(file.name))[: file.size]

    def names(self) -> list[str]:
        """Of all that are whole."""
        return self.place.names()

    def sealed(self, name: str) -> bytes:
        """As it lies there; raises NotFound, StoreAway."""
        return self.place.read(name)

    def put_sealed(self, name: str, sealed: bytes) -> None:
        """The same, put back; raises StoreAway."""
        self.place.write(name, sealed)

    def sweep(self, in_use: set[str], older_than: datetime) -> int:
        """Removes files that nothing names and that lie there since before then; how many. Raises StoreAway."""
        return self.place.sweep(in_use, older_than)

    def check(self) -> None:
        """Raises StoreAway where they cannot be reached."""
        self.place.check()
