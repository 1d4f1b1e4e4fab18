"""What a message is made of, as numbers: pieces of its words, its words and pairs of them, hashed into one table."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.suggest.words import Word

BITS: Final = 17
ROWS: Final = 1 << BITS
_PIECES: Final = (2, 3, 4, 5)  # letters of a piece, its word's ends counted
_LONGEST: Final = 40  # letters of a word; what is longer is no word
_STEP: Final = np.uint32(0x01000193)
_MIX: Final = np.uint32(0x9E3779B1)
_SPACE: Final = 32

Rows = NDArray[np.intp]


def rows(words: Sequence[Word]) -> tuple[Rows, Rows]:
    """Rows of the table for the pieces of letters, and for words with their neighbours; each row once, in order."""
    named = [word for word in words if not word.said.isdigit()]
    return _pieces(named), _whole(named)


def _pieces(words: Sequence[Word]) -> Rows:
    line = " ".join(dict.fromkeys(word.said[:_LONGEST] for word in words))
    letters = np.frombuffer(f" {line} ".encode("ascii", "ignore"), dtype=np.uint8).astype(np.uint32)
    inside = letters != _SPACE
    found = []
    code = letters.copy()
    whole = np.ones(len(letters), dtype=np.bool_)  # no space stands inside the piece, but for its two ends
    for size in range(2, _PIECES[-1] + 1):
        if len(letters) < size:
            break
        code = code[:-1] * _STEP + letters[size - 1 :]
        whole = whole[:-1] & inside[size - 2 : -1] if size > _PIECES[0] else whole[:-1]
        found.append(_row(code[whole] + np.uint32(size)))
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)


def _whole(words: Sequence[Word]) -> Rows:
    stems = [word.stem for word in words]
    said = {*stems, *(f"{left} {right}" for left, right in pairwise(stems))}
    return np.unique(_row(np.array([crc32(each.encode()) for each in said], dtype=np.uint32)))


def _row(code: NDArray[np.uint32]) -> Rows:
    mixed = code ^ (code >> np.uint32(15))
    return ((mixed * _MIX) >> np.uint32(32 - BITS)).astype(np.intp)
