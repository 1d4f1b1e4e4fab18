"""Bytes with a place in them, for those who clean; proofs have a cursor of their own (`proof_cursor`)."""

from dataclasses import dataclass

from core.errors import Refused


@dataclass(slots=True)
class ByteReader:
    """Big-endian numbers one after the other; raises Refused behind the end."""

    data: bytes
    at: int = 0

    def number(self, size: int) -> int:
        """The next one; `size` 0 gives 0."""
        return int.from_bytes(self.take(size))

    def take(self, size: int) -> bytes:
        """The next bytes."""
        taken = self.data[self.at : self.at + size]
        if len(taken) != size:
            raise Refused("file_damaged")
        self.at += size
        return taken
