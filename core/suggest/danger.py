"""How far a message sounds like danger of this minute: weights over its words, learned from lines by a script."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations, starmap
from typing import Final
from zlib import crc32

from core.linear import Learned, opened

WEIGHTS: Final = "danger.z"
BITS: Final = 18
ROWS: Final = 1 << BITS
_LAST: Final = ROWS - 1
LOUD: Final = (1.0, 1.5, 1.5, 1.5, 2.0)  # length of the blocks of signs: words, pieces, classes, rules, roots
_PIECES: Final = (3, 4, 5)  # letters of the pieces of a word, its ends counted
_ROOT: Final = 4  # letters that a root has at least
_BEFORE: Final = re.compile(r"^(?:meng|meny|mem|men|me|nge|ng|ny|di|tar|ter|ke|ka|ber|bar|per|pe)(?=[a-z]{4})")
_BEHIND: Final = re.compile(r"(?<=[a-z]{4})(?:nya|kan|in|an|ku|mu|ne|na|lah|i|e)$")
_STEM: Final = 4  # first letters that kin share: kebakar, kebakaran
_LONGEST: Final = 20  # letters of a word; what is longer is no word
_READ: Final = 400  # words; who writes of danger at such length said it by then
_PAIRED: Final = 16  # classes of words that are paired
_KIN, _VERDICT, _EDGE, _BARE = 1, 2, 3, 4  # where the numbers of stems, of what rules say, of ends and of roots begin
_FAR: Final = (2, 3)  # how far apart two words stand that still belong together

Signs = tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int], frozenset[int]]


def signs(said: Sequence[str], kinds: Iterable[str], told: Iterable[str]) -> Signs:
    """Rows of the table for words folded to one spelling, for the classes they stand in and what the rules say of them.

    In five blocks, each scaled to one length, so that no message is louder for being long.
    """
    heard = [word.encode() for word in said[:_READ]]
    found = [crc32(kind.encode()) for kind in sorted(kinds)]
    return (
        frozenset([each & _LAST for each in _of_words(heard)]),
        frozenset([each & _LAST for each in _pieces(heard)]),
        frozenset([each & _LAST for each in (*found, *starmap(_pair, combinations(found[:_PAIRED], 2)))]),
        frozenset([crc32(each.encode(), _VERDICT) & _LAST for each in told]),
        frozenset([crc32(_root(word).encode(), _BARE) & _LAST for word in said[:_READ]]),
    )


def _root(word: str) -> str:
    """The word without what stands before and behind it: digencet and kegencet are one."""
    return word if len(word) <= _ROOT else _BEFORE.sub("", _BEHIND.sub("", word))


def _pair(one: int, other: int) -> int:
    """One number of two, in their order."""
    return one * 31 + other


def _of_words(said: Sequence[bytes]) -> Iterator[int]:
    whole = [crc32(word) for word in said]
    yield from whole
    yield from (crc32(word[:_STEM], _KIN) for word in said if len(word) > _STEM)
    yield from map(_pair, (_EDGE, *whole), (*whole, _EDGE))
    for far in _FAR:
        yield from (_pair(left, right) + far for left, right in zip(whole, whole[far:], strict=False))


def _pieces(said: Iterable[bytes]) -> list[int]:
    ended = [b"<%b>" % word[:_LONGEST] for word in said]
    return [crc32(word[at : at + size]) for size in _PIECES for word in ended for at in range(len(word) - size + 1)]


@cache
def _learned() -> Learned:
    """Read at its first use, once."""
    return opened(files(__package__).joinpath(WEIGHTS).read_bytes(), ROWS, WEIGHTS)


def likeness(found: Signs) -> float:
    """Above zero for what sounds like danger of this minute, below for what does not."""
    return _learned().likeness(found, LOUD)
