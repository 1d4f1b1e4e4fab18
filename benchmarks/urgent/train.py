"""Trains core/suggest/danger.z from the lines beside it; the same input gives the same file.

Run: python benchmarks/urgent/train.py           writes the weights
     python benchmarks/urgent/train.py --folds   asks each fifth of the lines by hand of weights that did not see it
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from zlib import compress

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.urgent.make import Line, examples, written  # noqa: E402 - found by the line above
from core.linear import STEPS  # noqa: E402 - likewise
from core.suggest import urgent  # noqa: E402 - likewise
from core.suggest.danger import LOUD, ROWS, WEIGHTS  # noqa: E402 - likewise

ROUNDS, RATE, DECAY = 200, 0.1, 1e-5
MISSED = 5.0  # how much worse it is to miss an emergency than to alarm
FOLDS = 5
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """Messages as a sparse table: of each entry its message, column and value; of each message what it is worth."""

    message: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Numbers
    urgent: Numbers
    weight: Numbers

    def sounds(self, weights: Numbers, bias: float) -> Numbers:
        """Above zero for what sounds like danger."""
        parts = weights[self.column] * self.value
        return np.bincount(self.message, weights=parts, minlength=len(self.urgent)).astype(np.float32) + np.float32(
            bias
        )


def table(lines: Sequence[Line]) -> Table:
    """All lines, read as the service reads them."""
    message, column, value = [], [], []
    for at, line in enumerate(lines):
        for block, loud in zip(urgent.signs_of(line.text), LOUD, strict=True):
            rows = sorted(block)
            message += [at] * len(rows)
            column += rows
            value += [loud / max(len(rows), 1) ** 0.5] * len(rows)
    due = np.array([line.urgent for line in lines], dtype=np.float32)
    weight = np.array([line.weight * (MISSED if line.urgent else 1.0) for line in lines], dtype=np.float32)
    return Table(np.array(message), np.array(column), np.array(value, np.float32), due, weight / weight.sum())


def fit(data: Table) -> tuple[Numbers, float]:
    """Weights and bias of a logistic regression, by Adam over all lines at once."""
    both = np.zeros(ROWS + 1)
    mean, spread = np.zeros(ROWS + 1), np.zeros(ROWS + 1)
    for turn in range(1, ROUNDS + 1):
        sounds = data.sounds(both[:ROWS].astype(np.float32), float(both[ROWS]))
        wrong = (1 / (1 + np.exp(-sounds)) - data.urgent) * data.weight
        down = np.bincount(data.column, weights=wrong[data.message] * data.value, minlength=ROWS)
        slope = np.append(down + DECAY * both[:ROWS], wrong.sum())
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        step = (mean / (1 - 0.9**turn)) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
        both -= RATE * (1 - turn / (ROUNDS + 1)) * step
    return both[:ROWS].astype(np.float32), float(both[ROWS])


def inputs_hash() -> bytes:
    """Names what the weights are made from, so that a test can say whether they are of today."""
    digest = sha256(files("core.suggest").joinpath("urgent.toml").read_bytes())
    for line in written():
        digest.update(f"{line.urgent}\t{line.text}\n".encode())
    return digest.digest()


def packed(weights: Numbers, bias: float) -> bytes:
    """The weights file: a byte a row, two for the bias, and the hash of what it was made from."""
    small = np.clip(np.round(weights * STEPS), -127, 127).astype(np.int8).tobytes()
    return compress(small + round(bias * STEPS).to_bytes(2, "big", signed=True) + inputs_hash(), 9)


def folds() -> str:
    """Recall and false alarms of lines by hand that the weights did not see, each fifth in its turn."""
    lines = written()
    due = found = calm = alarms = 0
    for fold in range(FOLDS):
        seen = examples([line for at, line in enumerate(lines) if at % FOLDS != fold])
        asked = table([line for at, line in enumerate(lines) if at % FOLDS == fold])
        told = asked.sounds(*fit(table(seen))) > 0
        due, calm = due + int(asked.urgent.sum()), calm + int((1 - asked.urgent).sum())
        found += int(told[asked.urgent > 0].sum())
        alarms += int(told[asked.urgent == 0].sum())
    return f"{found}/{due} ({found / due:.1%}) found, {alarms}/{calm} ({alarms / calm:.1%}) false alarms"


def main() -> None:
    """The command."""
    if "--folds" in sys.argv:
        print(folds())
        return
    lines = examples(written())
    print(f"{len(lines)} messages")
    made = packed(*fit(table(lines)))
    out = ROOT / "core" / "suggest" / WEIGHTS
    out.write_bytes(made)
    print(f"{out.name}: {len(made)} bytes")


if __name__ == "__main__":
    main()
