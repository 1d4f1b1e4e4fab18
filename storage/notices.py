"""What offices are told of time that passes: numbers, offices and days, all clear, for they say nothing else."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from core.deadlines import minute
from core.model import AgencyId, Mark, Notice
from storage.statements import Statements
from storage.tables import NOTICE, AnyRow
from storage.upserts import insert

_ADD = insert(NOTICE).on_conflict_do_nothing()
_TO = (
    select(NOTICE)
    .where(NOTICE.c.receiver == bindparam("of"))
    .order_by(NOTICE.c.at.desc(), NOTICE.c.number, NOTICE.c.mark)
)


def row_of(notice: Notice) -> dict[str, object]:
    """Every column."""
    return {
        "report": notice.report,
        "mark": notice.mark.value,
        "at": minute(notice.at),
        "receiver": notice.to,
        "number": notice.number,
        "holder": notice.holder,
        "days": notice.days,
    }


def notice_of(row: AnyRow) -> Notice:
    """Returns a notice of its row."""
    return Notice(row.receiver, row.report, row.number, row.holder, Mark(row.mark), row.at, row.days)


class SqlNotices:
    """core.ports.Notices."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def add(self, notice: Notice) -> None:
        """Stores a notice once for each report, mark, minute and office."""
        self._statements.change(_ADD, row_of(notice))

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        """Returns the notices of an office, newest first."""
        return [notice_of(row) for row in self._statements.rows(_TO, {"of": agency})]
