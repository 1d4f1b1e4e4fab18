"""What a message is made of, as numbers: pieces of its words, its words and pairs of them, hashed into one table."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
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
_NONE: Final[Rows] = np.empty(0, dtype=np.intp)


def rows(words: Sequence[Word]) -> tuple[Rows, Rows]:
    """Rows of the table for the pieces of letters, and for words with their neighbours; each row once, in order."""
    named = _named(words)
    pieces, _ = _pieces(list(dict.fromkeys(word.said[:_LONGEST] for word in named)))
    return np.unique(pieces), np.unique(_hashed(_whole(named)))


class Placed(NamedTuple):
    """Rows of the table, each once, with the first and the last of several parts of a text in which it stands whole.

    A row that needs two parts begins in one (`last` is the last such) and ends in another (`first` is the first such).
    """

    rows: Rows
    first: Rows
    last: Rows


def placed(parts: Sequence[Sequence[Word]]) -> tuple[Placed, Placed]:
    """The same for a text that is read in parts, where each of them begins or ends something else."""
    flat = [(word, at) for at, words in enumerate(parts) for word in _named(words)]
    if not flat:
        return Placed(_NONE, _NONE, _NONE), Placed(_NONE, _NONE, _NONE)
    pieces, begin = _pieces([word.said[:_LONGEST] for word, _ in flat])
    at = np.repeat([at for _, at in flat], [len(word.said[:_LONGEST]) + 1 for word, _ in flat])[begin]
    said = [(word.stem, at, at) for word, at in flat]
    said += [(_pair(left, right), at, end) for (left, at), (right, end) in pairwise(flat) if left.stem != right.stem]
    starts, ends = (np.array([each[side] for each in said], dtype=np.intp) for side in (1, 2))
    whole = _hashed([each[0] for each in said])
    return _placed(pieces, at, at), _placed(whole, starts, ends)


def _placed(found: Rows, starts: Rows, ends: Rows) -> Placed:
    """Each row once; what stands there several times does so in the order of the parts."""
    once, first = np.unique(found, return_index=True)
    _, last = np.unique(found[::-1], return_index=True)
    return Placed(once, ends[first], starts[::-1][last])


def _named(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not word.said.isdigit()]


def _pieces(words: Sequence[str]) -> tuple[Rows, Rows]:
    """Their rows, and where each begins in a line of the words, a space before each."""
    letters = np.frombuffer(f" {' '.join(words)} ".encode("ascii", "ignore"), dtype=np.uint8).astype(np.uint32)
    inside = letters != _SPACE
    found, begins = [_NONE], [_NONE]
    code = letters.copy()
    whole = np.ones(len(letters), dtype=np.bool_)  # no space stands inside the piece, but for its two ends
    for size in range(2, _PIECES[-1] + 1):
        if len(letters) < size:
            break
        code = code[:-1] * _STEP + letters[size - 1 :]
        whole = whole[:-1] & inside[size - 2 : -1] if size > _PIECES[0] else whole[:-1]
        found.append(_row(code[whole] + np.uint32(size)))
        begins.append(np.flatnonzero(whole))
    return np.concatenate(found), np.concatenate(begins)


def _whole(words: Sequence[Word]) -> set[str]:
    return {*(word.stem for word in words), *(_pair(left, right) for left, right in pairwise(words))}


def _pair(left: Word, right: Word) -> str:
    return f"{left.stem} {right.stem}"


def _hashed(said: Collection[str]) -> Rows:
    return _row(np.array([crc32(each.encode()) for each in said], dtype=np.uint32))


def _row(code: NDArray[np.uint32]) -> Rows:
    mixed = code ^ (code >> np.uint32(15))
    return ((mixed * _MIX) >> np.uint32(32 - BITS)).astype(np.intp)
