"""Who a word of a question means: who wrote, who is only spoken to, or somebody whom the report is about."""

import re
from collections.abc import Iterator
from typing import Final

from core.staff_words.letters import calm
from core.staff_words.vocabulary import KIND, LISTS, parts

YOU, SPOKEN_TO, THEY, NUMBER = "anda", "kak", "petugas", "#"
"""What stands for all words that mean the writer, that only speak to them, that mean an official; and for a number."""
_TOKEN: Final = re.compile(r"[a-z0-9]+|[,.!?;:/]")
_READ: Final = 160  # words and signs; a text for a citizen has fewer
_YOU: Final = frozenset(LISTS["you"])
_FORMAL: Final = frozenset(LISTS["formal"])
_ADDRESS: Final = frozenset(LISTS["address"])
_TITLES: Final = frozenset(LISTS["titles"])
_THERE: Final = frozenset(LISTS["there"])
_ENDS: Final = frozenset(LISTS["ends"])


def words_of(read: str) -> list[str]:
    """The words of a folded text, each in its one spelling; all who are meant by "you" are one word."""
    tokens = _TOKEN.findall(calm(read.replace("'", "")))[:_READ]
    found: list[str] = []
    for at, token in enumerate(tokens):
        if token.isalnum():
            said = NUMBER if token.isdigit() else token
            found += _meant(tokens, at, said)
    return found


def _meant(tokens: list[str], at: int, token: str) -> Iterator[str]:
    for part in (token,) if token == NUMBER else parts(token):
        if part in _YOU and not _is_place(tokens, at, part):
            yield YOU
        elif part in _FORMAL or part in _ADDRESS:
            yield _person(tokens, at, part)
        else:
            yield part


def _is_place(tokens: list[str], at: int, word: str) -> bool:
    """Whether it is "di situ": the word alone means somebody."""
    return word == "situ" and at > 0 and tokens[at - 1] in _THERE


def _person(tokens: list[str], at: int, word: str) -> str:
    before = tokens[at - 1] if at else "."
    after = tokens[at + 1] if at + 1 < len(tokens) else "."
    if after in _TITLES or (after == "ketua"):
        return THEY
    if before == "," and after in {",", ".", "?", "!"}:
        return SPOKEN_TO
    if after == "/" or before == "/":
        return YOU
    opens, closes = before in {".", "?", "!", ",", ";"}, after in {".", "?", "!", ";"} or after in _ENDS
    if after == ",":
        return SPOKEN_TO
    if word in _FORMAL:
        return SPOKEN_TO if closes and _is_asking(before) else YOU
    return SPOKEN_TO if opens or closes else YOU


def _is_asking(before: str) -> bool:
    """Behind "berapa" or "mana" a title only speaks to somebody; behind "rumah" it says whose."""
    return any(KIND.get(part) in {"ask", "where", "who"} or part in _ENDS for part in parts(before) if before.isalnum())
