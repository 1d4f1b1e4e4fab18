"""What reports say, read in the order of their receipt for an index that is kept in memory and nowhere else."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select, true

from core.model import Act, Number, Report, ReportId
from storage.data_keys import DataKeys
from storage.report_rows import report_of
from storage.statements import Statements
from storage.tables import DATA_KEY, HISTORY, REPORT

_AT = bindparam("at", type_=REPORT.c.received.type)
_NEXT = (
    select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
    .outerjoin(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
    .where(REPORT.c.received >= _AT, or_(REPORT.c.received > _AT, REPORT.c.id > bindparam("last")))
    .order_by(REPORT.c.received, REPORT.c.id)
    .limit(bindparam("most"))
    .subquery("next")
)
_FEW = select(func.count().label("there")).select_from(select(REPORT.c.id).limit(bindparam("few")).subquery())
_THERE = _FEW.subquery("few")
_AFTER = select(_THERE, _NEXT).outerjoin_from(_THERE, _NEXT, true()).order_by(_NEXT.c.received, _NEXT.c.id)
# Whoever changes the words of a filed report says so in its history, which is found by its time.
_CORRECTED = (
    select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
    .outerjoin(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
    .where(
        REPORT.c.id.in_(select(HISTORY.c.report).where(HISTORY.c.at >= _AT, HISTORY.c.act == Act.CORRECTED.value)),
    )
)
_ERASED = select(REPORT.c.number).where(
    REPORT.c.closed > bindparam("after", type_=REPORT.c.closed.type),
    REPORT.c.closed <= bindparam("until", type_=REPORT.c.closed.type),
    ~exists(1).where(DATA_KEY.c.owner == REPORT.c.id),
)


class SqlTexts:
    """core.ports.Texts."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys

    def after(self, at: datetime, last: ReportId, most: int, few: int) -> tuple[Sequence[Report], int]:
        """Restricted ones too; one whose key is gone has no words, and is counted. A row stands there where none is."""
        rows = self._statements.rows(_AFTER, {"at": at, "last": last, "most": most, "few": few})
        read = (row for row in rows if row.id is not None)
        return [report_of(row, self._keys.opened(row.id, row.key_id, row.wrapped)) for row in read], rows[0].there

    def corrected(self, since: datetime) -> Sequence[Report]:
        """As they are now, in no order; one whose key is gone has no words."""
        rows = self._statements.rows(_CORRECTED, {"at": since})
        return [report_of(row, self._keys.opened(row.id, row.key_id, row.wrapped)) for row in rows]

    def erased(self, after: datetime, until: datetime) -> Sequence[Number]:
        """Of those that were closed in that time."""
        return [Number(row.number) for row in self._statements.rows(_ERASED, {"after": after, "until": until})]
