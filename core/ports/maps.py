"""What an operator's map tells: which areas lie at a point, and where a street, market or school of a name lies."""

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


class Boundaries(Protocol):
    """The outlines of areas."""

    def at(self, point: Point, reach: float = BORDER) -> AtPoint | None:
        """What lies at a point, and within so many metres of it; None: there is no map that could be read."""
        ...

    def credit(self) -> str:
        """Whom to name where the map is used; empty: nobody."""
        ...


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
        ...

    def mistyped(self, keys: Sequence[str]) -> Mapping[str, tuple[KnownPlace, ...]]:
        """Of the keys that differ from one name alone, by one letter: the places of that name."""
        ...


@dataclass(frozen=True, slots=True)
class CityMap:
    """What there is of a map. `decimals`: how many digits of a degree are kept of a point."""

    boundaries: Boundaries | None = None
    gazetteer: Gazetteer | None = None
    decimals: int = 4


NO_MAP = CityMap()
