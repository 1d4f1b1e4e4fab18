"""Outlines as they are drawn: simplified so that neighbours keep one border, as paths on one sheet of the city."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from core.areas import AREAS
from core.model import AreaCode
from core.ports import Box, Outline, Sheet

_STEP = 5.0  # metres: finer than a pixel wherever a whole area is looked at
_NEAR, _FAR = 6.0, 100.0  # metres by which a line may lie beside where it was
_SLIVER = 150.0  # metres: a hole no wider between areas that are joined is where their borders do not meet
_ISLAND = 1_500.0  # metres of open water on either side: what is farther off is not in the picture of the whole
_LEAST = 3  # corners of a ring
_POLYGON = 3  # shapely's number of that type
Shapes = NDArray[np.object_]


def sheet_of(codes: Sequence[AreaCode], shapes: Shapes, degree: tuple[float, float]) -> Sheet:
    """`shapes`: in metres, one at least; `degree`: how many of these a degree has, to the east and to the north."""
    bounds = shapely.bounds(shapes)
    west, north = float(bounds[:, 0].min()), float(bounds[:, 3].max())
    grid = _Grid(west, north)
    near, far = (_with_those_above(codes, _simplified(shapes, by)) for by in (_NEAR, _FAR))
    return Sheet(
        outlines={code: _outline(near[code], far[code], grid) for code in near},
        whole=grid.box(_together(shapes)),
        origin=(west / (degree[0] or 1.0), north / degree[1]),
        degree=(degree[0] / _STEP, degree[1] / _STEP),
    )


class _Grid:
    """The sheet's steps."""

    def __init__(self, west: float, north: float) -> None:
        self._corner = np.array((west, north))

    def steps(self, metres: NDArray[np.float64]) -> NDArray[np.int64]:
        """A pair each, the second to the south."""
        steps: NDArray[np.int64] = np.rint((metres - self._corner) / (_STEP, -_STEP)).astype(np.int64)
        return steps

    def box(self, bounds: Sequence[float]) -> Box:
        """Of west, south, east and north in metres."""
        west, south, east, north = bounds
        corners = self.steps(np.array(((west, north), (east, south))))
        (left, top), (right, bottom) = corners.tolist()
        return left, top, right, bottom


def _simplified(shapes: Shapes, by: float) -> Shapes:
    """What vanishes that way, as a small island does, stays as it was."""
    simpler = shapely.coverage_simplify(shapes, by)
    return np.where(shapely.area(simpler) > 0, simpler, shapes)


def _with_those_above(codes: Sequence[AreaCode], shapes: Shapes) -> Mapping[AreaCode, BaseGeometry]:
    """Each area, and each that holds one, joined of what is known of it: from the smallest up."""
    joined = dict(zip(codes, shapes.tolist(), strict=True))
    for depth in range(max(AREAS[code].depth for code in codes), 0, -1):
        inside: dict[AreaCode, list[BaseGeometry]] = {}
        for code, shape in joined.items():
            above = AREAS[code].parent
            if above is not None and AREAS[code].depth == depth:
                inside.setdefault(above, []).append(shape)
        joined |= {code: _whole(shapely.union_all(those)) for code, those in inside.items()}
    return joined


def _whole(joined: BaseGeometry) -> BaseGeometry:
    """Without the holes that are none."""
    parts = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > _SLIVER**2])
        for part in _polygons(joined)
    ]
    whole: BaseGeometry = shapely.MultiPolygon(parts)
    return whole


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(shape).tolist() if shapely.get_type_id(part) == _POLYGON]


def _outline(near: BaseGeometry, far: BaseGeometry, grid: _Grid) -> Outline:
    """What is too small for a step of the sheet is drawn as a dot of one."""
    largest = max(_polygons(far), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(_STEP, largest.area**0.5 / 50))
    (middle,) = grid.steps(shapely.get_coordinates(circle)[:1]).tolist()
    dot = f"M{middle[0]} {middle[1]}l1 0 0 1z"
    whole = _path(near, grid) or dot
    room = int(circle.length / _STEP)
    return Outline(whole, _path(far, grid) or whole, grid.box(shapely.bounds(near)), (middle[0], middle[1]), room)


def _path(shape: BaseGeometry, grid: _Grid) -> str:
    rings = (ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors))
    return "".join(path for ring in rings for path in _ring(grid.steps(shapely.get_coordinates(ring)[:-1])))


def _ring(corners: NDArray[np.int64]) -> Iterator[str]:
    """From its first corner on, each as far as it lies from the one before; none where it has no inside."""
    moves = np.diff(corners, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    if len(moves) >= _LEAST - 1:
        yield f"M{corners[0][0]} {corners[0][1]}l{' '.join(map(str, moves.ravel().tolist()))}z"


def _together(shapes: Shapes) -> Sequence[float]:
    """What the part of the city spans that most areas lie in, each near to another."""
    pieces, whose = shapely.get_parts(shapes, return_index=True)
    bounds = shapely.bounds(pieces)
    grown = np.add(bounds, (-_ISLAND, -_ISLAND, _ISLAND, _ISLAND))
    spread = shapely.get_parts(shapely.union_all(shapely.box(*grown.T)))
    of = shapely.STRtree(spread).query(shapely.points(bounds[:, :2]), predicate="intersects")[1]
    most = int(np.argmax(np.bincount(of, weights=shapely.area(pieces) / shapely.area(shapes)[whose])))
    those = bounds[of == most]
    return (*those[:, :2].min(axis=0).tolist(), *those[:, 2:].max(axis=0).tolist())
