"""Softmax regression over hashed words, fitted by Adagrad: the same messages give the same weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.suggest import phrasing
from core.suggest.grams import ROWS
from core.suggest.grams import rows as rows_of
from core.suggest.learned import RARITY_UNIT, vector
from core.suggest.words import Word, read

EPOCHS, BATCH, RATE, DECAY, SMOOTH = 8, 256, 0.35, 2e-6, 0.03
COARSE: Final = 4  # a weight is kept in steps of so many: less to store, and it says the same
SEED: Final = 7
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Messages as rows of a sparse table: where each begins, its columns and values."""

    starts: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Numbers

    def take(self, chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp], Numbers]:
        """Row of the batch, column and value of each entry."""
        spans = [np.arange(self.starts[at], self.starts[at + 1]) for at in chosen]
        places = np.concatenate(spans)
        row = np.repeat(np.arange(len(chosen)), [len(each) for each in spans])
        return row, self.columns[places], self.values[places]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in whole steps of `scale`, a row for each row of words and a column for each class."""

    weights: NDArray[np.int8]
    scale: float
    bias: Numbers
    rarity: Numbers

    def logits(self, texts: Sequence[Sequence[Word]]) -> Numbers:
        """A row for each message."""
        return logits_of(table(texts, self.rarity), self.weights.astype(np.float32) * np.float32(self.scale), self.bias)


def words_of(text: str) -> list[Word]:
    """What the model sees of a message."""
    return [word for word in phrasing.without_noise(read(text)) if word.said]


def rarity_of(texts: Sequence[Sequence[Word]]) -> Numbers:
    """How rare each row is among messages, in the steps in which it is kept."""
    seen = np.zeros(ROWS, dtype=np.float64)
    for words in texts:
        for block in rows_of(words):
            seen[block] += 1
    rarity = np.log((len(texts) + 1) / (seen + 1))
    return (np.clip(np.round(rarity * RARITY_UNIT), 1, 255) / RARITY_UNIT).astype(np.float32)


def table(texts: Sequence[Sequence[Word]], rarity: Numbers) -> Rows:
    """All messages, hashed and scaled."""
    made = [vector(words, rarity) for words in texts]
    starts = np.concatenate([[0], np.cumsum([len(found) for found, _ in made])]).astype(np.intp)
    columns = np.concatenate([found for found, _ in made])
    return Rows(starts, columns, np.concatenate([values for _, values in made]))


def _sums(order: NDArray[np.intp], groups: NDArray[np.intp], parts: Numbers) -> tuple[NDArray[np.intp], Numbers]:
    ranked = groups[order]
    first = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
    sums: Numbers = np.add.reduceat(parts[order], first, axis=0)
    return ranked[first], sums


def softmax(logits: Numbers) -> Numbers:
    """Row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    share: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return share


def fit(
    data: Rows,
    wanted: NDArray[np.intp],
    counts: Numbers,
    kinds: int,
    *,
    epochs: int = EPOCHS,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Numbers, Numbers]:
    """Weights and bias by Adagrad over small batches, in an order that the seed fixes. `wanted`: a class of each."""
    rng = np.random.default_rng(SEED)
    weights, bias = np.zeros((ROWS, kinds), np.float32), np.zeros(kinds, np.float32)
    steps, bias_steps = np.full((ROWS, kinds), 1e-3, np.float32), np.full(kinds, 1e-3, np.float32)
    target = np.full((len(wanted), kinds), SMOOTH / kinds, np.float32)
    target[np.arange(len(wanted)), wanted] += 1 - SMOOTH
    for epoch in range(epochs):
        rate = np.float32(RATE * (1 - epoch / epochs))
        order = rng.permutation(len(wanted))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            row, column, value = data.take(chosen)
            parts = weights[column] * value[:, None]
            logits = np.tile(bias, (len(chosen), 1))
            there, sums = _sums(np.arange(len(row)), row, parts)
            logits[there] += sums
            wrong = (softmax(logits) - target[chosen]) * counts[chosen][:, None]
            touched, slope = _sums(np.argsort(column, kind="stable"), column, wrong[row] * value[:, None])
            slope += DECAY * len(chosen) * weights[touched]
            steps[touched] += slope * slope
            weights[touched] -= rate * slope / np.sqrt(steps[touched])
            down = wrong.sum(axis=0)
            bias_steps += down * down
            bias -= rate * down / np.sqrt(bias_steps)
        told(f"epoch {epoch + 1} of {epochs}")
    return weights, bias


def fitted(
    texts: Sequence[Sequence[Word]],
    wanted: NDArray[np.intp],
    counts: Numbers,
    kinds: int,
    *,
    epochs: int = EPOCHS,
    told: Callable[[str], None] = lambda _: None,
) -> Fitted:
    """`wanted`: the class of each message; `counts`: how much it weighs."""
    rarity = rarity_of(texts)
    weights, bias = fit(table(texts, rarity), wanted, counts, kinds, epochs=epochs, told=told)
    scale = max(float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127, 1e-6)
    coarse = np.round(weights / scale / COARSE) * COARSE
    return Fitted(np.clip(coarse, -127, 127).astype(np.int8), scale, bias, rarity)


def logits_of(data: Rows, weights: Numbers, bias: Numbers) -> Numbers:
    """Row by row, without the cues."""
    found = np.tile(bias, (len(data.starts) - 1, 1))
    for at in range(len(found)):
        span = slice(data.starts[at], data.starts[at + 1])
        found[at] += data.values[span] @ weights[data.columns[span]]
    return found


def cooled(logits: Numbers, wanted: NDArray[np.intp]) -> float:
    """The heat under which messages that training did not see are least surprising."""

    def surprise(heat: float) -> float:
        likely = softmax(logits / np.float32(heat))[np.arange(len(wanted)), wanted]
        return float(-np.log(likely + np.float32(1e-9)).mean())

    return min((round(float(heat), 2) for heat in np.arange(0.2, 3.01, 0.02)), key=surprise)
