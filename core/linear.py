"""A linear model as a script packs it: a byte for each row of hashed signs, and where the line lies.

Signs are rows of numbers that texts are hashed to, in blocks.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Final
from zlib import crc32, decompress

_LONGEST: Final = 20  # letters of a word
STEPS: Final = 16  # a weight is kept as a whole number of so many parts of one


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weight for each row, and the bias when nothing is said."""

    weights: memoryview
    bias: float

    def logit(self, found: Sequence[AbstractSet[int]], loud: Sequence[float]) -> float:
        """The sum over blocks of rows, each scaled to one length: no text is louder for being long. `loud`: lengths."""
        weight = self.weights.__getitem__
        blocks = zip(found, loud, strict=True)
        heard = sum(much * sum(map(weight, block)) / sqrt(len(block)) for block, much in blocks if block)
        return self.bias + heard / STEPS


@cache
def packed(package: str, name: str, rows: int) -> LinearModel:
    """Same as `opened`, of a file that lies in a package: read at its first use, once."""
    return opened(files(package).joinpath(name).read_bytes(), rows, name)


def opened(packed: bytes, rows: int, name: str) -> LinearModel:
    """The weights of a file, two bytes for the bias behind them. ValueError with its name: not made for such rows."""
    held = decompress(packed)
    if len(held) <= rows:
        raise ValueError(name)
    bias = int.from_bytes(held[rows : rows + 2], "big", signed=True)
    return LinearModel(memoryview(held)[:rows].cast("b"), bias / STEPS)


def rows(block: str, said: Iterable[str], last: int) -> frozenset[int]:
    """The rows of a block's signs. `last`: of the table, whose rows are a power of two."""
    start = crc32(block.encode())
    return frozenset(crc32(each.encode(), start) & last for each in said)


def neighbours(words: Sequence[str], far: Sequence[int]) -> Iterator[str]:
    """Each two words that stand so far apart, the ends of the text counted."""
    ended = ["<", *words, ">"]
    for step in far:
        yield from (f"{step} {one} {other}" for one, other in zip(ended, ended[step:], strict=False))


def pieces(words: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """Letters of each word that stand side by side, its ends counted."""
    for word in words:
        ended = f"<{word[:_LONGEST]}>"
        yield from (ended[at : at + size] for size in sizes for at in range(len(ended) - size + 1))
