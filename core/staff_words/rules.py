"""What asks about the writer, or calls them to come, whatever else is said: patterns over words in one spelling."""

from collections.abc import Sequence
from typing import Final

from core.staff_words.patterns import pattern, several
from core.staff_words.persons import YOU
from core.staff_words.vocabulary import KIND

_ABOUT: Final = several("rules", "about")
_CALLS: Final = several("rules", "calls")
_NOT: Final = pattern("rules", "taken_back")
_EXCUSED: Final = pattern("rules", "excused")
_OTHERS: Final = frozenset(("actor", "thing"))


def about_writer(words: Sequence[str]) -> bool:
    """Whether the words of one sentence, in one spelling each, ask about the writer or call them out."""
    line = " ".join(words)
    if _NOT.search(line):
        return False
    return any(each.search(line) for each in _ABOUT) or _called(line)


def calls_out(words: Sequence[str]) -> bool:
    """Whether they are asked to come, to meet or to call, or will be visited."""
    return _called(" ".join(words))


def points_at_writer(words: Sequence[str]) -> bool:
    """Whether the writer is named for something else than what they saw, know of it, or sent."""
    return YOU in _EXCUSED.sub("", " ".join(words)).split()


def speaks_of_others(words: Sequence[str]) -> bool:
    """Whether somebody or something is named that the report can be about."""
    return any(KIND.get(word) in _OTHERS for word in words)


def _called(line: str) -> bool:
    return any(each.search(line) for each in _CALLS)
