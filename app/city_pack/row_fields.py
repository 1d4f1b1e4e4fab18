"""What a row may hold: each field with its type, whether it is needed, and the sentence for what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from app.city_pack.reading import Flaw, PackFile, names
from core.toml_rows import UNSEEN

Table = Mapping[str, object]
Path = tuple[str | int, ...]
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_DAYS = 3650
LABEL = 24  # characters of a label in menus of SMS


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be: `fits` says whether, `what` says how to write it."""

    fits: Callable[[object], bool]
    what: str


def _text(value: object) -> bool:
    """A line that is seen: in a list or a letter a name ends no line, and turns no writing around."""
    return isinstance(value, str) and bool(value.strip()) and UNSEEN.search(value) is None


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _by_language(value: object) -> bool:
    return isinstance(value, dict) and all(map(_text, value.values()))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def number(value: object) -> bool:
    """A number, and no yes or no; nan is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 180  # noqa: PLR2004 - degrees


TEXT = Shape(_text, 'a text in quotes, as "...", on one line, without signs that are not seen')
LINES = Shape(lambda value: isinstance(value, str) and bool(value.strip()), 'a text in quotes, as "..."')
MAYBE = Shape(lambda value: isinstance(value, str), 'a text in quotes, as "..."')
NAME = Shape(
    lambda value: isinstance(value, str) and ID.fullmatch(value) is not None,
    "small letters, digits and _, a letter first, at most 40",
)
TEXTS = Shape(_texts, 'a list of texts, as ["...", "..."], each on one line')
FLAG = Shape(lambda value: isinstance(value, bool), "true or false")
COUNT = Shape(_whole, "a whole number above 0")
DAYS = Shape(lambda value: _whole(value) and int(str(value)) <= _MOST_DAYS, "a whole number from 1 to 3650")
LABELS = Shape(_by_language, 'a text for each language, as { en = "..." }, on one line')
ANYTHING = Shape(lambda _: True, "anything")
TABLE = Shape(lambda value: isinstance(value, dict), "a table")
POINT = Shape(
    lambda value: isinstance(value, list) and len(value) == 2 and all(map(number, value)),  # noqa: PLR2004 - a pair
    "latitude and longitude, as [-6.17, 106.82]",
)


class Findings:
    """What is wrong so far; each look at a file adds to it."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def add(self, file: PackFile, path: Path, what: str, mend: str, *, fatal: bool = True) -> None:
        """At the line of a field."""
        self.flaws.append(Flaw(file.name, file.line_at(*path), what, mend, fatal))

    def at(self, file: PackFile, line: int, what: str, mend: str, *, fatal: bool = True) -> None:
        """At a line."""
        self.flaws.append(Flaw(file.name, line, what, mend, fatal))

    def unknown(self, file: PackFile, path: Path, what: str, wrong: str, known: Iterable[str]) -> None:
        """An id that is none of those known."""
        known = list(known)
        near = get_close_matches(wrong, known, 1)
        mend = f"Did you mean {near[0]}?" if near else f"Known are: {names(known) or 'none'}."
        self.add(file, path, f"{what} {wrong[:60]!r} is not known", mend)

    def row(
        self, file: PackFile, path: Path, row: Table, needed: Mapping[str, Shape], more: Mapping[str, Shape]
    ) -> Table:
        """The fields of a row that fit; the others are told of, so that nothing stumbles over them later."""
        shapes = {**needed, **more}
        fitting = {}
        for field, value in row.items():
            if field not in shapes:
                self.unknown(file, (*path, field), "the field", field, shapes)
            elif shapes[field].fits(value):
                fitting[field] = value
            else:
                self.add(file, (*path, field), f"{field} is not as it should be", f"Write {shapes[field].what}.")
        for field in needed:
            if field not in row:
                self.add(file, path, f"{field} is missing", f"Add it: {needed[field].what}.")
        return fitting

    def rows(self, file: PackFile, table: Table, field: str, *, needed: bool) -> list[tuple[int, Table]]:
        """A list of tables, each with its place in it."""
        found = table.get(field, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.add(file, (field,), f"{field} is no list of tables", f"Write [[{field}]] above each row.")
            return []
        if needed and not found:
            self.add(file, (), f"there is no [[{field}]]", "Add one at least.")
        return list(enumerate(found))
