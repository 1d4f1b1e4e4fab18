"""What the reports of a batch share with others: kind and place, each as fine as enough different senders allow."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from core import areas
from core.categories import category
from core.model import AreaCode, PublicClass, Unpublished
from core.model.published import ANY_KIND, ANYWHERE

_KINDS = 3  # leaf, group, any
_PLACES = areas.FINEST + 2  # as it was told (one of the smallest at best), each level above, anywhere
_COST_OF_KIND = (0, 2, 5)
_COST_OF_PLACE = (*range(0, 2 * _PLACES - 2, 2), 2 * _PLACES - 1)
Level = tuple[int, int]
# From the finest to the coarsest: an area is given up for what holds it as easily as a kind for its group.
LEVELS: tuple[Level, ...] = tuple(
    sorted(
        product(range(_KINDS), range(_PLACES)),
        key=lambda level: (_COST_OF_KIND[level[0]] + _COST_OF_PLACE[level[1]], level),
    )
)


class Member(Protocol):
    """What is published along with others: its number is random, `sender` the mark of who is proved, or empty."""

    @property
    def number(self) -> str:
        """By which all of them are in order."""

    @property
    def sender(self) -> bytes:
        """Empty: it counts for nothing."""


M = TypeVar("M", bound=Member)


@dataclass(frozen=True, slots=True)
class Partition(Generic[M]):
    """What can be published of a batch, and what has to wait for the next."""

    classes: Mapping[PublicClass, tuple[M, ...]]
    held: tuple[M, ...] = ()


def partition(reports: Iterable[Unpublished], least: int) -> Partition[Unpublished]:
    """Each report in the finest class that `least` different proved senders share; the same for any order.

    A report whose sender was only claimed goes along, and counts for nothing. Those who even all together are too few
    are held. All kinds must be known, and open to all.
    """
    return partition_by(reports, finest, least)


def partition_by(members: Iterable[M], told: Callable[[M], PublicClass], least: int) -> Partition[M]:
    """The same of whatever has a class; `told`: the finest that may be told of it."""
    left = _in_order(members)
    found: dict[PublicClass, list[M]] = {}
    for level in LEVELS:
        sharing, left = _sharing(left, told, level), []
        for shared, those in sharing.items():
            if shared in found or enough(those, least):
                found.setdefault(shared, []).extend(those)
            else:
                left += those
    classes = {shared: tuple(_in_order(found[shared])) for shared in sorted(found)}
    return Partition(MappingProxyType(classes), tuple(_in_order(left)))


def split(members: Iterable[M], names: Sequence[Callable[[M], str]], least: int) -> Mapping[str, tuple[M, ...]]:
    """Those of one class, who are enough, by a name that enough share; under "" who have none, enough or nobody.

    `names`: from the finest to the coarsest, the last before "". Where those without are too few, the smallest names
    are given up for them, one after the other.
    """
    left, found = _in_order(members), dict[str, list[M]]()
    for name in names:
        named: dict[str, list[M]] = defaultdict(list)
        for each in left:
            named[name(each)].append(each)
        left = [each for key, those in named.items() if not key or not enough(those, least) for each in those]
        for key, those in named.items():
            if key and enough(those, least):
                found.setdefault(key, []).extend(those)
    while left and found and not enough(left, least):
        left += found.pop(min(found, key=lambda key: (_proved(found[key]), len(found[key]), key)))
    return {key: tuple(_in_order(those)) for key, those in sorted([*found.items(), *([("", left)] if left else [])])}


def packed(reports: Iterable[M], least: int) -> tuple[tuple[M, ...], ...]:
    """A class cut into parts of which each is enough by itself, so that the others stand when one is taken back."""
    parts: list[list[M]] = []
    for report in _in_order(reports):
        if not parts or enough(parts[-1], least):
            parts.append([])
        parts[-1].append(report)
    if len(parts) > 1 and not enough(parts[-1], least):
        last = parts.pop()
        parts[-1] += last
    return tuple(map(tuple, parts))


def finest(report: Unpublished) -> PublicClass:
    """Kind and place as they are."""
    leaf = category(report.category)
    return PublicClass(leaf.group, leaf.id, report.area or ANYWHERE)


def coarser(told: PublicClass, level: Level) -> PublicClass:
    """What it shares with others at a level; what is coarser already stays so."""
    kind, place = level
    return PublicClass(
        group=told.group if kind < _KINDS - 1 else "",
        category=told.category if kind == 0 else ANY_KIND,
        area=_area(told.area, place),
    )


def enough(members: Iterable[Member], least: int) -> bool:
    """Whether as many different proved senders are among them."""
    return least <= 1 or _proved(members) >= least


def _proved(members: Iterable[Member]) -> int:
    return len({each.sender for each in members if each.sender})


def _area(told: AreaCode, place: int) -> AreaCode:
    """One that the table no longer knows is anywhere."""
    known = areas.AREAS.get(told)
    if known is None or place == _PLACES - 1:
        return ANYWHERE
    for finer in range(areas.FINEST, areas.FINEST - place, -1):
        if known.depth == finer and known.parent is not None:
            known = areas.AREAS[known.parent]
    return known.code


def _sharing(members: Iterable[M], told: Callable[[M], PublicClass], level: Level) -> Mapping[PublicClass, list[M]]:
    found: dict[PublicClass, list[M]] = defaultdict(list)
    for each in members:
        found[coarser(told(each), level)].append(each)
    return found


def _in_order(members: Iterable[M]) -> list[M]:
    """By number, which is random: nobody sees who came first."""
    return sorted(members, key=lambda each: each.number)
