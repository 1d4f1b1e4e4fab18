"""Offices side by side: what each closed and left open, what is late; from indexes alone, so that no row is read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from core.model import AgencyId, Climbed, Feedback, Handled, Lateness, Mark
from storage.statements import Statements
from storage.tables import HELD, NOTICE, REPORT, AnyRow

_OPEN = REPORT.c.waits.is_not(None)
_PAST = REPORT.c.due <= bindparam("now", type_=REPORT.c.due.type)
_LATE = and_(_OPEN, _PAST)
_HELD_HERE = REPORT.c.agency == bindparam("office")
_SAME = (REPORT.c.agency, REPORT.c.restricted, REPORT.c.evaluation, REPORT.c.reopened, REPORT.c.feedback)
_STILL = select(*_SAME, func.count().label("reports")).where(_OPEN).group_by(*_SAME)
_CLOSED = select(*_SAME, REPORT.c.received, REPORT.c.closed).where(
    REPORT.c.closed >= bindparam("start", type_=REPORT.c.closed.type),
    REPORT.c.closed < bindparam("end", type_=REPORT.c.closed.type),
)
_STILL_OF = {True: _STILL, False: _STILL.where(_HELD_HERE)}  # by whether all offices are asked
# Not as a plain column: an index by agency would be taken, and each report that it ever closed be read.
_CLOSED_OF = {True: _CLOSED, False: _CLOSED.where(func.coalesce(REPORT.c.agency, "") == bindparam("office"))}
_COUNTED = (
    REPORT.c.agency,
    func.sum(case((_PAST, 1), else_=0)).label("reports"),
    func.min(case((_PAST, REPORT.c.due))).label("oldest"),
    func.sum(case((and_(_PAST, REPORT.c.evaluation), 1), else_=0)).label("evaluation"),
)
_TOLD = (
    select(NOTICE.c.report)
    .where(NOTICE.c.receiver == bindparam("office"), NOTICE.c.mark == Mark.CLIMB.value)
    .distinct()
    .subquery("told")
)
_CLIMBED_HERE = and_(_LATE, REPORT.c.agency != bindparam("office"))
# The deadline is asked of what is counted, not of the rows: an index by deadline would be taken, and each row be read.
_EVERY = select(*_COUNTED).where(_OPEN, or_(REPORT.c.restricted.is_(False), _HELD_HERE)).group_by(REPORT.c.agency)
_OWN = select(*_COUNTED).where(_OPEN, _HELD_HERE).group_by(REPORT.c.agency)
_BELOW = (
    select(*_COUNTED)
    .select_from(_TOLD)
    .join(REPORT, REPORT.c.id == _TOLD.c.report)
    .where(_CLIMBED_HERE)
    .group_by(REPORT.c.agency)
)
_READABLE = and_(
    REPORT.c.restricted.is_(False),
    exists(1).where(HELD.c.report == REPORT.c.id, HELD.c.agency == bindparam("office")),
)
_SHOWN = (REPORT.c.number, REPORT.c.agency, REPORT.c.due, REPORT.c.evaluation, _READABLE.label("readable"))


_OF_HOLDER = (
    select(*_SHOWN)
    .select_from(_TOLD)
    .join(REPORT, REPORT.c.id == _TOLD.c.report)
    .where(_CLIMBED_HERE, REPORT.c.agency == bindparam("holder"))
    .order_by(REPORT.c.due, REPORT.c.number)
    .limit(bindparam("most"))
)
# To the Biro everything climbs: the few restricted ones are looked for among reports, in an index, not among notices.
_FEW = (
    select(REPORT.c.id)
    .where(
        _CLIMBED_HERE,
        REPORT.c.restricted.is_(True),
        exists(1).where(
            NOTICE.c.report == REPORT.c.id,
            NOTICE.c.mark == Mark.CLIMB.value,
            NOTICE.c.receiver == bindparam("office"),
        ),
    )
    .order_by(REPORT.c.due, REPORT.c.number)
    .limit(bindparam("most"))
    .subquery("few")
)
_RESTRICTED = (
    select(*_SHOWN).select_from(_FEW).join(REPORT, REPORT.c.id == _FEW.c.id).order_by(REPORT.c.due, REPORT.c.number)
)


def closed_of(row: AnyRow) -> Handled:
    """One report, of clear columns alone."""
    return Handled(row.agency, row.closed - row.received, row.evaluation, row.reopened, _said(row), row.restricted)


def still_of(row: AnyRow) -> Handled:
    """Open ones that are counted alike."""
    return Handled(row.agency, None, row.evaluation, row.reopened, _said(row), row.restricted, row.reports)


def _said(row: AnyRow) -> Feedback | None:
    return None if row.feedback is None else Feedback(row.feedback)


def lateness_of(row: AnyRow) -> Lateness:
    """One agency."""
    return Lateness(AgencyId(row.agency), row.reports, row.oldest, int(row.evaluation))


def climbed_of(row: AnyRow) -> Climbed:
    """One report."""
    return Climbed(row.number, AgencyId(row.agency), row.due, row.evaluation, bool(row.readable))


class SqlOverview:
    """core.ports.Overview."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def handled(self, start: datetime, end: datetime, office: AgencyId | None = None) -> Sequence[Handled]:
        """Two queries."""
        asked: dict[str, object] = {} if office is None else {"office": office}
        still = self._statements.rows(_STILL_OF[office is None], asked)
        closed = self._statements.rows(_CLOSED_OF[office is None], asked | {"start": start, "end": end})
        return [*map(still_of, still), *map(closed_of, closed)]

    def late(self, office: AgencyId, now: datetime, *, every: bool) -> Sequence[Lateness]:
        """One query for all, two for an office."""
        asked: dict[str, object] = {"office": office, "now": now}
        queries = (_EVERY,) if every else (_OWN, _BELOW)
        found = [lateness_of(row) for query in queries for row in self._statements.rows(query, asked) if row.reports]
        return sorted(found, key=lambda each: (-each.reports, each.agency))

    def climbed(self, office: AgencyId, now: datetime, holder: AgencyId, most: int) -> Sequence[Climbed]:
        """One query."""
        asked: dict[str, object] = {"office": office, "now": now, "holder": holder, "most": most}
        return [climbed_of(row) for row in self._statements.rows(_OF_HOLDER, asked)]

    def climbed_restricted(self, office: AgencyId, now: datetime, most: int) -> Sequence[Climbed]:
        """One query."""
        asked: dict[str, object] = {"office": office, "now": now, "most": most}
        return [climbed_of(row) for row in self._statements.rows(_RESTRICTED, asked)]
