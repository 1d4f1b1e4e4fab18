"""Whether a text reads like news or an encyclopedia, which tells of others: there a bare name gives no writer away."""

from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder

WEIGHTS: Final = "public_prose.npz"
LIKELY: Final = 3.0
"""The logarithm of the odds from which it is: 19 in 20, for of what is taken for it fewer names are closed."""


@cache
def _learned() -> NDArray[np.float32]:
    """A weight for each number of a pooled message, then the bias; the file is read once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        weights: NDArray[np.float32] = stored["weights"].astype(np.float32)
        return weights


def is_public_prose(text: str) -> bool:
    """Whether it more than likely is; of a message of 5,000 characters and more by its beginning. Pure."""
    states, weights = encoder.pooled(text), _learned()
    return states is not None and float(states @ weights[:-1] + weights[-1]) > LIKELY
