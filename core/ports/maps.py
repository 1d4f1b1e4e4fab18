"""What an operator's map tells: which areas lie at a point."""

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


class Boundaries(Protocol):
    """The outlines of areas."""

    def at(self, point: Point, reach: float = BORDER) -> AtPoint | None:
        """What lies at a point, and within so many metres of it; None: there is no map that could be read."""
        ...

    def credit(self) -> str:
        """Whom to name where the map is used; empty: nobody."""
        ...


@dataclass(frozen=True, slots=True)
class CityMap:
    """What there is of a map. `decimals`: how many digits of a degree are kept of a point."""

    boundaries: Boundaries | None = None
    decimals: int = 4


NO_MAP = CityMap()
