"""Deliveries on their way: who and what lie sealed, and nothing of them outlives the moment they were sent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Executable, Select, bindparam, delete, insert, null, or_, select, update

from core.deadlines import minute
from core.messages import Say, Thread
from core.model import Awaited, ContactId, Delivery, DeliveryId, DeliveryKind
from storage.addresses import Written, pair_of, read, written
from storage.data_keys import DataKeys
from storage.keyring import Keyring
from storage.prefetch import Prefetch
from storage.statements import Params, Statements
from storage.tables import OUTBOX, WAITING, AnyRow
from storage.typed_json import TypedJson
from storage.vault import SealBroken, filled, place

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Letter:
    to: str | Written  # words, where there was no pair of keys yet
    say: Say
    lang: str
    thread: Thread | None = None
    awaits: Awaited | None = None


_JSON = TypedJson(_Letter)
_WAITS = OUTBOX.c.state == WAITING
_EARLIER = OUTBOX.alias("earlier")
_ADD = insert(OUTBOX).inline()


@cache
def _claim(busy: frozenset[str]) -> Select[Any]:
    """Only the first of an ordering key, so that order is kept while it waits or is being sent.

    SQLite has no FOR UPDATE and needs none. There are as many of these as sets of channels that can be busy: few.
    """
    return (
        select(OUTBOX)
        .where(
            _WAITS,
            OUTBOX.c.not_before <= bindparam("now"),
            or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease <= bindparam("now")),
            *(OUTBOX.c.channel != channel for channel in sorted(busy)),
            ~select(_EARLIER.c.seq)
            .where(_EARLIER.c.lane == OUTBOX.c.lane, _EARLIER.c.state == WAITING, _EARLIER.c.seq < OUTBOX.c.seq)
            .exists(),
        )
        .order_by(OUTBOX.c.not_before, OUTBOX.c.seq)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=OUTBOX)
    )


_ONE = OUTBOX.c.id == bindparam("of")
_LEASE = update(OUTBOX).where(_ONE).values(lease=bindparam("until"))
_HOLD = update(OUTBOX).where(_ONE, _WAITS, OUTBOX.c.lease.is_not(None)).values(lease=bindparam("until"))
_DUE = select(OUTBOX.c.not_before).where(_ONE, _WAITS)
_ERASED: dict[str, Any] = {name: null() for name in ("lane", "contact", "sealed", "pair", "lease")}
_SENT = (
    update(OUTBOX)
    .where(_ONE, _WAITS)
    .values(
        state="sent",
        not_before=bindparam("end"),
        done=bindparam("end"),
        provider=bindparam("tag"),
        why=null(),
        **_ERASED,
    )
)
_AGAIN = (
    update(OUTBOX)
    .where(_ONE, _WAITS)
    .values(attempts=OUTBOX.c.attempts + 1, not_before=bindparam("at"), lease=null(), why=bindparam("reason"))
)
_DEAD = (
    update(OUTBOX).where(_ONE, _WAITS).values(state="dead", done=bindparam("end"), why=bindparam("reason"), **_ERASED)
)
# Locked, so that nobody claims it before it is replaced in the same turn.
_PENDING = (
    select(OUTBOX)
    .where(
        OUTBOX.c.contact == bindparam("of"),
        _WAITS,
        OUTBOX.c.lease.is_(None),
        or_(OUTBOX.c.kind == "news", OUTBOX.c.kind == "digest"),
    )
    .order_by(OUTBOX.c.seq.desc())  # where the wire is slow one may be due already: later news goes with the later one
    .limit(1)
    .with_for_update()
)
_REPLACE = (
    update(OUTBOX)
    .where(_ONE, _WAITS, OUTBOX.c.lease.is_(None))
    .values(kind=bindparam("as_kind"), not_before=bindparam("at"), sealed=bindparam("whole"), pair=bindparam("by"))
)
_DROP = delete(OUTBOX).where(_ONE)
_DROP_ALL = delete(OUTBOX).where(OUTBOX.c.contact == bindparam("of"), _WAITS)


def row_of(delivery: Delivery, ring: Keyring, keys: DataKeys) -> dict[str, object] | None:
    """None when its contact was forgotten.

    The letter is sealed under the contact's key, so that forgetting kills it; around it the transient key hides
    which contact, hence which report, the delivery belongs to. Where there is a pair of keys, address and thread are
    sealed by it before all that.
    """
    cited = delivery.thread if delivery.thread is not None and not delivery.thread.ours else None
    to = ring.kept(delivery.channel, delivery.to, cited)
    thread = delivery.thread if to is delivery.to or cited is None else None
    told = _Letter(written(to), delivery.say, delivery.lang, thread, delivery.awaits)
    letter = filled(_JSON.dump_json(told))
    if delivery.contact is not None:
        key = keys.of(delivery.contact)
        if key is None:
            return None
        letter = key.seal(letter, place("outbox", "letter", delivery.id))
    whole = (delivery.contact or "").encode() + b"\0" + letter
    return {
        "id": delivery.id,
        "kind": delivery.kind.value,
        "channel": delivery.channel,
        "state": "waiting",
        "not_before": delivery.not_before,
        "attempts": delivery.attempts,
        "lane": delivery.ordering_key or (ring.contact(delivery.contact) if delivery.contact is not None else b""),
        "contact": None if delivery.contact is None else ring.contact(delivery.contact),
        "sealed": ring.transient.seal(whole, place("outbox", "sealed", delivery.id)),
        "pair": pair_of(to),
    }


def delivery_of(row: AnyRow, ring: Keyring, keys: DataKeys) -> Delivery | None:
    """None when its contact was forgotten."""
    whole = ring.transient.open(row.sealed, place("outbox", "sealed", row.id))
    contact, _, body = whole.partition(b"\0")
    if contact:
        key = keys.of(contact.decode())
        if key is None:
            return None
        body = key.open(body, place("outbox", "letter", row.id))
    letter = _JSON.validate_json(body)
    return Delivery(
        id=row.id,
        ordering_key=row.lane,
        kind=DeliveryKind(row.kind),
        channel=row.channel,
        to=read(letter.to),
        say=letter.say,
        lang=letter.lang,
        not_before=row.not_before,
        thread=letter.thread,
        contact=ContactId(contact.decode()) if contact else None,
        attempts=row.attempts,
        awaits=letter.awaits,
    )


class SqlOutbox:
    """core.ports.Outbox."""

    def __init__(self, statements: Statements, ring: Keyring, keys: DataKeys) -> None:
        self._statements = statements
        self._ring = ring
        self._keys = keys
        self._pending = Prefetch(statements, _PENDING)

    def add(self, delivery: Delivery) -> None:
        """Inserts the delivery; for a contact that was erased it inserts nothing."""
        row = row_of(delivery, self._ring, self._keys)
        if row is not None:
            self._pending.forget()
            self._statements.change(_ADD, row)

    def pending(self, contact: ContactId) -> Delivery | None:
        """Returns the last added, where there are several, and locks its row. None: there is none."""
        rows = self._pending.rows(self._ring.contact(contact))
        return delivery_of(rows[0], self._ring, self._keys) if rows else None

    def rows_with(self, first: tuple[Executable, Params], contact: ContactId) -> Sequence[AnyRow]:
        """What a query about a contact finds; what is pending for it is mostly asked next."""
        if not self._statements.writes:  # nothing may be locked
            return self._statements.rows(*first)
        return self._pending.rows_with(first, self._ring.contact(contact))

    def replace(self, delivery: Delivery) -> None:
        """Replaces what it says; its place in the order stays."""
        row = row_of(delivery, self._ring, self._keys)
        if row is not None:
            self._pending.forget()
            new = {"as_kind": row["kind"], "at": row["not_before"], "whole": row["sealed"], "by": row["pair"]}
            self._statements.change(_REPLACE, {"of": delivery.id} | new)
            self._statements.rows_erased = True

    def claim(
        self, now: datetime, lease: timedelta, most: int, busy: frozenset[str] = frozenset()
    ) -> Sequence[Delivery]:
        """Leases the first of each ordering key, if it is due, not leased, and of no busy channel.

        Rows that another process locks are skipped.
        """
        self._pending.forget()
        claimed = []
        for row in self._statements.rows(_claim(busy), {"now": now, "most": most}):
            try:
                delivery = delivery_of(row, self._ring, self._keys)
            except (SealBroken, ValidationError):  # nobody can ever send it, and it must not stop the others
                _log.error("delivery_unreadable")
                self.mark_dead(row.id, "unreadable")
                continue
            if delivery is None:  # forgotten by another process while it was written
                self._statements.change(_DROP, {"of": row.id})
            else:
                self._statements.change(_LEASE, {"of": row.id, "until": now + lease})
                claimed.append(delivery)
        return claimed

    def extend_lease(self, delivery: DeliveryId, until: datetime) -> None:
        """Extends a lease; what was sent or failed meanwhile has none, and gets none."""
        self._statements.change(_HOLD, {"of": delivery, "until": until})

    def mark_sent(self, delivery: Delivery, provider_id: str, now: datetime) -> None:
        """Erases address and words; keeps an HMAC of the provider's id, for receipts."""
        self._pending.forget()
        tag = self._ring.provider(delivery.channel, provider_id) if provider_id else None
        self._statements.change(_SENT, {"of": delivery.id, "end": minute(now), "tag": tag})
        self._statements.rows_erased = True

    def retry_at(self, delivery: DeliveryId, at: datetime, why: str = "") -> None:
        """Counts the attempt and ends the lease."""
        self._pending.forget()
        self._statements.change(_AGAIN, {"of": delivery, "at": at, "reason": why})

    def mark_dead(self, delivery: DeliveryId, why: str = "") -> None:
        """Erases all but kind, channel, attempts and the reason."""
        waits = self._statements.first(_DUE, {"of": delivery})
        if waits is not None:
            self._pending.forget()
            self._statements.change(_DEAD, {"of": delivery, "end": minute(waits.not_before), "reason": why})
            self._statements.rows_erased = True

    def drop_all_for(self, contact: ContactId) -> None:
        """Deletes every delivery that waits for a contact."""
        self._pending.forget()
        self._statements.change(_DROP_ALL, {"of": self._ring.contact(contact)})
