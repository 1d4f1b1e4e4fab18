"""The patterns of patterns.toml, put together and made ready once."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from core.staff_words.persons import THEY, YOU
from core.toml_rows import parsed

_PART: Final = re.compile(r"\{([a-z]+)\}")
_READ: Final[Mapping[str, Mapping[str, str | list[str]]]] = parsed(
    files(__package__).joinpath("patterns.toml").read_text("utf-8")
)


def _joined(written: str) -> str:
    return "".join(line.strip() if "\n" in written else line for line in written.split("\n"))


_PARTS: Final[Mapping[str, str]] = {name: _joined(str(part)) for name, part in _READ["parts"].items()} | {
    "you": YOU,
    "they": THEY,
}


def _whole(written: str) -> str:
    """With each part in its place; a part may hold others."""
    found = _joined(written)
    while _PART.search(found):
        found = _PART.sub(lambda name: _PARTS[name[1]], found)
    return found


def pattern(table: str, name: str) -> re.Pattern[str]:
    """One of them."""
    return re.compile(_whole(str(_READ[table][name])))


def several(table: str, name: str) -> tuple[re.Pattern[str], ...]:
    """All of a list."""
    return tuple(re.compile(_whole(written)) for written in _READ[table][name])


def words(table: str, name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(str(_READ[table][name]).split())
