"""What is counted: for metrics, for the public page of statistics, and for operators who look at the outbox."""

from collections import Counter
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Select, func, select

from core import areas
from core.categories import ALL_CATEGORIES
from core.errors import StoreAway
from core.model import Act, AreaCode, CategoryId, DeliveryKind, Status, Waiting
from storage.copies import last_copies
from storage.engine import Database, may_use
from storage.tables import CLOSING, CORRECTION, HISTORY, OURS, OUTBOX, REPORT, WAITING, AnyRow

_SHOWN = REPORT.c.restricted.is_(False)
_BY_CHANNEL = select(REPORT.c.channel, REPORT.c.status, func.count()).group_by(REPORT.c.channel, REPORT.c.status)
_BY_CATEGORY = select(REPORT.c.category, func.count()).group_by(REPORT.c.category)
_BY_AREA = select(REPORT.c.area, func.count()).where(REPORT.c.area.is_not(None)).group_by(REPORT.c.area)
_NAMED = select(REPORT.c.category, REPORT.c.agency, REPORT.c.area, func.count()).group_by(
    REPORT.c.category, REPORT.c.agency, REPORT.c.area
)
_BY_MINUTE = select(REPORT.c.received, func.count()).group_by(REPORT.c.received)
_SOLVED = select(REPORT.c.area, REPORT.c.received, REPORT.c.closed).where(
    REPORT.c.area.is_not(None), REPORT.c.closed.is_not(None), REPORT.c.status == Status.SELESAI.value
)
_CORRECTED = select(CORRECTION.c.before, CORRECTION.c.after, CORRECTION.c.times).order_by(
    CORRECTION.c.times.desc(), CORRECTION.c.before, CORRECTION.c.after
)
_CLOSINGS = select(CLOSING.c.kind, CLOSING.c.deed, CLOSING.c.times).order_by(CLOSING.c.kind, CLOSING.c.deed)
# What a restricted report is about is sealed, and empty here: all of them are one line.
_MOVES = select(HISTORY.c.report).where(HISTORY.c.act == Act.COORDINATE.value).distinct().subquery()
_MOVED = (
    select(REPORT.c.category, func.count(), func.count(_MOVES.c.report))
    .select_from(REPORT.outerjoin(_MOVES, _MOVES.c.report == REPORT.c.id))
    .group_by(REPORT.c.category)
    .having(func.count(_MOVES.c.report) > 0)
    .order_by(func.count(_MOVES.c.report).desc(), func.count().desc(), REPORT.c.category)
)
_TOTAL = select(func.count()).select_from(REPORT)
_REASONS = 50  # the most frequent: each is a series of metrics
_LISTED = (
    select(
        OUTBOX.c.id,
        OUTBOX.c.kind,
        OUTBOX.c.channel,
        OUTBOX.c.state,
        OUTBOX.c.attempts,
        OUTBOX.c.not_before,
        OUTBOX.c.why,
    )
    .where(OUTBOX.c.state.in_(("waiting", "dead")))
    .order_by(OUTBOX.c.seq)
)
_FAILED = (
    select(OUTBOX.c.channel, OUTBOX.c.state, OUTBOX.c.why, func.count())
    .where(OUTBOX.c.state.in_(("waiting", "dead")), OUTBOX.c.why.is_not(None))
    .group_by(OUTBOX.c.channel, OUTBOX.c.state, OUTBOX.c.why)
    .order_by(func.count().desc(), OUTBOX.c.channel, OUTBOX.c.why)
    .limit(_REASONS)
)

_BY_KIND = (
    select(OUTBOX.c.channel, OUTBOX.c.kind, OUTBOX.c.state, func.count())
    .where(OUTBOX.c.state.in_(("waiting", "dead")))
    .group_by(OUTBOX.c.channel, OUTBOX.c.kind, OUTBOX.c.state)
)
_OLDEST = select(func.min(OUTBOX.c.not_before)).where(OUTBOX.c.state == WAITING)
_DUE = select(func.count()).select_from(REPORT).where(REPORT.c.closed.is_(None))


def waiting_of(row: AnyRow) -> Waiting:
    """A delivery without address and words."""
    return Waiting(row.id, DeliveryKind(row.kind), row.channel, row.state, row.attempts, row.not_before, row.why or "")


def _public(query: Select[Any]) -> Select[Any]:
    """Of what anybody may know of; which kinds are public can change while it runs."""
    hidden = [each.id for each in ALL_CATEGORIES.values() if not each.public]
    return query.where(_SHOWN, REPORT.c.category.not_in(hidden))


class Figures:
    """Reads alone, beside whatever is being written; each raises StoreAway.

    What the public page shows counts neither restricted nor sensitive reports, as little as the public list has them:
    who subtracts one from the other learns of none.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def reports(self) -> list[tuple[str, str, int]]:
        """Channel, status, count."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_BY_CHANNEL)]

    def public_reports(self) -> list[tuple[str, str, int]]:
        """Channel, status, count: of what the public list has."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_public(_BY_CHANNEL))]

    def total(self) -> int:
        """Reports, restricted ones too."""
        return self._number(_TOTAL)

    def last_copies(self) -> dict[str, datetime]:
        """When the last `backup` was made, and the last `drill`; what never was is not there."""
        return self._database.read(lambda statements: last_copies(statements.connection))

    def by_category(self) -> dict[CategoryId, int]:
        """Of leaves."""
        return {CategoryId(row[0]): int(row[1]) for row in self._rows(_public(_BY_CATEGORY))}

    def corrected(self) -> list[tuple[str, str, int]]:
        """What a report was filed as, what its writer made of it, how often."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_CORRECTED)]

    def closings(self) -> list[tuple[str, str, int]]:
        """A kind of trace, what citizens made of it, how often."""
        return [(str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_CLOSINGS)]

    def moved(self) -> list[tuple[str, int, int]]:
        """A category, its reports, and how many of these an office passed on to another; "restricted" for all such."""
        return [(str(row[0] or "restricted"), int(row[1]), int(row[2])) for row in self._rows(_MOVED)]

    def named(self) -> list[tuple[str, str, str, int]]:
        """Category, office and area of reports, and how many; a restricted one tells its office alone."""
        return [(row[0] or "", str(row[1]), row[2] or "", int(row[3])) for row in self._rows(_NAMED)]

    def by_area(self) -> dict[AreaCode, int]:
        """Of districts; small counts are here too: who shows them decides what to hide."""
        found: Counter[AreaCode] = Counter()
        for row in self._rows(_public(_BY_AREA)):
            found[AreaCode(row[0][: areas.COARSE])] += row[1]
        return dict(found)

    def by_place(self) -> dict[AreaCode, int]:
        """The same of each area that was told, whatever its size."""
        return {AreaCode(row[0]): int(row[1]) for row in self._rows(_public(_BY_AREA))}

    def days_by_place(self, since: datetime) -> dict[AreaCode, list[timedelta]]:
        """How long solved reports took that were received since then."""
        found: dict[AreaCode, list[timedelta]] = {}
        for row in self._rows(_public(_SOLVED).where(REPORT.c.received >= since)):
            found.setdefault(AreaCode(row[0]), []).append(row[2] - row[1])
        return found

    def by_day(self, since: datetime, zone: tzinfo) -> dict[date, int]:
        """Reports received since then, by the day of that zone."""
        found: Counter[date] = Counter()
        for row in self._rows(_public(_BY_MINUTE).where(REPORT.c.received >= since)):
            found[row[0].astimezone(zone).date()] += row[1]
        return dict(found)

    def outbox(self) -> list[tuple[str, DeliveryKind, str, int]]:
        """Channel, kind, waiting or dead, count."""
        return [(str(row[0]), DeliveryKind(row[1]), str(row[2]), int(row[3])) for row in self._rows(_BY_KIND)]

    def failed(self) -> list[tuple[str, str, str, int]]:
        """Of what was tried in vain: channel, waiting or dead, why, count."""
        return [(str(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in self._rows(_FAILED)]

    def oldest_waiting(self) -> datetime | None:
        """Since when the delivery that waits longest could have left."""
        oldest: datetime | None = self._rows(_OLDEST)[0][0]
        return oldest

    def due_between(self, start: datetime, end: datetime) -> int:
        """Open reports, restricted ones too, whose time ends after `start` and by `end`."""
        return self._number(_DUE.where(REPORT.c.due > start, REPORT.c.due <= end))

    def waiting(self, limit: int) -> list[Waiting]:
        """Waiting and dead deliveries, oldest first."""
        return [waiting_of(row) for row in self._rows(_LISTED.limit(limit))]

    def alive(self) -> bool:
        """Whether the database answers; never raises StoreAway."""
        try:
            return self._number(select(1)) == 1
        except StoreAway:
            return False

    def usable(self) -> bool:
        """Whether it answers, and its user may do what a turn does; never raises StoreAway."""
        try:
            self.refuse_without_rights()
        except StoreAway:
            return False
        return True

    def refuse_without_rights(self) -> None:
        """Raises StoreAway, with the number that PostgreSQL has for it."""
        if not self._database.read(lambda statements: may_use(statements.connection, OURS)):
            raise StoreAway("42501")

    def _rows(self, query: Select[Any]) -> list[AnyRow]:
        return self._database.read(lambda statements: list(statements.connection.execute(query)))

    def _number(self, query: Select[Any]) -> int:
        return int(self._rows(query)[0][0])
