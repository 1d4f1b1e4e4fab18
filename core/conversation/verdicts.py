"""What a yes or a no says, with the words behind it: whether a problem is solved, or a photo shows the place."""

import re
from typing import Final

from core import places
from core.conversation.intents import VERDICT, WORDS, normal, number_of, tells_problem, words_in
from core.toml_rows import any_of

_YES, _THANKS, _TITLES = WORDS["yes"], WORDS["thanks"], WORDS["titles"]
_NO: Final = WORDS["no"] | WORDS["wrong"] | WORDS["objects"]
_THUMBS_UP, _THUMBS_DOWN = "[\U0001f44d\U0001f44c\u2705]", "[\U0001f44e\u274c]"
_VERDICT: Final = re.compile(
    rf"\W*(?:(?P<one>1)|(?P<two>2)|(?P<yes>{any_of(VERDICT['solved'])}|{_THUMBS_UP})"
    rf"|(?P<no>{any_of(VERDICT['unsolved'])}|{_THUMBS_DOWN}))"
    r"(?![\w-])[\s.,:;!\u2013\u2014-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BUT: Final = re.compile(rf"\b(?:{any_of(VERDICT['but'])})\b", re.IGNORECASE)
_DONE, _AT_ALL = frozenset(VERDICT["done"]), frozenset(VERDICT["at_all"])
_NUMBERED = {1: True, 2: False}
_FEW = 4  # words behind a yes or a no, thanks not counted, where it may as well begin a story
_MORE = 20
_HALF_WORDS = 8  # of a yes that is taken back: a longer one may be a story


def verdict_of(text: str, *, asked: bool) -> tuple[bool, str] | None:
    """Whether words say that a problem is solved, and what stands behind; None where they say neither.

    `asked`: they surely answer that question. Else "sudah tiga hari gelap", "tidak ada air" and "2 lampu mati di
    Cikini" are no answer to it: only a number, "belum", or a few words behind a yes or a no that tell of no problem.
    """
    number = number_of(text)
    if number is not None and number in _NUMBERED:
        return _NUMBERED[number], ""
    found = _VERDICT.fullmatch(text.strip())
    if found is None:
        return None
    rest = found["rest"].strip() if any(map(str.isalnum, found["rest"])) else ""
    solved = bool(found["one"] or found["yes"])
    if solved and (_BUT.search(rest) or not (_well(rest, asked=asked) if found["yes"] else _no_worse(rest))):
        return None
    if asked or (solved and found["yes"]):
        return solved, rest
    if found["no"]:
        sure = _unwell(found["no"].lower(), rest)
    else:
        # "2 lampu mati di Cikini" begins with a number by chance.
        sure = bool(_BUT.search(rest)) or not (tells_problem(rest) and places.find(rest).candidates)
    return (solved, rest) if sure else None


def is_half_verdict(text: str) -> bool:
    """Whether few words begin with a yes and take it back: "sudah, tapi yang sebelahnya mati", "1 atau 2?"."""
    found = _VERDICT.fullmatch(text.strip())
    if found is None or not (found["one"] or found["yes"]) or words_in(text) > _HALF_WORDS:
        return False
    doubted = bool(found["one"] or _BUT.search(found["rest"]))
    return doubted and verdict_of(text, asked=True) is None and not places.find(text).candidates


def _no_worse(rest: str) -> bool:
    """Behind a 1: anything but the other number, or a problem that nothing says to be over."""
    said = set(normal(rest).split())
    return "2" not in said and (not tells_problem(rest) or not _DONE.isdisjoint(said))


def _well(rest: str, *, asked: bool) -> bool:
    """Behind a yes: thanks, or words that say it went well."""
    said = [word for word in normal(rest).split() if word not in _THANKS | _TITLES]
    return not said or (not _DONE.isdisjoint(said) and (asked or len(said) <= _FEW))


def _unwell(no: str, rest: str) -> bool:
    """Behind a no: of "belum" much, of "masih" little, of "tidak" only what repeats it."""
    if no in VERDICT["not_yet"]:
        return len(rest.split()) <= _MORE
    if no in VERDICT["still"]:
        return len(rest.split()) <= _FEW and not tells_problem(rest)
    return set(normal(rest).split()) <= _DONE | _THANKS | _TITLES | _AT_ALL


def agrees(text: str) -> bool | None:
    """Whether few words begin with a yes or a no: "iya bener di situ", "bukan, di depan sekolah"; None: with neither.

    A yes that is taken back is neither.
    """
    first, *behind = normal(text).split() or [""]
    if len(behind) >= _HALF_WORDS:
        return None
    if first in _NO:
        return False
    return True if first in _YES and not _BUT.search(" ".join(behind)) else None
