"""What a short message is made of, as numbers: words, neighbours, pieces of words, how it begins and ends; hashed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zlib import crc32

BITS: Final = 15
ROWS: Final = 1 << BITS
LOUD: Final = (1.5, 1.5, 1.0, 0.7)  # length of the blocks: words, neighbours, pieces, shape
_LAST: Final = ROWS - 1
_WORD: Final = re.compile(r"[^\W_]+|\?")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_LONGEST: Final = 20  # letters of a word
_PIECES: Final = (3, 4)  # letters of the pieces of a word, its ends counted
_FAR: Final = (1, 2)  # how far apart two words stand that are read together
_MANY: Final = 8
_EDGE: Final = "|"

Signs = tuple[frozenset[int], ...]


def words_of(text: str) -> list[str]:
    """Small letters without signs, but for a question mark; a stretched letter stands once."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_STRETCHED.sub(r"\1", folded))


def signs(words: Sequence[str]) -> Signs:
    """Rows of the table, in blocks of which each is scaled to one length."""
    return (
        _rows(b"w", words),
        _rows(b"n", _neighbours(words)),
        _rows(b"p", _pieces(words)),
        _rows(b"s", (f"{min(len(words), _MANY)}", f"< {words[0]}", f"{words[-1]} >", f"{words[0]} {words[-1]}")),
    )


def _neighbours(words: Sequence[str]) -> Iterator[str]:
    ended = (_EDGE, *words, _EDGE)
    for far in _FAR:
        yield from (f"{far} {one} {other}" for one, other in zip(ended, ended[far:], strict=False))


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        ended = f"<{word[:_LONGEST]}>"
        yield from (ended[at : at + size] for size in _PIECES for at in range(len(ended) - size + 1))


def _rows(block: bytes, said: Iterable[str]) -> frozenset[int]:
    start = crc32(block)
    return frozenset(crc32(each.encode(), start) & _LAST for each in said)
