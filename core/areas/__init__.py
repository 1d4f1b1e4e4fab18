"""Data room of where a problem can be: areas, their offices, and the reading of place names in free words."""

from typing import TYPE_CHECKING

from core.areas.gazetteer import AREAS, Area, area, children, full_name, office, office_name
from core.areas.located import FoundAreas, Located, located, meant, on_map, related, rounded
from core.areas.nearby import nearest
from core.areas.points import point_in, without_points
from core.areas.tiles import TILES, Tile, tile_of

if TYPE_CHECKING:
    from core.areas.known_names import name_key
    from core.areas.place_names import find, outside

__all__ = [
    "AREAS",
    "TILES",
    "Area",
    "FoundAreas",
    "Located",
    "Tile",
    "area",
    "children",
    "find",
    "full_name",
    "located",
    "meant",
    "name_key",
    "nearest",
    "office",
    "office_name",
    "on_map",
    "outside",
    "point_in",
    "related",
    "rounded",
    "tile_of",
    "without_points",
]


def __getattr__(name: str) -> object:
    """What reads names is loaded with the index of all of them, and so by those alone who read."""
    if name in {"find", "outside"}:
        from core.areas import place_names  # noqa: PLC0415 - see above

        return getattr(place_names, name)
    if name == "name_key":
        from core.areas import known_names  # noqa: PLC0415 - see above

        return known_names.name_key
    raise AttributeError(name)
