"""What partners are told of their reports: a row for each event, written with the change itself, and how it went."""

import secrets
from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, insert, literal, select, update

from core.model import HookEvent, HookState, Number, ReportId, Status
from storage.engine import Database
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import HOOK, PARTNER, PARTNER_REPORT, REPORT, AnyRow

_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # a clock that lives ahead (`resi clock --at`) holds nothing up
# Its office may have made it one that only few may read: then its partner is told no more.
_EVENT = (
    select(
        bindparam("id").label("id"),
        PARTNER.c.name,
        REPORT.c.number,
        REPORT.c.status,
        bindparam("created").label("created"),
        bindparam("at", type_=HOOK.c.at.type).label("at"),
        literal(HookState.WAITING.value),
        bindparam("due", type_=HOOK.c.not_before.type).label("not_before"),
        literal(0),
        literal(""),
    )
    .join(PARTNER_REPORT, PARTNER_REPORT.c.report == REPORT.c.id)
    .join(PARTNER, PARTNER.c.name == PARTNER_REPORT.c.partner)
    .where(REPORT.c.id == bindparam("of"), REPORT.c.restricted.is_(False), PARTNER.c.hook != "", PARTNER.c.active)
)
_NOTE = insert(HOOK).from_select([column.name for column in HOOK.c], _EVENT)
_RECEIVED = select(REPORT.c.received).where(REPORT.c.id == bindparam("of"))
_WAITING = (
    select(
        HOOK,
        PARTNER.c.hook,
        PARTNER.c.salt,
        PARTNER.c.active,
        REPORT.c.restricted,
        func.row_number().over(partition_by=HOOK.c.partner, order_by=(HOOK.c.at, HOOK.c.id)).label("place"),
    )
    .join(PARTNER, PARTNER.c.name == HOOK.c.partner)
    .outerjoin(REPORT, REPORT.c.number == HOOK.c.number)
    .where(HOOK.c.state == HookState.WAITING.value, HOOK.c.not_before <= bindparam("now"))
    .subquery()
)
_DUE = select(_WAITING).where(_WAITING.c.place == 1)  # however many wait for another partner
_LEASE = (
    update(HOOK)
    .where(HOOK.c.id == bindparam("of"), HOOK.c.state == HookState.WAITING.value, HOOK.c.not_before == bindparam("was"))
    .values(not_before=bindparam("until"))
    .execution_options(preserve_rowcount=True)
)
_TRIED = update(HOOK).where(HOOK.c.id == bindparam("of"))
_GONE = update(PARTNER).where(PARTNER.c.name == bindparam("of")).values(hook="")
_LOG = select(HOOK).order_by(HOOK.c.at.desc(), HOOK.c.id).limit(bindparam("most"))


def note_changed(statements: Statements, report: ReportId, at: datetime) -> None:
    """Its status changed: who filed it is told, where that is a partner that wants it."""
    _note(statements, report, at, created=False)


def note_filed(statements: Statements, report: ReportId) -> None:
    """It was filed."""
    row = statements.first(_RECEIVED, {"of": report})
    if row is not None:
        _note(statements, report, row.received, created=True)


def _note(statements: Statements, report: ReportId, at: datetime, *, created: bool) -> None:
    event = {"id": f"msg_{secrets.token_hex(12)}", "of": report, "at": at, "created": created, "due": _AT_ONCE}
    statements.change(_NOTE, event)


def event_of(row: AnyRow, hook: str = "", secret: bytes = b"") -> HookEvent:
    """Returns the event of its row."""
    return HookEvent(
        id=row.id,
        partner=row.partner,
        number=Number(row.number),
        status=Status(row.status),
        created=row.created,
        at=row.at,
        state=HookState(row.state),
        attempts=row.attempts,
        answer=row.answer,
        hook=hook,
        secret=secret,
    )


class Hooks:
    """What waits to be told, and the log; each raises StoreAway."""

    def __init__(self, database: Database, ring: Keyring) -> None:
        self._database = database
        self._ring = ring

    def claim(self, now: datetime, lease: timedelta, busy: Container[str] = ()) -> list[HookEvent]:
        """What is due, one for each partner that is not `busy`, leased to who asks.

        Who may file no more is told no more, whatever waits, and nobody of a report that is restricted by now: the
        address is empty.
        """
        # Looked for beside the writer, whom ten thousand that wait would hold up; a lease shows whether one still does.
        rows = self._database.read(lambda statements: statements.rows(_DUE, {"now": now}))
        free = [row for row in rows if row.partner not in busy]

        def work(statements: Statements) -> list[HookEvent]:
            claimed = []
            for row in free:
                lets = {"of": row.id, "was": row.not_before, "until": now + lease}
                if statements.changed(_LEASE, lets):
                    hook = row.hook if row.active and not row.restricted else ""
                    claimed.append(event_of(row, hook, self._ring.hook(row.partner, row.salt)))
            return claimed

        return self._database.run(work) if free else []

    def tried(self, event: HookEvent, not_before: datetime, *, gone: bool = False) -> None:
        """Stores its state, attempts and answer; `gone`: its address wants nothing more, ever."""
        new = {"state": event.state.value, "attempts": event.attempts, "answer": event.answer}

        def work(statements: Statements) -> None:
            statements.change(_TRIED, {"of": event.id, "not_before": not_before, **new})
            if gone:
                statements.change(_GONE, {"of": event.partner})

        self._database.run(work)

    def log(self, most: int) -> Sequence[HookEvent]:
        """Returns the newest first."""
        return self._database.read(lambda statements: [event_of(row) for row in statements.rows(_LOG, {"most": most})])
