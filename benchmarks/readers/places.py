"""Makes core/places/likelihood.npz: how likely a name in a message is where the problem is, from the lines beside it.

Run: PYTHONPATH=. python benchmarks/readers/places.py CORPUS [--without VOICE,VOICE]

It stands on core/encoder/encoder.npz, and is made anew after it. CORPUS is a folder of public text (docs/readers.md),
in which everyday words that are names too are no names. The same lines and text give the same file. `--without` writes
nothing and counts the lines of those writers.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.readers import prose  # noqa: E402 - found by the line above
from benchmarks.readers.lines import NONE, Line, by_hand  # noqa: E402 - likewise
from core.areas import AREAS, related  # noqa: E402 - likewise
from core.places.likelihood import WEIGHTS, numbers  # noqa: E402 - likewise
from core.places.place_mentions import PlaceMention, looks, named, spoken  # noqa: E402 - likewise

STEADY = 30.0  # how much is asked of the lines before a weight leaves zero
PUBLIC, OFTEN = 60_000, 60  # sentences, and how often one word of them is looked at
SEED = 20211201
STEPS = 12  # of Newton's way, which stands still after eight
Numbers = NDArray[np.float64]


def _letters(name: str) -> str:
    return name.lower().replace(" ", "")


def right(mention: PlaceMention, place: str) -> bool:
    """Whether it may mean that area, one inside of it or around it."""
    codes = [code for code, each in AREAS.items() if _letters(each.name) == _letters(place)]
    return any(related(code, other) for code in mention.readings for other in codes)


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Numbers, bool]]:
    for line in lines:
        words = spoken(line.text)
        found = named(words)
        if not found:
            continue
        rows = numbers(line.text, looks(words, found))
        for mention, row in zip(found, rows, strict=True):
            if mention.readings:
                yield row, line.place not in {None, NONE} and right(mention, line.place or "")


def _of_prose(sentences: Iterable[str]) -> Iterator[tuple[Numbers, bool]]:
    """Everyday words that nothing announces, so many of each at most."""
    counted: Counter[tuple[str, ...]] = Counter()
    for sentence in sentences:
        words = spoken(sentence)
        found = named(words)
        looked = looks(words, found)
        for mention, look in zip(found, looked, strict=True):
            name = tuple(word.text for word in words[mention.start : mention.end])
            if mention.readings and not look.said and counted[name] < OFTEN:
                counted[name] += 1
                yield numbers(sentence, [look])[0], False


def seen(lines: Iterable[Line], sentences: Iterable[str] = ()) -> tuple[Numbers, Numbers]:
    """A row of numbers for each name in them, and whether it is the place."""
    rows, meant = zip(*_rows(lines), *_of_prose(sentences), strict=True)
    return np.array(rows, np.float64), np.array(meant, np.float64)


def fitted(rows: Numbers, meant: Numbers) -> Numbers:
    """Weights by which what is likely is what was said most often, kept small."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (meant - likely) - STEADY * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + STEADY * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def inputs_hash(lines: Iterable[Line]) -> str:
    """Of their words and places, and of the encoder, so that a test can say whether weights are made from them."""
    digest = sha256((ROOT / "core" / "encoder" / "encoder.npz").read_bytes())
    for line in lines:
        digest.update(f"{line.text}\t{line.place}\n".encode())
    return digest.hexdigest()


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--without", default="", help="voices that are left out, with commas between")
    given = asked.parse_args()
    apart = frozenset(given.without.split(",")) - {""}
    lines = list(by_hand())
    public = [line.text for line in prose.sentences(given.corpus, prose.ALL, PUBLIC, random.Random(SEED))]
    weights = fitted(*seen([line for line in lines if line.voice not in apart], public))
    if apart:
        rows, meant = seen(line for line in lines if line.voice in apart)
        for odds in (-2.0, -1.5, -1.0, 0.0, 1.0, 2.0):
            taken = rows @ weights >= odds
            print(f"{odds:+}: {taken @ meant / meant.sum():.3f} found, {taken @ meant / taken.sum():.3f} right")
        return
    held = {"weights": weights.astype(np.float32), "inputs": np.array(inputs_hash(lines))}
    with (ROOT / "core" / "places" / WEIGHTS).open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **held)


if __name__ == "__main__":
    main()
