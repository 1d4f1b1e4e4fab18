"""What a message is made of, as numbers: pieces of its words, its words and pairs of them, hashed into one table."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.analysis import remembered
from core.dictionary import by_word
from core.suggest.words import Word

BITS: Final = 17
ROWS: Final = 1 << BITS
_PIECES: Final = (2, 3, 4, 5)  # letters of a piece, its word's ends counted
_LONGEST: Final = 40  # letters of a word; what is longer is no word
_STEP: Final = 0x01000193
_WORD: Final = 0xFFFFFFFF
_MIX: Final = np.uint32(0x9E3779B1)

Rows = NDArray[np.intp]
_NONE: Final[Rows] = np.empty(0, dtype=np.intp)


def rows(words: Sequence[Word]) -> tuple[Rows, Rows]:
    """Rows of the table for the pieces of letters, and for words with their neighbours; each row once, in order."""
    named = _named(words)
    said = dict.fromkeys(word.said[:_LONGEST] for word in named) or ("",)  # that nothing was said is learned too
    return _once(np.concatenate([_pieces(each) for each in said])), _once(_hashed(_whole(named)))


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
    pieces = [_pieces(word.said[:_LONGEST]) for word, _ in flat]
    at = np.array([at for _, at in flat]).repeat([len(each) for each in pieces])
    said = [(word.stem, at, at) for word, at in flat]
    said += [(_pair(left, right), at, end) for (left, at), (right, end) in pairwise(flat) if left.stem != right.stem]
    starts, ends = (np.array([each[side] for each in said], dtype=np.intp) for side in (1, 2))
    whole = _hashed([each[0] for each in said])
    return _placed(np.concatenate(pieces), at, at), _placed(whole, starts, ends)


def _placed(found: Rows, starts: Rows, ends: Rows) -> Placed:
    """Each row once; what stands there several times does so in the order of the parts."""
    order = found.argsort(kind="stable")
    ordered = found[order]
    begins = _begins(ordered)
    [firsts] = begins.nonzero()
    lasts = np.concatenate((firsts[1:], [len(ordered)])) - 1
    return Placed(ordered[begins], ends[order[firsts]], starts[order[lasts]])


def _once(found: Rows) -> Rows:
    """Each once, in order; what is given is nobody else's."""
    found.sort()
    return found[_begins(found)]


def _begins(ordered: Rows) -> NDArray[np.bool_]:
    """Where another row begins."""
    return np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]


def _named(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not word.said.isdigit()]


@by_word
@remembered
def _pieces(word: str, /) -> Rows:
    """Rows of the pieces of a word, a space at both of its ends."""
    letters = f" {word} ".encode("ascii", "ignore")
    codes, found = list(letters), list[int]()
    for size in range(_PIECES[0], min(_PIECES[-1], len(letters)) + 1):
        codes = [(code * _STEP + letter) & _WORD for code, letter in zip(codes, letters[size - 1 :], strict=False)]
        found += [code + size for code in codes]
    return _row(np.array(found, dtype=np.int64).astype(np.uint32))


def _whole(words: Sequence[Word]) -> set[str]:
    return {*(word.stem for word in words), *(_pair(left, right) for left, right in pairwise(words))}


def _pair(left: Word, right: Word) -> str:
    return f"{left.stem} {right.stem}"


def _hashed(said: Collection[str]) -> Rows:
    return _row(np.array([crc32(each.encode()) for each in said], dtype=np.uint32))


def _row(code: NDArray[np.uint32]) -> Rows:
    mixed = code ^ (code >> np.uint32(15))
    return ((mixed * _MIX) >> np.uint32(32 - BITS)).astype(np.intp)
