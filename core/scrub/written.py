"""Words where only coded sound and pictures should be: a bend may move what stood beside them into them.

No decoder tells such bytes from sound. But coded sound looks like chance, which writes eleven letters in a row seldom
and words never; `letters` has the numbers. Samples as they are do not look like chance: see `wav`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt

from core.scrub.letters import ENOUGH, FOLLOWS, LEAST, LONGEST, MANY, MOST, MOST_IN_SAMPLES, MOVES, SIGNS, TEXT, VARIED

_KINDS = dict.fromkeys(SIGNS, " ") | {
    byte: kind
    for kind, first, last in (("0", 0x30, 0x39), ("A", 0x41, 0x5A), ("a", 0x61, 0x7A))
    for byte in range(first, last + 1)
}
_SEEN = bytes(ord("t") if byte in TEXT else ord("z") if byte == 0 else 0 for byte in range(256))
_ROW = re.compile(b"[%b]{%d,}" % (re.escape(bytes(sorted(TEXT))), LEAST))
_WIDE_ROW, _WIDE_BEGINS = re.compile(rb"(?:tz)+t?"), b"tz" * (LEAST - 1) + b"t"
_FIRST, _LAST = min(TEXT), max(TEXT)
_DOUBLINGS = (1, 2, 4, 3)  # two, four, eight, eleven in a row
_WIDE_DOUBLINGS = (2, 4, 8, 4)  # two, four, eight, ten letters with zeros between
_BLOCK, _BESIDE = 1 << 16, 2 * LEAST
_LETTER = 0x1F  # bits that number a letter, small or capital


def _told(one: int, other: int) -> int:
    kinds = _KINDS[one] + _KINDS[other]
    if kinds in {"aa", "AA", "Aa"}:
        return int(FOLLOWS[(one & _LETTER) - 1][(other & _LETTER) - 1]) - 2 - (kinds != "aa")
    return MOVES[kinds]


_TOLD = {pair: _told(*pair) for pair in product(TEXT, TEXT)}


def speaks(data: bytes) -> bool:
    """Whether something in coded sound or pictures is written, one or two bytes a letter."""
    plain, wide = set[bytes](), set[bytes]()  # equal rows are asked once
    for known, rows in (
        (plain, (data[start:end] for start, end in _rows(data))),
        (wide, (data[at:end:2] for at, end in _wide_rows(data))),
    ):
        for row in rows:
            known.add(row)
            if len(known) > MOST:
                return True
    return any(map(_is_words, plain | wide))


def words_in_samples(sound: bytes) -> list[tuple[int, int]]:
    """From where to where something is written in samples of sixteen bits, one byte a letter."""
    rows = list(_rows(sound))
    return rows if len(rows) > MOST_IN_SAMPLES else [(at, end) for at, end in rows if _is_words(sound[at:end])]


def wide_words(sound: bytes) -> list[tuple[int, int]]:
    """The same with two bytes a letter, the letter first."""
    rows = list(_wide_rows(sound))
    return rows if len(rows) > MOST_IN_SAMPLES else [(at, end) for at, end in rows if _is_words(sound[at:end:2])]


def _rows(data: bytes) -> Iterator[tuple[int, int]]:
    for start, end in _stretches(data):
        yield from (row.span() for row in _ROW.finditer(data, start, end))


def _stretches(data: bytes) -> Iterator[tuple[int, int]]:
    """Where enough bytes in a row are between a blank and the last letter: little is left to be read one by one."""
    found = [at + np.flatnonzero(marks) for at, marks in _joined(data, _letters, _DOUBLINGS)]
    places = np.concatenate(found) if found else np.array([], np.intp)
    if places.size:
        ends = np.flatnonzero(np.diff(places) > 1)
        firsts, lasts = places[np.append(0, ends + 1)], places[np.append(ends, -1)]
        yield from zip(firsts.tolist(), (lasts + LEAST).tolist(), strict=True)


def _wide_rows(data: bytes) -> Iterator[tuple[int, int]]:
    if any(True for _ in _joined(data, _wide_letters, _WIDE_DOUBLINGS)):
        seen = data.translate(_SEEN)
        at = seen.find(_WIDE_BEGINS)
        while at >= 0 and (row := _WIDE_ROW.match(seen, at)):
            yield row.span()
            at = seen.find(_WIDE_BEGINS, row.end())


_Bytes = npt.NDArray[np.uint8]
_Marks = npt.NDArray[np.bool_]


def _letters(data: _Bytes) -> _Marks:
    return (data - np.uint8(_FIRST)) <= _LAST - _FIRST  # below the first, numbers go round


def _wide_letters(data: _Bytes) -> _Marks:
    return _letters(data)[:-1] & np.equal(data[1:], 0)


def _joined(data: bytes, marked: Callable[[_Bytes], _Marks], steps: tuple[int, ...]) -> Iterator[tuple[int, _Marks]]:
    """Where marks stand with others so many steps on, block by block: each step joins two that are joined already."""
    view = np.frombuffer(data, np.uint8)
    for at in range(0, len(data), _BLOCK):  # small enough to stay near the processor
        marks = marked(view[at : at + _BLOCK + _BESIDE])
        for step in steps:
            marks = marks[:-step] & marks[step:]
            if not marks.any():
                break
        else:
            yield at, marks[:_BLOCK]


def _is_words(row: bytes) -> bool:
    if len(row) > LONGEST:
        return len(set(row)) >= VARIED
    bits, known = 0, set[tuple[int, int]]()
    for pair in pairwise(row):
        told = _TOLD[pair]
        bits = max(0, bits + (min(told, 0) if pair in known else told))
        known.add(pair)
        if len(known) >= MANY or (bits >= ENOUGH and len(set(row)) >= VARIED):
            return True
    return False
