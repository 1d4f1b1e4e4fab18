"""Who was named by a colleague on which report: an account, a number and a time, never what was said."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, exists, select

from core.deadlines import minute
from core.model import Mention, Number, StaffId
from core.ports import Visibility
from storage.queues import visible
from storage.statements import Statements
from storage.tables import HELD, MENTION, REPORT, AnyRow
from storage.upserts import insert

_ADD = insert(MENTION)
_PUT = _ADD.on_conflict_do_update(index_elements=["staff", "number"], set_={"at": _ADD.excluded.at})
_NAMED = REPORT.c.number == MENTION.c.number
_SEEN = {
    True: exists().where(_NAMED, visible(REPORT)),
    False: exists().where(_NAMED, HELD.c.report == REPORT.c.id, visible(HELD)),
}
# Not joined: SQLite would go through all that an office holds, to see which of it somebody was named on.
_OF = {every: select(MENTION).where(MENTION.c.staff == bindparam("of"), seen) for every, seen in _SEEN.items()}
_DROP = delete(MENTION).where(MENTION.c.staff == bindparam("of"), MENTION.c.number == bindparam("report"))


def row_of(mention: Mention) -> dict[str, object]:
    """Times in minutes."""
    return {"staff": mention.staff, "number": mention.number, "at": minute(mention.at)}


def mention_of(row: AnyRow) -> Mention:
    """Returns a mention of its row."""
    return Mention(StaffId(row.staff), Number(row.number), row.at)


class SqlMentions:
    """core.ports.Mentions."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def of(self, staff: StaffId, visibility: Visibility) -> Sequence[Mention]:
        """Returns those on reports that can be seen, newest first."""
        rows = self._statements.rows(_OF[visibility.every], {"of": staff, "office": visibility.agency})
        found = [mention_of(row) for row in rows]
        return sorted(found, key=lambda mention: (mention.at, mention.number), reverse=True)

    def put(self, mention: Mention) -> None:
        """Inserts or replaces; the account must exist."""
        self._statements.change(_PUT, row_of(mention))

    def drop(self, staff: StaffId, number: Number) -> None:
        """Deletes the mention of that account alone."""
        self._statements.change(_DROP, {"of": staff, "report": number})
