"""How far a short message is said to us and reports nothing: weights over what it is made of, learned by a script."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder
from core.linear import LinearModel
from core.small_talk.hashed_words import LOUD, Signs

WEIGHTS: Final = "small_talk.npz"


@dataclass(frozen=True, slots=True)
class _Learned:
    """The file, read. `meaning`: a weight for each number of a pooled message."""

    signs: LinearModel
    meaning: NDArray[np.float32]


@cache
def _learned() -> _Learned:
    """Read at its first use, once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        signs = LinearModel(memoryview(stored["signs"].tobytes()).cast("b"), float(stored["bias"]))
        return _Learned(signs, stored["meaning"].astype(np.float32))


def logit(text: str, found: Signs) -> float:
    """Above zero for what more likely than not reports nothing; the logarithm of the odds."""
    known, states = _learned(), encoder.pooled(text)
    return known.signs.logit(found, LOUD) + (0.0 if states is None else float(states @ known.meaning))
