"""By what kept figures are found: the periods that a day lies in, and each thing that a class tells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from core import areas
from core.model import AreaCode, FigureClass, FigureCount, FigureOutcome

DAY, WEEK, MONTH, EVER = "day", "week", "month", "ever"
ALL, FIELD, LEAF, AREA, DISTRICT, OFFICE = "all", "field", "leaf", "area", "district", "office"
Periods = Sequence[tuple[str, str]]
SumKey = tuple[str, str, FigureOutcome, int]


def live(grain: str) -> str:
    """Under which it is kept where each report is listed at once: pages of batches never read it."""
    return f"live-{grain}"


def grains(day: date) -> Periods:
    """Under which a day is counted: each grain, and when that of the day begins."""
    week = day - timedelta(days=day.weekday())
    return ((DAY, day.isoformat()), (WEEK, week.isoformat()), (MONTH, day.isoformat()[:7]), (EVER, ""))


def keys(of: FigureClass) -> Iterator[tuple[str, str]]:
    """By what, and under which key, a class is summed up; an area counts in each that holds it."""
    yield ALL, ""
    yield FIELD, of.shared.group
    yield DISTRICT, of.shared.area[: areas.COARSE]
    yield OFFICE, of.office
    if of.shared.category:
        yield LEAF, of.shared.category
    known = areas.AREAS.get(of.shared.area)
    while known is not None:
        yield AREA, known.code
        known = areas.AREAS.get(known.parent or AreaCode(""))


def summed(counts: Iterable[FigureCount]) -> Mapping[SumKey, int]:
    """Reports by what, key, outcome and days."""
    found: Counter[SumKey] = Counter()
    for count in counts:
        for by, key in keys(count.of):
            for days, reports in count.days.items():
                found[by, key, count.outcome, days] += reports
    return dict(found)
