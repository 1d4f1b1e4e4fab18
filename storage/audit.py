"""The trail of what staff did: each row's hash binds the one before, and a head that only the keys can write ends it.

Seen: a row that was changed, removed, put elsewhere, and an end that was cut off. Not seen: the whole trail with its
head put back to an earlier state; only a copy elsewhere could show that.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Insert,
    Label,
    Select,
    String,
    bindparam,
    cast,
    false,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from core.deadlines import minute
from core.model import AuditEntry, Traced, TrailPage, TrailQuery, Verified
from storage.engine import Database
from storage.keyring import EMPTY_CHAIN, Keyring
from storage.lists import filled, places
from storage.statements import Statements
from storage.tables import AUDIT, CHAIN_HEAD, AnyRow
from storage.typed_json import TypedJson
from storage.vault import SealBroken, place

_JSON = TypedJson(AuditEntry)
_BEFORE_ALL, _AFTER_ALL = -(2**62), 2**62
_HEAD = select(CHAIN_HEAD).with_for_update()  # many processes, one chain: whoever adds waits here for the one before
_MOVE = update(CHAIN_HEAD).values(seq=bindparam("to"), hash=bindparam("by"), mac=bindparam("proof"))
_TOGETHER = 50  # rows in one statement


_NOT_ADDING = insert(AUDIT).from_select(
    [column.name for column in AUDIT.columns],
    select(*(bindparam(column.name, type_=column.type) for column in AUDIT.columns)).where(false()),
)


@cache
def _adding(rows: int) -> Insert:
    return insert(AUDIT).values(places(AUDIT.columns, rows))


def _as_it_lies(column: Column[Any]) -> Label[Any]:
    """Not converted: whoever changes a row may leave what our types cannot read."""
    return type_coerce(column, NullType()).label(column.name)


# One statement, hence one moment: rows that are added meanwhile lie behind it.
_END = select(
    select(func.max(AUDIT.c.seq)).scalar_subquery().label("last"),
    *(_as_it_lies(CHAIN_HEAD.c[name]) for name in ("seq", "hash", "mac")),
).select_from(CHAIN_HEAD)
_NEXT = (
    select(
        AUDIT.c.seq, cast(AUDIT.c.at, String).label("at"), *(_as_it_lies(AUDIT.c[name]) for name in ("sealed", "hash"))
    )
    .where(AUDIT.c.seq > bindparam("after"), AUDIT.c.seq <= bindparam("until"))
    .order_by(AUDIT.c.seq)
    .limit(bindparam("most"))
)
_NEWEST = select(AUDIT).order_by(AUDIT.c.seq.desc())
_SEALED = (
    select(AUDIT.c.seq, _as_it_lies(AUDIT.c.sealed))
    .where(AUDIT.c.seq < bindparam("before"))
    .order_by(AUDIT.c.seq.desc())
    .limit(bindparam("most"))
)


_SINCE = (
    select(AUDIT.c.seq, _as_it_lies(AUDIT.c.sealed))
    .where(AUDIT.c.at >= bindparam("start", type_=AUDIT.c.at.type))
    .order_by(AUDIT.c.seq.desc())
    .limit(bindparam("most"))
)
_MOST = 50_000  # rows of one look back: more than a city's offices write in a month


def row_of(seq: int, before: bytes, entry: AuditEntry, ring: Keyring) -> dict[str, Any]:
    """The row that follows the one whose hash is `before`."""
    at = minute(entry.at)
    sealed = ring.audit_key().seal(_JSON.dump_json(replace(entry, at=at)), place("audit", "sealed", str(seq)))
    return {"seq": seq, "at": at, "sealed": sealed, "hash": _hash(seq, before, at, sealed, ring)}


def entry_of(row: AnyRow, ring: Keyring) -> AuditEntry:
    """Raises SealBroken where the row was changed or moved."""
    return _JSON.validate_json(ring.audit_key().open(row.sealed, place("audit", "sealed", str(row.seq))))


def _opened(row: AnyRow, ring: Keyring) -> AuditEntry | None:
    """None where it was changed or moved."""
    try:
        return entry_of(row, ring)
    except (SealBroken, ValueError, TypeError):
        return None


def _hash(seq: int, before: bytes, at: datetime, sealed: bytes, ring: Keyring) -> bytes:
    return ring.chained(before, str(seq).encode(), at.astimezone(UTC).isoformat().encode(), sealed)


def _follows(row: AnyRow, held: int, before: bytes, ring: Keyring) -> bool:
    """Whether it is the next after `held` rows, unchanged."""
    try:
        at = datetime.fromisoformat(row.at)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps the digits of UTC alone
        hash_ = _hash(held + 1, before, at, row.sealed, ring)
        return row.seq == held + 1 and hmac.compare_digest(row.hash, hash_)
    except (TypeError, ValueError):
        return False


def _ends(end: AnyRow, held: int, before: bytes, ring: Keyring) -> bool:
    """Whether the head is ours and tells of these rows and no others."""
    try:
        proved = hmac.compare_digest(end.mac, ring.end_proof(held, before))
    except TypeError:
        return False
    return proved and (end.last or 0, end.seq, end.hash) == (held, held, before)


class SqlAudit:
    """core.ports.Audit. What a turn adds is written at its end, for the head is locked from there to the commit."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring
        self._entries: list[AuditEntry] = []
        self._rehearsed: list[AuditEntry] = []

    def add_nothing(self, entry: AuditEntry) -> None:
        """Its row is made and sealed, and not kept."""
        self._rehearsed.append(entry)

    def add(self, entry: AuditEntry) -> None:
        """Kept with the turn, or not at all."""
        self._entries.append(entry)

    def since(self, start: datetime) -> Sequence[AuditEntry]:
        """One query; of a turn's own rows none, for they are written at its end."""
        rows = self._statements.rows(_SINCE, {"start": start, "most": _MOST})
        return [entry for row in rows if (entry := _opened(row, self._ring)) is not None]

    def write(self) -> None:
        """What was added, in order; what was rehearsed alone moves nothing."""
        if not self._entries:
            self._rehearse()
            return
        last, before, whole = self._end()
        rows = []
        for seq, entry in enumerate(self._entries, last + 1):
            row = row_of(seq, before, entry, self._ring)
            rows.append(row)
            before = row["hash"]
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            self._statements.change(_adding(len(some)), filled(some))
        last += len(self._entries)
        self._entries.clear()
        # A head that somebody else has written is never made good again: the trail stays broken.
        proof = self._ring.end_proof(last, before) if whole else b""
        self._statements.change(_MOVE, {"to": last, "by": before, "proof": proof})

    def _rehearse(self) -> None:
        """As many statements and seals as adding it would take, and the head is written as it was found."""
        if not self._rehearsed:
            return
        last, before, whole = self._end()
        row = row_of(last + 1, before, self._rehearsed.pop(), self._ring)
        self._rehearsed.clear()
        self._statements.change(_NOT_ADDING, row)
        proof = self._ring.end_proof(last, before) if whole else b""
        self._statements.change(_MOVE, {"to": last, "by": before, "proof": proof})

    def _end(self) -> tuple[int, bytes, bool]:
        """Number and hash of the last row, and whether the head is as we left it."""
        head = self._statements.first(_HEAD, {})
        if head is None:
            raise LookupError("the audit trail has no head")
        return head.seq, head.hash, hmac.compare_digest(head.mac, self._ring.end_proof(head.seq, head.hash))


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of the trail is read at once."""

    batch: int = 1000  # rows, in a read of their own: one that lasts would keep what was erased in the log
    looked_at: int = 20_000  # rows that one question opens; what it has not found by then is found by going on


class Trail:
    """What auditors ask; each raises StoreAway, and none holds up who writes, however long the trail is."""

    def __init__(self, database: Database, ring: Keyring, measure: Measure | None = None) -> None:
        self._database = database
        self._ring = ring
        self._measure = measure or Measure()

    def verify(self) -> Verified:
        """Reads every row that was there when it began, beside whatever is being added."""
        end = next(iter(self._rows(_END, {})), None)
        until = _AFTER_ALL if end is None else end.seq
        held, before, after = 0, EMPTY_CHAIN, _BEFORE_ALL
        while rows := self._rows(_NEXT, {"after": after, "until": until, "most": self._measure.batch}):
            for row in rows:
                after = row.seq
                if not _follows(row, held, before, self._ring):
                    return Verified(held, held + 1)
                held, before = held + 1, row.hash
        return Verified(held, None if end is not None and _ends(end, held, before, self._ring) else held + 1)

    def entries(self, limit: int) -> list[AuditEntry]:
        """Newest first; raises SealBroken where one was changed."""
        return [entry_of(row, self._ring) for row in self._rows(_NEWEST.limit(limit), {})]

    def page(self, query: TrailQuery) -> TrailPage:
        """Newest first; a row that was changed is shown as such, whatever was asked for."""
        found: list[Traced] = []
        before = _AFTER_ALL if query.before is None else query.before
        plain = not query.account and not query.number
        batch = query.most + 1 if plain else self._measure.batch
        for _ in range(max(self._measure.looked_at // batch, 1)):
            rows = self._rows(_SEALED, {"before": before, "most": batch})
            for row in rows:
                if len(found) == query.most:
                    return TrailPage(tuple(found), before)
                traced = self._traced(row)
                if traced.entry is None or _asked_for(traced.entry, query):
                    found.append(traced)
                before = row.seq
            if len(rows) < batch:
                return TrailPage(tuple(found), None)
        return TrailPage(tuple(found), before)

    def _traced(self, row: AnyRow) -> Traced:
        return Traced(row.seq, _opened(row, self._ring))

    def _rows(self, query: Select[Any], params: dict[str, Any]) -> list[AnyRow]:
        return self._database.read(lambda statements: list(statements.connection.execute(query, params)))


def _asked_for(entry: AuditEntry, query: TrailQuery) -> bool:
    """What an account did and what was done to it are one question."""
    of_account = query.account in {"", entry.who, entry.act.partition(" ")[2]}
    return of_account and query.number in {"", entry.number}
