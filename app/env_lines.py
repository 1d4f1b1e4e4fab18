"""The lines of `.env` as its writer meant them: what cannot be read is told, and never passed over."""

import os
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from app.errors import CannotStart

_OTHERS = 0o077


def lines_of(file: Path) -> list[Binding]:
    """None where there is no file. Raises CannotStart for what is no file, and for a line that sets nothing.

    OSError and UnicodeDecodeError too.
    """
    if not os.path.lexists(file):
        return []
    if not file.is_file():
        raise CannotStart(f"{file} is there, and no file. Remove it, or put the settings there.")
    lines = list(parse_stream(StringIO(file.read_text(encoding="utf-8"))))
    for line in lines:
        if line.error:
            raise CannotStart(
                f"{file}, line {line.original.line}: it is no NAME=value, or a quote is not closed. "
                "Mend it, or begin it with #."
            )
    return lines


def oddities(file: Path, secrets: Iterable[str]) -> list[str]:
    """Sentences on what the file says twice, and on secrets in it that others can read; never a value."""
    names = Counter(line.key for line in lines_of(file) if line.key and line.value)
    twice = [name for name, times in names.items() if times > 1]
    said = [f"{name} stands in {file} more than once: the last one counts" for name in twice]
    if not names.keys().isdisjoint(secrets) and file.stat().st_mode & _OTHERS:
        said.append(f"{file} holds secrets and can be read by others. Run: chmod go= {file}")
    return said


def unknown_names(lines: Iterable[Binding], prefix: str, known: set[str]) -> tuple[str, ...]:
    """Those of ours, in whatever case, that no setting has: in the environment and in the lines."""
    named = {*os.environ, *(line.key for line in lines if line.key)}
    return tuple(sorted(name for name in named if name.upper().startswith(prefix) and name not in known))
