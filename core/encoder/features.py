"""What is seen of a token besides its word: how it is written, where in its line it stands, how long its number is."""

import re
from string import ascii_letters, ascii_uppercase
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.encoder.tokens import CLOSED, DIGITS, Tokens

_SIGNS: Final = {sign: at for at, sign in enumerate("\n" + CLOSED)} | {
    sign: at for at, sign in enumerate(".,:-()/@_!?\"'+#=", 8)
}
SIGNS: Final = frozenset(_SIGNS)
"""What is known by itself, and is nobody's word."""
_DIGITS, _SMALL, _LOUD, _LETTER, _TITLE, _MIXED, _OTHER = 2, 3, 4, 5, 6, 7, 24
SHAPES: Final = 25
FLAGS: Final = 14

_RUN: Final = re.compile(r"[0-9][0-9 .\-()/]*[0-9]|[0-9]")
_SHOUTED, _HUSHED = 0.7, 0.01  # share of capitals
_FIRST, _LAST = 3, 4  # tokens from the ends of the text
_SIXTEEN: Final = 16
_TWENTY: Final = 20
_DIALLED: Final = range(9, 15)
_FEW: Final = 3
_MOBILE: Final = ("08", "628")

Flags = NDArray[np.float32]


def shape(said: str) -> int:
    """One of SHAPES: the sign that it is, or how its letters are written."""
    if said in _SIGNS:
        return _SIGNS[said]
    if said[0] in DIGITS:
        return _DIGITS
    if not said[0].isalpha():
        return _OTHER
    if said.islower():
        return _SMALL
    if len(said) == 1:
        return _LETTER
    if said.isupper():
        return _LOUD
    return _TITLE if said[0].isupper() and said[1:].islower() else _MIXED


def flags(text: str, tokens: Tokens) -> Flags:
    """FLAGS numbers from 0 to 1 for each token of `text`."""
    found = np.zeros((len(tokens), FLAGS), np.float32)
    loud = _loudness(text)
    found[:, 0], found[:, 1] = loud > _SHOUTED, loud < _HUSHED
    said, starts = tokens.said, tokens.starts
    found[1:, 2] = [one + len(word) == other for one, word, other in zip(starts, said, starts[1:], strict=False)]
    found[:1, 3] = found[-1:, 4] = 1
    if "\n" in text:
        breaks = [each == "\n" for each in said]
        found[1:, 3], found[:-1, 4] = breaks[:-1], breaks[1:]
    found[:_FIRST, 5] = 1
    found[-_LAST:, 6] = 1
    _count(text, tokens, found)
    return found


def _loudness(text: str) -> float:
    """The share of capitals among its letters."""
    if text.isascii():
        written = text.encode()
        capitals = len(written) - len(written.translate(None, ascii_uppercase.encode()))
        letters = len(written) - len(written.translate(None, ascii_letters.encode()))
    else:
        capitals = sum(map(str.isupper, filter(str.isalpha, text)))
        letters = sum(map(str.isalpha, text))
    return capitals / max(letters, 1)


def _count(text: str, tokens: Tokens, found: Flags) -> None:
    """The numbers of digits: of the token, and of the whole row that it is part of."""
    runs = _RUN.finditer(text)
    run = next(runs, None)
    digits = _digits(run)
    for at, said in enumerate(tokens.said) if run is not None else ():
        if said[0] not in DIGITS:
            continue
        while run is not None and run.end() <= tokens.starts[at]:
            run = next(runs, None)
            digits = _digits(run)
        size = len(digits)
        found[at, 7:] = (
            min(len(said), _SIXTEEN) / _SIXTEEN,
            min(size, _TWENTY) / _TWENTY,
            digits.startswith(_MOBILE),
            size == _SIXTEEN,
            size in _DIALLED,
            size <= _FEW,
            1,
        )


def _digits(run: re.Match[str] | None) -> str:
    return "".join(sign for sign in run.group() if sign in DIGITS) if run else ""
