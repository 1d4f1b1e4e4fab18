"""What the public map shows: how many reports were published of an area, and in how many days they were solved.

Where reports are published in batches, each count is of whole classes, and so nought or many; days are told of what
stands in the public list, and of `least` solved reports at once. Else small counts are left out, as on the page beside.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from core import areas
from core.model import AreaCode
from storage import Figures, Publisher
from web import AreaFigure

_DAY = timedelta(days=1)


def of_batches(published: Publisher, since: datetime, least: int) -> Mapping[AreaCode, AreaFigure]:
    """Of the smallest areas; days of what was published since then. Blocks on the database; raises StoreAway."""
    return _figures(published.by_place(), published.days_by_place(since), least)


def of_all(figures: Figures, since: datetime, few: int) -> Mapping[AreaCode, AreaFigure]:
    """Of those with `few` reports or more. Blocks on the database; raises StoreAway."""
    counts = {code: count for code, count in figures.by_place().items() if _is_finest(code)}
    return _figures(_without_small_rests(counts, few), figures.days_by_place(since), few)


def _figures(
    counts: Mapping[AreaCode, int], days: Mapping[AreaCode, Sequence[timedelta]], least: int
) -> Mapping[AreaCode, AreaFigure]:
    return {
        code: AreaFigure(count, _median(days.get(code, ()), least))
        for code, count in counts.items()
        if count >= least and _is_finest(code)
    }


def _is_finest(code: AreaCode) -> bool:
    return code in areas.AREAS and areas.area(code).finest


def _median(days: Sequence[timedelta], least: int) -> float | None:
    """To a tenth; None of too few."""
    return round(median(each / _DAY for each in days), 1) if len(days) >= max(least, 1) else None


def _without_small_rests(counts: Mapping[AreaCode, int], few: int) -> Mapping[AreaCode, int]:
    """Nor is a small one told by what its district lacks: where the rest is small, the smallest shown goes with it."""
    inside: dict[AreaCode | None, dict[AreaCode, int]] = {}
    for code, count in counts.items():
        inside.setdefault(areas.area(code).parent, {})[code] = count
    shown: dict[AreaCode, int] = {}
    for those in inside.values():
        many = {code: count for code, count in those.items() if count >= few}
        if many and 0 < sum(those.values()) - sum(many.values()) < few:
            del many[min(many, key=lambda code: (many[code], code))]
        shown |= many
    return shown
