"""Lines by hand from which readers learn: a message, its kind, its place, whether it tells danger, and its traces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.redact import Trace

HERE = Path(__file__).parent
NONE = "-"
_MARK = re.compile(r"\{(\w+)([:?])([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """What must be closed of a message, in characters; not `certain`: closed or open, either is right."""

    start: int
    end: int
    kind: Trace
    certain: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A message and what a hand said of it; None: nothing was said."""

    text: str
    marks: tuple[Mark, ...] = ()
    kind: str | None = None
    place: str | None = None
    danger: bool | None = None
    voice: str = ""


def unmarked(written: str) -> tuple[str, tuple[Mark, ...]]:
    """The marks `{kind:words}` and `{kind?words}` taken out of the words."""
    text, done = "", 0
    marks: list[Mark] = []
    for found in _MARK.finditer(written):
        text += written[done : found.start()]
        marks.append(Mark(len(text), len(text) + len(found[3]), Trace(found[1]), certain=found[2] == ":"))
        text += found[3]
        done = found.end()
    return text + written[done:], tuple(marks)


def of_file(path: Path) -> Iterator[Line]:
    """Rows of kind, place, danger (0 or 1), marked message; a break of line is two characters. ValueError: no row."""
    for at, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        kind, place, danger, written = _fields(row, f"{path.name}:{at}")
        text, marks = unmarked(written.replace("\\n", "\n"))
        yield Line(text, marks, kind, place, danger == "1", path.stem)


def _fields(row: str, where: str) -> Sequence[str]:
    fields = row.split("\t")
    if len(fields) != 4 or fields[2] not in {"0", "1"}:
        raise ValueError(where)
    return fields


def by_hand() -> list[Line]:
    """All lines that are learned from, in the order of their files."""
    return [line for path in sorted((HERE / "lines").glob("*.tsv")) for line in of_file(path)]
