"""What anybody may read of reports: clear columns alone, so nothing is opened; restricted ones are not there."""

from sqlalchemy import func, select

from core.model import ENDED, AgencyId, AreaCode, CategoryId, Number, Published, PublishedQuery, Status
from storage.engine import Database
from storage.statements import Statements
from storage.tables import HISTORY, REPORT, AnyRow

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


def published_of(row: AnyRow) -> Published:
    """As anybody may see it."""
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


class Publisher:
    """Reads beside whatever is being written; raises StoreAway."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, query: PublishedQuery) -> list[Published]:
        """The newest first."""
        asked = _COLUMNS
        if query.numbers:
            asked = asked.where(REPORT.c.number.in_(query.numbers))
        if query.categories:
            asked = asked.where(REPORT.c.category.in_(query.categories))
        if query.since is not None:
            asked = asked.where(REPORT.c.received >= query.since)
        if query.until is not None:
            asked = asked.where(REPORT.c.received <= query.until)
        if query.ended is not None:
            ended = REPORT.c.status.in_(_ENDED)
            asked = asked.where(ended if query.ended else ~ended)
        asked = asked.order_by(REPORT.c.received.desc(), REPORT.c.number).limit(query.most)

        def work(statements: Statements) -> list[Published]:
            return [published_of(row) for row in statements.connection.execute(asked)]

        return self._database.read(work)
