"""Makes core/redact/public_prose.npz: what tells news and encyclopedias from messages to a city hall.

Run: PYTHONPATH=. python benchmarks/readers/public_prose.py CORPUS [--folds]

It stands on core/encoder/encoder.npz, and is made anew after it. CORPUS is a folder of public text (docs/readers.md).
What it counts with `--folds`, and a sample of the news, by weights that did not see their writer. The same lines and
text give the same file.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.readers import prose  # noqa: E402 - found by the line above
from benchmarks.readers.lines import Line  # noqa: E402 - likewise
from benchmarks.readers.told import told as with_traces  # noqa: E402 - likewise
from benchmarks.small_talk.train import lines as small_talk  # noqa: E402 - likewise
from core import encoder  # noqa: E402 - likewise
from core.redact.public_prose import LIKELY, WEIGHTS  # noqa: E402 - likewise

NEWS: Final = (prose.NEWS, "ud_treebanks")
COUNTED, COUNTED_BY = 1_200, 7  # sentences of news that are only counted, and what they are drawn by
READ: Final = 8_000
SEED: Final = 20211201
STEADY: Final = 30.0  # how much is asked of the lines before a weight leaves zero
STEPS: Final = 12  # of Newton's way
FOLDS: Final = 5
Numbers = NDArray[np.float64]


def counted(corpus: Path) -> list[str]:
    """Sentences that nothing is learned from."""
    return [line.text for line in prose.sentences(corpus, (prose.NEWS,), COUNTED, random.Random(COUNTED_BY))]


def messages() -> list[Line]:
    """What people write to us: reports, and short answers and greetings; each once, in the order of their files."""
    lines = [*with_traces(), *(Line(each.text, voice=each.voice) for each in small_talk())]
    return list({line.text: line for line in lines}.values())


def inputs_hash(told: Iterable[Line]) -> str:
    """Of their words, and of the encoder, so that a test can say whether weights are made from them."""
    digest = sha256((ROOT / "core" / "encoder" / "encoder.npz").read_bytes())
    for line in told:
        digest.update(f"{line.text}\n".encode())
    return digest.hexdigest()


def _rows(texts: Iterable[str]) -> Iterator[Numbers]:
    for text in texts:
        states = encoder.pooled(text)
        if states is not None:
            yield np.append(states, 1.0).astype(np.float64)


def fitted(news: Numbers, told: Numbers) -> Numbers:
    """Weights by which what is likely is what was said most often, kept small; both sides weigh the same."""
    rows = np.concatenate((news, told))
    told_of = np.concatenate((np.ones(len(news)), np.zeros(len(told))))
    weight = np.where(told_of > 0, len(told) / len(news), 1.0)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    middle[-1], spread[-1] = 0.0, 1.0
    scaled, weights = (rows - middle) / spread, np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(scaled @ weights)))
        slope = scaled.T @ (weight * (told_of - likely)) - STEADY * weights
        bend = (scaled * (weight * likely * (1 - likely))[:, None]).T @ scaled + STEADY * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    found: Numbers = weights / spread
    found[-1] -= middle @ found
    return found


def _print_folds(told: list[Line], news: Numbers, counted: Numbers) -> None:
    fold = np.array([crc32(line.voice.encode()) % FOLDS for line in told])
    missed = np.zeros(len(told), bool)
    for each in range(FOLDS):
        here = [line.text for line, at in zip(told, fold, strict=True) if at != each]
        weights = fitted(news, np.array(list(_rows(here))))
        for at in np.flatnonzero(fold == each):
            missed[at] = any(row @ weights > LIKELY for row in _rows([told[at].text]))
        print(f"fold {each}: news {(counted @ weights > LIKELY).mean():.1%}", flush=True)
    print(f"messages taken for news: {missed.sum()}/{len(missed)} ({missed.mean():.2%})")


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--folds", action="store_true", help="count what weights say of lines that they did not see")
    given = asked.parse_args()
    told, apart = messages(), counted(given.corpus)
    public = {line.text for line in prose.sentences(given.corpus, NEWS, READ, random.Random(SEED))} - set(apart)
    news = np.array(list(_rows(sorted(public))))
    if given.folds:
        _print_folds(told, news, np.array(list(_rows(apart))))
        return
    weights = fitted(news, np.array(list(_rows(line.text for line in told))))
    held = {"weights": weights.astype(np.float32), "inputs": np.array(inputs_hash(told))}
    with (ROOT / "core" / "redact" / WEIGHTS).open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **held)


if __name__ == "__main__":
    main()
