"""The proof's view of words in sound and pictures: the same numbers as `written` has, asked by other means.

Shares no code with `written`, on purpose; `letters` is a table.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from core.scrub.letters import ENOUGH, FOLLOWS, LEAST, MANY, MOST, MOVES, TEXT, VARIED

_CLASS = b"[" + re.escape(bytes(sorted(TEXT))) + b"]"
_MARKED = bytes(1 if byte in TEXT else 2 if byte == 0 else 3 for byte in range(256))
_PLAIN = b"\1" * LEAST, re.compile(_CLASS + b"+"), 1
_WIDE = b"\1\2" * (LEAST - 1) + b"\1", re.compile(b"(?:" + _CLASS + rb"\0)+" + _CLASS + b"?"), 2
_BELOW = range(0x86, 0xE0)
_BLOCK = 1 << 15  # bytes looked at in one go

_Kind = tuple[bytes, re.Pattern[bytes], int]  # how a row begins once it is marked, all of it, bytes a letter


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
    upper = 0
    for kind, at, row in _rows(sound, (_PLAIN, _WIDE)):
        if _reads(row):
            if not kind or at % 2 == 0:
                return False
            upper += len(row)
    return not upper or _coarse(sound, upper)


def _coarse(sound: bytes, upper: int) -> bool:
    """Whether more than half of the loud samples below the middle, where no letter is, have zeros in the lower half."""
    loud = [low for low, high in zip(sound[::2], sound[1::2], strict=False) if high in _BELOW]
    return 2 * loud.count(0) > max(len(loud), upper)


def _rows(data: bytes, kinds: tuple[_Kind, ...]) -> Iterator[tuple[int, int, bytes]]:
    """Which kind, where it begins, its letters; a row is found in the block in which it begins."""
    behind = [0] * len(kinds)
    for at in range(0, len(data), _BLOCK):
        block = data[at : at + _BLOCK + 2 * LEAST].translate(_MARKED)
        for kind, (begins, whole, step) in enumerate(kinds):
            place = block.find(begins, max(0, behind[kind] - at))
            while place >= 0 and (found := whole.match(data, at + place)):
                yield kind, at + place, found[0][::step]
                behind[kind] = found.end()
                place = block.find(begins, found.end() - at)


def _reads(row: bytes) -> bool:
    """Whether some part of a row tells enough, each pair the first time it comes."""
    text = row.decode("ascii")
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    if len(set(pairs)) >= MANY:
        return True
    if len(frozenset(text)) < VARIED:
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
