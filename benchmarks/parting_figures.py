"""How often two problems of one message are told apart, and one problem is split: the table of docs/suggest.md.

Run: python benchmarks/parting_figures.py            prints the table, and the time a message
     python benchmarks/parting_figures.py --errors   names the messages that went wrong, of our own set alone
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.suggest import parts  # noqa: E402 - run as a script, the root must be on the path first

NONE: Final = ("-", "-")
OTHERS: Final = ("suggest_dev.tsv", "suggest_test.tsv")


@dataclass(frozen=True, slots=True)
class Line:
    """A message, the part of the set that it belongs to, and the kinds of its two problems; `-`: it has one."""

    part: str
    meant: tuple[str, str]
    text: str

    @property
    def found(self) -> tuple[str, str]:
        """The same as it is read."""
        two = parts(self.text)
        return two.kinds if two is not None else NONE


def own() -> Iterator[Line]:
    """The set that was written for this."""
    for row in (ROOT / "tests" / "several_set.tsv").read_text(encoding="utf-8").splitlines():
        part, first, second, text = row.split("\t")
        yield Line(part, (first, second), text)


def others(name: str) -> Iterator[Line]:
    """Messages about one thing each, written by somebody else for another purpose."""
    for row in (ROOT / "tests" / name).read_text(encoding="utf-8").splitlines():
        yield Line(name, NONE, row.split("\t")[-1])


def row(name: str, lines: list[Line]) -> str:
    """Of the table."""
    two = [line for line in lines if line.meant != NONE]
    one = [line for line in lines if line.meant == NONE]
    apart = sum(line.found == line.meant for line in two)
    split = sum(line.found != NONE for line in one)
    return f"| {name} | {len(two)} | {apart} | {len(one)} | {split} |"


def main() -> None:
    """The command."""
    lines = list(own())
    if "--errors" in sys.argv:
        for line in lines:
            if line.found != line.meant:
                print(line.part, line.meant, line.found, line.text)
        return
    print("| part | of two problems | told apart | of one problem | split |\n|---|---|---|---|---|")
    for part in dict.fromkeys(line.part for line in lines):
        print(row(part, [line for line in lines if line.part == part]))
    for name in OTHERS:
        print(row(name, list(others(name))))
    began = process_time()
    for line in lines:
        parts(line.text)
    print(f"\n{(process_time() - began) / len(lines) * 1000:.2f} ms of processor time a message")


if __name__ == "__main__":
    main()
