"""What was learned from example messages: a softmax over hashed features, its weights a file that a script makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.model import CategoryId
from core.suggest.grams import ROWS, Rows, rows
from core.suggest.words import Word

WEIGHTS: Final = "weights.npz"
NOTHING: Final = CategoryId("-")  # no report at all: a greeting, a place, an advertisement, thanks
RARITY_UNIT: Final = 16  # a rarity is kept as a small whole number of sixteenths
BLOCKS: Final = (1.0, 1.0)  # length of the two blocks of features, pieces and words, in each message

Numbers = NDArray[np.float32]


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
        logits = self.bias + self.scale * (values @ self.weights[found].astype(np.float32))
        raised = np.exp((logits - logits.max()) / self.heat)
        return dict(zip(self.classes, (raised / raised.sum()).tolist(), strict=True))

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
    """Read at its first use, once: who never asks for a suggestion pays nothing. ValueError: not made for this code."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as source, np.load(source) as held:
        if len(held["weights"]) != ROWS:
            raise ValueError(WEIGHTS)
        classes = tuple(CategoryId(each) for each in str(held["classes"]).split())
        scale, heat = held["fine"].tolist()
        rarity = held["rarity"].astype(np.float32) / RARITY_UNIT
        return Learned(classes, held["weights"], scale, held["bias"], rarity, heat)
