"""Facts found in a text by the rows of a table: what one row has read, the next does not see."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from core import watch
from core.analysis import remembered
from core.facts.rows import ROWS, SORTS, FactRow, compiled, meaning

_READ: Final = 5_000  # characters, as of a category
_MOST: Final = 8  # facts of a text; more would be a text of their own
_TAKEN: Final = "\x00"


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """What was said: the phrase that says it, and what fills it."""

    says: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join((self.says, *(value for _, value in self.values)))


@remembered
@watch.total_else("facts", answer=())
def find(text: str, /) -> tuple[Fact, ...]:
    """Since when, how often, which object, how many, in this order; of a text whose traces are closed. Pure."""
    said = unicodedata.normalize("NFKC", text[:_READ]).casefold()[:_READ]
    found: list[tuple[int, int, Fact]] = []
    for row in ROWS:
        if not any(hint in said for hint in row.hints):
            continue
        for pattern in map(compiled, row.patterns):
            matches = list(pattern.finditer(said))
            found += [(SORTS.index(row.sort), each.start(), _fact(row, each)) for each in matches if row.says]
            for match in matches:
                said = f"{said[: match.start()]}{_TAKEN * len(match[0])}{said[match.end() :]}"
    found.sort(key=lambda each: each[:2])
    return tuple(dict.fromkeys(fact for _, __, fact in found))[:_MOST]


def _fact(row: FactRow, match: re.Match[str]) -> Fact:
    values = meaning(row, match)
    kept = tuple((name, value) for name, value in values.items() if name != "unit")
    return Fact(row.says.format(unit=values.get("unit", "")), kept)
