"""Messages by many hands, and what each hand said of its own: kind, place, danger, and what gives its writer away."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import redact_figures

NONE = "-"
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A message with its traces; `kind` and `place` are NONE where it has none, and `place` is a name."""

    told: redact_figures.Line
    kind: str
    place: str
    danger: bool


def of_file(path: Path) -> Iterator[Line]:
    """Rows of kind, place, danger (0 or 1), marked message; a break of line is two characters. ValueError: no row."""
    for at, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = row.split("\t")
        if len(fields) != _FIELDS or fields[2] not in {"0", "1"}:
            raise ValueError(f"{path.name}:{at}")
        kind, place, danger, written = fields
        told = redact_figures.parsed("", path.stem, written.replace("\\n", "\n"))
        yield Line(told, kind, place, danger == "1")
