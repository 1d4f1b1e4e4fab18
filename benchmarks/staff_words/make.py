"""The lines that the weights of core/staff_words are learned from: those by hand, and ways of putting together more.

A line by hand counts for one. What is put together says whose a name or a house is in the many ways there are, and
counts for less. Reports of citizens teach what problems are called.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LINES = HERE / "lines"
REPORTS = HERE.parent / "suggest" / "lines"
PRYING = (
    "prying.txt",
    "prying_more.txt",
    "prying_bare.txt",
    "prying_matters.txt",
    "told_prying.txt",
    "first_prying.txt",
)
HONEST = (
    "honest.txt",
    "honest_more.txt",
    "honest_bare.txt",
    "honest_matters.txt",
    "told.txt",
    "honest_persons.txt",
    "first_honest.txt",
)
_LISTS = {
    name: tuple(words.strip("\n").replace("\n", "").split("|"))
    for name, words in tomllib.loads((HERE / "templates.toml").read_text("utf-8")).items()
}
_PUT_TOGETHER, _REPORT = 0.07, 0.05  # what such a line counts
_REPORTS, _ROWS, _TOLD_BEFORE = 1500, 1600, 800

_YOU = _LISTS["you"]
_ASKABLE = _LISTS["askable"]
_ACTORS = _LISTS["actors"]
_THINGS = _LISTS["things"]
_OPEN = _LISTS["open"]
_CLOSE = _LISTS["close"]
_ROLES = _LISTS["roles"]
_PATTERNS_YOU = _LISTS["patterns_you"]
_PATTERNS_THEM = _LISTS["patterns_them"]
_WHAT = _LISTS["what"]


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody could write to a citizen; `weight`: how much it counts."""

    text: str
    prying: bool
    weight: float = 1.0


def read(name: str) -> list[str]:
    """The lines of a file."""
    return [line.strip() for line in (LINES / name).read_text("utf-8").splitlines() if line.strip()]


def written() -> list[Line]:
    """Those by hand."""
    return [
        Line(text, prying)
        for names, prying in ((PRYING, True), (HONEST, False))
        for name in names
        for text in read(name)
    ]


def examples(lines: Sequence[Line]) -> list[Line]:
    """With what is put together, with honest questions to somebody who is spoken to, and with reports."""
    rng = random.Random(24)
    honest = [line.text for line in lines if not line.prying]
    return [*lines, *_together(rng), *_spoken_to(honest, rng), *_behind(lines, rng), *_reports(rng)]


def _together(rng: random.Random) -> Iterator[Line]:
    for prying, patterns in ((True, _PATTERNS_YOU), (False, _PATTERNS_THEM)):
        for _ in range(_ROWS):
            said = rng.choice(patterns).format(
                ask=rng.choice(_ASKABLE),
                you=rng.choice(_YOU),
                what=rng.choice(_WHAT),
                role=rng.choice(_ROLES),
                actor=rng.choice(_ACTORS),
                thing=rng.choice(_THINGS),
                thing2=rng.choice(_THINGS),
            )
            yield Line(f"{rng.choice(_OPEN)}{said}{rng.choice(_CLOSE)}", prying, _PUT_TOGETHER)


def _spoken_to(honest: Sequence[str], rng: random.Random) -> Iterator[Line]:
    """To call somebody "pak" asks nothing of them."""
    for text in honest:
        you = rng.choice(_YOU)
        low = text[:1].lower() + text[1:]
        yield Line(
            f"{you}, {low}" if rng.random() < 0.5 else f"{text.rstrip('?')} {you.lower()}?",
            prying=False,
            weight=_PUT_TOGETHER,
        )
        yield Line(f"{rng.choice(_OPEN)}{low}", prying=False, weight=_PUT_TOGETHER)


def _behind(lines: Sequence[Line], rng: random.Random) -> Iterator[Line]:
    """What was done says nothing of the question behind it."""
    told = read("told.txt")
    for line in rng.sample(list(lines), min(len(lines), _TOLD_BEFORE)):
        yield Line(f"{rng.choice(told)} {line.text}", line.prying, _PUT_TOGETHER)


def _reports(rng: random.Random) -> list[Line]:
    told = [
        line.partition("\t")[2]
        for path in sorted(REPORTS.glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        if "\t" in line
    ]
    return [Line(text, prying=False, weight=_REPORT) for text in rng.sample(told, _REPORTS)]
