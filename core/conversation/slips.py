"""What few words put right of what was sent: that it is wrong, and what it should have been."""

from dataclasses import dataclass
from itertools import dropwhile

from core.conversation.intents import normal, tells_problem
from core.toml_rows import read, word_table

_SLIP = word_table(read(__package__, "intents.toml"), "slip")
_SLIP_WORDS = 7
_INSTEAD_WORDS = 12
_FEW_WORDS = 4


def corrects(text: str) -> bool:
    """Whether few words correct what was sent, and tell no problem: "eh salah, harusnya tebet barat"."""
    said = normal(text).split()
    begun = dropwhile(_SLIP["before"].__contains__, said)
    slips = len(said) <= _SLIP_WORDS and next(begun, "") in _SLIP["begin"]
    return slips and not set(begun).isdisjoint(_SLIP["behind"]) and not tells_problem(text)


@dataclass(frozen=True, slots=True, repr=False)
class Instead:
    """What it should have been; `denied`: what it is not, empty where nothing names that."""

    words: str
    denied: str = ""


def put_instead(text: str) -> Instead | None:
    """What few words put in the place of what was sent: "harusnya tebet barat", "bukan lampu tapi got"."""
    said = list(dropwhile(_SLIP["before"].__contains__, normal(text).split()))
    while said and said[-1] in _SLIP["behind"]:
        said.pop()  # "tebet barat maksudnya"
    if len(said) > _INSTEAD_WORDS or not set(said).isdisjoint(_SLIP["also"]):
        return None
    at = next((at for at, word in enumerate(said) if word in _SLIP["instead"]), None)
    if at is not None:
        return _put(said[:at], said[at], said[at + 1 :])
    head, comma, _ = text.partition(",")
    first = [word for word in normal(head).split() if word not in _SLIP["before"]]
    put = _put(first, "", said[len(first) :]) if comma and first else None
    if put is not None:
        return put
    if said[:1] == ["ralat"]:
        return _put(said[:1], "", said[1:])
    before, _, behind = " ".join(said).partition(" bukan ")
    few = max(len(before.split()), len(behind.split())) <= _FEW_WORDS
    return Instead(before, behind) if behind and few else None


def _put(said: list[str], pivot: str, behind: list[str]) -> Instead | None:
    """`pivot`: what stands between what it is not and what it is; empty: a comma."""
    head = [word for word in said if word not in _SLIP["about"]]
    rest = " ".join(dropwhile((_SLIP["filler"] + _SLIP["about"]).__contains__, behind))
    few = len(rest.split()) <= _FEW_WORDS + 1
    if not rest or pivot in _SLIP["to"]:
        return Instead(rest) if rest and few and head and set(head) <= set(_SLIP["moves"]) else None
    denied = list(dropwhile(_SLIP["refused"].__contains__, head))
    wrong = head[: len(head) - len(denied)]
    if denied and (not wrong or wrong[-1] in _SLIP["begin"] or len(denied) > _FEW_WORDS):
        return None
    return Instead(rest, " ".join(denied)) if wrong or (pivot and pivot not in _SLIP["but"] and few) else None


def speaks_of_place(text: str) -> bool:
    """Whether words name a place as such: "alamatnya salah"."""
    return not set(normal(text).split()).isdisjoint(_SLIP["of_place"])
