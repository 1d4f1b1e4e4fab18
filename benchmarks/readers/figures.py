"""What the readers of words find in lines by writers whom nobody here knows: totals only, with intervals.

Run: PYTHONPATH=. python benchmarks/readers/figures.py [FILE…]

Without files it counts the sets beside it. Nobody reads their lines: who does has to write others.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from benchmarks import redact_figures
from benchmarks.readers.lines import NONE, Line, of_file
from core import areas, places
from core.analysis import once
from core.model import CategoryId
from core.redact import Span, Trace, find
from core.suggest import is_danger, suggest

SETS = Path(__file__).parent / "sets"
SURE = 0.9
OTHER = "lainnya"  # no kind: it is not asked for


def interval(found: int, of: int) -> str:
    """`found of`, the share, and where it lies in 95 of 100 cases (Wilson)."""
    if not of:
        return "-"
    share, z = found / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    wide = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return f"{found}/{of}, {share:.1%} ({max(middle - wide, 0):.0%} to {middle + wide:.0%})"


@dataclass
class Counts:
    """Pairs of what was found and what there was."""

    pairs: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, found: int, of: int = 1) -> None:
        """So many more."""
        pair = self.pairs.setdefault(name, [0, 0])
        pair[0] += found
        pair[1] += of

    def rows(self) -> Iterable[str]:
        """A line of a table for each name."""
        return (f"| {name} | {interval(*pair)} |" for name, pair in self.pairs.items())


def _traces(line: redact_figures.Line, counts: Counts) -> None:
    spans = find(line.text)
    due = [mark for mark in line.marks if mark.certain]
    closed = [redact_figures.is_closed(line, mark, spans) for mark in due]
    for mark, got in zip(due, closed, strict=True):
        counts.add(f"closed: {mark.kind}", got)
        counts.add("closed: all", got)
        if got:
            counts.add("of the right kind", redact_figures.is_named(line, mark, spans))
    if due:
        counts.add("lines with nothing left open", all(closed))
    if not line.marks:
        counts.add("lines without traces touched", bool(spans))
        counts.add("lines without traces touched by a certain span", any(span.certain for span in spans))
    _letters(line, spans, counts)


def _letters(line: redact_figures.Line, spans: Sequence[Span], counts: Counts) -> None:
    marked = {at for mark in line.marks for at in range(mark.start, mark.end)}
    covered = {at for span in spans for at in range(span.start, span.end)}
    outside = [at for at, sign in enumerate(line.text) if sign.isalnum() and at not in marked]
    counts.add("letters outside of traces closed", sum(at in covered for at in outside), len(outside))


def _kind(line: Line, counts: Counts) -> None:
    if line.kind is None or line.kind in {NONE, OTHER}:
        return
    found, right = suggest(line.told.text), CategoryId(line.kind)
    ranked = [each for each, _ in found.ranked]
    counts.add("kind: first", ranked[:1] == [right])
    counts.add("kind: among three", right in ranked[:3])
    counts.add("kind: nothing offered", not ranked)
    sure = bool(ranked) and found.ranked[0][1] >= SURE
    counts.add("kind: sure", sure)
    if sure:
        counts.add("kind: right where sure", ranked[0] == right)


def _place(line: Line, counts: Counts) -> None:
    found = places.find(line.told.text).candidates
    names = {areas.area(code).name.lower() for code in found[:3]}
    if line.place is not None and line.place != NONE:
        counts.add("place: right", line.place.lower() in names)
        counts.add("place: another", bool(names) and line.place.lower() not in names)
    else:
        counts.add("place: one where there is none", bool(names))


def counted(lines: Iterable[Line]) -> Counts:
    """All of it."""
    counts = Counts({f"closed: {kind}": [0, 0] for kind in Trace})
    for line in lines:
        with once():  # as in a turn, where all readers share one reading
            _traces(line.told, counts)
            _kind(line, counts)
            _place(line, counts)
            danger = is_danger(line.told.text)
        counts.add("danger found" if line.danger else "danger where there is none", danger)
    return counts


def main() -> None:
    """The command."""
    paths = [Path(each) for each in sys.argv[1:]] or sorted(SETS.glob("*.tsv"))
    for row in counted(line for path in paths for line in of_file(path)).rows():
        print(row)


if __name__ == "__main__":
    main()
