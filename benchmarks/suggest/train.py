"""Trains core/suggest/weights.npz from the lines and templates beside it; the same input gives the same file.

Run: python benchmarks/suggest/train.py [--examples FILE] [--out FILE]

FILE of --examples holds further `leaf<TAB>text` lines, redacted and given with consent; they count as lines by hand.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.suggest.make import Example, examples, from_file, written  # noqa: E402 - found by the line above
from core.categories import CATEGORIES  # noqa: E402 - likewise
from core.suggest import phrasing  # noqa: E402 - likewise
from core.suggest.grams import ROWS  # noqa: E402 - likewise
from core.suggest.grams import rows as rows_of  # noqa: E402 - likewise
from core.suggest.learned import NOTHING, RARITY_UNIT, vector  # noqa: E402 - likewise
from core.suggest.words import Word, read  # noqa: E402 - likewise

CLASSES = (*(each.id for each in CATEGORIES), NOTHING)
WEIGHTS = ROOT / "core" / "suggest" / "weights.npz"
EPOCHS, BATCH, RATE, DECAY, SMOOTH = 8, 256, 0.35, 2e-6, 0.03
COARSE = 4  # a weight is kept in steps of so many: less to store, and it says the same
HELD_OUT = 5  # one of so many lines by hand tells how sure the model may be
SEED = 7
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


def fit(data: Rows, wanted: NDArray[np.intp], counts: Numbers, epochs: int = EPOCHS) -> tuple[Numbers, Numbers]:
    """Weights and bias by Adagrad over small batches, in an order that the seed fixes."""
    kinds = len(CLASSES)
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
        print(f"epoch {epoch + 1} of {epochs}", file=sys.stderr)
    return weights, bias


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


def inputs_hash(told: Sequence[Example]) -> str:
    """Names what was written for training, so that a test can say whether the weights are made from it."""
    digest = sha256()
    for each in told:
        digest.update(f"{each.leaf}\t{each.text}\t{each.weight}\n".encode())
    return digest.hexdigest()


def _fitted(told: Sequence[Example], epochs: int) -> tuple[NDArray[np.int8], float, Numbers, Numbers]:
    texts = [words_of(each.text) for each in told]
    rarity = rarity_of(texts)
    counts = np.array([each.weight for each in told], dtype=np.float32)
    weights, bias = fit(table(texts, rarity), _places(told), counts, epochs)
    scale = max(float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127, 1e-6)
    coarse = np.round(weights / scale / COARSE) * COARSE
    return np.clip(coarse, -127, 127).astype(np.int8), scale, bias, rarity


def _places(told: Sequence[Example]) -> NDArray[np.intp]:
    return np.array([CLASSES.index(each.leaf) for each in told], dtype=np.intp)


def heat_of(told: Sequence[Example], epochs: int) -> float:
    """Trained without every fifth line by hand and what was made of it, then asked about just these lines."""
    kept = [each for each in told if each.line % HELD_OUT or not each.line]
    asked = [each for each in told if each.line and each.line % HELD_OUT == 0 and each.first]
    weights, scale, bias, rarity = _fitted(kept, epochs)
    seen = table([words_of(each.text) for each in asked], rarity)
    return cooled(logits_of(seen, weights.astype(np.float32) * np.float32(scale), bias), _places(asked))


def train(told: Sequence[Example], epochs: int = EPOCHS) -> dict[str, NDArray[Any]]:
    """The arrays of the weights file."""
    heat = heat_of(told, epochs)
    weights, scale, bias, rarity = _fitted(told, epochs)
    return {
        "weights": weights,
        "bias": bias,
        "rarity": np.round(rarity * RARITY_UNIT).astype(np.uint8),
        "fine": np.array([scale, heat], dtype=np.float64),
        "classes": np.array(" ".join(CLASSES)),
        "inputs": np.array(inputs_hash(written())),
    }


def told(more: Path | None) -> list[Example]:
    """All messages to learn from, with those of a file that was given: they count as lines by hand."""
    given = from_file(more) if more is not None else ()
    return [*examples(), *(Example(each.leaf, each.text, 2.0) for each in given)]


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--examples", type=Path, help="further lines, leaf<TAB>text")
    asked.add_argument("--out", type=Path, default=WEIGHTS)
    given = asked.parse_args()
    messages = told(given.examples)
    print(f"{len(messages)} messages")
    made = train(messages)
    with given.out.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **made)
    print(f"{given.out.name}: {given.out.stat().st_size} bytes, heat {made['fine'][1]:.2f}")


if __name__ == "__main__":
    main()
