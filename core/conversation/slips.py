"""What few words put right of what was sent: that it is wrong, and what it should have been."""

from itertools import dropwhile

from core.conversation.intents import normal, tells_problem
from core.toml_rows import read, word_table

_SLIP = word_table(read(__package__, "intents.toml"), "slip")
_SLIP_WORDS = 7
_INSTEAD_WORDS = 12


def corrects(text: str) -> bool:
    """Whether few words correct what was sent, and tell no problem: "eh salah, harusnya tebet barat"."""
    said = normal(text).split()
    begun = dropwhile(_SLIP["before"].__contains__, said)
    slips = len(said) <= _SLIP_WORDS and next(begun, "") in _SLIP["begin"]
    return slips and not set(begun).isdisjoint(_SLIP["behind"]) and not tells_problem(text)


def put_instead(text: str) -> str:
    """What few words put in the place of what was sent: "harusnya tebet barat", "bukan lampu tapi got"."""
    said = normal(text).split()
    if len(said) > _INSTEAD_WORDS or not set(said).isdisjoint(_SLIP["also"]):
        return ""
    at = next((at for at, word in enumerate(said) if word in _SLIP["instead"]), None)
    if at is None:
        before, behind, _ = normal(text).partition(" bukan ")
        return before if behind else ""
    denied = not set(said[:at]).isdisjoint(_SLIP["refused"])
    begun = all(word in _SLIP["before"] for word in said[:at]) and said[at] not in _SLIP["but"]
    return " ".join(dropwhile(_SLIP["filler"].__contains__, said[at + 1 :])) if denied or begun else ""


def speaks_of_place(text: str) -> bool:
    """Whether words name a place as such: "alamatnya salah"."""
    return not set(normal(text).split()).isdisjoint(_SLIP["of_place"])
