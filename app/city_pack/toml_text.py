"""Rows written as TOML, so that what is read again is what was written."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 110  # letters of a line, from which a list goes over several


def quoted(text: str) -> str:
    """A basic string; what JSON escapes, TOML escapes the same way, but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def _list(values: Iterable[object]) -> str:
    said = [value_of(each) for each in values]
    whole = f"[{', '.join(said)}]"
    return whole if len(whole) <= _WIDE else "[\n" + "".join(f"  {each},\n" for each in said) + "]"


def value_of(value: object) -> str:
    """A text, a number, a yes or no, a day, a list or an inline table; TypeError for anything else."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return _list(value)
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(name))} = {value_of(each)}" for name, each in value.items()) + " }"
        case _:
            raise TypeError(type(value).__name__)


def row_lines(row: Mapping[str, object]) -> Iterator[str]:
    """A field a line. Lists in a table stand under a name with a point: an inline table is one line."""
    for name, value in row.items():
        if isinstance(value, Mapping) and any(isinstance(each, list | tuple) for each in value.values()):
            yield from (f"{_key(name)}.{_key(str(inner))} = {value_of(each)}" for inner, each in value.items())
        else:
            yield f"{_key(name)} = {value_of(value)}"


def rows_of(name: str, rows: Iterable[Mapping[str, object]]) -> str:
    """A list of tables."""
    return "".join(f"[[{name}]]\n" + "".join(f"{line}\n" for line in row_lines(row)) + "\n" for row in rows)
