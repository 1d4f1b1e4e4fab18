"""Where a point lies, by the operator's map: a fact of the context, set where a use case begins; else by centres."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from core import watch
from core.areas.nearby import is_beyond, nearest
from core.messages import Point
from core.model import AreaCode
from core.ports import BORDER, NO_MAP, CityMap, Gazetteer

MOST: Final = 3
_DEGREE: Final = 111_200.0  # metres
_MAP: ContextVar[CityMap] = ContextVar("city_map", default=NO_MAP)


@dataclass(frozen=True, slots=True)
class FoundAreas:
    """Areas that words may mean, best first, at most five; `certain`: exactly one reading.

    `by_name`: the names of a map alone lead there, as a street's: to be asked about, and never taken.
    """

    candidates: tuple[AreaCode, ...] = ()
    certain: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """The areas that a point may mean, the likeliest first. `certain`: it lies in the first, and near no other.

    `mapped`: outlines say so; else the areas are those whose centres lie nearest. `beyond`: far away from all of them.
    """

    areas: tuple[AreaCode, ...] = ()
    certain: bool = False
    mapped: bool = False
    beyond: bool = False

    @property
    def outside(self) -> bool:
        """Whether outlines show that it lies outside of the city, or no centre is anywhere near."""
        return self.beyond or (self.mapped and not self.areas)


@contextmanager
def on_map(city_map: CityMap) -> Iterator[None]:
    """Within this context, points are looked up on that map."""
    before = _MAP.set(city_map)
    try:
        yield
    finally:
        _MAP.reset(before)


def gazetteer() -> Gazetteer | None:
    """The names of the map."""
    return _MAP.get().gazetteer


def rounded(point: Point) -> Point:
    """As it is kept."""
    return point.rounded(_MAP.get().decimals)


def _by_centres(point: Point, /) -> Located:
    return Located(nearest(point), beyond=is_beyond(point))


@watch.total("located", instead=_by_centres)
def located(point: Point, /) -> Located:
    """Where a point lies."""
    city_map = _MAP.get()
    found = city_map.boundaries.at(point, _reach(city_map.decimals)) if city_map.boundaries is not None else None
    if found is None:
        return _by_centres(point)
    codes = (*found.holding, *found.near)
    if found.within and not codes:  # in the middle of a gap between outlines
        return _by_centres(point)
    return Located(codes[:MOST], certain=len(codes) == 1 and found.within, mapped=True)


def _reach(decimals: int) -> float:
    """Who keeps fewer digits is asked more often: a point may lie as far from where it was."""
    lost = _DEGREE * 10.0**-decimals
    return max(BORDER, BORDER + lost if lost > BORDER else 0)


def related(one: AreaCode, other: AreaCode) -> bool:
    """One holds the other, or they are the same: a code begins with the code of what holds it."""
    return one.startswith(other) or other.startswith(one)


def meant(named: FoundAreas, point: Point | None) -> FoundAreas:
    """What words and a point mean together: the finer of two that fit; where they contradict each other, both."""
    there = located(point) if point is not None else Located()
    if not there.mapped:
        return named if named.candidates else FoundAreas(there.areas)
    if not there.areas:
        return named
    if not named.certain:
        fitting = [code for code in there.areas if any(related(code, other) for other in named.candidates)]
        return FoundAreas(tuple(dict.fromkeys((*fitting, *there.areas))), there.certain)
    told = named.candidates[0]
    fitting = [code for code in there.areas if related(code, told)]
    if not fitting:
        return FoundAreas((*there.areas[: MOST - 1], told))
    finest = tuple(max(code, told, key=len) for code in fitting)
    return FoundAreas(tuple(dict.fromkeys(finest)), len(set(finest)) == 1)
