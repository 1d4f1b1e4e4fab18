"""Trains core/small_talk/small_talk.npz from lines by hand; the same input gives the same file.

Run: PYTHONPATH=. python benchmarks/small_talk/train.py           writes the weights
     PYTHONPATH=. python benchmarks/small_talk/train.py --folds   asks each fifth of the lines of weights that did not
                                                                  see it, a writer as a whole in one fifth

What reports something are the short messages of benchmarks/readers/lines that have a kind, and rows `report` of lines/;
what reports nothing are those without a kind, and all other rows of lines/. It stands on the weights of core/encoder.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.readers.lines import NONE, by_hand  # noqa: E402 - found by the line above
from core import encoder  # noqa: E402 - likewise
from core.linear import STEPS  # noqa: E402 - likewise
from core.small_talk import MOST  # noqa: E402 - likewise
from core.small_talk.hashed_words import LOUD, ROWS, signs, words_of  # noqa: E402 - likewise
from core.small_talk.model import WEIGHTS  # noqa: E402 - likewise

REPORT: Final = "report"
OTHER: Final = "lainnya"  # a kind that hands gave to questions too
ROUNDS, RATE, DECAY = 150, 0.05, 1e-5
MEANT: Final = 1 / 15  # how loud the states are beside the signs
FOLDS: Final = 5
LINES: Final = (0.5, 0.8, 0.9, 0.95)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """`talk`: it reports nothing. `weight`: how much it counts."""

    text: str
    talk: bool
    voice: str
    weight: float


def rows(path: Path) -> list[tuple[str, str]]:
    """What a file of lines/ says: a topic and a message in each row. ValueError: a row that is none."""
    split = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]
    return [(topic, text) for topic, text in split]


def lines() -> list[Line]:
    """All that is learned from, in the order of its files."""
    here = [
        Line(text, topic != REPORT, path.stem, 1.0)
        for path in sorted((Path(__file__).parent / "lines").glob("*.tsv"))
        for topic, text in rows(path)
    ]
    others = [
        Line(line.text, line.kind == NONE, line.voice, 1.0 if line.kind == NONE else 0.3)
        for line in by_hand()
        if line.kind != OTHER
    ]
    return [line for line in (*here, *others) if 0 < len(words_of(line.text)) <= MOST]


def inputs_hash() -> str:
    """Names what the weights are made from, so that a test can say whether they are of today."""
    digest = sha256()
    for line in lines():
        found = [sorted(block) for block in signs(words_of(line.text))]
        digest.update(f"{line.talk}\t{line.weight}\t{line.text}\t{found}\n".encode())
    return digest.hexdigest()


class Table:
    """Lines in numbers: signs as a sparse table, states, what each is and how much it counts."""

    def __init__(self, told: Sequence[Line]) -> None:
        line, column, value = [], [], []
        for at, each in enumerate(told):
            for block, loud in zip(signs(words_of(each.text)), LOUD, strict=True):
                found = sorted(block)
                line += [at] * len(found)
                column += found
                value += [loud / max(len(found), 1) ** 0.5] * len(found)
        self.line, self.column, self.value = np.array(line), np.array(column), np.array(value)
        empty = np.zeros(2 * encoder.STATES, np.float32)
        states = [encoder.pooled(each.text) for each in told]
        self.states = np.array([empty if each is None else each for each in states], np.float64)
        self.talk = np.array([float(each.talk) for each in told])
        self.weight = np.array([each.weight for each in told])

    def logit(self, weights: Numbers) -> Numbers:
        """The higher, the less a line reports. `weights`: of signs, of states, and the bias."""
        heard = np.bincount(self.line, weights=weights[self.column] * self.value, minlength=len(self.talk))
        found: Numbers = heard + self.states @ weights[ROWS:-1] + weights[-1]
        return found


def fit(data: Table, counted: Numbers) -> Numbers:
    """Weights of a logistic regression, by Adam over all lines at once. `counted`: how much each line counts."""
    middle, spread = data.states.mean(axis=0), (data.states.std(axis=0) + 1e-3) / MEANT
    states = (data.states - middle) / spread
    share = counted / counted.sum()
    found, mean, square = (np.zeros(ROWS + states.shape[1] + 1) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        heard = np.bincount(data.line, weights=found[data.column] * data.value, minlength=len(share))
        heard += states @ found[ROWS:-1] + found[-1]
        wrong = (1 / (1 + np.exp(-heard)) - data.talk) * share
        down = np.bincount(data.column, weights=wrong[data.line] * data.value, minlength=ROWS)
        slope = np.concatenate((down, states.T @ wrong, [wrong.sum()]))
        slope[:-1] += DECAY * found[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        steep = np.sqrt(square / (1 - 0.99**turn)) + 1e-8
        found -= RATE * (1 - turn / (ROUNDS + 1)) * (mean / (1 - 0.9**turn)) / steep
    found[ROWS:-1] /= spread
    found[-1] -= middle @ found[ROWS:-1]
    return found


def unseen(told: Sequence[Line]) -> Numbers:
    """The logit of each line by weights that did not see its writer."""
    data = Table(told)
    fold = np.array([crc32(each.voice.encode()) % FOLDS for each in told])
    found = np.zeros(len(told))
    for each in range(FOLDS):
        out = fold == each
        found[out] = data.logit(fit(data, data.weight * ~out))[out]
    return found


def folds(told: Sequence[Line]) -> str:
    """Lines that the weights did not see: small talk that is known, and reports that are taken for it."""
    found, talk = unseen(told), np.array([each.talk for each in told])
    return "\n".join(
        f"from {line:.2f}: {known.sum()}/{len(known)} ({known.mean():.1%}) known, {lost.sum()}/{len(lost)} lost"
        for line, odds in ((line, np.log(line / (1 - line))) for line in LINES)
        for known, lost in [(found[talk] > odds, found[~talk] > odds)]
    )


def main() -> None:
    """The command."""
    told = lines()
    if "--folds" in sys.argv:
        print(folds(told))
        return
    data = Table(told)
    weights = fit(data, data.weight)
    small = np.clip(np.round(weights[:ROWS] * STEPS), -127, 127).astype(np.int8)
    out = ROOT / "core" / "small_talk" / WEIGHTS
    meaning, bias = weights[ROWS:-1].astype(np.float16), np.float32(weights[-1])
    np.savez_compressed(out, signs=small, meaning=meaning, bias=bias, inputs=inputs_hash())
    print(f"{len(told)} lines, {out.name}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
