"""What was learned from example messages: a softmax over hashed features, its weights a file that a script makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import city, kind_weights
from core.model import CategoryId
from core.suggest.grams import ROWS, Rows, placed, rows
from core.suggest.words import Word

WEIGHTS: Final = "weights.npz"
NOTHING: Final = CategoryId(kind_weights.NO_REPORT)  # no report at all: a greeting, a place, an advertisement, thanks
RARITY_UNIT: Final = 16  # a rarity is kept as a small whole number of sixteenths
BLOCKS: Final = (1.0, 1.0)  # length of the two blocks of features, pieces and words, in each message

Numbers = NDArray[np.float32]
_ALMOST_NONE: Final = np.float32(1e-9)  # of a text in which no row stands


@dataclass(frozen=True, slots=True)
class Learned:
    """The file, read: a row of weights for each feature, a column for each class."""

    classes: tuple[CategoryId, ...]
    weights: NDArray[np.int8]
    scale: float
    bias: Numbers
    rarity: Numbers
    heat: float  # what logits are divided by, so that a score of 0.8 is right in eight of ten

    def likely(self, words: Sequence[Word]) -> Mapping[CategoryId, float]:
        """How likely each class is; together they make one."""
        found, values = vector(words, self.rarity)
        [shares] = self._shares((values @ self.weights[found].astype(np.float32))[None])
        return dict(zip(self.classes, shares, strict=True))

    def likely_around(
        self, parts: Sequence[Sequence[Word]], cuts: Sequence[tuple[int, int]]
    ) -> list[tuple[Mapping[CategoryId, float], Mapping[CategoryId, float]]]:
        """The same of what stands before and behind each of several cuts, read once for all of them.

        A cut is made of the parts from one to before another, which are on neither side.
        """
        starts, ends = (np.array(edges)[:, None] for edges in zip(*cuts, strict=True))
        heard = np.zeros((2 * len(cuts), len(self.classes)), dtype=np.float32)
        for block, length in zip(placed(parts), BLOCKS, strict=True):
            stands = np.concatenate((block.first < starts, block.last >= ends)).astype(np.float32)
            rarity = self.rarity[block.rows]
            norms = np.maximum(np.sqrt(stands @ (rarity * rarity)), _ALMOST_NONE)
            heard += (stands @ (rarity[:, None] * self.weights[block.rows])) * (np.float32(length) / norms)[:, None]
        shares = [dict(zip(self.classes, each, strict=True)) for each in self._shares(heard)]
        return list(zip(shares[: len(cuts)], shares[len(cuts) :], strict=True))

    def _shares(self, heard: Numbers) -> list[list[float]]:
        """Of each row, how likely each class is."""
        logits = self.bias + self.scale * heard
        raised = np.exp((logits - np.maximum.reduce(logits, axis=1, keepdims=True)) / self.heat)
        found: list[list[float]] = (raised / np.add.reduce(raised, axis=1, keepdims=True)).tolist()
        return found

    def leans(self, word: Word, to: CategoryId) -> float:
        """How much a word by itself speaks for a class rather than for others: quick, and blind to its neighbours."""
        found = np.concatenate(rows([word]))
        if to not in self.classes or not len(found):
            return 0.0
        held = self.weights[found].astype(np.float32)
        return float(self.rarity[found] @ (held[:, self.classes.index(to)] - held.mean(axis=1)))


def vector(words: Sequence[Word], rarity: Numbers) -> tuple[Rows, Numbers]:
    """Rows and values of a message; each block has the length that BLOCKS gives it, so that no message is louder."""
    blocks = rows(words)
    values = []
    for found, length in zip(blocks, BLOCKS, strict=True):
        value = rarity[found]
        norm = float(np.sqrt(np.dot(value, value)))
        values.append(value * np.float32(length / norm) if norm else value)
    return np.concatenate(blocks), np.concatenate(values)


@cache
def learned() -> Learned:
    """Read at its first use, once: who never asks for a suggestion pays nothing. ValueError: not made for this code.

    The city's own, where its folder brings some; else those that come with us, which say nothing of other kinds.
    """
    own = city.other_file(kind_weights.NAME)
    if own is not None:
        return of_city(own)
    with files(__package__).joinpath(WEIGHTS).open("rb") as source, np.load(source) as held:
        if len(held["weights"]) != ROWS:
            raise ValueError(WEIGHTS)
        classes = tuple(CategoryId(each) for each in str(held["classes"]).split())
        scale, heat = held["fine"].tolist()
        rarity = held["rarity"].astype(np.float32) / RARITY_UNIT
        return Learned(classes, held["weights"], scale, held["bias"], rarity, heat)


def of_city(data: bytes) -> Learned:
    """What a city's file of weights says; raises UnreadableWeights."""
    held = kind_weights.unpacked(data)
    classes = tuple(map(CategoryId, held.classes))
    weights = np.frombuffer(held.weights, np.int8).reshape(ROWS, len(classes))
    rarity: Numbers = np.frombuffer(held.rarity, np.uint8).astype(np.float32) / np.float32(RARITY_UNIT)
    return Learned(classes, weights, held.scale, np.array(held.bias, np.float32), rarity, held.heat)
