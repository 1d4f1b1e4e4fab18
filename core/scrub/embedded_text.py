"""Finds text where only coded sound and pictures should be: damage may move what stood beside them among them.

No decoder tells such bytes from sound. But coded sound looks like chance, which writes eleven letters in a row seldom
and words never. Samples as they are do not look like chance: see `wav`. The only reading that writers and proofs share.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from operator import and_
from typing import Final

import numpy as np
import numpy.typing as npt

_SIGNS = b" .,:/@_-+'"  # what stands between words, in numbers, addresses and dates
TEXT: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + _SIGNS)

# Of a letter and the next one (a row for the first, a digit for the second): how many bits it tells against chance,
# which has 256 ways; and two more, so that no digit has a sign. A capital in a row of them tells one bit less.
# Counted in Indonesian and English words, names of people and of cameras.
_FOLLOWS = (
    "24551245425668050666323050",  # a
    "82227011622522630524700040",  # b
    "71417007605510700536400040",  # c
    "83057222803332610551601030",  # d
    "54464343324657251776043430",  # e
    "61116612801501800625500000",  # f
    "80027065605423620552602000",  # g
    "81027000702133720414501030",  # h
    "54554444125658540567240203",  # i
    "91126121613411551141711111",  # j
    "83218011622334640454601020",  # k
    "81157402703632630153620040",  # l
    "86038002602240660241500020",  # m
    "60566280533314620056420050",  # n
    "34452543315667450756645221",  # o
    "81037015523622750645600030",  # p
    "44444444444744444544944444",  # q
    "73257042725344620256623050",  # r
    "71327015714342552157603020",  # s
    "71217217710312630654603040",  # t
    "65355144326667150766000000",  # u
    "71119121711111511111112121",  # v
    "81227307702205620551302010",  # w
    "63435333633343353338333473",  # x
    "92336031420232650365501013",  # y
    "73348333735433633333433334",  # z
)
# The same between other kinds of sign: small letter (a), capital (A), digit (0), sign.
_MOVES = {
    "a0": -1, "a ": 1, "aA": -3, "A0": 0, "A ": 1, "00": 4, "0 ": 2, "0a": -1, "0A": -1, " a": 2, " A": 1, " 0": 2,
    "  ": 0,
}  # fmt: skip

_LEAST = 11  # signs in a row, under which nothing is asked: chance makes shorter ones everywhere
_ENOUGH = 30  # bits that make words of a row, each pair counted once; in chance about once in 30 gigabytes
_VARIED = 6  # different signs that a row of words has at least: coded film has patterns of a few, most of all of digits
_MANY = 22  # different pairs that make words of a row, whatever the letters
_MOST = 10_000  # different rows in one file; what has more is not coded sound
_MOST_IN_SAMPLES = 100_000  # the same in samples, of which loud and soft ones have thousands; then all count as words
_LONGEST = 10_000  # letters of a row that need not be read to be words, where they are not always the same few

_KINDS = dict.fromkeys(_SIGNS, " ") | {
    byte: kind
    for kind, first, last in (("0", 0x30, 0x39), ("A", 0x41, 0x5A), ("a", 0x61, 0x7A))
    for byte in range(first, last + 1)
}
_SEEN = bytes(ord("t") if byte in TEXT else ord("z") if byte == 0 else 0 for byte in range(256))
_ROW = re.compile(b"[%b]{%d,}" % (re.escape(bytes(sorted(TEXT))), _LEAST))
_WIDE_ROW, _WIDE_BEGINS = re.compile(rb"(?:tz)+t?"), b"tz" * (_LEAST - 1) + b"t"
_FIRST, _LAST = min(TEXT), max(TEXT)
_DOUBLINGS = (1, 2, 4, 3)  # two, four, eight, eleven in a row
_WIDE_DOUBLINGS = (2, 4, 8, 4)  # two, four, eight, ten letters with zeros between
_BLOCK, _BESIDE = 1 << 16, 2 * _LEAST
_LETTER = 0x1F  # bits that number a letter, small or capital
_LOUD = bytes(byte in range(0x86, 0xE0) for byte in range(256))  # upper halves of loud samples below the middle
_EMPTY = bytes(byte == 0 for byte in range(256))


def _worth(one: int, other: int) -> int:
    kinds = _KINDS[one] + _KINDS[other]
    if kinds in {"aa", "AA", "Aa"}:
        return int(_FOLLOWS[(one & _LETTER) - 1][(other & _LETTER) - 1]) - 2 - (kinds != "aa")
    return _MOVES[kinds]


_WORTH = {pair: _worth(*pair) for pair in product(TEXT, TEXT)}


def has_text(data: bytes) -> bool:
    """Whether something in coded sound or pictures is written, one or two bytes a letter."""
    plain, wide = set[bytes](), set[bytes]()  # equal rows are asked once
    for known, rows in (
        (plain, (data[start:end] for start, end in _rows(data))),
        (wide, (data[at:end:2] for at, end in _wide_rows(data))),
    ):
        for row in rows:
            known.add(row)
            if len(known) > _MOST:
                return True
    return any(map(_is_words, plain | wide))


def samples_have_text(sound: bytes) -> bool:
    """The same of samples of sixteen bits: where loud ones have zeros below them anyway, they look like letters."""
    rows = list(_rows(sound))
    if len(rows) > _MOST_IN_SAMPLES or any(_is_words(sound[at:end]) for at, end in rows):
        return True
    wide = wide_text(sound)
    upper = sum((end - at + 1) // 2 for at, end in wide)
    return any(at % 2 == 0 for at, _ in wide) or (upper > 0 and not _coarse(sound, upper))


def wide_text(sound: bytes) -> list[tuple[int, int]]:
    """From where to where something is written in samples, two bytes a letter, the letter first."""
    rows = list(_wide_rows(sound))
    return rows if len(rows) > _MOST_IN_SAMPLES else [(at, end) for at, end in rows if _is_words(sound[at:end:2])]


def _coarse(sound: bytes, upper: int) -> bool:
    """Whether loud samples have zeros in their lower halves anyway, as those have that were once of eight bits.

    Those below the middle are asked, of which no byte is a letter. `upper`: how many samples make words.
    """
    loud = sound[1::2].translate(_LOUD)
    empty = sum(map(and_, loud, sound[::2].translate(_EMPTY)))
    return 2 * int(empty) > max(loud.count(1), upper)


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
        yield from zip(firsts.tolist(), (lasts + _LEAST).tolist(), strict=True)


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
    if len(row) > _LONGEST:
        return len(set(row)) >= _VARIED
    bits, known = 0, set[tuple[int, int]]()
    for pair in pairwise(row):
        worth = _WORTH[pair]
        bits = max(0, bits + (min(worth, 0) if pair in known else worth))
        known.add(pair)
        if len(known) >= _MANY or (bits >= _ENOUGH and len(set(row)) >= _VARIED):
            return True
    return False
