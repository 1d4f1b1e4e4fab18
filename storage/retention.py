"""How long things are kept: what passed its time is erased, whoever forgot to ask for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, false, func, or_, select, update

from core.model import CategoryId, ContactId, DeliveryId, Report
from core.ports import UnitOfWork
from storage import capabilities, dialogues, report_rows
from storage.engine import Database
from storage.erasures import Erased, note
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import (
    ALERT,
    AWAITED,
    CAPABILITY,
    DATA_KEY,
    DIALOGUE,
    FAILING,
    HISTORY,
    HOLDER,
    HOOK,
    MENTION,
    NOTICE,
    OUTBOX,
    PHOTO,
    REPORT,
    SEEN,
    SESSION,
    TALLY,
    UNPUBLISHED,
    WAITING,
    AnyRow,
)
from storage.vault import DataKey, Wrapped

T = TypeVar("T")
_WAITS = OUTBOX.c.state == WAITING
_WHOLE_AGAIN = timedelta(days=1)
_LATE = timedelta(hours=1)  # a report may be written down that long after the minute that it names
_BATCH = 200  # contacts forgotten in one turn, so that citizens' turns come in between


@dataclass(frozen=True, slots=True)
class Retention:
    """How long, in the unit that the name says."""

    contact_days: int  # after a report was closed
    text_days: Mapping[CategoryId, int] = field(default_factory=dict)  # likewise, of texts and files; empty: for ever
    dialogue_hours: int = 24
    seen_days: int = 7
    receipt_hours: int = 72
    tally_hours: int = 48
    dead_days: int = 30
    notice_days: int = 400
    mention_days: int = 30
    alert_days: int = 30
    unpublished_days: int = 30  # what waits for others to be published with
    session_hours: int = 12  # none lasts longer


class _Run(Protocol):
    def __call__(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T: ...


def _passed(now: datetime, rules: Retention) -> dict[str, tuple[Table, ColumnElement[bool]]]:
    """What is simply deleted: its table, and which rows."""
    return {
        "dialogues": (DIALOGUE, DIALOGUE.c.seen <= now - timedelta(hours=rules.dialogue_hours)),
        "seen": (SEEN, SEEN.c.at <= now - timedelta(days=rules.seen_days)),
        "failing": (FAILING, FAILING.c.since <= now - timedelta(days=rules.seen_days)),
        "tallies": (TALLY, TALLY.c.at <= now - timedelta(hours=rules.tally_hours)),
        "sent": (OUTBOX, (OUTBOX.c.state == "sent") & (OUTBOX.c.done <= now - timedelta(hours=rules.receipt_hours))),
        "dead": (OUTBOX, (OUTBOX.c.state == "dead") & (OUTBOX.c.done <= now - timedelta(days=rules.dead_days))),
        "awaited": (AWAITED, AWAITED.c.until <= now),
        "capabilities": (CAPABILITY, CAPABILITY.c.until <= now),
        "sessions": (SESSION, SESSION.c.began <= now - timedelta(hours=rules.session_hours)),
        "mentions": (MENTION, MENTION.c.at <= now - timedelta(days=rules.mention_days)),
        "unpublished": (UNPUBLISHED, _waits_since(now - timedelta(days=rules.unpublished_days))),
        "hooks": (HOOK, HOOK.c.at <= now - timedelta(days=rules.dead_days)),
        "alerts": (ALERT, ALERT.c.at <= now - timedelta(days=rules.alert_days)),
        "notices": (NOTICE, NOTICE.c.at <= now - timedelta(days=rules.notice_days)),
    }


def _waits_since(at: datetime) -> ColumnElement[bool]:
    """Enough others never came: it is published no more.

    Each of the few that wait is looked up; "is one of all old reports" would go through these, years of them.
    """
    return exists(1).where(REPORT.c.id == UNPUBLISHED.c.report, REPORT.c.received <= at)


def _closed_long_ago(now: datetime, rules: Retention, since: datetime | None = None) -> ColumnElement[bool]:
    """Closed so long ago that the address goes; said as more than nothing, so that the index of these is taken.

    `since`: when they were looked for last: of what has passed since then there is little.
    """
    span = timedelta(days=rules.contact_days)
    if since is not None:
        passed = select(REPORT.c.id).where(REPORT.c.closed <= now - span, REPORT.c.closed > since - span)
        return HOLDER.c.contact.is_not(None) & HOLDER.c.report.in_(passed)
    old = exists(1).where(REPORT.c.id == HOLDER.c.report, REPORT.c.closed <= now - span)
    return HOLDER.c.contact.is_not(None) & (HOLDER.c.contact > "") & old


class Upkeep:
    """What the clock and operators order; each raises StoreAway."""

    def __init__(self, database: Database, ring: Keyring, run: _Run) -> None:
        self._database = database
        self._ring = ring
        self._run = run
        self._looked_whole: tuple[datetime, Retention] | None = None  # when all were looked through, by which rules
        self._looked: datetime | None = None

    def counts_due(self, now: datetime, rules: Retention) -> dict[str, int]:
        """How many of each kind `purge` would erase."""

        def work(statements: Statements) -> dict[str, int]:
            connection = statements.connection
            due = {"contacts": (HOLDER, _closed_long_ago(now, rules))} | _passed(now, rules)
            return {
                name: connection.execute(select(func.count()).select_from(table).where(which)).scalar_one()
                for name, (table, which) in due.items()
            } | {"texts": len(_old_texts(connection, self._ring, now, rules))}

        return self._database.read(work)

    def purge(self, now: datetime, rules: Retention) -> dict[str, int]:
        """Erases it; how many of each kind."""
        since = self._looked_since(now, rules)
        erased = {
            "contacts": self._forget_old_contacts(now, rules, since),
            "texts": self._end_old_texts(now, rules, since),
        }
        self._looked = now
        if since is None:
            self._looked_whole = now, rules
        for name, (table, which) in _passed(now, rules).items():
            erased[name] = self._change(delete(table).where(which))
        self._database.sweep()
        return erased

    def _looked_since(self, now: datetime, rules: Retention) -> datetime | None:
        """All that was ever closed is looked through once a day; between, only what had its time since the last look.

        A report that was closed long ago and whose kind, time or address changed waits until then.
        """
        if self._looked is None or self._looked_whole is None:
            return None
        at, same = self._looked_whole
        return self._looked - _LATE if same == rules and self._looked <= now < at + _WHOLE_AGAIN else None

    def _forget_old_contacts(self, now: datetime, rules: Retention, since: datetime | None) -> int:
        query = select(HOLDER.c.contact).where(_closed_long_ago(now, rules, since)).limit(_BATCH)
        forgotten = 0
        while old := self._database.read(lambda statements: statements.connection.execute(query).scalars().all()):
            self._run(partial(_forget, old))
            forgotten += len(old)
        return forgotten

    def _end_old_texts(self, now: datetime, rules: Retention, since: datetime | None) -> int:
        """Destroys the key of each; its files lie nameless then, and the next sweep takes them."""
        old = self._database.read(lambda statements: _old_texts(statements.connection, self._ring, now, rules, since))
        for start in range(0, len(old), _BATCH):
            self._database.run(partial(_end_texts, old[start : start + _BATCH], self._ring))
        return len(old)

    def file_names_in_use(self) -> set[str]:
        """Of files that a report, a draft or held words need; all others may be swept."""

        def work(statements: Statements) -> set[str]:
            connection = statements.connection
            names = set(connection.execute(select(PHOTO.c.name)).scalars())
            for dialogue in dialogues.all_of(connection, self._ring.transient):
                names.update(file.name for file in dialogue.draft.files)
            for capability in capabilities.holding(connection, self._ring.transient):
                names.update(file.name for file in (capability.held.files if capability.held else ()))
                names.update(file.name for file in (capability.form.draft.files if capability.form else ()))
            return names

        return self._database.read(work)

    def retry_dead(self, ids: Sequence[DeliveryId] | None, now: datetime) -> int:
        """Makes what failed for a passing reason due now (None: all of it); how many.

        A dead delivery has lost its address and cannot be tried again; one that was never tried keeps its time.
        """
        which = _WAITS & (OUTBOX.c.attempts > 0)
        if ids is not None:
            which &= OUTBOX.c.id.in_(ids)
        return self._change(update(OUTBOX).where(which).values(not_before=now, lease=None))

    def release(self, until: datetime, now: datetime) -> int:
        """Makes news, digests and alerts due now that would be by `until`; how many."""
        which = _WAITS & OUTBOX.c.kind.in_(("news", "digest", "alert")) & OUTBOX.c.lease.is_(None)
        which &= (OUTBOX.c.not_before <= until) & (OUTBOX.c.not_before > now)
        return self._change(update(OUTBOX).where(which).values(not_before=now))

    def release_leases(self) -> int:
        """Of deliveries that a dead process held; only where there is no other process that may be sending."""
        return self._change(update(OUTBOX).where(_WAITS, OUTBOX.c.lease.is_not(None)).values(lease=None))

    def receipt(self, channel: str, provider_id: str, arrived: bool, now: datetime) -> bool:  # noqa: FBT001 - the port
        """Notes once what a provider says of a sent message; False where we know none of that id (any more)."""
        which = (OUTBOX.c.provider == self._ring.provider(channel, provider_id)) & (OUTBOX.c.done <= now)
        return self._change(update(OUTBOX).where(which).values(arrived=arrived, provider=None)) > 0

    def _change(self, statement: Any) -> int:  # noqa: ANN401 - update or delete: SQLAlchemy has no type for both
        def work(statements: Statements) -> int:
            statements.rows_erased = True
            return statements.connection.execute(statement).rowcount

        return self._database.run(work)


@dataclass(frozen=True, slots=True)
class _Old:
    """A report whose words had their time, and the names of its files."""

    report: str
    files: tuple[str, ...]


def _old_texts(
    connection: Connection, ring: Keyring, now: datetime, rules: Retention, since: datetime | None = None
) -> list[_Old]:
    """The category of a restricted report is sealed: it is opened to see how long its words are kept.

    `since`: when they were looked for last: of all others nothing has passed since then.
    """
    query = select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped).join(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
    old = []
    for row in connection.execute(query.where(or_(false(), *_text_times(now, rules, since)))):
        report, key = _opened(row, ring)
        days = rules.text_days.get(report.category)
        if days is not None and report.closed is not None and report.closed <= now - timedelta(days=days):
            old.append(_old(connection, row, report, key))
    return old


def _text_times(now: datetime, rules: Retention, since: datetime | None) -> Iterator[ColumnElement[bool]]:
    """For each time that words are kept: those of its kinds, and restricted ones, that were closed so long ago."""
    for days in set(rules.text_days.values()):
        kinds = [each for each, kept in rules.text_days.items() if kept == days]
        # Not as a plain column: an index by category would be taken, and all that ever was be gone through.
        kind = func.coalesce(REPORT.c.category, "").in_(["", *kinds])
        span = timedelta(days=days)
        after = () if since is None else (REPORT.c.closed > since - span,)
        yield and_(REPORT.c.closed <= now - span, *after, kind)


def _opened(row: AnyRow, ring: Keyring) -> tuple[Report, DataKey]:
    key = DataKey(ring.vault.unwrap(Wrapped(row.id, row.key_id, row.wrapped)))
    return report_rows.report_of(row, key), key


def _old(connection: Connection, row: AnyRow, report: Report, key: DataKey) -> _Old:
    rows = connection.execute(select(HISTORY).where(HISTORY.c.report == row.id))
    history = [report_rows.history_entry_of(each, key) for each in rows]
    return _Old(row.id, tuple(report_rows.file_names(report, history)))


def end_words(reports: Sequence[str], ring: Keyring, statements: Statements) -> None:
    """Destroys the keys of reports that still have one, whatever their age."""
    query = select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped).join(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
    rows = statements.connection.execute(query.where(REPORT.c.id.in_(reports))).all()
    _end_texts([_old(statements.connection, row, *_opened(row, ring)) for row in rows], ring, statements)


def _end_texts(old: Sequence[_Old], ring: Keyring, statements: Statements) -> None:
    for each in old:
        note(statements, ring, Erased.WORDS, each.report)
        statements.connection.execute(delete(DATA_KEY).where(DATA_KEY.c.owner == each.report))
        statements.connection.execute(delete(PHOTO).where(PHOTO.c.name.in_(each.files)))
    statements.keys_erased = True


def _forget(contacts: Sequence[str], tx: UnitOfWork) -> None:
    for contact in contacts:
        tx.code_holders.forget(ContactId(contact))
