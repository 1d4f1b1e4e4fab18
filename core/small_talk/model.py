"""How far a short message is said to us and reports nothing: weights over what it is made of, learned by a script."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder
from core.small_talk.hashed_words import LOUD, Signs

WEIGHTS: Final = "small_talk.npz"
STEPS: Final = 16  # a weight of a sign is kept as a whole number of so many parts of one

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Learned:
    """The file, read. `signs`: a byte for each row; `meaning`: a weight for each number of a pooled message."""

    signs: memoryview
    meaning: Numbers
    bias: float


@cache
def _learned() -> _Learned:
    """Read at its first use, once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        signs = memoryview(stored["signs"].astype(np.int8).tobytes()).cast("b")
        return _Learned(signs, stored["meaning"].astype(np.float32), float(stored["bias"]))


def likeness(text: str, found: Signs) -> float:
    """Above zero for what more likely than not reports nothing; the logarithm of the odds."""
    known = _learned()
    weight = known.signs.__getitem__
    blocks = zip(found, LOUD, strict=True)
    heard = sum(loud * sum(map(weight, block)) / sqrt(len(block)) for block, loud in blocks if block) / STEPS
    states = encoder.pooled(text)
    meant = 0.0 if states is None else float(states @ known.meaning)
    return heard + meant + known.bias
