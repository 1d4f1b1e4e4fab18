"""How likely a name in a text is where the problem is, by what was learned of the words around it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder

READ: Final = 5_000  # characters; nobody names a place behind them
WEIGHTS: Final = "likelihood.npz"

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """A name in a text: where it stands, in characters; whether rules take it for one; what else is known of it."""

    span: tuple[int, int]
    said: bool
    facts: tuple[bool, ...]


@cache
def _weights() -> Numbers:
    """Read at its first use, once: of each number, and of one more that is always 1."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        weights: Numbers = stored["weights"].astype(np.float32)
        return weights


def numbers(text: str, looks: Sequence[Look]) -> Numbers:
    """A row for each: the mean state of its tokens, that of the token before and behind, what is known of it, 1."""
    read = encoder.read(text[:READ])
    starts = read.tokens.starts
    edge = np.zeros((1, encoder.STATES), np.float32)
    states = np.concatenate((edge, read.states, edge))
    rows = np.ones((len(looks), 3 * encoder.STATES + len(looks[0].facts) + 2), np.float32)
    for row, look in zip(rows, looks, strict=True):
        first = max(bisect_right(starts, look.span[0]) - 1, 0)
        behind = max(bisect_left(starts, look.span[1]), first + 1)
        mean = np.add.reduce(states[first + 1 : behind + 1]) / (behind - first)
        row[:-1] = np.concatenate((mean, states[first], states[behind + 1], (look.said, *look.facts)))
    return rows


def likelihoods(text: str, looks: Sequence[Look]) -> list[float]:
    """Of each, above zero if it is rather the place of the problem than not: the logarithm of the odds."""
    found: list[float] = (numbers(text, looks) @ _weights()).tolist() if looks else []
    return found
