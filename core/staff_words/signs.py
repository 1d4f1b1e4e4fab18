"""What a sentence to a citizen is made of, as numbers: words, what they are, who stands beside whom; hashed."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from core.linear import neighbours, pieces, rows
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
        rows("w", [*words, f"={min(len(words), _MANY)}"], _LAST),
        rows("b", neighbours(words, (1, 2, 3)), _LAST),
        rows("k", [*together, *(f"{one} {other}" for one, other in combinations(together, 2))], _LAST),
        rows("r", [*neighbours(tight, (1,)), *_threes(tight)], _LAST),
        rows("m", neighbours(mixed, (1, 2)), _LAST),
        rows("c", pieces(words, _PIECES), _LAST),
        rows("v", _verdicts(words), _LAST),
    )


def _kind(word: str) -> str:
    return word if word in {"nya", NUMBER} else KIND.get(word, _OTHER)


def _threes(words: Sequence[str]) -> Iterator[str]:
    ended = ["<", *words, ">"]
    yield from (" ".join(three) for three in zip(ended, ended[1:], ended[2:], strict=False))


def _verdicts(words: Sequence[str]) -> Iterator[str]:
    """What rules say of it."""
    yield "told" if rules.about_writer(words) else "quiet"
    if rules.speaks_of_others(words):
        yield "others"
    if rules.points_at_writer(words):
        yield "pointed"
