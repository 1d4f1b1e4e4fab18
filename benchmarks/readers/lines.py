"""Messages by many hands, and what each hand said of its own: kind, place, danger, and what gives its writer away."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import redact_figures
from benchmarks.redact_figures import Mark

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
NONE: Final = "-"
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A message and what a hand said of it; None: nothing was said.

    `kind` and `place` are NONE where it has none, and `place` is a name. `marked`: its traces are, if it has any.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    kind: str | None = None
    place: str | None = None
    danger: bool | None = None
    voice: str = ""
    marked: bool = True

    @property
    def told(self) -> redact_figures.Line:
        """Its words and traces alone."""
        return redact_figures.Line("", self.voice, self.text, self.marks)


def unmarked(written: str, voice: str = "") -> Line:
    """The marks `{kind:words}` and `{kind?words}` taken out of the words; a break of line is two characters."""
    told = redact_figures.parsed("", voice, written.replace("\\n", "\n"))
    return Line(told.text, told.marks, voice=voice)


def of_file(path: Path) -> Iterator[Line]:
    """Rows of kind, place, danger (0 or 1), marked message. ValueError: one that is no row."""
    for at, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = row.split("\t")
        if len(fields) != _FIELDS or fields[2] not in {"0", "1"}:
            raise ValueError(f"{path.name}:{at}")
        kind, place, danger, written = fields
        told = unmarked(written, path.stem)
        yield Line(told.text, told.marks, kind, place, danger == "1", path.stem)


def by_hand() -> list[Line]:
    """All lines that are learned from, in the order of their files."""
    return [line for path in sorted((HERE / "lines").glob("*.tsv")) for line in of_file(path)]


def of_set(path: Path, halves: frozenset[str]) -> Iterator[Line]:
    """Lines of the older sets, which tell of traces only."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for voice in table["voice"]:
        if voice["half"] in halves:
            for written in voice["lines"]:
                yield unmarked(written, path.stem)


def of_examples() -> Iterator[Line]:
    """What tests hold as examples, a marked message a row."""
    for written in (ROOT / "tests" / "redaction_examples.txt").read_text(encoding="utf-8").splitlines():
        yield unmarked(written, "examples")
