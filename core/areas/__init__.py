"""Data room of where a problem can be: areas, their offices, points and the map."""

from core.areas.gazetteer import (
    AREAS,
    COARSE,
    FINEST,
    Area,
    area,
    area_of,
    children,
    full_name,
    office,
    office_name,
)
from core.areas.located import FoundAreas, Located, located, meant, on_map, related, rounded
from core.areas.nearby import nearest
from core.areas.points import point_in, without_points
from core.areas.tiles import TILES, Tile, tile_of

__all__ = [
    "AREAS",
    "COARSE",
    "FINEST",
    "TILES",
    "Area",
    "FoundAreas",
    "Located",
    "Tile",
    "area",
    "area_of",
    "children",
    "full_name",
    "located",
    "meant",
    "nearest",
    "office",
    "office_name",
    "on_map",
    "point_in",
    "related",
    "rounded",
    "tile_of",
    "without_points",
]
