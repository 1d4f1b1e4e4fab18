"""Data room of where a problem can be: areas, their offices, and the reading of place names in free words."""

from typing import TYPE_CHECKING

from core.areas.gazetteer import AREAS, Area, area, children, full_name, office, office_name
from core.areas.nearby import nearest
from core.areas.points import point_in, without_points
from core.areas.tiles import TILES, Tile, tile_of

if TYPE_CHECKING:
    from core.areas.place_names import FoundAreas, find, outside

__all__ = [
    "AREAS",
    "TILES",
    "Area",
    "FoundAreas",
    "Tile",
    "area",
    "children",
    "find",
    "full_name",
    "nearest",
    "office",
    "office_name",
    "outside",
    "point_in",
    "tile_of",
    "without_points",
]


def __getattr__(name: str) -> object:
    """What reads names is loaded with the index of all of them, and so by those alone who read."""
    if name in {"FoundAreas", "find", "outside"}:
        from core.areas import place_names  # noqa: PLC0415 - see above

        return getattr(place_names, name)
    raise AttributeError(name)
