"""How far a message sounds like danger of this minute: weights over its words, learned from lines by a script."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple
from zlib import crc32

from core.linear import packed

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


class Sound(NamedTuple):
    """Rows of a word by itself, folded to one spelling: of it, of what its kin share, of its pieces, its root."""

    whole: int  # of all its bits: neighbours are hashed from it
    kin: int | None
    pieces: frozenset[int]
    root: int


def sound(word: str) -> Sound:
    """What a word brings, wherever it stands."""
    heard = word.encode()
    ended = b"<%b>" % heard[:_LONGEST]
    pieces = frozenset(
        [crc32(ended[at : at + size]) & _LAST for size in _PIECES for at in range(len(ended) - size + 1)]
    )
    kin = crc32(heard[:_STEM], _KIN) & _LAST if len(heard) > _STEM else None
    return Sound(crc32(heard), kin, pieces, crc32(_root(word).encode(), _BARE) & _LAST)


def signs(said: Sequence[Sound], kinds: Iterable[str], told: Iterable[str]) -> Signs:
    """Rows of the table for words, for the classes they stand in and what the rules say of them.

    In five blocks, each scaled to one length, so that no message is louder for being long.
    """
    heard = said[:_READ]
    found = [crc32(kind.encode()) for kind in sorted(kinds)]
    return (
        frozenset(_of_words(heard)),
        frozenset().union(*[word.pieces for word in heard]),
        frozenset(each & _LAST for each in (*found, *_pairs(combinations(found[:_PAIRED], 2)))),
        frozenset([crc32(each.encode(), _VERDICT) & _LAST for each in told]),
        frozenset([word.root for word in heard]),
    )


def _root(word: str) -> str:
    """The word without what stands before and behind it: digencet and kegencet are one."""
    return word if len(word) <= _ROOT else _BEFORE.sub("", _BEHIND.sub("", word))


def _pairs(neighbours: Iterable[tuple[int, int]]) -> list[int]:
    """One number of each two, in their order."""
    return [(one * 31 + other) & _LAST for one, other in neighbours]


def _of_words(said: Sequence[Sound]) -> list[int]:
    """Each by itself and by its kin, and with its neighbours, near and a little farther."""
    whole = [word.whole for word in said]
    found = [each & _LAST for each in whole]
    found += [word.kin for word in said if word.kin is not None]
    found += _pairs(zip((_EDGE, *whole), (*whole, _EDGE), strict=True))
    for far in _FAR:
        found += [(each + far) & _LAST for each in _pairs(zip(whole, whole[far:], strict=False))]
    return found


def logit(found: Signs) -> float:
    """Above zero for what sounds like danger of this minute, below for what does not."""
    return packed(__package__, WEIGHTS, ROWS).logit(found, LOUD)
