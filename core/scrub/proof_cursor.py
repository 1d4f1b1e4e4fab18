"""A cursor for proofs: what is expected is said in order, and anything else, less or more ends the reading.

No writer knows it.
"""

import re
import struct
import zlib
from collections.abc import Callable

from core.scrub.embedded_text import has_text


class Unproved(Exception):
    """Something is there that must not be, or something is missing."""


def need(*, holds: bool) -> None:
    """Raises Unproved."""
    if not holds:
        raise Unproved


def silent(_: bytes) -> bool:
    """Nothing is asked: of pixels, and where the reading itself has looked for words."""
    return False


def proof(
    check: Callable[["ProofCursor"], None], speaks: Callable[[bytes], bool] = has_text
) -> Callable[[bytes], bool]:
    """Whether a reading finds all that it expects, nothing behind, and no words in what cannot be read."""

    def bare(data: bytes) -> bool:
        cursor = ProofCursor(data, 0, len(data))
        try:
            check(cursor)
            cursor.ends()
        except (Unproved, IndexError, ValueError, ArithmeticError, struct.error, zlib.error):
            return False
        return not speaks(data)

    return bare


class ProofCursor:
    """Walks over a part of the data; big-endian unless told."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self.data, self.at, self.end = data, at, end

    def take(self, size: int) -> bytes:
        """The next bytes."""
        start = self.at
        need(holds=0 <= size <= self.end - start)
        self.at = start + size
        return self.data[start : self.at]

    def fixed(self, *expected: bytes) -> bytes:
        """One of these, and no other; gives which."""
        for one in expected:
            if self.data.startswith(one, self.at) and self.at + len(one) <= self.end:
                self.at += len(one)
                return one
        raise Unproved

    def written(self, form: re.Pattern[bytes]) -> tuple[bytes, ...]:
        """What stands in the groups of a form."""
        found = form.match(self.data, self.at, self.end)
        if found is None:
            raise Unproved
        self.at = found.end()
        return found.groups()

    def number(self, size: int = 4) -> int:
        """Of so many bytes."""
        return int.from_bytes(self.take(size))

    def little(self, size: int = 4) -> int:
        """The same, lowest byte first."""
        return int.from_bytes(self.take(size), "little")

    def numbers(self, count: int) -> list[int]:
        """So many of four bytes."""
        words = memoryview(self.take(4 * count))
        return [int.from_bytes(words[at : at + 4]) for at in range(0, 4 * count, 4)]

    def part(self, size: int) -> "ProofCursor":
        """The next bytes, to be read by themselves."""
        start = self.at
        self.take(size)
        return ProofCursor(self.data, start, self.at)

    def more(self) -> bool:
        """Whether anything is left."""
        return self.at < self.end

    def next(self, size: int) -> bytes:
        """What comes, without going on."""
        return self.data[self.at : min(self.at + size, self.end)]

    def ends(self) -> None:
        """Nothing may be left."""
        need(holds=self.at == self.end)
