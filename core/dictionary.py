"""Plain words of reports, nobody's names: what can be known of one of them is found out once."""

from collections.abc import Callable
from functools import wraps
from importlib.resources import files
from typing import Final, TypeVar

T = TypeVar("T")

FILE: Final = "dictionary.txt"
WORDS: Final = frozenset(files(__package__).joinpath(FILE).read_text("utf-8").split())


def by_word(read: Callable[[str], T]) -> Callable[[str], T]:
    """A pure function of one word in small letters. Only plain words stay in memory, never a citizen's own."""
    known: dict[str, T] = {}

    @wraps(read)
    def reading(word: str) -> T:
        if word in known:
            return known[word]
        found = read(word)
        if word in WORDS:
            known[word] = found
        return found

    return reading
