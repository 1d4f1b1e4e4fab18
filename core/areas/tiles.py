"""A map of the city in squares, a district each: where a place lies, without borders or coordinates of anybody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.areas.gazetteer import AREAS, FINEST, Area, area
from core.city import read
from core.model import AreaCode
from core.toml_rows import rows, texts


@dataclass(frozen=True, slots=True)
class Tile:
    """A square: its column from the west and row from the north, counted from 0."""

    area: Area
    column: int
    row: int


def _tiles() -> Iterator[Tile]:
    named = {each.name: each for each in AREAS.values() if each.district or FINEST == 0}
    for row, told in enumerate(rows(read("tiles.toml", needed=False), "row", needed=False)):
        for column, name in enumerate(texts(told, "areas")):
            if name:
                yield Tile(named[name], column, row)


TILES: Final = tuple(_tiles())


def tile_of(code: AreaCode | None) -> Tile | None:
    """The square that an area lies in; None for a whole city, for no area, and for one that is not ours."""
    if code is None or code not in AREAS:
        return None
    found = area(code)
    own = found.parent if found.finest and found.parent is not None else found.code
    return next((tile for tile in TILES if tile.area.code == own), None)
