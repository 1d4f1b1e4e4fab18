"""What the reports of a batch share with others: kind and place, each as fine as enough different senders allow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Partition:
    """What can be published of a batch, and what has to wait for the next."""

    classes: Mapping[PublicClass, tuple[Unpublished, ...]]
    held: tuple[Unpublished, ...] = ()


def partition(reports: Iterable[Unpublished], least: int) -> Partition:
    """Each report in the finest class that `least` different proved senders share; the same for any order.

    A report whose sender was only claimed goes along, and counts for nothing. Those who even all together are too few
    are held. All kinds must be known, and open to all.
    """
    left = _in_order(reports)
    found: dict[PublicClass, list[Unpublished]] = {}
    for level in LEVELS:
        sharing, left = _sharing(left, level), []
        for shared, those in sharing.items():
            if shared in found or _enough(those, least):
                found.setdefault(shared, []).extend(those)
            else:
                left += those
    classes = {shared: tuple(_in_order(found[shared])) for shared in sorted(found)}
    return Partition(MappingProxyType(classes), tuple(_in_order(left)))


def packed(reports: Iterable[Unpublished], least: int) -> tuple[tuple[Unpublished, ...], ...]:
    """A class cut into parts of which each is enough by itself, so that the others stand when one is taken back."""
    parts: list[list[Unpublished]] = []
    for report in _in_order(reports):
        if not parts or _enough(parts[-1], least):
            parts.append([])
        parts[-1].append(report)
    if len(parts) > 1 and not _enough(parts[-1], least):
        last = parts.pop()
        parts[-1] += last
    return tuple(map(tuple, parts))


def class_of(report: Unpublished, level: Level) -> PublicClass:
    """What it shares with others at a level."""
    kind, place = level
    leaf = category(report.category)
    return PublicClass(
        group=leaf.group if kind < _KINDS - 1 else "",
        category=leaf.id if kind == 0 else ANY_KIND,
        area=_area(report.area, place),
    )


def _area(told: AreaCode | None, place: int) -> AreaCode:
    """One that the table no longer knows is anywhere."""
    known = areas.AREAS.get(told) if told is not None else None
    if known is None or place == _PLACES - 1:
        return ANYWHERE
    for finer in range(areas.FINEST, areas.FINEST - place, -1):
        if known.depth == finer and known.parent is not None:
            known = areas.AREAS[known.parent]
    return known.code


def _sharing(reports: Iterable[Unpublished], level: Level) -> Mapping[PublicClass, list[Unpublished]]:
    found: dict[PublicClass, list[Unpublished]] = defaultdict(list)
    for report in reports:
        found[class_of(report, level)].append(report)
    return found


def _enough(reports: Iterable[Unpublished], least: int) -> bool:
    return least <= 1 or len({report.sender for report in reports if report.sender}) >= least


def _in_order(reports: Iterable[Unpublished]) -> list[Unpublished]:
    """By number, which is chance: nobody sees who came first."""
    return sorted(reports, key=lambda report: report.number)
