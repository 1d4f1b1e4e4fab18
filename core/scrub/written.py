"""Words where only coded sound and pictures should be: a bend may move what stood beside them into them.

No decoder tells such bytes from sound. But coded sound looks like chance, which writes eleven letters in a row seldom
and words never; `letters` has the numbers. Samples as they are do not look like chance: see `wav`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product

from core.scrub.letters import ENOUGH, FOLLOWS, LEAST, MANY, MOST, MOVES, SIGNS, TEXT

_KINDS = dict.fromkeys(SIGNS, " ") | {
    byte: kind
    for kind, first, last in (("0", 0x30, 0x39), ("A", 0x41, 0x5A), ("a", 0x61, 0x7A))
    for byte in range(first, last + 1)
}
_SEEN = bytes(ord("t") if byte in TEXT else ord("z") if byte == 0 else 0 for byte in range(256))
_ROW, _WIDE_ROW = re.compile(rb"t+"), re.compile(rb"(?:tz)+t?")
_LETTER = 0x1F  # bits that number a letter, small or capital


def _told(one: int, other: int) -> int:
    kinds = _KINDS[one] + _KINDS[other]
    if kinds in {"aa", "AA", "Aa"}:
        return int(FOLLOWS[(one & _LETTER) - 1][(other & _LETTER) - 1]) - 2 - (kinds != "aa")
    return MOVES[kinds]


_TOLD = {pair: _told(*pair) for pair in product(TEXT, TEXT)}


def speaks(data: bytes) -> bool:
    """Whether something in coded sound or pictures is written, one or two bytes a letter."""
    seen = data.translate(_SEEN)
    plain, wide = set[bytes](), set[bytes]()  # equal rows are asked once
    for known, rows in (
        (plain, (data[start:end] for start, end in _rows(seen))),
        (wide, (data[at:end:2] for at, end in _wide_rows(seen))),
    ):
        for row in rows:
            known.add(row)
            if len(known) > MOST:
                return True
    return any(map(_is_words, plain | wide))


def words_in_samples(sound: bytes) -> Iterator[tuple[int, int]]:
    """From where to where something is written in samples of sixteen bits, one byte a letter."""
    return ((at, end) for at, end in _rows(sound.translate(_SEEN)) if _is_words(sound[at:end]))


def wide_words(sound: bytes) -> Iterator[tuple[int, int]]:
    """The same with two bytes a letter, the letter first."""
    return ((at, end) for at, end in _wide_rows(sound.translate(_SEEN)) if _is_words(sound[at:end:2]))


def _rows(seen: bytes) -> Iterator[tuple[int, int]]:
    return _found(seen, b"t" * LEAST, _ROW.match)


def _wide_rows(seen: bytes) -> Iterator[tuple[int, int]]:
    return _found(seen, b"tz" * (LEAST - 1) + b"t", _WIDE_ROW.match)


def _found(
    seen: bytes, begins: bytes, whole: Callable[[bytes, int], re.Match[bytes] | None]
) -> Iterator[tuple[int, int]]:
    at = seen.find(begins)
    while at >= 0 and (row := whole(seen, at)):
        yield row.span()
        at = seen.find(begins, row.end())


def _is_words(row: bytes) -> bool:
    bits, known = 0, set[tuple[int, int]]()
    for pair in pairwise(row):
        told = _TOLD[pair]
        bits = max(0, bits + (min(told, 0) if pair in known else told))
        known.add(pair)
        if bits >= ENOUGH or len(known) >= MANY:
            return True
    return False
