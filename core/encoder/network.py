"""The network that reads: a vector for each token out of itself and the tokens around it, by dilated convolutions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.analysis import remembered
from core.encoder import features
from core.encoder.lexicon import entry, lexicon, stored
from core.encoder.tokens import Token, tokens

STATES: Final = 112
"""Numbers of a token's vector."""
_WIDTHS: Final = (5, 3, 3, 3)
DILATIONS: Final = (1, 2, 4, 8)
_REACH: Final = sum(width // 2 * step for width, step in zip(_WIDTHS, DILATIONS, strict=True))
_AT_ONCE: Final = 1024  # tokens that are held as numbers at one time

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text's tokens; `states`: a row of STATES numbers for each."""

    tokens: tuple[Token, ...]
    states: Numbers


@dataclass(frozen=True, slots=True)
class _Layer:
    weights: Numbers  # width times numbers in, numbers out
    bias: Numbers
    width: int
    step: int

    def __call__(self, rows: Numbers) -> Numbers:
        """Each row with its neighbours; beyond the ends there are zeros."""
        side = self.width // 2 * self.step
        padded = np.zeros((len(rows) + 2 * side, rows.shape[1]), np.float32)
        padded[side : side + len(rows)] = rows
        near = [padded[at * self.step : at * self.step + len(rows)] for at in range(self.width)]
        made: Numbers = np.concatenate(near, axis=1) @ self.weights + self.bias
        return np.maximum(made, 0)


@cache
def _network() -> tuple[Numbers, tuple[_Layer, ...]]:
    """The numbers of each shape, and the layers; read once."""
    arrays = stored()
    layers = tuple(
        _Layer(arrays[f"layer{at}"].astype(np.float32), arrays[f"bias{at}"].astype(np.float32), width, step)
        for at, (width, step) in enumerate(zip(_WIDTHS, DILATIONS, strict=True))
    )
    return arrays["shapes"].astype(np.float32), layers


@remembered
def read(text: str, /) -> Reading:
    """Pure, and in line with the length of the text."""
    found = tokens(text)
    if not found:
        return Reading((), np.empty((0, STATES), np.float32))
    shapes, layers = _network()
    said = [each.said for each in found]
    rows = (_by_themselves(said, shapes), features.flags(text, found), np.ones((len(found), 1), np.float32))
    return Reading(tuple(found), _states(np.concatenate(rows, axis=1), layers))


def _by_themselves(said: Sequence[str], shapes: Numbers) -> Numbers:
    """What each token says wherever it stands: found out once for all that are written alike."""
    place = {each: at for at, each in enumerate(dict.fromkeys(said))}
    words = lexicon().numbers([entry(each.lower()) for each in place])
    looks = shapes[[features.shape(each) for each in place]]
    return np.concatenate((words, looks), axis=1).take([place[each] for each in said], axis=0)


def _states(rows: Numbers, layers: tuple[_Layer, ...]) -> Numbers:
    """In pieces that overlap as far as the network reaches, so that a long text takes little memory."""
    made = []
    for start in range(0, len(rows), _AT_ONCE):
        first, last = max(start - _REACH, 0), min(start + _AT_ONCE + _REACH, len(rows))
        state = layers[0](rows[first:last])
        for layer in layers[1:]:
            state = state + layer(state)
        made.append(state[start - first : start - first + _AT_ONCE])
    return np.concatenate(made)
