"""Addresses that are there already are sealed to the pair of keys of today, beside running turns, batch by batch."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, func, or_, select, true, update

from core.errors import AddressLocked
from core.messages import SealedAddress
from storage import contacts, outbox
from storage.addresses import AddressOpener
from storage.data_keys import DataKeys
from storage.engine import Database
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import CONTACT, DATA_KEY, OUTBOX, WAITING, AnyRow
from storage.vault import SealBroken

_log = logging.getLogger(__name__)
_BATCH = 200  # addresses in one turn, so that citizens' turns come in between
_WAITS = OUTBOX.c.state == WAITING
_ROWS: tuple[tuple[Table, ColumnElement[bool]], ...] = ((CONTACT, true()), (OUTBOX, _WAITS))
_KEYED = select(CONTACT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped).join_from(
    CONTACT, DATA_KEY, DATA_KEY.c.owner == CONTACT.c.id
)
_NOBODY = AddressOpener()


class AddressRotation:
    """Remembers nothing: what is sealed to no pair, or to another one, says where it stopped."""

    def __init__(self, database: Database, ring: Keyring) -> None:
        self._database = database
        self._ring = ring

    def pairs(self) -> Mapping[str | None, int]:
        """How many addresses take which pair of keys; None: none but RESI_KEYS. Raises StoreAway."""

        def work(statements: Statements) -> dict[str | None, int]:
            found: dict[str | None, int] = {}
            for table, which in _ROWS:
                query = select(table.c.pair, func.count()).where(which).group_by(table.c.pair)
                for pair, count in statements.connection.execute(query):
                    found[pair] = found.get(pair, 0) + count
            return found

        return self._database.read(work)

    def waiting(self) -> int:
        """Addresses that are not sealed to the pair of this process; 0 where it has none."""
        sealer = self._ring.sealer
        return 0 if sealer is None else sum(count for pair, count in self.pairs().items() if pair != sealer.pair)

    def run(self, opener: AddressOpener = _NOBODY, progress: Callable[[int], None] = lambda _: None) -> int:
        """Seals all to the pair of this process; how many. What takes a private half that is not here stays as it is.

        Raises KeysWrong, StoreAway.
        """
        if self._ring.sealer is None:
            return 0
        total = 0
        for kept in (self._contacts(opener), self._deliveries(opener)):
            last: object = None
            while True:
                last, done = self._database.run(partial(_batch, kept, last))
                total += done
                progress(total)
                if last is None:
                    break
        self._database.sweep()
        return total

    def _contacts(self, opener: AddressOpener) -> "_Kept":
        def anew(statements: Statements, row: AnyRow) -> dict[str, object] | None:
            key = DataKeys(statements, self._ring.vault).opened(row.id, row.key_id, row.wrapped)
            if key is None:
                return None
            contact = contacts.contact_of(row, key)
            if isinstance(contact.address, SealedAddress):
                contact = replace(contact, address=opener.open(contact.channel, contact.address)[0])
            return contacts.row_of(contact, key, self._ring)

        return _Kept(CONTACT, CONTACT.c.id, self._movable(_KEYED, CONTACT, opener), anew)

    def _deliveries(self, opener: AddressOpener) -> "_Kept":
        def anew(statements: Statements, row: AnyRow) -> dict[str, object] | None:
            keys = DataKeys(statements, self._ring.vault)
            delivery = outbox.delivery_of(row, self._ring, keys)
            return None if delivery is None else outbox.row_of(opener.opened(delivery), self._ring, keys)

        return _Kept(OUTBOX, OUTBOX.c.seq, self._movable(select(OUTBOX).where(_WAITS), OUTBOX, opener), anew)

    def _movable(self, query: Select[Any], table: Table, opener: AddressOpener) -> Select[Any]:
        ours = "" if self._ring.sealer is None else self._ring.sealer.pair
        others = [pair for pair in opener.pairs if pair != ours]
        return query.where(or_(table.c.pair.is_(None), table.c.pair.in_(others)))


@dataclass(frozen=True, slots=True)
class _Kept:
    """Rows of a table that hold addresses, and how one is sealed anew; None: it is left as it is."""

    table: Table
    key: Column[Any]
    query: Select[Any]
    anew: Callable[[Statements, AnyRow], dict[str, object] | None]


def _batch(kept: _Kept, last: object, statements: Statements) -> tuple[object, int]:
    """The key of the last row that was looked at, None where there was none, and how many were sealed anew."""
    query = kept.query if last is None else kept.query.where(kept.key > last)
    query = query.order_by(kept.key).limit(_BATCH).with_for_update(skip_locked=True, of=kept.table)
    rows = statements.connection.execute(query).all()
    change = update(kept.table).where(kept.key == bindparam("of"))
    change = change.values(sealed=bindparam("whole"), pair=bindparam("by"))
    done = 0
    for row in rows:
        of = getattr(row, kept.key.name)
        try:
            anew = kept.anew(statements, row)
        except (AddressLocked, SealBroken, ValidationError):  # nobody can, and it must not stop the others
            _log.error("address_unreadable")
            continue
        if anew is not None:
            statements.connection.execute(change, {"of": of, "whole": anew["sealed"], "by": anew["pair"]})
            done += 1
    statements.keys_erased = bool(done)
    return (getattr(rows[-1], kept.key.name) if rows else None), done
