"""What a short message is made of, as numbers: words, neighbours, pieces of words, how it begins and ends; hashed."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from core.linear import neighbours, pieces, rows

ROWS: Final = 1 << 15
LOUD: Final = (1.5, 1.5, 1.0, 0.7)  # length of the blocks: words, neighbours, pieces, shape
_LAST: Final = ROWS - 1
_WORD: Final = re.compile(r"[^\W_]+|\?")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_MANY: Final = 8

Signs = tuple[frozenset[int], ...]


def words_of(text: str) -> list[str]:
    """Small letters without signs, but for a question mark; a stretched letter stands once."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_STRETCHED.sub(r"\1", folded))


def signs(words: Sequence[str]) -> Signs:
    """Rows of the table, in blocks of which each is scaled to one length. `words`: at least one."""
    first, last = words[0], words[-1]
    shape = (f"{min(len(words), _MANY)}", f"< {first}", f"{last} >", f"{first} {last}")
    return (
        rows("w", words, _LAST),
        rows("n", neighbours(words, (1, 2)), _LAST),
        rows("p", pieces(words, (3, 4)), _LAST),
        rows("s", shape, _LAST),
    )
