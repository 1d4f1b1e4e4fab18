"""Makes the part of core/encoder/encoder.npz that comes from public text: vectors of words, how often they are names.

Sources are named in docs/readers.md; nothing of them is kept but these numbers.
"""

import csv
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

VECTOR = 64  # numbers of a word's vector
MOST = 40_000  # words that have one, the most frequent ones
NAME_LEVELS = (1, 3, 8, 25)  # how many bear it, in the lists
FREQUENCY_LEVELS = (1e-5, 1e-4, 4e-4, 2e-3, 1e-2, 1e-1)  # percent of running words
LISTS = ("kompas", "idwiki", "kaskus", "twitter")
SPOKEN = 4e6  # words of subtitles that weigh as one percent of a list


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def _level(count: float, levels: tuple[float, ...]) -> int:
    return sum(count >= each for each in levels)


def _names(corpus: Path) -> dict[str, tuple[int, int, int]]:
    """How often a word is a first name and a last one, and whether it is a common word too."""
    found = {}
    for row in _rows(corpus / "lexicon" / "names.tsv"):
        first, last, male, female, known = (
            int(row[each] or 0) for each in ("as_first", "as_last", "male", "female", "dbpedia_persons")
        )
        found[row["token"]] = (first + male // 4 + female // 4 + known, last + known, int(row["in_kbbi"] or 0))
    return found


def _frequencies(corpus: Path) -> dict[str, float]:
    return {
        row["word"].lower(): max(*(float(row[each] or 0) for each in LISTS), float(row["subtitles"] or 0) / SPOKEN)
        for row in _rows(corpus / "lexicon" / "word_freq.tsv")
    }


def _squeezed(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The directions in which words differ most."""
    middle = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(middle.T @ middle)
    squeezed: NDArray[np.float32] = middle @ directions[:VECTOR].T
    return squeezed


def words(corpus: Path) -> dict[str, NDArray[Any]]:
    """Arrays in the order of the words' hashes."""
    with np.load(corpus / "vectors.npz") as stored:
        named = [str(each) for each in stored["words"][:MOST]]
        raw = stored["vectors"][:MOST].astype(np.float32) * stored["scale"][:MOST].astype(np.float32)[:, None]
    vectors = _squeezed(raw)
    scale = np.quantile(np.abs(vectors), 0.999, axis=0) / 127
    names, frequencies = _names(corpus), _frequencies(corpus)
    roots = {row["word"] for row in _rows(corpus / "lexicon" / "root_words.tsv")}
    rows = {word: at for at, word in enumerate(named)}
    by_hash = {crc32(word.encode()): word for word in (*sorted(names), *named)}
    hashes = sorted(by_hash)
    kept = np.zeros((len(hashes), VECTOR), np.int8)
    levels = np.zeros((len(hashes), 5), np.uint8)
    for at, word in enumerate(by_hash[each] for each in hashes):
        if word in rows:
            kept[at] = np.clip(np.round(vectors[rows[word]] / scale), -127, 127)
        first, last, common = names.get(word, (0, 0, 0))
        often = _level(frequencies.get(word, 0), FREQUENCY_LEVELS)
        levels[at] = _level(first, NAME_LEVELS), _level(last, NAME_LEVELS), common, often, word in roots
    return {
        "hashes": np.array(hashes, np.uint32),
        "vectors": kept,
        "vector_scale": scale.astype(np.float32),
        "levels": levels,
    }
