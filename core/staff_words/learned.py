"""How far a sentence asks about who wrote: weights over what it is made of, learned from lines by a script."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Final
from zlib import decompress

from core.staff_words.signs import LOUD, ROWS, Signs

WEIGHTS: Final = "prying.z"
STEPS: Final = 16  # a weight is kept as a whole number of so many parts of one


@dataclass(frozen=True, slots=True)
class Learned:
    """The file, read: a weight for each row, and where the line lies when nothing is said."""

    weights: memoryview
    bias: float


def opened(packed: bytes) -> Learned:
    """The weights of a file. ValueError: not made for this code."""
    held = decompress(packed)
    if len(held) <= ROWS:
        raise ValueError(WEIGHTS)
    bias = int.from_bytes(held[ROWS : ROWS + 2], "big", signed=True)
    return Learned(memoryview(held)[:ROWS].cast("b"), bias / STEPS)


@cache
def _learned() -> Learned:
    """Read at its first use, once."""
    return opened(files(__package__).joinpath(WEIGHTS).read_bytes())


def likeness(found: Signs) -> float:
    """The higher, the more it asks about the writer; the line is drawn by who asks."""
    known = _learned()
    weight = known.weights.__getitem__
    blocks = zip(found, LOUD, strict=True)
    heard = sum(loud * sum(map(weight, block)) / sqrt(len(block)) for block, loud in blocks if block)
    return known.bias + heard / STEPS
