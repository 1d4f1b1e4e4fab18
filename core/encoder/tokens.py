"""A text in pieces: words, rows of digits, single signs, ends of lines."""

import re
from typing import Final, NamedTuple

CLOSED: Final = "\ufffc"
"""Stands for words that were closed already."""

DIGITS: Final = frozenset("0123456789")
_TOKEN: Final = re.compile(rf"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|[0-9]+|\n|[^\w\s]|_|{CLOSED}")


class Token(NamedTuple):
    """Where a piece stands, in characters, and what is written there."""

    start: int
    end: int
    said: str


def tokens(text: str) -> list[Token]:
    """In order; what stands between them is space."""
    return [Token(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text)]
