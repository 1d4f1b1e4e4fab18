"""The proof's view of words in sound and pictures: the same numbers as `written` has, asked by other means.

Shares no code with `written`, on purpose; `letters` is a table.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from core.scrub.letters import ENOUGH, FOLLOWS, LEAST, LONGEST, MANY, MOST, MOST_IN_SAMPLES, MOVES, TEXT, VARIED

_CLASS = b"[" + re.escape(bytes(sorted(TEXT))) + b"]"
_Kind = tuple[int, re.Pattern[bytes], re.Pattern[bytes]]
"""Bytes a letter, a stretch of what may be letters, the rows in it."""
_PLAIN: _Kind = 1, re.compile(rb"[ -z]+"), re.compile(_CLASS + b"{%d,}" % LEAST)
_WIDE: _Kind = (
    2,
    re.compile(rb"(?:[ -z]\0)+[ -z]?"),
    re.compile(b"(?:%b\\0){%d,}%b" % (_CLASS, LEAST - 1, _CLASS)),
)
_BELOW = range(0x86, 0xE0)
_BLANK, _Z = b" z"
_BLOCK = 1 << 16  # bytes looked at in one go

_Marks = npt.NDArray[np.bool_]


def silent(data: bytes) -> bool:
    """Whether nothing is written in coded sound or pictures, one or two bytes a letter."""
    rows = [set[bytes](), set[bytes]()]
    for kind, _, row in _rows(data, (_PLAIN, _WIDE)):
        rows[kind].add(row)
        if len(rows[kind]) > MOST:
            return False
    return not any(map(_reads, rows[0] | rows[1]))


def silent_samples(sound: bytes) -> bool:
    """The same of samples of sixteen bits: where loud ones have zeros below them anyway, they look like letters."""
    plain, wide = list[tuple[int, bytes]](), list[tuple[int, bytes]]()
    for kind, at, row in _rows(sound, (_PLAIN, _WIDE)):
        (wide if kind else plain).append((at, row))
    if _reading(plain):
        return False
    words = _reading(wide)
    upper = sum(len(row) for _, row in words)
    return all(at % 2 for at, _ in words) and (not upper or _coarse(sound, upper))


def _reading(rows: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Those that make words, which are all where there are too many."""
    return [(at, row) for at, row in rows if len(rows) > MOST_IN_SAMPLES or _reads(row)]


def _coarse(sound: bytes, upper: int) -> bool:
    """Whether more than half of the loud samples below the middle, where no letter is, have zeros in the lower half."""
    loud = [low for low, high in zip(sound[::2], sound[1::2], strict=False) if high in _BELOW]
    return 2 * loud.count(0) > max(len(loud), upper)


def _rows(data: bytes, kinds: tuple[_Kind, ...]) -> Iterator[tuple[int, int, bytes]]:
    """Which kind, where it begins, its letters; a row is found in the block in which it begins."""
    behind = [0] * len(kinds)
    view = np.frombuffer(data, np.uint8)
    for at in range(0, len(data), _BLOCK):
        block = view[at : at + _BLOCK + 2 * LEAST]
        for kind, (step, whole, row) in enumerate(kinds):
            for place in _begun(block, step):
                if at + place >= behind[kind] and (stretch := whole.match(data, at + place)):
                    yield from (
                        (kind, found.start(), found[0][::step]) for found in row.finditer(data, *stretch.span())
                    )
                    behind[kind] = stretch.end()


def _begun(block: npt.NDArray[np.uint8], step: int) -> list[int]:
    """Places behind which enough bytes that may be letters follow, `step` apart and with zeros between."""
    marks: _Marks = (block >= _BLANK) & (block <= _Z)
    for zero in range(1, step):
        marks = marks[:-zero] & np.equal(block[zero:], 0)
    size = max(0, len(marks) - step * (LEAST - step))
    joined = marks[:size].copy()
    for apart in range(step, step * (LEAST - step) + 1, step):
        if step > 1 and not joined.any():
            break
        joined &= marks[apart : apart + size]
    return np.flatnonzero(joined).tolist()


def _reads(row: bytes) -> bool:
    """Whether some part of a row tells enough, each pair the first time it comes."""
    if len(row) > LONGEST:
        return len(frozenset(row)) >= VARIED
    text = row.decode("ascii")
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    if len(set(pairs)) >= MANY:
        return True
    if len(frozenset(text)) < VARIED or sum(max(0, _worth(pair, again=False)) for pair in pairs) < ENOUGH:
        return False
    first = {pair: at for at, pair in reversed(list(enumerate(pairs)))}
    sums = list(accumulate(_worth(pair, again=first[pair] < at) for at, pair in enumerate(pairs)))
    lowest = accumulate([0, *sums], min)
    return any(high - low >= ENOUGH for high, low in zip(sums, lowest, strict=False))


@cache
def _worth(pair: str, *, again: bool) -> int:
    one, other = pair[0], pair[1]
    if one.isalpha() and other.isalpha() and not (one.islower() and other.isupper()):
        bits = int(FOLLOWS[ord(one.lower()) - 97][ord(other.lower()) - 97]) - 2 - one.isupper()
    else:
        bits = MOVES[
            "".join(
                "0" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.islower() else " " for sign in pair
            )
        ]
    return min(bits, 0) if again else bits
