"""Trains core/staff_words/prying.z from the lines beside it; the same input gives the same file.

Run: PYTHONPATH=. python benchmarks/staff_words/train.py           writes the weights
     PYTHONPATH=. python benchmarks/staff_words/train.py --folds   asks each sixth of the lines by hand of weights
                                                                   that did not see it
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import compress

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.staff_words.make import Line, examples, written  # noqa: E402 - found by the line above
from core.linear import STEPS  # noqa: E402 - likewise
from core.staff_words.letters import folded  # noqa: E402 - likewise
from core.staff_words.prying import LINE  # noqa: E402 - likewise
from core.staff_words.prying_model import WEIGHTS  # noqa: E402 - likewise
from core.staff_words.signs import LOUD, ROWS, signs  # noqa: E402 - likewise

ROUNDS, RATE, DECAY = 200, 0.05, 3e-5
FOLDS = 6
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines as a sparse table: of each entry its line, column and value; of each line what it is worth."""

    line: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Numbers
    prying: Numbers
    weight: Numbers

    def logit(self, weights: Numbers, bias: float) -> Numbers:
        """The higher, the more a line asks about the writer."""
        parts = weights[self.column] * self.value
        heard = np.bincount(self.line, weights=parts, minlength=len(self.prying)) + bias
        return heard.astype(np.float64)


def table(lines: Sequence[Line]) -> Table:
    """All lines, read as the service reads them."""
    line, column, value = [], [], []
    for at, each in enumerate(lines):
        for block, loud in zip(signs(folded(each.text)), LOUD, strict=True):
            rows = sorted(block)
            line += [at] * len(rows)
            column += rows
            value += [loud / max(len(rows), 1) ** 0.5] * len(rows)
    prying = np.array([float(each.prying) for each in lines])
    weight = np.array([each.weight for each in lines])
    return Table(np.array(line), np.array(column), np.array(value), prying, weight / weight.sum())


def fit(data: Table) -> tuple[Numbers, float]:
    """Weights and bias of a logistic regression, by Adam over all lines at once."""
    both, mean, spread = np.zeros(ROWS + 1), np.zeros(ROWS + 1), np.zeros(ROWS + 1)
    for turn in range(1, ROUNDS + 1):
        heard = data.logit(both[:ROWS], float(both[ROWS]))
        wrong = (1 / (1 + np.exp(-heard)) - data.prying) * data.weight
        down = np.bincount(data.column, weights=wrong[data.line] * data.value, minlength=ROWS)
        slope = np.append(down + DECAY * both[:ROWS], wrong.sum())
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        step = (mean / (1 - 0.9**turn)) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
        both -= RATE * (1 - turn / (ROUNDS + 1)) * step
    return both[:ROWS], float(both[ROWS])


def inputs_hash() -> bytes:
    """Names what the weights are made from, so that a test can say whether they are of today."""
    digest = sha256()
    for line in written():
        digest.update(f"{line.prying}\t{line.text}\t{[sorted(block) for block in signs(folded(line.text))]}\n".encode())
    return digest.digest()


def packed(weights: Numbers, bias: float) -> bytes:
    """The weights file: a byte a row, two for the bias, and the hash of what it was made from."""
    small = np.clip(np.round(weights * STEPS), -127, 127).astype(np.int8).tobytes()
    return compress(small + round(bias * STEPS).to_bytes(2, "big", signed=True) + inputs_hash(), 9)


def folds() -> str:
    """Of lines by hand that the weights did not see, each part in its turn: prying ones found, honest ones refused."""
    lines = written()
    found = due = refused = honest = 0
    for fold in range(FOLDS):
        seen = examples([line for at, line in enumerate(lines) if at % FOLDS != fold])
        asked = table([line for at, line in enumerate(lines) if at % FOLDS == fold])
        told = asked.logit(*fit(table(seen))) > LINE
        due, honest = due + int(asked.prying.sum()), honest + int((1 - asked.prying).sum())
        found += int(told[asked.prying > 0].sum())
        refused += int(told[asked.prying == 0].sum())
    return f"{found}/{due} ({found / due:.1%}) found, {refused}/{honest} ({refused / honest:.1%}) honest ones refused"


def main() -> None:
    """The command."""
    if "--folds" in sys.argv:
        print(folds())
        return
    lines = examples(written())
    made = packed(*fit(table(lines)))
    out = ROOT / "core" / "staff_words" / WEIGHTS
    out.write_bytes(made)
    print(f"{len(lines)} lines, {out.name}: {len(made)} bytes")


if __name__ == "__main__":
    main()
