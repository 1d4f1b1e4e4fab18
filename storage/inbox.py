"""What was seen before and what is limited: HMACs alone, which refer to no report and no dialogue."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, delete, func, select

from core.deadlines import minute
from core.messages import WireId
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import FAILING, SEEN, TALLY
from storage.upserts import insert

_SEE = insert(SEEN).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_SEEN = select(SEEN.c.message).where(SEEN.c.message == bindparam("of"))
_UNSEE = delete(SEEN).where(SEEN.c.message == bindparam("of"))
_FAIL = insert(FAILING).on_conflict_do_nothing()
_SINCE = select(FAILING.c.since).where(FAILING.c.message == bindparam("of"))
_COUNT = insert(TALLY).on_conflict_do_update(index_elements=["who", "at"], set_={"times": TALLY.c.times + 1})
_SUM = select(func.coalesce(func.sum(TALLY.c.times), 0), func.max(TALLY.c.at)).where(
    TALLY.c.who == bindparam("of"), TALLY.c.at > bindparam("after")
)


@cache
def _sums(spans: int) -> Select[Any]:
    starts = [TALLY.c.at > bindparam(f"start{at}", type_=TALLY.c.at.type) for at in range(spans)]
    return select(*(func.coalesce(func.sum(case((start, TALLY.c.times), else_=0)), 0) for start in starts)).where(
        TALLY.c.who == bindparam("of"), TALLY.c.at > bindparam("after")
    )


class SqlInbox:
    """core.ports.Inbox."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def record_if_new(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        """A second process that sees the same message waits here for the first one's commit."""
        row = {"message": self._ring.message(channel, wire_id), "at": minute(now)}
        return self._statements.changed(_SEE, row) == 1

    def recorded(self, channel: str, wire_id: WireId) -> bool:
        """Waits for nobody: what another process has not committed is not seen."""
        return bool(self._statements.rows(_SEEN, {"of": self._ring.message(channel, wire_id)}))

    def unrecord(self, channel: str, wire_id: WireId) -> None:
        """In the turn that recorded it."""
        self._statements.change(_UNSEE, {"of": self._ring.message(channel, wire_id)})

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        """The minute of the first failure."""
        message = self._ring.message(channel, wire_id)
        self._statements.change(_FAIL, {"message": message, "since": minute(now)})
        since: datetime = self._statements.rows(_SINCE, {"of": message})[0].since
        return since

    def count(self, what: str, who: str, now: datetime) -> None:
        """One more."""
        self._statements.change(
            _COUNT, {"who": self._ring.limit(what, who), "at": now.replace(microsecond=0), "times": 1}
        )

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        """The sum, and the second of the last."""
        row = self._statements.rows(_SUM, {"of": self._ring.limit(what, who), "after": now - within})[0]
        return int(row[0]), row[1]

    def sums(self, what: str, who: str, now: datetime, spans: tuple[timedelta, ...]) -> tuple[int, ...]:
        """One query, whose statement is made once for so many spans."""
        starts = {f"start{at}": now - span for at, span in enumerate(spans)}
        longest = now - max(spans)
        row = self._statements.rows(_sums(len(spans)), {"of": self._ring.limit(what, who), "after": longest, **starts})[
            0
        ]
        return tuple(int(each) for each in row)
