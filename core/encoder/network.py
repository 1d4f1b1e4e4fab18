"""The network that reads: a vector for each token out of itself and the tokens around it, by dilated convolutions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.analysis import remembered
from core.encoder import features, first_layer
from core.encoder.lexicon import stored
from core.encoder.tokens import Tokens

STATES: Final = 112
"""Numbers of a token's vector."""
DILATIONS: Final = (1, 2, 4, 8)
_WIDTH: Final = 3  # of all layers but the first
_FAR: Final = _WIDTH // 2 * DILATIONS[-1]
_REACH: Final = first_layer.WIDTH // 2 + sum(_WIDTH // 2 * step for step in DILATIONS[1:])
_WORTH: Final = 4 * _REACH  # tokens of a text above which some may be left as they are when it is read again
_POOLED: Final = 5_000  # characters; what a message is about was said by then
_AT_ONCE: Final = 1024  # tokens that are held as numbers at one time

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text's tokens; `states`: a row of STATES numbers for each."""

    tokens: Tokens
    states: Numbers


@dataclass(frozen=True, slots=True)
class _Layer:
    weights: Numbers  # width times numbers in, numbers out
    bias: Numbers
    step: int

    def add(self, padded: Numbers) -> None:
        """To each row what it is beside its neighbours; `padded`: _FAR rows of zeros at both ends, which stay."""
        size = len(padded) - 2 * _FAR
        near = [padded[start : start + size] for start in (_FAR - self.step, _FAR, _FAR + self.step)]
        made: Numbers = np.concatenate(near, axis=1) @ self.weights
        made += self.bias
        near[1] += np.maximum(made, 0, out=made)


@cache
def _layers() -> tuple[_Layer, ...]:
    """All but the first; read once."""
    arrays = stored()
    return tuple(
        _Layer(arrays[f"layer{at}"].astype(np.float32), arrays[f"bias{at}"].astype(np.float32), step)
        for at, step in enumerate(DILATIONS[1:], 1)
    )


@remembered
def read(text: str, /) -> Reading:
    """Pure, and in line with the length of the text."""
    found = Tokens(text)
    if not found:
        return Reading(found, np.empty((0, STATES), np.float32))
    seen = _Seen(found.said, features.flags(text, found))
    if len(found) <= _WORTH:
        return Reading(found, _stretch(seen, 0, len(found)))
    made = _made(seen)
    longest = _longest()
    if not longest or len(found) > len(longest[0][0].said):
        longest[:] = [(seen, made)]
    return Reading(found, made)


@remembered
def pooled(text: str, /) -> Numbers | None:
    """Of a whole message: the strongest of each number of its tokens, then the mean; None: there is no token."""
    states = read(text[:_POOLED]).states
    if not len(states):
        return None
    return np.concatenate((np.maximum.reduce(states), np.add.reduce(states) / len(states)))


class _Seen(NamedTuple):
    """What the network sees of a text."""

    said: Sequence[str]
    flags: Numbers

    def alike(self, other: "_Seen") -> tuple[int, int]:
        """How many tokens it has in common with another at its beginning, and how many at its end."""
        shorter = min(len(self.said), len(other.said))
        head = _alike(self.said, other.said, self.flags[:shorter] != other.flags[:shorter])
        rest = shorter - head
        behind = self.flags[::-1][:rest] != other.flags[::-1][:rest]
        return head, _alike(reversed(self.said), reversed(other.said), behind)


def _alike(some: Iterable[str], others: Iterable[str], differ: NDArray[np.bool_]) -> int:
    """Tokens until the first that differs, in what it says or in how it is written."""
    at = next((at for at, (one, other) in enumerate(zip(some, others, strict=False)) if one != other), len(differ))
    written = differ[:at].any(axis=1)
    return int(written.argmax()) if written.any() else min(at, len(differ))


@remembered
def _longest() -> list[tuple[_Seen, Numbers]]:
    """The longest text that was read in this turn, if one was: with its traces closed most of it is read again."""
    return []


def _made(seen: _Seen) -> Numbers:
    """States; those of words are used again that stood in the longest text, with all around them that the network sees.

    In pieces that overlap as far as the network reaches, so that a long text takes little memory.
    """
    size = len(seen.said)
    before, behind = np.empty((0, STATES), np.float32), np.empty((0, STATES), np.float32)
    for known, states in _longest():
        head, tail = seen.alike(known)
        before, behind = states[: max(head - _REACH, 0)], states[len(states) - max(tail - _REACH, 0) :]
    stop = size - len(behind)
    made = [_stretch(seen, at, min(at + _AT_ONCE, stop)) for at in range(len(before), stop, _AT_ONCE)]
    return np.concatenate((before, *made, behind))


def _stretch(seen: _Seen, start: int, stop: int) -> Numbers:
    """The states from one token to before another."""
    first, last = max(start - _REACH, 0), min(stop + _REACH, len(seen.said))
    padded = np.zeros((last - first + 2 * _FAR, STATES), np.float32)
    padded[_FAR:-_FAR] = first_layer.states(seen.said[first:last], seen.flags[first:last])
    for layer in _layers():
        layer.add(padded)
    return padded[_FAR:-_FAR][start - first : stop - first]
