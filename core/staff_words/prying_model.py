"""How far a sentence asks about who wrote: weights over what it is made of, learned from lines by a script."""

from functools import cache
from importlib.resources import files
from typing import Final

from core.linear import LinearModel, opened
from core.staff_words.signs import LOUD, ROWS, Signs

WEIGHTS: Final = "prying.z"


@cache
def _learned() -> LinearModel:
    """Read at its first use, once."""
    return opened(files(__package__).joinpath(WEIGHTS).read_bytes(), ROWS, WEIGHTS)


def logit(found: Signs) -> float:
    """The higher, the more it asks about the writer; the line is drawn by who asks."""
    return _learned().logit(found, LOUD)
