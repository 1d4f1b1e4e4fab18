"""Trains core/suggest/weights.npz from the lines and templates beside it; the same input gives the same file.

Run: python benchmarks/suggest/train.py [--examples FILE] [--out FILE]

FILE of --examples holds further `leaf<TAB>text` lines, redacted and given with consent; they count as lines by hand.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.city_pack.kind_fitting import EPOCHS, Fitted, cooled, fitted, words_of  # noqa: E402 - found by the line above
from benchmarks.suggest.make import Example, examples, from_file, written  # noqa: E402 - likewise
from core.categories import CATEGORIES  # noqa: E402 - likewise
from core.suggest.learned import NOTHING, RARITY_UNIT  # noqa: E402 - likewise

CLASSES = (*(each.id for each in CATEGORIES), NOTHING)
WEIGHTS = ROOT / "core" / "suggest" / "weights.npz"
HELD_OUT = 5  # one of so many lines by hand tells how sure the model may be


def inputs_hash(told: Sequence[Example]) -> str:
    """Names what was written for training, so that a test can say whether the weights are made from it."""
    digest = sha256()
    for each in told:
        digest.update(f"{each.leaf}\t{each.text}\t{each.weight}\n".encode())
    return digest.hexdigest()


def _fitted(told: Sequence[Example], epochs: int) -> Fitted:
    texts = [words_of(each.text) for each in told]
    counts = np.array([each.weight for each in told], dtype=np.float32)
    return fitted(texts, _places(told), counts, len(CLASSES), epochs=epochs, told=say)


def say(line: str) -> None:
    """How far it is."""
    print(line, file=sys.stderr)


def _places(told: Sequence[Example]) -> NDArray[np.intp]:
    return np.array([CLASSES.index(each.leaf) for each in told], dtype=np.intp)


def heat_of(told: Sequence[Example], epochs: int) -> float:
    """Trained without every fifth line by hand and what was made of it, then asked about just these lines."""
    kept = [each for each in told if each.line % HELD_OUT or not each.line]
    asked = [each for each in told if each.line and each.line % HELD_OUT == 0 and each.first]
    return cooled(_fitted(kept, epochs).logits([words_of(each.text) for each in asked]), _places(asked))


def train(told: Sequence[Example], epochs: int = EPOCHS) -> dict[str, NDArray[Any]]:
    """The arrays of the weights file."""
    heat = heat_of(told, epochs)
    found = _fitted(told, epochs)
    return {
        "weights": found.weights,
        "bias": found.bias,
        "rarity": np.round(found.rarity * RARITY_UNIT).astype(np.uint8),
        "fine": np.array([found.scale, heat], dtype=np.float64),
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
