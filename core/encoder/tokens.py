"""A text in pieces: words, rows of digits, single signs, ends of lines."""

import re
from typing import Final

CLOSED: Final = "\ufffc"
"""Stands for words that were closed already."""

DIGITS: Final = frozenset("0123456789")
_TOKEN: Final = re.compile(rf"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|[0-9]+|\n|[^\w\s]|_|{CLOSED}")


class Tokens:
    """Those of a text in order, in columns: what is written, and where it begins; what stands between them is space."""

    __slots__ = ("said", "starts")

    def __init__(self, text: str) -> None:
        self.said: list[str] = _TOKEN.findall(text)
        self.starts: list[int] = []
        at = 0
        for said in self.said:
            at = text.index(said, at)  # no token begins in what stands between
            self.starts.append(at)
            at += len(said)

    def __len__(self) -> int:
        return len(self.said)

    def end(self, at: int) -> int:
        """Behind the last character of one."""
        return self.starts[at] + len(self.said[at])
