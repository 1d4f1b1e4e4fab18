"""One batch: what waited for its end is published together, as coarse as it has to be, and what stands is renewed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.batch_periods import period
from core.categories import category
from core.model import FigureClass, FigureCount, FigureOutcome, Pack, Status, Unpublished
from core.publication import counting
from core.publication.classes import packed, partition
from core.publication.rounding import stepped
from core.record import Turn

_MOMENT = timedelta(microseconds=1)
_EVER = datetime.min.replace(tzinfo=UTC)
_SAID_WITHIN = timedelta(days=60)  # of its closing, a citizen says whether a report is solved


def publish(turn: Turn) -> int | None:
    """The first batch that has ended and was not yet published: how many reports. None: none has ended."""
    rules, zone, kept = turn.context.publishing, turn.context.zone, turn.tx.publications
    if rules.at_once:
        return None
    turn.tx.figures.take_up(zone)
    until, done = period(turn.now, rules.every, zone)[0], kept.published_until()
    if done is not None and done >= until:
        return None
    waiting = kept.waiting(until)
    # Who comes too late for a batch, or waits for others, goes with the next.
    earliest = done or _EVER
    begins = [max(period(each.received, rules.every, zone)[0], earliest) for each in waiting]
    batch = min(begins, default=max(period(until - _MOMENT, rules.every, zone)[0], earliest))
    published = _published(turn, batch, [each for each, at in zip(waiting, begins, strict=True) if at == batch])
    kept.refresh_statuses(batch)
    _count_outcomes(turn, batch)
    _count_statuses(turn)
    kept.publish_until(period(batch, rules.every, zone)[1])
    return published


def _published(turn: Turn, batch: datetime, reports: Sequence[Unpublished]) -> int:
    """What is never listed waits no more; what is too alone waits for the next batch."""
    least, kept = turn.context.publishing.least, turn.tx.publications
    listed = [each for each in reports if _may_be_listed(each)]
    kept.drop([each.report for each in reports if not _may_be_listed(each)])
    classes = {
        (shared, office): those
        for shared, all_of_it in partition(listed, least).classes.items()
        for office, those in counting.by_office(all_of_it, least).items()
    }
    proved = counting.proved(each for those in classes.values() for each in those)
    packs = [
        Pack(turn.context.rng.token(), shared, each, office, proved & {report.report for report in each})
        for (shared, office), those in classes.items()
        for each in packed(those, least)
    ]
    kept.publish(batch, packs)
    _count_received(turn, batch, packs)
    return sum(len(those) for those in classes.values())


def _count_received(turn: Turn, batch: datetime, packs: Sequence[Pack]) -> None:
    figures, day = turn.tx.figures, batch.astimezone(turn.context.zone).date()
    sizes: dict[FigureClass, int] = {}
    for pack in packs:
        of = FigureClass(pack.shared, pack.office)
        sizes[of] = sizes.get(of, 0) + len(pack.reports)
    figures.add(day, [FigureCount(FigureOutcome.RECEIVED, of, {0: size}) for of, size in sizes.items()])
    reports = [report for pack in packs for report in pack.reports]
    figures.add_channels(day, counting.by_channel(reports, turn.context.publishing.least))


def _count_outcomes(turn: Turn, batch: datetime) -> None:
    figures, day = turn.tx.figures, batch.astimezone(turn.context.zone).date()
    noted = figures.note_outcomes(batch, turn.now - _SAID_WITHIN)
    counts, told = counting.counted(noted, turn.context.publishing.least)
    figures.add(day, counts)
    figures.end_waiting(told)


def _may_be_listed(report: Unpublished) -> bool:
    """Neither restricted nor sensitive, and of a kind that is still known."""
    if report.restricted:
        return False
    try:
        leaf = category(report.category)
    except KeyError:
        return False
    return leaf.public


def _count_statuses(turn: Turn) -> None:
    kept = turn.tx.publications
    listed = kept.listed_statuses()
    now = {status: listed.get(status, 0) for status in Status}
    kept.show_statuses(stepped(kept.shown_statuses(), now, turn.context.publishing.least))
