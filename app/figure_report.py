"""What the public page of figures shows of a period: read from kept rows, and of few where each is listed at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core import areas
from core.categories import ALL_CATEGORIES, GROUPS
from core.model import SOLVED, FigureOutcome, FigureQuery, FigureSummary
from core.publication import calendar
from storage import FigureSums
from storage.figure_keys import AREA, FIELD, LEAF, OFFICE
from web import Compared, FigureReport

K = TypeVar("K")
_PERIODS = 13  # this one, and a year of months before it
_NONE = FigureSummary()
_MEASURES = (
    (FigureOutcome.RECEIVED,),
    SOLVED,
    (FigureOutcome.REOPENED,),
    (FigureOutcome.SATISFIED,),
    (FigureOutcome.DISSATISFIED,),
)
_GROUPS = frozenset(each.id for each in GROUPS)


def report_of(sums: FigureSums, query: FigureQuery, today: date, least: int, *, batches: bool) -> FigureReport:
    """Blocks on the database; raises StoreAway. `least`: fewer are left out where batches do not see to that."""
    newest = query.starts or sums.newest(query.grain.value) or calendar.starts_of(query.grain, today)
    query = replace(query, starts=newest)
    few = 1 if batches else least
    periods = calendar.ending(query.grain, query.starts, _PERIODS)
    if not query.publishable:
        return FigureReport(query, (), least=least, batches=batches)
    if query.channel:
        return FigureReport(query, (), channels=_channels(sums, query, periods[-2:], few), least=least, batches=batches)
    found = sums.series(query, periods)
    series = tuple((each, _enough(found.get(each, _NONE), few)) for each in periods)
    reading = _Reading(sums, query, periods[-2], (found.get(periods[-1], _NONE), found.get(periods[-2], _NONE)), few)
    return FigureReport(
        query,
        series,
        kinds=reading.kinds(),
        areas=reading.areas(),
        offices=reading.offices(),
        channels=_channels(sums, query, periods[-2:], few) if not query.filters else (),
        least=least,
        batches=batches,
    )


class _Reading:
    """Two periods side by side, by what a class tells."""

    def __init__(
        self,
        sums: FigureSums,
        query: FigureQuery,
        before: str,
        wholes: tuple[FigureSummary, FigureSummary],
        few: int,
    ) -> None:
        self._sums, self._query, self._before, self._wholes, self._few = sums, query, before, wholes, few

    def kinds(self) -> tuple[Compared, ...]:
        """Fields; of one field its kinds; of one kind nothing."""
        if not self._query.kind:
            return self._by(FIELD, None)
        if self._query.kind not in _GROUPS:
            return ()
        return self._by(LEAF, [each.id for each in ALL_CATEGORIES.values() if each.group == self._query.kind])

    def areas(self) -> tuple[Compared, ...]:
        """Those right below; of one of the smallest nothing."""
        below = areas.children(self._query.area or None)
        return self._by(AREA, [each.code for each in below]) if below else ()

    def offices(self) -> tuple[Compared, ...]:
        return () if self._query.office else self._by(OFFICE, None)

    def _by(self, what: str, cells: Sequence[str] | None) -> tuple[Compared, ...]:
        now, before = (
            self._told(what, starts, cells, whole)
            for starts, whole in zip((self._query.starts, self._before), self._wholes, strict=True)
        )
        keys = sorted(now.keys() | before.keys(), key=lambda key: (not key, -now.get(key, _NONE).received, key))
        return tuple(Compared(key, now.get(key, _NONE), before.get(key, _NONE)) for key in keys)

    def _told(
        self, what: str, starts: str, cells: Sequence[str] | None, whole: FigureSummary
    ) -> Mapping[str, FigureSummary]:
        found = dict(self._sums.by(what, self._query, starts, cells))
        if cells is not None:
            rest = _rest(whole, found.values())
            found |= {"": rest} if rest.counts else {}
        return without_few(found, self._few)


def without_few(found: Mapping[str, FigureSummary], few: int) -> Mapping[str, FigureSummary]:
    """Without counts below `few`, and without the smallest of those above where the sum of all would tell the rest."""
    if few <= 1:
        return found
    hidden: dict[str, set[FigureOutcome]] = {key: set() for key in found}
    for measure in _MEASURES:
        counts = {key: count for key, each in found.items() if (count := sum(map(each.of, measure)))}
        small = {key for key, count in counts.items() if count < few}
        large = counts.keys() - small
        if large and 0 < sum(counts[key] for key in small) < few:
            small.add(min(large, key=lambda key: (counts[key], key)))
        for key in small:
            hidden[key].update(measure)
    shown = {key: _without(each, hidden[key], few) for key, each in found.items()}
    return {key: each for key, each in shown.items() if each.counts}


def _enough(found: FigureSummary, few: int) -> FigureSummary:
    if few <= 1:
        return found
    small = {outcome for measure in _MEASURES if sum(map(found.of, measure)) < few for outcome in measure}
    return _without(found, small, few)


def _without(found: FigureSummary, hidden: Collection[FigureOutcome], few: int) -> FigureSummary:
    """Which were solved in time is told where neither they nor the others are few."""
    left = {outcome: count for outcome, count in found.counts.items() if outcome not in hidden}
    paced = not any(0 < found.of(outcome) < few for outcome in SOLVED)
    if any(map(left.get, SOLVED)):
        return FigureSummary(left, found.total_days, found.days, paced)
    return FigureSummary(left)


def _rest(whole: FigureSummary, parts: Iterable[FigureSummary]) -> FigureSummary:
    """What lies in none of the parts: classes that were told coarser."""
    counts, total, days = dict(whole.counts), whole.total_days, dict(whole.days)
    for part in parts:
        total -= part.total_days
        for outcome, count in part.counts.items():
            counts[outcome] = counts.get(outcome, 0) - count
        for each, count in part.days.items():
            days[each] = days.get(each, 0) - count
    return FigureSummary(_positive(counts), total, _positive(days))


def _positive(counts: Mapping[K, int]) -> dict[K, int]:
    return {key: count for key, count in counts.items() if count > 0}


def _channels(sums: FigureSums, query: FigureQuery, periods: Sequence[str], few: int) -> tuple[Compared, ...]:
    counts = sums.channels(query.grain.value, periods)
    by_period = [
        without_few(
            {
                name: FigureSummary({FigureOutcome.RECEIVED: count})
                for (starts, name), count in counts.items()
                if starts == at
            },
            few,
        )
        for at in periods
    ]
    before, now = by_period
    keys = sorted(now.keys() | before.keys(), key=lambda key: (not key, -now.get(key, _NONE).received, key))
    return tuple(
        Compared(key, now.get(key, _NONE), before.get(key, _NONE))
        for key in keys
        if not query.channel or key == query.channel
    )
