"""What is said to us and is no report: adverts, questions about services, praise, threats, keys hit at random."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from core import areas
from core.conversation.words import normal

_KEYS: Final = re.compile(r"(.)\1*|(?:asdf|qwer|zxcv|hjkl|ghjk|wkwk|haha|hehe|xixi|jkl)[a-z]*|[^aeiou\s\d]{4,}")
_JUNK_WORDS: Final = 4  # more of them may be a language that we do not know


@dataclass(frozen=True, slots=True)
class _Kind:
    """A row of the table. `words`: in a longer message it is not looked for."""

    say: str
    words: int
    needs: tuple[frozenset[str], ...]


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


_TABLE = tomllib.loads(files(__package__).joinpath("remarks.toml").read_text(encoding="utf-8"))
_COMPLAINT: Final = _listed(_TABLE["complaint"])
_KINDS: Final = tuple(
    _Kind(row["say"], row["words"], tuple(_listed(need) for need in row["needs"])) for row in _TABLE["kind"]
)


def remark_in(text: str) -> str:
    """The phrase that answers a message that is no report; empty where it may be one."""
    said = normal(text)
    words = said.split()
    if not words or _holds(said, _COMPLAINT) or areas.find(text).certain:
        return ""
    if len(words) <= _JUNK_WORDS and all(_KEYS.fullmatch(word) for word in words):
        return "idle_help"
    marked = f"{said} ?" if "?" in text else said
    fits = (each for each in _KINDS if len(words) <= each.words and all(_holds(marked, need) for need in each.needs))
    return next((each.say for each in fits), "")


def _holds(said: str, words: frozenset[str]) -> bool:
    around = f" {said} "
    return any(f" {word} " in around for word in words)
