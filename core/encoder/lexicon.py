"""What is known of a single word: its vector, its pieces, how often it is a name and how common it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.analysis import remembered
from core.areas import AREAS
from core.dictionary import by_word
from core.encoder.tokens import DIGITS

WEIGHTS: Final = "encoder.npz"
PIECES: Final = 1 << 13
"""Rows of the table of pieces of words."""
KNOWN: Final = 8
"""Numbers that tell of a word what lists know of it."""
UNKNOWN: Final = -1

Numbers = NDArray[np.float32]
Stored = NDArray[np.float16 | np.float32 | np.int8 | np.uint8 | np.uint32]
"""An array of the weights file."""
_LONGEST: Final = 20  # letters of a word that are looked at
_SIZES: Final = (2, 3, 4)  # letters of a piece, the ends of the word counted
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_ENDINGS: Final = ("nya", "kan", "lah", "in", "an", "ku", "mu", "ne", "i", "e")
_LEAST: Final = 4  # letters that an ending leaves
_STEPS: Final = np.array([4, 4, 1, 6, 1], np.float32)  # the highest level of each list
_LONG: Final = 12


class Lexicon:
    """The words of the weights file, found by their hash."""

    def __init__(self, stored: Mapping[str, Stored]) -> None:
        self._rows = {each: at for at, each in enumerate(stored["hashes"].astype(np.uint32).tolist())}
        vectors = stored["vectors"].astype(np.int8)
        none = np.zeros((1, vectors.shape[1]), np.int8)  # of a word that is unknown
        self._vectors: NDArray[np.int8] = np.concatenate((vectors, none))
        self._scale: Numbers = stored["vector_scale"].astype(np.float32)
        self._levels: Numbers = stored["levels"].astype(np.float32) / _STEPS
        self._pieces: Numbers = stored["pieces"].astype(np.float32) * stored["piece_scale"].astype(np.float32)

    def row(self, word: str) -> int:
        """Where a word stands, or what it is a form of; UNKNOWN: nowhere."""
        for form in forms(word):
            at = self._rows.get(crc32(form.encode()))
            if at is not None:
                return at
        return UNKNOWN

    def entry(self, word: str) -> "WordEntry":
        """What is known of a word in small letters."""
        row = self.row(word)
        levels = [0.0] * len(_STEPS) if row == UNKNOWN else self._levels[row].tolist()
        known = (*levels, word in places(), min(len(word), _LONG) / _LONG, row != UNKNOWN)
        return WordEntry(row, tuple(pieces_of(word)), known)

    def numbers(self, entries: Sequence["WordEntry"]) -> Numbers:
        """A row for each: its vector, the mean of its pieces, what lists say."""
        vectors = self._vectors[[each.row for each in entries]] * self._scale
        starts = list(accumulate((len(each.pieces) for each in entries[:-1]), initial=0))
        sizes = np.array([[len(each.pieces)] for each in entries], np.float32)
        pieces = self._pieces[[piece for each in entries for piece in each.pieces]]
        means = np.add.reduceat(pieces, starts, axis=0) / sizes
        return np.concatenate((vectors, means, np.array([each.known for each in entries], np.float32)), axis=1)


class WordEntry(NamedTuple):
    """A word as the lexicon has it; `known`: what lists say of it.

    As a first name, a last name, a common word; how frequent; a root; in a name of a place; its length; whether known.
    """

    row: int
    pieces: tuple[int, ...]
    known: tuple[float, ...]


def forms(word: str) -> Iterator[str]:
    """The word as it is, then without stretched letters, then without an ending."""
    yield word
    short = _STRETCHED.sub(r"\1", word)
    if short != word:
        yield short
    for end in _ENDINGS:
        if short.endswith(end) and len(short) - len(end) >= _LEAST:
            yield short[: -len(end)]


def pieces_of(word: str) -> list[int]:
    """Rows of the pieces of a word and of the whole; a row of digits is known by its length alone."""
    if word[0] in DIGITS:
        return [crc32(b"#%d" % len(word)) % PIECES]
    ended = f"<{word[:_LONGEST]}>"
    letters = [ended[at : at + 1].encode() for at in range(len(ended))] if not word.isascii() else ()
    whole = ended.encode()
    found = {crc32(f"={word}".encode()) % PIECES}
    for size in _SIZES:
        for at in range(len(ended) - size + 1):
            piece = b"".join(letters[at : at + size]) if letters else whole[at : at + size]
            found.add(crc32(piece) % PIECES)
    return sorted(found)


@cache
def places() -> frozenset[str]:
    """Words in the names of the city's areas."""
    return frozenset(word for each in AREAS.values() for word in re.findall(r"[a-z]{3,}", each.name.lower()))


@cache
def stored() -> dict[str, Stored]:
    """The arrays of the weights file, read once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return dict(arrays)


@cache
def lexicon() -> Lexicon:
    """The words of the weights file, read once."""
    return Lexicon(stored())


@by_word
@remembered
def entry(word: str, /) -> WordEntry:
    """As `Lexicon.entry`; plain words stay in memory, all others for a turn."""
    return lexicon().entry(word)
