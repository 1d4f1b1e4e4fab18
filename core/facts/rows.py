"""The table of facts, made ready: lists of words become patterns, and what a pattern has caught becomes a value."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from core.toml_rows import parsed

SORTS: Final = ("", "since", "often", "what", "many")
NIGHTS: Final = 7


@dataclass(frozen=True, slots=True)
class FactRow:
    """One kind of fact; without `says` it only takes words away that are none."""

    says: str
    sort: str
    patterns: tuple[str, ...]
    hints: tuple[str, ...]  # letters of which some must stand somewhere
    count: str = ""  # where none was said: a week is one


def _either(words: Iterable[str]) -> str:
    """One of the words, the longest first, so that none hides a longer one; `_` is a space inside one."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word.replace("_", " ")) for word in longest)


def _numbered(lists: Iterable[str]) -> Mapping[str, str]:
    return {word.replace("_", " "): str(at) for at, words in enumerate(lists, 1) for word in words.split()}


def _counted(ones: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Twenty and twelve, from two."""
    for word, digit in ones.items():
        yield word, digit
        if len(digit) == 1:
            yield f"{word} puluh", f"{digit}0"
            yield f"{word} belas", f"1{digit}"


_TABLE: Final = parsed(files(__package__).joinpath("facts.toml").read_text(encoding="utf-8"))
_UNITS: Final = {word: unit for unit, words in _TABLE["unit"].items() for word in words.split()}
_DAYS: Final = _numbered(_TABLE["day"]["names"])
_MONTHS: Final = _numbered(_TABLE["month"]["names"])
_ABOUT: Final = {
    word.replace("_", " "): about for about, words in _TABLE["number"]["about"].items() for word in words.split()
}
_NUMBERS: Final = {**dict(_counted(_numbered(_TABLE["number"]["one"]))), "sebelas": "11", "seratus": "100", **_ABOUT}

_DIGITS: Final = r"(?P<number>\d{1,5}[a-z]?)(?![\w/]|[-.]\d)"
_SMALL: Final = r"[bcdfghjklmnpqrstvwxyz]{1,4}"  # a code in small letters has no vowel, words have
_PARTS: Final = {
    **{name: f"(?:{_either(words.split())})" for name, words in _TABLE["words"].items()},
    "number": rf"(?P<count>\d{{1,3}}(?:\s?-\s?\d{{1,3}})?|{_either(_NUMBERS)})",
    "unit": rf"(?P<unit>{_either(_UNITS)})",
    "again": _either(_UNITS),
    "day": rf"(?P<day>{_either(_DAYS)})",
    "night": rf"(?P<night>{_either(_DAYS)})",
    "eve": rf"(?P<eve>{_either(_DAYS)})",
    "month": rf"(?P<month>{_either(_MONTHS)})",
    "digits": _DIGITS,
    "lettered": (
        rf"(?!(?:{_either(_TABLE['words']['road'].split())})[-. ]?\d)"
        rf"(?P<letters>{_SMALL}[-. ]|[a-z]{{1,4}}[-.]?){_DIGITS}"
    ),
}


def _filled(pattern: str) -> str:
    return re.sub(r"(?<!\?P)<(\w+)>", lambda part: _PARTS[part[1]], pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a row; made at its first use, for most commands look for no facts."""
    return re.compile(pattern)


ROWS: Final = tuple(
    FactRow(
        row.get("says", ""),
        row.get("sort", ""),
        tuple(map(_filled, row["patterns"])),
        tuple(row.get("hints", "").split()) or ("",),
        row.get("count", ""),
    )
    for row in _TABLE["row"]
)


def says() -> Iterator[str]:
    """Every phrase that a row may end in."""
    for row in ROWS:
        if row.says:
            yield from {row.says.format(unit=unit) for unit in _TABLE["unit"]}


def about() -> Iterator[str]:
    """What stands for a count that nobody counted: dozens, hundreds."""
    yield from _TABLE["number"]["about"]


_READ: Final[Mapping[str, tuple[str, Callable[[re.Match[str]], str]]]] = {
    "unit": ("unit", lambda found: _UNITS[found["unit"]]),
    "count": ("count", lambda found: _NUMBERS.get(found["count"], found["count"].replace(" ", ""))),
    "once": ("count", lambda _: "1"),
    "twice": ("count", lambda _: "2"),
    "day": ("day", lambda found: _DAYS[found["day"]]),
    "night": ("night", lambda found: _DAYS[found["night"]]),
    "eve": ("night", lambda found: str((int(_DAYS[found["eve"]]) - 2) % NIGHTS + 1)),  # malam Minggu is Saturday's
    "saturday": ("night", lambda _: "6"),
    "date": ("date", lambda found: found["date"]),
    "month": ("month", lambda found: _MONTHS[found["month"]]),
    "monthno": ("month", lambda found: str(int(found["monthno"]))),
    "year": ("year", lambda found: found["year"]),
    "number": ("number", lambda found: f"{_letters(found)}{found['number']}".upper()),
    "code": ("number", lambda found: f"{found.groupdict().get('letters', '')}{found['code']}".upper()),
}


def _letters(found: re.Match[str]) -> str:
    letters = found.groupdict().get("letters", "")
    return f"{letters.strip(' .-')}-" if letters else ""


def meaning(row: FactRow, match: re.Match[str]) -> Mapping[str, str]:
    """What was caught, by the names that phrases use; always in the same order, however it was said."""
    caught = {name for name, word in match.groupdict().items() if word is not None}
    given = {"count": row.count} if row.count else {}
    return given | {name: read(match) for group, (name, read) in _READ.items() if group in caught}
