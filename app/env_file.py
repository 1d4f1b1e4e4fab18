"""A file of settings such as `.env`: what it says of ours, and its text with other values."""

import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from app.errors import CannotStart
from app.settings import PREFIX

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./\[\]-]+")


def text_of(path: Path) -> str:
    """Empty where there is no file; raises CannotStart for one that is no text."""
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise CannotStart(f"{path} cannot be read, or is not UTF-8 text. Mend it, or remove it.") from None


def said_by(text: str) -> dict[str, str]:
    """What is set there, by the name of the setting without its prefix."""
    found = dotenv_values(stream=StringIO(text))
    return {name.removeprefix(PREFIX): value for name, value in found.items() if value and name.startswith(PREFIX)}


def with_values(text: str, values: Mapping[str, str], gone: frozenset[str] = frozenset()) -> str:
    """The same file with these settings at its end, in place of what it said of them; raises CannotStart.

    `gone`: settings that are taken out. Comments and all other lines stay.
    """
    names = {PREFIX + name for name in (*values, *gone)}
    kept = "".join(each.original.string for each in parse_stream(StringIO(text)) if each.key not in names)
    added = "".join(f"{PREFIX}{name}={_quoted(value)}\n" for name, value in values.items())
    whole = f"{kept.rstrip()}\n{added}".lstrip()
    back = said_by(whole)
    for name, value in values.items():
        if back.get(name, "") != value or value.splitlines() not in ([], [value]):
            # The value is not shown: it may be a secret.
            what = f"{PREFIX}{name} holds what such a file cannot say, such as ${{...}} or the end of a line"
            raise CannotStart(f"{what}. Choose another, or put it into a file and name that in {PREFIX}{name}_FILE.")
    return whole


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value) or not value:
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
