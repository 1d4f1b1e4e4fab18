"""How well core.areas reads places: the kecamatan of the lines of tests/places_set.tsv, by half.

Run: python benchmarks/places_figures.py            prints the table that docs/places.md holds, and the time a line
     python benchmarks/places_figures.py --errors   names the lines of the development half that went wrong
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.places import find, outside  # noqa: E402 - run as a script, the root must be on the path first

HALVES: Final = ("development", "blind")
NOWHERE: Final = "-"
_KECAMATAN: Final = len("31.71.01")


@dataclass(frozen=True, slots=True)
class Line:
    """A message, and the code of the kecamatan that it names; `-`: none."""

    half: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one half: first the lines that name a kecamatan in any way, then those that name none."""

    named: int
    sure: int  # the right one, and no other, for certain
    first: int  # the right one before all others
    among: int
    wrongly_sure: int
    wrongly_first: int
    unnamed: int
    alarms: int  # an area, for certain, where none is named
    asked: int  # areas offered where none is named
    told_outside: int


def lines() -> tuple[Line, ...]:
    """Every line of the set, in its order."""
    rows = (ROOT / "tests" / "places_set.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Line(*row.split("\t", 2)) for row in rows)


def figures(half: str, of: tuple[Line, ...]) -> Figures:
    """Counted over the lines of a half."""
    read = [(line, find(line.text)) for line in of if line.half == half]
    named = [
        (line.code, [code[:_KECAMATAN] for code in found.candidates], found.certain)
        for line, found in read
        if line.code != NOWHERE
    ]
    unnamed = [(line, found) for line, found in read if line.code == NOWHERE]
    return Figures(
        named=len(named),
        sure=sum(certain and codes[0] == code for code, codes, certain in named),
        first=sum(codes[:1] == [code] for code, codes, _ in named),
        among=sum(code in codes for code, codes, _ in named),
        wrongly_sure=sum(certain and codes[0] != code for code, codes, certain in named),
        wrongly_first=sum(bool(codes) and codes[0] != code for code, codes, _ in named),
        unnamed=len(unnamed),
        alarms=sum(found.certain for _, found in unnamed),
        asked=sum(bool(found.candidates) and not found.certain for _, found in unnamed),
        told_outside=sum(bool(outside(line.text)) for line, _ in unnamed),
    )


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "-"


def table(of: tuple[Line, ...]) -> str:
    """Markdown: a column a half."""
    got = [figures(half, of) for half in HALVES]
    rows = (
        ("the right kecamatan, for certain", [_of(each.sure, each.named) for each in got]),
        ("the right one first", [_of(each.first, each.named) for each in got]),
        ("the right one among those offered", [_of(each.among, each.named) for each in got]),
        ("a wrong one, for certain", [_of(each.wrongly_sure, each.named) for each in got]),
        ("a wrong one first", [_of(each.wrongly_first, each.named) for each in got]),
        ("none named, yet one found for certain", [_of(each.alarms, each.unnamed) for each in got]),
        ("none named, yet some offered", [_of(each.asked, each.unnamed) for each in got]),
        ("none named, a town outside told", [_of(each.told_outside, each.unnamed) for each in got]),
    )
    head = (f"| what is read | {' | '.join(HALVES)} |", f"|---|{'---|' * len(HALVES)}")
    return "\n".join((*head, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)))


def _errors(of: tuple[Line, ...]) -> Iterator[str]:
    for line in (each for each in of if each.half == "development"):
        found = find(line.text)
        if [code[:_KECAMATAN] for code in found.candidates] != [line.code] or not found.certain:
            yield f"{line.code}  {', '.join(found.candidates) or '-'}  {line.text}"


def _time(of: tuple[Line, ...]) -> float:
    start = perf_counter()
    for line in of:
        find(line.text)
    return (perf_counter() - start) / len(of)


if __name__ == "__main__":
    LINES = lines()
    print("\n".join(_errors(LINES)) if "--errors" in sys.argv else table(LINES))
    print(f"\n{_time(LINES) * 1000:.2f} ms a line")
