"""Which areas lie at a point: outlines in metres in a tree of shapely's, read at the first question."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, isfinite, radians
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from core.messages import Point
from core.model import AreaCode
from core.ports import BORDER, AtPoint, Sheet
from storage.maps import prepared
from storage.maps.geojson import MapUnusable
from storage.maps.outlines import Outlines, read_outlines
from storage.maps.sheet import sheet_of

_log = logging.getLogger(__name__)
_POLE, _DATE_LINE = 90, 180


@dataclass(frozen=True, slots=True)
class _Plane:
    """Metres of a degree around the middle of a city, on the ellipsoid of WGS 84; a city is small enough for one."""

    north: float
    east: float

    @classmethod
    def at(cls, latitude: float) -> "_Plane":
        angle = radians(latitude)
        north = 111_132.954 - 559.822 * cos(2 * angle) + 1.175 * cos(4 * angle)
        return cls(north, 111_412.84 * cos(angle) - 93.5 * cos(3 * angle))

    def metres(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of longitudes and latitudes, a pair each."""
        return np.multiply(degrees, (self.east, self.north))


class OutlineIndex:
    """Outlines, ready for questions. Many threads may ask at once."""

    def __init__(self, drawn: Mapping[AreaCode, BaseGeometry]) -> None:
        """`drawn`: in degrees, at least one."""
        self._codes = tuple(drawn)
        degrees = np.array(list(drawn.values()), dtype=object)
        _, south, _, north = shapely.total_bounds(degrees)
        self._plane = _Plane.at((south + north) / 2)
        self._shapes = shapely.transform(degrees, self._plane.metres)
        self._tree = STRtree(self._shapes)
        self._gaps = STRtree(_gaps(self._shapes))

    def at(self, point: Point, reach: float = BORDER) -> AtPoint:
        """See core.ports.Boundaries."""
        if not _on_earth(point):
            return AtPoint()
        here = shapely.points(self._plane.metres(np.array((point.longitude, point.latitude))))
        found = self._tree.query(here, predicate="dwithin", distance=reach)
        away = sorted((float(shapely.distance(self._shapes[at], here)), self._codes[at]) for at in found)
        holding = tuple(code for far, code in away if not far)
        within = bool(holding) or bool(self._gaps.query(here, predicate="intersects").size)
        return AtPoint(holding, tuple(code for far, code in away if far), within)

    def sheet(self) -> Sheet:
        """As they are drawn; made anew at each call."""
        return sheet_of(self._codes, self._shapes, (self._plane.east, self._plane.north))


def _on_earth(point: Point) -> bool:
    latitude, longitude = point.latitude, point.longitude
    return isfinite(latitude) and isfinite(longitude) and abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE


def _gaps(shapes: NDArray[np.object_]) -> list[BaseGeometry]:
    """What all outlines together leave open in their midst: such a point lies in the city, whosever it is."""
    whole = shapely.get_parts(shapely.union_all(shapes))
    return [shapely.Polygon(ring) for part in whole for ring in part.interiors]


class MappedBoundaries:
    """core.ports.Boundaries, read when somebody asks first; a file that cannot be used is logged once, and no map."""

    def __init__(self, file: Path, named_by: str, folder: Path) -> None:
        """`folder`: where the prepared outlines are kept; it need not be there."""
        self._file, self._named_by, self._folder = file, named_by, folder
        self._lock, self._drawing = threading.Lock(), threading.Lock()
        self._read: tuple[OutlineIndex | None, str] | None = None
        self._sheet: Sheet | None = None

    def at(self, point: Point, reach: float = BORDER) -> AtPoint | None:
        """None: the file cannot be used."""
        index, _ = self._opened()
        return None if index is None else index.at(point, reach)

    def sheet(self) -> Sheet | None:
        """Drawn once; who asks where a point lies does not wait for it."""
        index, _ = self._opened()
        with self._drawing:
            if self._sheet is None and index is not None:
                self._sheet = index.sheet()
            return self._sheet

    def credit(self) -> str:
        """As the file names its source; empty where it cannot be used."""
        return self._opened()[1]

    def _opened(self) -> tuple[OutlineIndex | None, str]:
        with self._lock:
            if self._read is None:
                self._read = self._loaded()
            return self._read

    def _loaded(self) -> tuple[OutlineIndex | None, str]:
        try:
            outlines = load_outlines(self._file, self._named_by, self._folder)
        except MapUnusable as why:
            _log.error("boundaries_unusable", extra={"fault": str(why)})
            return None, ""
        return OutlineIndex(outlines.drawn), outlines.credit


def load_outlines(file: Path, named_by: str, folder: Path) -> Outlines:
    """As they were prepared from this very file, else from the file, and then prepared. Raises MapUnusable."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MapUnusable(f"cannot be read: {error.strerror}") from None
    known = prepared.load(folder, data, named_by)
    if known is None:
        known = read_outlines(data, named_by)
        prepared.keep(folder, data, named_by, known)
    return known
