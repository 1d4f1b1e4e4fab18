"""What the city is at present: its folder, and what administrators changed since.

One process has one present, which is replaced as a whole by one assignment. Whoever makes something of it asks through
`of_present`, and gets it anew when the present is another.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from core.model import CityChange, CityPart
from core.toml_rows import Row

T = TypeVar("T")
Changes = Mapping[tuple[CityPart, str], Row | None]
UNCHANGED: Final[Changes] = MappingProxyType({})


class _Present:
    changes: Changes = UNCHANGED


def changes_of(rows: Iterable[CityChange]) -> Changes:
    """The rows by what they are about."""
    return MappingProxyType({(each.part, each.id): each.row for each in rows})


def present() -> Changes:
    """What is changed now."""
    return _Present.changes


def replace_present(changes: Changes) -> None:
    """From now on; the caller has read all tables of it, so that nobody meets a row that cannot be read."""
    _Present.changes = changes


def merged(part: CityPart, of_folder: Mapping[str, Row], changes: Changes) -> Mapping[str, Row]:
    """Rows by their ids: those of the folder in their order, each as it is now, then those that are new."""
    found = dict(of_folder)
    for (kind, each), row in changes.items():
        if kind is not part:
            continue
        if row is None:
            found.pop(each, None)
        else:
            found[each] = row
    return found


def of_present(make: Callable[[Changes], T]) -> Callable[[], T]:
    """Something that is made of the present, once for each."""
    kept: list[tuple[Changes, T]] = []

    def made() -> T:
        changes = _Present.changes
        for of, found in kept:  # looked at once: another thread may replace it
            if of is changes:
                return found
        found = make(changes)
        kept[:] = [(changes, found)]
        return found

    return made
