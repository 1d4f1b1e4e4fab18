"""Counts what is refused of words of staff: questions that no weights learned, what was done, ways out of the service.

Run: PYTHONPATH=. python benchmarks/staff_words_figures.py
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.public import DEFAULT  # noqa: E402 - found by the line above
from benchmarks.staff_words import make  # noqa: E402 - likewise
from core.staff_words import contact, pries, refusal  # noqa: E402 - likewise

CITY = tuple(DEFAULT.split(","))


def rows(name: str, sign: str) -> list[str]:
    """Lines of a set of the tests: those with + are to be refused, those with - are to pass."""
    lines = (ROOT / "tests" / name).read_text("utf-8").splitlines()
    return [text for line in lines for mark, _, text in (line.partition("\t"),) if mark == sign]


def counted(title: str, texts: Sequence[str], reads: Callable[[str], str | None]) -> None:
    """A line of the table."""
    refused = sum(reads(text) is not None for text in texts)
    print(f"{title:45} {refused:4}/{len(texts)} refused ({refused / len(texts):.1%})")


def main() -> None:
    """The command."""
    for sign, what in (("+", "prying"), ("-", "honest")):
        counted(f"questions by a stranger, unread, {what}", rows("questions_blind.tsv", sign), pries)
    counted("what was done", make.read("told.txt") + make.read("told_not.txt"), lambda text: pries(text, asks=False))
    counted("what was done, and asks who wrote", make.read("told_prying.txt"), lambda text: pries(text, asks=False))
    for sign, what in (("+", "ways out of the service"), ("-", "numbers and names of things")):
        counted(what, rows("contacts_set.tsv", sign), lambda text: contact(text, CITY))
    texts = rows("questions_blind.tsv", "-")
    began = perf_counter()
    for text in texts:
        refusal(text, CITY)
    print(f"{(perf_counter() - began) / len(texts) * 1000:.1f} ms a text")


if __name__ == "__main__":
    main()
