"""Makes core/encoder/encoder.npz and core/redact/tagger.npz from the lines beside it and from public text.

Run: python benchmarks/readers/train.py CORPUS [--without VOICE,VOICE] [--out DIR]

CORPUS is a folder of public text and lists (docs/readers.md names them). What it needs besides stands in
benchmarks/readers/requirements.txt. The same lines, corpus and versions give the same files. `--without` leaves the
lines of some writers out, to be asked about them with benchmarks/readers/figures.py.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.readers import learn, names, prose  # noqa: E402 - found by the line above
from benchmarks.readers.augment import augmented  # noqa: E402 - likewise
from benchmarks.readers.encoded import KINDS, Encoding  # noqa: E402 - likewise
from benchmarks.readers.frames import framed  # noqa: E402 - likewise
from benchmarks.readers.lines import Line  # noqa: E402 - likewise
from benchmarks.readers.network import PIECE, Encoder, Sorter, Tagger  # noqa: E402 - likewise
from benchmarks.readers.told import inputs_hash, told  # noqa: E402 - likewise
from benchmarks.readers.words import words  # noqa: E402 - likewise
from benchmarks.suggest.make import by_hand as sorted_by_hand  # noqa: E402 - likewise
from benchmarks.urgent.make import own as dangers  # noqa: E402 - likewise
from core.encoder import lexicon  # noqa: E402 - likewise
from core.redact import Trace  # noqa: E402 - likewise
from core.redact.tagger import TAGS  # noqa: E402 - likewise

SEED = 20211201
GUESSED, NEGATIVE = 110_000, 2_000  # public sentences
SHORTEST = 4  # tokens of one in which a word is guessed
GUESSING, READING = 5, 14  # epochs
COPIES = 4  # further sets of lines, as they could have been
# What is added to what speaks for a trace, by kind: more closes more, and more that is none.
LEANING = dict.fromkeys((Trace.PHONE, Trace.NIK, Trace.PLATE), 0.4) | {
    Trace.NAME_SELF: 0.5, Trace.THIRD_PARTY: 0.0, Trace.EMAIL: 0.9, Trace.BANK_ACCOUNT: 0.9,
    Trace.ADDRESS_SELF: 0.1, Trace.URL_PROFILE: 1.5,
}  # fmt: skip
# The likelihood below which it is none, by kind; and from which it is certain.
LEAST = dict.fromkeys((Trace.NIK, Trace.BANK_ACCOUNT, Trace.PLATE, Trace.THIRD_PARTY), 0.35) | {
    Trace.NAME_SELF: 0.39, Trace.EMAIL: 0.0, Trace.PHONE: 0.45, Trace.ADDRESS_SELF: 0.44, Trace.URL_PROFILE: 0.32,
}  # fmt: skip
# The same where something is closed already: whoever wrote their name has often written more. Remarks and addresses
# stay as they are: every other that would be closed besides is none, and they are long, or where the problem is.
OTHERS = frozenset(Trace) - {Trace.THIRD_PARTY, Trace.ADDRESS_SELF}
LEANING_BESIDE = LEANING | {kind: LEANING[kind] + 1 for kind in OTHERS}
LEAST_BESIDE = LEAST | {kind: max(LEAST[kind] - 0.2, 0.0) for kind in OTHERS}
# The same of news (core/redact/public_prose.py): a bare name or a house there is hardly ever the writer's.
LEAST_OF_PROSE = LEAST | dict.fromkeys((Trace.NAME_SELF, Trace.ADDRESS_SELF), 0.95)
SURE = 0.75
Arrays = dict[str, NDArray[Any]]


def elsewhere() -> list[Line]:
    """Lines by hand of which only the kind is known, or only whether they tell danger."""
    sorted_ = [Line(each.text, kind=each.leaf, marked=False) for each in sorted_by_hand()]
    return sorted_ + [Line(each.text, danger=each.urgent, marked=False) for each in dangers()]


def guessed(corpus: Path, encoder: Encoder, encoding: Encoding, kept: Path | None) -> None:
    """Teaches the encoder by public text; that takes most of the time, so what it learned can be kept in a file."""
    if kept is not None and kept.exists():
        encoder.load_state_dict(torch.load(kept))
        return
    rng = random.Random(SEED)
    public = prose.sentences(corpus, prose.ALL, GUESSED, rng)
    messages = [encoding.message(line, ruled_too=False) for line in public]
    learn.guess_words(encoder, [each for each in messages if len(each) >= SHORTEST], GUESSING, rng)
    if kept is not None:
        torch.save(encoder.state_dict(), kept)


def trained(corpus: Path, lines: Sequence[Line], kept: Path | None) -> tuple[Arrays, Arrays, Arrays]:
    """The arrays of the encoder, of the tagger, and of what sorts whole messages."""
    known = words(corpus)
    empty = {"pieces": np.zeros((lexicon.PIECES, PIECE), np.int8), "piece_scale": np.array(1.0)}
    encoding = Encoding(lexicon.Lexicon({**known, **empty}))
    torch.manual_seed(SEED)
    encoder = Encoder(known["vectors"].astype(np.float32) * known["vector_scale"])
    guessed(corpus, encoder, encoding, kept)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    plain = [encoding.message(line) for line in prose.sentences(corpus, prose.PLAIN, NEGATIVE, rng)]
    called = names.namer(corpus, rng)
    more = [encoding.message(line) for line in elsewhere()]
    sets = [[encoding.message(line) for line in lines]]
    sets += [
        [encoding.message(augmented(framed(line, called, rng), called, rng)) for line in lines] for _ in range(COPIES)
    ]
    tagger, sorters = Tagger(TAGS), learn.Sorters(Sorter(len(KINDS)), Sorter(1))
    every = [[each for each in (*one, *plain, *more) if len(each)] for one in sets]
    learn.read(encoder, (tagger, sorters), every, READING, rng)
    return {**known, **_of_encoder(encoder)}, _of_tagger(tagger), _of_sorters(sorters)


def _half(values: torch.Tensor) -> NDArray[np.float16]:
    half: NDArray[np.float16] = values.detach().numpy().astype(np.float16)
    return half


def _rolled(layer: torch.nn.Conv1d) -> NDArray[np.float16]:
    """Numbers of the neighbours in, the first neighbour's first; numbers out."""
    return _half(layer.weight.permute(2, 1, 0).flatten(0, 1))


def _of_encoder(encoder: Encoder) -> Arrays:
    pieces = encoder.pieces.weight.detach().numpy()
    scale = float(np.quantile(np.abs(pieces), 0.9995)) / 127
    found: Arrays = {
        "pieces": np.clip(np.round(pieces / scale), -127, 127).astype(np.int8),
        "piece_scale": np.array(scale, np.float32),
        "shapes": _half(encoder.shapes.weight),
    }
    for at, layer in enumerate(encoder.layers):
        found[f"layer{at}"], found[f"bias{at}"] = _rolled(layer), _half(layer.bias)
    return found


def _of_tagger(tagger: Tagger) -> Arrays:
    leaning = [[0.0, *(each[kind] for kind in Trace for _ in "BI")] for each in (LEANING, LEANING_BESIDE, LEANING)]
    limits = [[SURE, *(each[kind] for kind in Trace)] for each in (LEAST, LEAST_BESIDE, LEAST_OF_PROSE)]
    return {
        "near": _rolled(tagger.near),
        "near_bias": _half(tagger.near.bias),
        "out": _half(tagger.out.weight.T),
        "out_bias": _half(tagger.out.bias),
        "follows": _half(tagger.follows + tagger.never),
        "begins": _half(tagger.begins + tagger.not_first),
        "leaning": np.array(leaning, np.float16),
        "limits": np.array(limits, np.float16),
    }


def _write(path: Path, arrays: Arrays) -> None:
    with path.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **arrays)
    print(f"{path.name}: {path.stat().st_size} bytes")


def _of_sorters(sorters: learn.Sorters) -> Arrays:
    kinds, danger = sorters.kinds.out, sorters.danger.out
    return {
        "kinds": _half(kinds.weight.T),
        "kinds_bias": _half(kinds.bias),
        "danger": _half(danger.weight[0]),
        "danger_bias": _half(danger.bias),
        "classes": np.array(" ".join(KINDS)),
    }


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--without", default="", help="voices that are left out, with commas between")
    asked.add_argument("--guessed", type=Path, help="a file that keeps what was learned of public text, or has it")
    asked.add_argument("--out", type=Path, help="a folder for the files, instead of their places")
    given = asked.parse_args()
    torch.set_num_threads(1)  # sums of several come in no fixed order
    lines = told(frozenset(given.without.split(",")))
    print(f"{len(lines)} lines")
    encoder, tagger, pooled = trained(given.corpus, lines, given.guessed)
    tagger["inputs"] = np.array(inputs_hash(lines))
    core = ROOT / "core"
    _write((given.out or core / "encoder") / "encoder.npz", encoder)
    _write((given.out or core / "redact") / "tagger.npz", tagger)
    _write((given.out or core / "suggest") / "pooled.npz", pooled)


if __name__ == "__main__":
    main()
