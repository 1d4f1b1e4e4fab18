"""One batch: what waited for its end is published together, as coarse as it has to be, and what stands is renewed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.categories import category
from core.model import Pack, Status, Unpublished
from core.publication.classes import packed, partition
from core.publication.periods import period
from core.publication.rounding import stepped
from core.record import Turn

_MOMENT = timedelta(microseconds=1)
_EVER = datetime.min.replace(tzinfo=UTC)


def publish(turn: Turn) -> int | None:
    """The first batch that has ended and was not yet published: how many reports. None: none has ended."""
    rules, zone, kept = turn.context.publishing, turn.context.zone, turn.tx.publications
    if rules.at_once:
        return None
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
    _count_statuses(turn)
    kept.publish_until(period(batch, rules.every, zone)[1])
    return published


def _published(turn: Turn, batch: datetime, reports: Sequence[Unpublished]) -> int:
    """What is never listed waits no more; what is too alone waits for the next batch."""
    least, kept = turn.context.publishing.least, turn.tx.publications
    listed = [each for each in reports if _may_be_listed(each)]
    kept.drop([each.report for each in reports if not _may_be_listed(each)])
    classes = partition(listed, least).classes
    packs = [
        Pack(turn.context.rng.token(), shared, each)
        for shared, those in classes.items()
        for each in packed(those, least)
    ]
    kept.publish(batch, packs)
    return sum(len(those) for those in classes.values())


def _may_be_listed(report: Unpublished) -> bool:
    """Neither restricted nor sensitive, and of a kind that is still known."""
    if report.restricted:
        return False
    try:
        leaf = category(report.category)
    except KeyError:
        return False
    return leaf.restricted is None and not leaf.sensitive


def _count_statuses(turn: Turn) -> None:
    kept = turn.tx.publications
    listed = kept.listed_statuses()
    now = {status: listed.get(status, 0) for status in Status}
    kept.show_statuses(stepped(kept.shown_statuses(), now, turn.context.publishing.least))
