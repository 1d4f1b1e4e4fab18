"""How well danger of this minute is told: recall and false alarms on tests/emergency_*.tsv, and the time.

Run: python benchmarks/urgent_figures.py            prints the table that docs/urgent.md holds
     python benchmarks/urgent_figures.py --errors   names the lines that went wrong, but for those that stay unread
     python benchmarks/urgent_figures.py --seldom   counts the sets that are counted seldom: each look wears them out
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.suggest import is_danger  # noqa: E402 - run as a script, the root must be on the path first
from core.suggest.urgent import is_urgent  # noqa: E402 - as above

SELDOM = ("town", "street")
OFTEN = ("development", "own", "read", "taught", "blind", "learned", "stranger", "hurried", "voices", "city", "hints")
HALVES = (*OFTEN, *SELDOM)
UNSEEN = frozenset({"blind", "stranger", *SELDOM})  # their mistakes nobody reads, and no weights learn them
SETS = ("set", "blind", "stranger", "hurried", "voices", "city", "hints", *SELDOM)
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A message, and whether it tells an emergency."""

    half: str
    urgent: bool
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one half."""

    due: int
    found: int
    calm: int
    alarms: int


def lines() -> tuple[Line, ...]:
    """Every line of the sets, in its order."""
    rows = [
        row
        for name in SETS
        for row in (ROOT / "tests" / f"emergency_{name}.tsv").read_text(encoding="utf-8").splitlines()
    ]
    cells = (row.split("\t", 2) for row in rows)
    return tuple(Line(half, urgent == "1", text) for half, urgent, text in cells)


def figures(half: str, of: tuple[Line, ...]) -> Figures:
    """Counted by what a citizen would be told."""
    told = [(line.urgent, is_danger(line.text)) for line in of if line.half == half]
    due, calm = ([said for urgent, said in told if urgent is kind] for kind in (True, False))
    return Figures(len(due), sum(due), len(calm), sum(calm))


def table(of: tuple[Line, ...], halves: tuple[str, ...] = OFTEN) -> str:
    """Markdown."""
    rows = ["| half | emergencies found | false alarms |", "|---|---|---|"]
    for half in halves:
        got = figures(half, of)
        rows.append(
            f"| {half} | {got.found}/{got.due} ({got.found / got.due:.0%}) "
            f"| {got.alarms}/{got.calm} ({got.alarms / got.calm:.0%}) |"
        )
    return "\n".join(rows)


def milliseconds(of: tuple[Line, ...]) -> float:
    """Of the processor, for one message, in the best of some rounds."""
    best = []
    for _ in range(ROUNDS):
        start = process_time()
        for line in of:
            is_urgent(line.text)
        best.append((process_time() - start) * 1000 / len(of))
    return min(best)


def main() -> None:
    """Print the table, or the errors that may be looked at."""
    if "--errors" in sys.argv:
        for line in lines():
            if line.half not in UNSEEN and is_danger(line.text) is not line.urgent:
                print("missed" if line.urgent else "alarm ", line.text)
        return
    if "--seldom" in sys.argv:
        print(table(lines(), SELDOM))
        return
    print(table(lines()))
    print(f"\n{milliseconds(lines()):.2f} ms a message")


if __name__ == "__main__":
    main()
