"""The files of a city's folder with the lines that their rows stand on, so that what is wrong can be pointed at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import tomli

_LARGEST = 20_000_000  # bytes; nobody writes so much by hand
_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\"]+?)\s*\]\]?\s*(?:#.*)?")
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a file. `line`: 0 for the whole file; not `fatal`: the city can be served all the same."""

    file: str
    line: int
    what: str
    mend: str
    fatal: bool = True

    def shown(self) -> str:
        """As an operator reads it."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {'' if self.fatal else 'warning: '}{self.what}. {self.mend}"


@dataclass
class PackFile:
    """One file: what it says, and its lines."""

    name: str
    table: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    quoted: dict[str, list[int]] = field(default_factory=dict)  # texts, and where they stand; made when it is asked

    def line_at(self, *path: str | int) -> int:
        """The line of a field: ("category", 3, "lead"); the nearest that is found of what holds it."""
        names = [each for each in path if isinstance(each, str)]
        start, end = self._block(names, [each for each in path if isinstance(each, int)])
        for name in reversed(names):
            wanted = re.compile(rf"""[\s{{,]*["']?{re.escape(name)}["']?\s*[=.]""")
            found = next((at for at in range(start, end) if wanted.match(self.lines[at])), None)
            if found is not None:
                return found + 1
        return start + 1 if self.lines else 0

    def line_of(self, text: str, times: int = 1) -> int:
        """The line on which a text in quotes stands for the n-th time; 0: nowhere."""
        if not self.quoted:
            for at, line in enumerate(self.lines, 1):
                for found in _QUOTED.finditer(line):
                    self.quoted.setdefault(found[1] or found[2], []).append(at)
        lines = self.quoted.get(text, [])
        return lines[min(times, len(lines)) - 1] if lines else 0

    def _block(self, names: list[str], numbers: list[int]) -> tuple[int, int]:
        """From the head of a table to the next one, or of a table inside of it that has a head of its own."""
        heads = [(at, name[1]) for at, line in enumerate(self.lines) if (name := _HEADER.fullmatch(line))]
        own = [at for at, name in heads if [name] == names[:1]]
        if not own:
            return 0, len(self.lines)
        start = own[min(numbers[0] if numbers else 0, len(own) - 1)]
        end = next((at for at, name in heads if at > start and not name.startswith(f"{names[0]}.")), len(self.lines))
        inside = [(at, head) for at, head in heads if start < at < end]
        for (at, head), (after, _) in pairwise([*inside, (end, "")]):
            if head == ".".join(names[:2]):
                return at, after
        return start, end


def outside(folder: Path, path: Path) -> bool:
    """Whether a link leads to a file that is none of the folder's: a folder that was handed on shows nobody's files.

    Raises OSError for links in a circle.
    """
    try:
        return not path.resolve(strict=False).is_relative_to(folder.resolve())
    except RuntimeError:  # what Python 3.11 and 3.12 make of a circle
        return True


def read_file(folder: Path, name: str, *, needed: bool) -> tuple[PackFile, list[Flaw]]:
    """A file, empty where it cannot be read; and why."""
    path = folder / name
    try:
        if outside(folder, path):
            return PackFile(name), [Flaw(name, 0, "leads out of the folder", "Put the file itself there.")]
        if not path.is_file():
            mend = "Make it; `resi city new` writes one with every line explained."
            return PackFile(name), [Flaw(name, 0, "is missing", mend)] if needed or path.exists() else []
        if path.stat().st_size > _LARGEST:
            return PackFile(name), [Flaw(name, 0, "is larger than 20 MB", "Leave out what no city needs.")]
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return PackFile(name), [Flaw(name, line, "is not UTF-8 text", "Save it as UTF-8.")]
    except OSError as error:
        return PackFile(name), [Flaw(name, 0, f"cannot be read ({error.strerror})", "Let its reader open it.")]
    if text.startswith("\ufeff"):
        return PackFile(name), [Flaw(name, 1, "begins with a byte order mark", "Save it as UTF-8 without one.")]
    lines = tuple(text.splitlines())
    try:
        return PackFile(name, tomli.loads(text), lines), []
    except (tomli.TOMLDecodeError, RecursionError) as error:
        return PackFile(name, {}, lines), [_broken(name, str(error), lines)]


def _broken(name: str, said: str, lines: tuple[str, ...]) -> Flaw:
    at = _AT.search(said)
    line = int(at[1]) if at and at[1] else len(lines)
    what = _AT.sub("", said) or "cannot be read"
    return Flaw(name, line, f"is no TOML: {what[:120]}", "Look at this line and the one before it.")


def names(found: Iterable[str]) -> str:
    """A few names for a sentence."""
    listed = sorted(found)
    return ", ".join(listed[:8]) + (", ..." if len(listed) > 8 else "")  # noqa: PLR2004 - a line of them
