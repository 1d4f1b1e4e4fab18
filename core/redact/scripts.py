"""Texts in a script that the tagger never learned: left alone, it closes whole sentences there, and misses numbers."""

import re
from collections.abc import Sequence
from typing import Final

_LATIN: Final = r"A-Za-z\u00aa-\u024f\u1e00-\u1eff"
_LEARNED: Final = re.compile(rf"[{_LATIN}]")
_UNLEARNED: Final = re.compile(rf"[^\W\d_{_LATIN}]")
_BEFORE: Final = 2  # tokens: a word that announces, and a colon


def is_unlearned(text: str) -> bool:
    """Whether most letters of a text are of such a script."""
    return not text.isascii() and len(_UNLEARNED.findall(text)) > len(_LEARNED.findall(text))


def is_announced(start: int, end: int, said: Sequence[str]) -> bool:
    """Whether these tokens hold a word of a learned script, or stand behind one, as a name does behind "nama:"."""
    return any(map(_LEARNED.match, said[max(start - _BEFORE, 0) : end]))
