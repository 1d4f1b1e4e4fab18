"""The kelurahan around a point, by their centres: nearest first, to be chosen from and never taken for certain."""

from functools import cache
from math import cos, radians
from typing import Final

from core.analysis import remembered
from core.areas.gazetteer import AREAS
from core.messages import Point
from core.model import AreaCode

MOST: Final = 3
_FAR: Final = 5.0  # kilometres: farther away lies another city, or the sea
_DEGREE: Final = 111.2  # kilometres of latitude
_CENTRES: Final = tuple((each.code, each.centre) for each in AREAS.values() if each.centre is not None)
_BEYOND: Final = 50.0  # kilometres: an area may be as large as that around its centre


@remembered
def nearest(point: Point, most: int = MOST) -> tuple[AreaCode, ...]:
    """Up to `most`, none that is far; empty outside of the city. A border may lie nearer to another's centre."""
    away = sorted((kilometres(point, centre), code) for code, centre in _CENTRES)
    return tuple(code for far, code in away[:most] if far <= _FAR)


@remembered
def is_beyond(point: Point) -> bool:
    """Whether it lies farther from every centre than any centre from its nearest; never where none is known."""
    away = min((kilometres(centre, point) for _, centre in _CENTRES), default=0.0)
    return away > _BEYOND and away > _gap()


@cache
def _gap() -> float:
    """How far the loneliest centre lies from the next."""
    every = [centre for _, centre in _CENTRES]
    return max(min((kilometres(one, other) for other in every if other != one), default=0.0) for one in every)


def kilometres(one: Point, other: Point) -> float:
    """How far two points are apart, as on a plane: the city is small, and lies near the equator."""
    north = (one.latitude - other.latitude) * _DEGREE
    east = (one.longitude - other.longitude) * _DEGREE * cos(radians(one.latitude))
    return float((north * north + east * east) ** 0.5)
