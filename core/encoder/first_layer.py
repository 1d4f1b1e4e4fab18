"""The first layer of the network, token by token: what a word brings to it is found out once, then only added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.analysis import remembered
from core.dictionary import WORDS
from core.encoder import features
from core.encoder.lexicon import entry, lexicon, stored

WIDTH: Final = 5
_BESIDE: Final = WIDTH // 2
_KEPT: Final = WORDS | features.SIGNS

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Weights:
    """The layer, cut by what its numbers are of."""

    words: Numbers  # numbers of a word in, for each place of the window numbers out
    shapes: Numbers  # the same for each shape, multiplied already
    flags: Numbers  # for each place of the window flags and a one in, numbers out
    bias: Numbers


@cache
def _weights() -> _Weights:
    """Read at its first use, once."""
    arrays = stored()
    shapes = arrays["shapes"].astype(np.float32)
    whole = arrays["layer0"].astype(np.float32).reshape(WIDTH, -1, arrays["layer0"].shape[1])
    seen = features.FLAGS + 1
    looks = whole.shape[1] - seen - shapes.shape[1]
    return _Weights(
        np.ascontiguousarray(whole[:, :looks].transpose(1, 0, 2).reshape(looks, -1)),
        (shapes @ whole[:, looks:-seen]).transpose(1, 0, 2).reshape(len(shapes), -1),
        np.ascontiguousarray(whole[:, -seen:].reshape(WIDTH * seen, -1)),
        arrays["bias0"].astype(np.float32),
    )


PLAIN: Final[dict[str, Numbers]] = {}
"""Of plain words in three ways of writing and of single signs, as far as they came: what `_tokens` says of them."""


@remembered
def _others() -> dict[str, Numbers]:
    """What was found out of all other tokens; it is dropped with the turn."""
    return {}


def _tokens(said: Sequence[str], weights: _Weights) -> list[Numbers]:
    """What each brings to each place of the window, by its word and by how it is written; plain ones stay in memory."""
    others = _others()
    unread = [each for each in dict.fromkeys(said) if each not in PLAIN and each not in others]
    if unread:
        words = list(dict.fromkeys(each.lower() for each in unread))
        made = dict(zip(words, lexicon().numbers([entry(each) for each in words]) @ weights.words, strict=True))
        for each in unread:
            brought = made[each.lower()] + weights.shapes[features.shape(each)]
            (PLAIN if _is_plain(each) else others)[each] = brought
    return [PLAIN[each] if each in PLAIN else others[each] for each in said]


def _is_plain(said: str) -> bool:
    """Few ways of writing stay, or one word in many would fill the memory."""
    word = said.lower()
    return word in _KEPT and said in {word, word.capitalize(), word.upper()}


def states(said: Sequence[str], flags: Numbers) -> Numbers:
    """A row of numbers for each token, out of itself and its neighbours. `flags`: as `features.flags`."""
    weights = _weights()
    beyond = [np.zeros(weights.shapes.shape[1], np.float32)] * _BESIDE
    rows = np.concatenate((*beyond, *_tokens(said, weights), *beyond)).reshape(-1, WIDTH, len(weights.bias))
    made: Numbers = _seen(flags) @ weights.flags
    made += weights.bias
    for at in range(WIDTH):
        made += rows[at : at + len(said), at]
    return np.maximum(made, 0, out=made)


def _seen(flags: Numbers) -> Numbers:
    """The flags of each token and a one, beside those of its neighbours; zeros beyond the ends."""
    size, numbers = flags.shape
    padded = np.zeros((size + 2 * _BESIDE, numbers + 1), np.float32)
    padded[_BESIDE:-_BESIDE, :numbers] = flags
    padded[_BESIDE:-_BESIDE, numbers] = 1
    # A row goes on where its neighbours stand, so that nothing is copied.
    return np.ndarray((size, WIDTH * (numbers + 1)), np.float32, padded, strides=padded.strides)
