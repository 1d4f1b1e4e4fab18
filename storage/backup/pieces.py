"""Backups as sealed pieces of one size: whoever has the folder sees how many there are, and nothing else.

A piece is named by an HMAC of what it holds, so that what is there already is not written again. A stream is cut where
its lines say so, so that a change moves the pieces around it alone.
"""

import hmac
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from storage.backup.problems import BackupFault, Fault
from storage.backup.repository import BackupRepository
from storage.vault import DataKey, SealBroken, place

ROOM = "pieces"
PIECE_BYTES = 32_768
"""Of each piece on disk."""
ID_BYTES = 20
_SEAL_BYTES = 29  # format, nonce, tag
_LENGTH_BYTES = 4
CAPACITY = PIECE_BYTES - _SEAL_BYTES - _LENGTH_BYTES
_STRIDE = 24_576  # bytes between two cuts, on the average
_TOP = 24 * ID_BYTES  # what the root of a stream holds


@dataclass(frozen=True, slots=True)
class Stream:
    """Where something is: ids of its pieces, one behind the other, or of pieces that hold ids (`depth` times)."""

    depth: int
    ids: bytes


def cut(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of CAPACITY at most, cut at the same lines whatever stands before them."""
    held = bytearray()
    for line in lines:
        held += line
        while len(held) >= CAPACITY:
            yield bytes(held[:CAPACITY])
            del held[:CAPACITY]
        if held and zlib.crc32(line) % _STRIDE < len(line):
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def split(ids: bytes) -> list[bytes]:
    """Raises DAMAGED where they are no ids."""
    if len(ids) % ID_BYTES:
        raise BackupFault(Fault.DAMAGED, "ids")
    return [ids[start : start + ID_BYTES] for start in range(0, len(ids), ID_BYTES)]


def name_of(id: bytes) -> str:  # noqa: A002 - the word for it
    """Where a piece lies."""
    digits = id.hex()
    return f"{ROOM}/{digits[:2]}/{digits}"


class Pieces:
    """Of one folder, under one key. `known`: ids that need not be written, since a finished backup has them."""

    def __init__(self, repository: BackupRepository, key: bytes) -> None:
        self._repository = repository
        self._sealing = DataKey(hmac.digest(key, b"resi backup: seals", "sha256"))
        self._naming = hmac.digest(key, b"resi backup: names", "sha256")
        self.known: set[bytes] = set()
        self.count = 0  # pieces written
        self.unnamed: list[str] = []  # files that nothing names yet

    def put(self, plain: bytes) -> bytes:
        """The id; writes what is not known."""
        id = hmac.digest(self._naming, plain, "sha256")[:ID_BYTES]  # noqa: A001 - the word for it
        if id not in self.known:
            filled = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain.ljust(CAPACITY, b"\0")
            name = name_of(id)
            self.unnamed.append(name)
            self._repository.write(name, self.seal(filled, name))
            self.known.add(id)
            self.count += 1
        return id

    def get(self, id: bytes) -> bytes:  # noqa: A002 - the word for it
        """Raises MISSING or DAMAGED, with the name of its file."""
        name = name_of(id)
        filled = self.open(self._repository.read(name), name)
        return filled[_LENGTH_BYTES : _LENGTH_BYTES + int.from_bytes(filled[:_LENGTH_BYTES], "big")]

    def seal(self, plain: bytes, name: str) -> bytes:
        """Bound to the name of its file."""
        return self._sealing.seal(plain, place("backup", "file", name))

    def open(self, sealed: bytes, name: str) -> bytes:
        """Raises DAMAGED."""
        try:
            return self._sealing.open(sealed, place("backup", "file", name))
        except SealBroken:
            raise BackupFault(Fault.DAMAGED, name) from None

    def write(self, lines: Iterable[bytes]) -> Stream:
        """All of it."""
        ids, depth = b"".join(map(self.put, cut(lines))), 0
        while len(ids) > _TOP:
            ids, depth = b"".join(map(self.put, cut(split(ids)))), depth + 1
        return Stream(depth, ids)

    def leaves(self, stream: Stream, seen: Callable[[bytes], object] = id) -> bytes:
        """The ids of its own pieces; `seen` is given those that only hold ids."""
        ids = stream.ids
        for _ in range(stream.depth):
            for each in split(ids):
                seen(each)
            ids = b"".join(map(self.get, split(ids)))
        return ids

    def lines(self, ids: bytes) -> Iterator[bytes]:
        """What the pieces hold, without line ends; raises DAMAGED where the last line is cut off."""
        held = b""
        for each in split(ids):
            *whole, held = (held + self.get(each)).split(b"\n")
            yield from whole
        if held:
            raise BackupFault(Fault.DAMAGED, "line")
