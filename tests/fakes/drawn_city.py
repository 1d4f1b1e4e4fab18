"""A small city drawn by hand under codes of Jakarta: three squares side by side, and an island; metres as there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.areas import area
from core.messages import Point
from core.model import AreaCode
from core.places import name_key
from core.ports import BORDER, AtPoint, CityMap, KnownPlace, Outline, Sheet
from tests.fakes.town import Town

WEST, EAST, NORTH, ISLAND = (
    AreaCode(code) for code in ("31.74.01.1001", "31.74.01.1002", "31.71.06.1001", "31.01.01.1001")
)
Box = tuple[float, float, float, float]
"""West, south, east, north."""
BOXES: Mapping[AreaCode, Box] = {
    WEST: (106.80, -6.21, 106.81, -6.20),
    EAST: (106.81, -6.21, 106.82, -6.20),
    NORTH: (106.80, -6.20, 106.82, -6.19),
    ISLAND: (106.60, -5.75, 106.62, -5.73),
}
CREDIT = "Drawn by hand"
IN_WEST, IN_EAST, IN_NORTH = Point(-6.2050, 106.8030), Point(-6.2050, 106.8150), Point(-6.1950, 106.8110)
WEST_NEAR_EAST = Point(-6.2050, 106.8097)  # 33 m
WEST_NEAR_BOTH = Point(-6.2002, 106.8097)
ON_THE_BORDER = Point(-6.2050, 106.81)
OUTSIDE, OUTSIDE_NEAR_WEST = Point(-6.2050, 106.7900), Point(-6.2050, 106.7997)
SEA = Point(-5.90, 106.70)
_METRES = (110_640.0, 110_580.0)  # of a degree to the east and to the north
Steps = tuple[int, int, int, int]
"""A box on a sheet: west, north, east, south."""
_CORNER = (106.60, -5.73)
_DEGREE = (_METRES[0] / 5, _METRES[1] / 5)


def ring(box: Box) -> list[list[float]]:
    west, south, east, north = box
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: object, box: Box, *holes: Box, name: str = "code") -> dict[str, object]:
    rings = [ring(each) for each in (box, *holes)]
    return {"type": "Feature", "properties": {name: code}, "geometry": {"type": "Polygon", "coordinates": rings}}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more).encode()


def drawn() -> bytes:
    return collection(*(feature(code, box) for code, box in BOXES.items()), attribution=CREDIT)


def boundaries_file(folder: Path) -> Path:
    file = folder / "boundaries.geojson"
    file.write_bytes(drawn())
    return file


def _away(point: Point, box: Box) -> float:
    west, south, east, north = box
    across = max(west - point.longitude, 0, point.longitude - east) * _METRES[0]
    along = max(south - point.latitude, 0, point.latitude - north) * _METRES[1]
    return float((across**2 + along**2) ** 0.5)


def _steps(box: Box) -> Steps:
    west, south, east, north = box
    (left, right), (top, bottom) = (
        [round((each - _CORNER[0]) * _DEGREE[0]) for each in (west, east)],
        [round((_CORNER[1] - each) * _DEGREE[1]) for each in (north, south)],
    )
    return left, top, right, bottom


def _hull(boxes: Sequence[Steps]) -> Steps:
    west, north, east, south = zip(*boxes, strict=True)
    return min(west), min(north), max(east), max(south)


def _outline(boxes: Sequence[Steps]) -> Outline:
    paths = [
        f"M{west} {north}l{east - west} 0 0 {south - north} {west - east} 0z" for west, north, east, south in boxes
    ]
    west, north, east, south = boxes[0]
    middle = ((west + east) // 2, (north + south) // 2)
    return Outline("".join(paths), "".join(paths), _hull(boxes), middle, min(east - west, south - north) // 2)


@dataclass
class FakeBoundaries:
    """core.ports.Boundaries; `broken`: its file cannot be read."""

    boxes: Mapping[AreaCode, Box] = field(default_factory=lambda: BOXES)
    broken: bool = False

    def at(self, point: Point, reach: float = BORDER) -> AtPoint | None:
        if self.broken:
            return None
        away = sorted((_away(point, box), code) for code, box in self.boxes.items())
        holding = tuple(code for far, code in away if not far)
        return AtPoint(holding, tuple(code for far, code in away if 0 < far <= reach), bool(holding))

    def sheet(self) -> Sheet | None:
        """Each area as a box, and those above as all boxes inside of them."""
        if self.broken:
            return None
        found: dict[AreaCode, list[Steps]] = {}
        for code, box in self.boxes.items():
            above: AreaCode | None = code
            while above is not None:
                found.setdefault(above, []).append(_steps(box))
                above = area(above).parent
        outlines = {code: _outline(boxes) for code, boxes in found.items()}
        return Sheet(outlines, _hull([_steps(BOXES[each]) for each in (WEST, EAST, NORTH)]), _CORNER, _DEGREE)

    def credit(self) -> str:
        return CREDIT


PLACES = (
    ("Jalan Cendana Raya", "street", (EAST,), IN_EAST),
    ("Old Mill Street", "street", (EAST,), IN_EAST),
    ("Angsana 1", "street", (WEST,), IN_WEST),
    ("Angsana 1", "street", (NORTH,), IN_NORTH),
    ("Angsana 1", "street", (ISLAND,), Point(-5.74, 106.61)),
    ("Kertapati", "street", (WEST, EAST, NORTH, ISLAND), None),
    ("Pasar Mawar Indah", "market", (NORTH,), IN_NORTH),
    ("SDN Rawa Kelinci 03", "school", (EAST,), IN_EAST),
    ("Al Muttaqin Barokah", "mosque", (WEST,), IN_WEST),
)


def gazetteer_file(folder: Path) -> Path:
    file = folder / "gazetteer.tsv"
    rows = [
        (name, kind, *((repr(at.longitude), repr(at.latitude)) if at else ("", "")), ";".join(areas))
        for name, kind, areas, at in PLACES
    ]
    file.write_text(
        "\n".join("\t".join(row) for row in (("name", "kind", "lon", "lat", "areas"), *rows)), encoding="utf-8"
    )
    return file


class FakeGazetteer:
    """core.ports.Gazetteer of the places above; forgives one letter that is another."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[KnownPlace, ...]] = {}
        for name, kind, areas, at in PLACES:
            key = name_key(name)
            self._places[key] = (*self._places.get(key, ()), KnownPlace(kind, areas, at))

    def named(self, key: str) -> tuple[KnownPlace, ...]:
        return self._places.get(key, ())

    def mistyped(self, keys: Sequence[str]) -> Mapping[str, tuple[KnownPlace, ...]]:
        return {
            key: places
            for key in keys
            for name, places in self._places.items()
            if len(key) == len(name)
            and key[-1] == name[-1]
            and sum(a != b for a, b in zip(key, name, strict=True)) == 1
        }


def mapped(town: Town, *, broken: bool = False, decimals: int = 4) -> Town:
    """The town, with the drawn city as its operator's map."""
    town.context = replace(town.context, city_map=CityMap(FakeBoundaries(broken=broken), FakeGazetteer(), decimals))
    return town
