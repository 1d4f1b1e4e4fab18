"""What a sentence to a citizen is made of, as numbers: words, what they are, who stands beside whom; hashed."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final
from zlib import crc32

from core.staff_words import rules
from core.staff_words.persons import NUMBER, words_of
from core.staff_words.vocabulary import KIND

BITS: Final = 17
ROWS: Final = 1 << BITS
LOUD: Final = (
    1.5,
    1.0,
    0.5,
    0.5,
    1.0,
    1.0,
    2.0,
)  # length of the blocks: words, pairs, kinds, rows of kinds, mixed, pieces, rules
_LAST: Final = ROWS - 1
_LONGEST: Final = 20  # letters of a word
_PIECES: Final = (3, 4, 5)
_OTHER: Final = "-"
_MANY: Final = 8

Signs = tuple[frozenset[int], ...]


def signs(read: str) -> Signs:
    """Rows of the table, in blocks of which each is scaled to one length."""
    words = words_of(read)
    kinds = [_kind(word) for word in words]
    tight = [kind for kind in kinds if kind != _OTHER]
    mixed = [word if kind == _OTHER else f"*{kind}" for word, kind in zip(words, kinds, strict=True)]
    together = sorted(set(tight))
    return (
        _rows("w", [*words, f"={min(len(words), _MANY)}"]),
        _rows("b", _neighbours(words, (1, 2, 3))),
        _rows("k", [*together, *(f"{one} {other}" for one, other in combinations(together, 2))]),
        _rows("r", [*_neighbours(tight, (1,)), *_threes(tight)]),
        _rows("m", _neighbours(mixed, (1, 2))),
        _rows("c", _pieces(words)),
        _rows("v", _verdicts(words)),
    )


def _kind(word: str) -> str:
    return word if word in {"nya", NUMBER} else KIND.get(word, _OTHER)


def _neighbours(words: Sequence[str], far: Sequence[int]) -> Iterator[str]:
    ended = ["<", *words, ">"]
    for step in far:
        yield from (f"{step} {one} {other}" for one, other in zip(ended, ended[step:], strict=False))


def _threes(words: Sequence[str]) -> Iterator[str]:
    ended = ["<", *words, ">"]
    yield from (" ".join(three) for three in zip(ended, ended[1:], ended[2:], strict=False))


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        ended = f"<{word[:_LONGEST]}>"
        yield from (ended[at : at + size] for size in _PIECES for at in range(len(ended) - size + 1))


def _rows(block: str, said: Iterator[str] | Sequence[str]) -> frozenset[int]:
    start = crc32(block.encode())
    return frozenset(crc32(each.encode(), start) & _LAST for each in said)


def _verdicts(words: Sequence[str]) -> Iterator[str]:
    """What rules say of it."""
    yield "told" if rules.about_writer(words) else "quiet"
    if rules.speaks_of_others(words):
        yield "others"
    if rules.points_at_writer(words):
        yield "pointed"
