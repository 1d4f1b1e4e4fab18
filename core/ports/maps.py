"""What an operator's map tells: which areas lie at a point, how they are drawn, and where a street of a name lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.messages import Point
from core.model import AreaCode

BORDER = 50.0
"""Metres: so near to another area, a point may as well mean that one. A phone knows its place no better."""


@dataclass(frozen=True, slots=True)
class AtPoint:
    """`holding`: areas that a point lies in, several where it lies on their border; `near`: others, nearest first.

    `within`: it lies in the city, though perhaps in a gap between outlines; `near` alone does not say so.
    """

    holding: tuple[AreaCode, ...] = ()
    near: tuple[AreaCode, ...] = ()
    within: bool = False


Box = tuple[int, int, int, int]
"""West, north, east and south, in steps of a sheet."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An area as it is drawn on a sheet, in the notation of paths of SVG: digits, spaces, M, l and z.

    `near`: in full; `far`: as much of it as is seen from afar. `middle`: of the largest circle inside, `room` its
    radius: where a name may stand.
    """

    near: str
    far: str
    box: Box
    middle: tuple[int, int]
    room: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """All areas on one sheet, those that hold others too: x grows to the east and y to the south, in steps of metres.

    `whole`: the city but for what lies far off, as islands. `origin`: longitude and latitude of the corner where x and
    y are nought; `degree`: how many steps a degree has, to the east and to the north.
    """

    outlines: Mapping[AreaCode, Outline]
    whole: Box
    origin: tuple[float, float]
    degree: tuple[float, float]

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point lies on it, or off it."""
        west, north = self.origin
        return (point.longitude - west) * self.degree[0], (north - point.latitude) * self.degree[1]

    def point(self, place: tuple[float, float]) -> Point:
        """The point of a place of the sheet."""
        west, north = self.origin
        return Point(north - place[1] / self.degree[1], west + place[0] / self.degree[0])


class Boundaries(Protocol):
    """The outlines of areas."""

    def at(self, point: Point, reach: float = BORDER) -> AtPoint | None:
        """What lies at a point, and within so many metres of it; None: there is no map that could be read."""

    def sheet(self) -> Sheet | None:
        """All of them as they are drawn; None: there is no map that could be read."""

    def credit(self) -> str:
        """Whom to name where the map is used; empty: nobody."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A street, a market, a school. `areas`: that it lies in, the most of it first; `point`: somewhere on it."""

    kind: str
    areas: tuple[AreaCode, ...]
    point: Point | None = None


class Gazetteer(Protocol):
    """Names of places. A key is the letters of a name, as `core.places.name_key` writes it."""

    def named(self, key: str) -> tuple[KnownPlace, ...]:
        """Every place of that very name; none where there is no map that could be read."""

    def mistyped(self, keys: Sequence[str]) -> Mapping[str, tuple[KnownPlace, ...]]:
        """Of the keys that differ from one name alone, by one letter: the places of that name."""


@dataclass(frozen=True, slots=True)
class CityMap:
    """What there is of a map. `decimals`: how many digits of a degree are kept of a point."""

    boundaries: Boundaries | None = None
    gazetteer: Gazetteer | None = None
    decimals: int = 4


NO_MAP = CityMap()
