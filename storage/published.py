"""What anybody may read of reports: clear columns alone, so nothing is opened; restricted ones are not there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, ScalarSelect, Select, Table, func, select

from core.model import ENDED, AgencyId, AreaCode, CategoryId, Number, Partner, Published, PublishedQuery, Status
from storage.engine import Database
from storage.tables import (
    HISTORY,
    PARTNER_REPORT,
    PUBLISHED,
    PUBLISHED_CLASS,
    PUBLISHED_STATUS,
    REPORT,
    AnyRow,
)

_UPDATED = select(func.max(HISTORY.c.at)).where(HISTORY.c.report == REPORT.c.id).scalar_subquery()
_COLUMNS = select(
    REPORT.c.number,
    REPORT.c.status,
    REPORT.c.category,
    REPORT.c.agency,
    REPORT.c.area,
    REPORT.c.received,
    REPORT.c.due,
    _UPDATED.label("updated"),
).where(REPORT.c.restricted.is_(False), REPORT.c.category.is_not(None))
_ENDED = tuple(each.value for each in ENDED)
_SUM = func.sum(PUBLISHED_CLASS.c.reports).label("reports")


def published_of(row: AnyRow) -> Published:
    """As anybody may see it where reports are published at once."""
    return Published(
        number=Number(row.number),
        status=Status(row.status),
        category=CategoryId(row.category),
        agency=AgencyId(row.agency),
        area=None if row.area is None else AreaCode(row.area),
        received=row.received,
        updated=row.updated or row.received,
        due=row.due,
    )


def listed_of(row: AnyRow) -> Published:
    """Returns a published report of its row."""
    return Published(
        number=Number(row.number),
        status=Status(row.status),
        category=CategoryId(row.category) if row.category else None,
        agency=None,
        area=AreaCode(row.area) if row.area else None,
        received=row.batch,
        updated=row.updated,
        due=None,
        group=row.field,
    )


class Publisher:
    """Reads beside whatever is being written; each raises StoreAway."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, query: PublishedQuery) -> list[Published]:
        """All there are, as they are: the newest first."""
        return [published_of(row) for row in self._rows(_as_they_are(query))]

    def own(self, query: PublishedQuery, partner: Partner) -> list[Published]:
        """Returns the same of the reports that a partner filed."""
        theirs = select(PARTNER_REPORT.c.report).where(PARTNER_REPORT.c.partner == partner.name)
        return [published_of(row) for row in self._rows(_as_they_are(query).where(REPORT.c.id.in_(theirs)))]

    def listed(self, query: PublishedQuery) -> list[Published]:
        """Those of batches, as they were published: the last batch first, and in no order that tells anything."""
        asked = _narrowed(select(PUBLISHED), query, PUBLISHED, PUBLISHED.c.batch, PUBLISHED.c.updated)
        if query.categories or query.groups is not None:
            asked = asked.where(_of_kind(query))
        asked = asked.order_by(PUBLISHED.c.batch.desc(), PUBLISHED.c.number)
        return [listed_of(row) for row in self._rows(_page(asked, query))]

    def by_place(self) -> Mapping[AreaCode, int]:
        """As it was told, the finest place that each class names; those that were told coarser count there alone."""
        return {AreaCode(code): count for code, count in self._counted(PUBLISHED_CLASS.c.area).items() if code}

    def days_by_place(self, since: datetime) -> Mapping[AreaCode, Sequence[timedelta]]:
        """Of solved ones as they are listed, of batches since then: from their own batch to that in which they were."""
        found: dict[AreaCode, list[timedelta]] = {}
        asked = select(PUBLISHED.c.area, PUBLISHED.c.batch, PUBLISHED.c.updated).where(
            PUBLISHED.c.status == Status.SELESAI.value, PUBLISHED.c.area != "", PUBLISHED.c.batch >= since
        )
        for row in self._rows(asked):
            found.setdefault(AreaCode(row.area), []).append(row.updated - row.batch)
        return found

    def by_status(self) -> Mapping[Status, int]:
        """Returns what was shown with the last batch."""
        shown = self._rows(select(PUBLISHED_STATUS).where(PUBLISHED_STATUS.c.reports > 0))
        return {Status(row.status): int(row.reports) for row in shown}

    def _counted(self, cell: ColumnElement[str]) -> Mapping[str, int]:
        asked = select(cell.label("cell"), _SUM).group_by(cell)
        return {str(row.cell): int(row.reports) for row in self._rows(asked)}

    def _rows(self, asked: Executable) -> list[AnyRow]:
        return self._database.read(lambda statements: list(statements.connection.execute(asked)))


def _as_they_are(query: PublishedQuery) -> Select[Any]:
    asked = _narrowed(_COLUMNS, query, REPORT, REPORT.c.received, _UPDATED)
    if query.categories or query.groups is not None:
        # Not as a plain column: likewise, all that there ever was of a kind would be put in order.
        asked = asked.where(REPORT.c.category.concat("").in_(query.categories))
    return _page(asked.order_by(REPORT.c.received.desc(), REPORT.c.number), query)


def _page(asked: Select[Any], query: PublishedQuery) -> Select[Any]:
    return asked.limit(query.most).offset(query.skip)


def _narrowed(
    asked: Select[Any],
    query: PublishedQuery,
    table: Table,
    at: ColumnElement[datetime],
    changed: ColumnElement[datetime] | ScalarSelect[datetime],
) -> Select[Any]:
    if query.numbers:
        asked = asked.where(table.c.number.in_(query.numbers))
    for time, since, until in (
        (at, query.since, query.until),
        (changed, query.changed_since, query.changed_until),
    ):
        if since is not None:
            asked = asked.where(time >= since)
        if until is not None:
            asked = asked.where(time <= until)
    if query.ended is not None:
        # Not as a plain column: an index by status would be taken, and all that ever ended be put in order.
        ended = table.c.status.concat("").in_(_ENDED)
        asked = asked.where(ended if query.ended else ~ended)
    return asked


def _of_kind(query: PublishedQuery) -> ColumnElement[bool]:
    """By what is published of it, never by what it is."""
    coarse = PUBLISHED.c.category == ""
    if query.groups is not None:
        coarse &= PUBLISHED.c.field.in_(query.groups)
    return PUBLISHED.c.category.in_(query.categories) | coarse
