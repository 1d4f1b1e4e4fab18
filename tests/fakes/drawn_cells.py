"""A city drawn without anybody's borders: around the centre of each area all that is nearer to it than to any other."""

import json
from pathlib import Path

import shapely

from core.areas import AREAS

CREDIT = "drawn around the centres of areas; no real borders"
_REACH, _BACK = 0.04, 0.03  # degrees out from the centres and back again: where the city ends, without bays


def cells_file(folder: Path) -> Path:
    """A file of outlines as an operator names one."""
    smallest = [each for each in AREAS.values() if each.centre is not None]
    centres = shapely.points([(each.centre.longitude, each.centre.latitude) for each in smallest if each.centre])
    ground = shapely.union_all(shapely.buffer(centres, _REACH, quad_segs=6)).buffer(-_BACK)
    cells = shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=ground, ordered=True)
    features = [
        {
            "type": "Feature",
            "properties": {"code": str(each.code)},
            "geometry": json.loads(shapely.to_geojson(shapely.intersection(cell, ground))),
        }
        for each, cell in zip(smallest, shapely.get_parts(cells), strict=True)
    ]
    file = folder / "cells.geojson"
    whole = {"type": "FeatureCollection", "attribution": CREDIT, "features": features}
    file.write_text(json.dumps(whole), encoding="utf-8")
    return file
