"""How far a sentence asks about who wrote: weights over what it is made of, learned from lines by a script."""

from typing import Final

from core.linear import packed
from core.staff_words.signs import LOUD, ROWS, Signs

WEIGHTS: Final = "prying.z"


def logit(found: Signs) -> float:
    """The higher, the more it asks about the writer; the line is drawn by who asks."""
    return packed(__package__, WEIGHTS, ROWS).logit(found, LOUD)
