"""Data room of where a problem can be: areas, their offices, points and the map."""

from typing import TYPE_CHECKING

from core.lazy_door import lazy_door

if TYPE_CHECKING:
    from core.areas.coordinates import FoundAreas, Located, located, meant, on_map, related, rounded
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
    from core.areas.nearby import nearest
    from core.areas.points import point_in, without_points
    from core.areas.tiles import TILES, tile_of

__all__ = [
    "AREAS",
    "COARSE",
    "FINEST",
    "TILES",
    "Area",
    "FoundAreas",
    "Located",
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

__getattr__ = lazy_door(
    __name__,
    {
        "coordinates": "FoundAreas Located located meant on_map related rounded",
        "gazetteer": "AREAS COARSE FINEST Area area area_of children full_name office office_name",
        "nearby": "nearest",
        "points": "point_in without_points",
        "tiles": "TILES tile_of",
    },
)
