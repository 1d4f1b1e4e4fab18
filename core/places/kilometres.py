"""Where a kilometre of a road lies: people in a jam read the nearest post, not a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.areas.gazetteer import AREAS
from core.model import AreaCode
from core.places.abbreviations import KILOMETRE
from core.places.index import SITES, plain
from core.toml_rows import BadRow, Row, any_of, rows, texts

_READ: Final = 5_000
_POST: Final = re.compile(rf"\b(?:{any_of(sorted(KILOMETRE))})[ .]{{0,2}}(\d{{1,2}})(?!\d)")
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: int
    last: int
    areas: tuple[AreaCode, ...]


def _whole(row: Row, field: str) -> int:
    found = row.get(field)
    if not isinstance(found, int):
        raise BadRow(row, field)
    return found


def _stretches(row: Row) -> Iterator[_Stretch]:
    for each in rows(row, "stretch"):
        codes = tuple(AREAS[AreaCode(code)].code for code in texts(each, "areas"))
        yield _Stretch(_whole(each, "from"), _whole(each, "to"), codes)


_ROADS: Final = tuple(
    (name, tuple(_stretches(row))) for row in rows(SITES, "marked", needed=False) for name in texts(row, "road")
)


def at_post(text: str) -> tuple[AreaCode, ...]:
    """The areas that a kilometre post named with its road may stand in; none where either is missing."""
    read = plain(text[:_READ])
    post = _POST.search(read)
    if post is None:
        return ()
    spoken = f" {_BETWEEN.sub(' ', read)} "
    stretches = next((found for name, found in _ROADS if f" {name} " in spoken), ())
    return next((each.areas for each in stretches if each.first <= int(post[1]) <= each.last), ())
