"""Opens everything that a database keeps, and every file that its reports name: what opens is whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Select, Table, select

from core.errors import AddressLocked, NotFound, ResiError
from core.messages import Address, SealedAddress, StoredFile
from storage import capabilities, code_holders, contacts, dialogues, outbox, report_rows
from storage.addresses import AddressOpener
from storage.data_keys import DataKeys
from storage.engine import Database
from storage.files import Files
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import CAPABILITY, CONTACT, DATA_KEY, HISTORY, HOLDER, OUTBOX, REPORT, WAITING, AnyRow
from storage.vault import DataKey, SealBroken, Wrapped

_AT_ONCE = 500  # rows
_NOBODY = AddressOpener()


class NotWhole(ResiError):
    """What does not open, or is not there; says how many, and of what."""


@dataclass(frozen=True, slots=True)
class Whole:
    """How many were opened; `erased`: reports without words, since their time was over.

    `locked`: addresses and messages on their way that take a private half which is not here.
    """

    reports: int
    erased: int
    steps: int
    holders: int
    addresses: int
    files: int
    locked: int = 0


class Proof:
    """Of one database; raises StoreAway."""

    def __init__(self, database: Database, ring: Keyring) -> None:
        self._database = database
        self._ring = ring

    def open_all(self, files: Files, opener: AddressOpener = _NOBODY) -> Whole:
        """Raises NotWhole at the first seal that does not open, and where files are missing or changed."""
        try:
            counted, named, locked = self._database.read(partial(self._rows, opener))
        except SealBroken:
            raise NotWhole("a sealed row does not open") from None
        _open_files(files, named)
        return Whole(*counted, len(named), locked)

    def _rows(
        self, opener: AddressOpener, statements: Statements
    ) -> tuple[tuple[int, int, int, int, int], set[StoredFile], int]:
        files: set[StoredFile] = set()
        reports = erased = steps = 0
        for row, key in self._keyed(statements, REPORT, REPORT.c.id):
            report = report_rows.report_of(row, key)
            files.update(report.files, report.handling.result)
            reports += 1
            erased += key is None
        for row, key in self._keyed(statements, HISTORY, HISTORY.c.report):
            files.update(report_rows.history_entry_of(row, key).files)
            steps += 1
        holders = [
            code_holders.holder_of(row, key).role for row, key in self._keyed(statements, HOLDER, HOLDER.c.report)
        ]
        reached = [
            _opens(opener, contact.channel, contact.address)
            for row, key in self._keyed(statements, CONTACT, CONTACT.c.id)
            for contact in (contacts.contact_of(row, _key(key)),)
        ]
        locked = reached.count(False) + self._passing(opener, statements)
        return (reports, erased, steps, len(holders), len(reached)), files, locked

    def _keyed(
        self, statements: Statements, table: Table, owner: Column[Any]
    ) -> Iterator[tuple[AnyRow, DataKey | None]]:
        """Rows with the key that they are sealed under, if it was not destroyed."""
        query: Select[Any] = select(table, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
        query = query.outerjoin(DATA_KEY, DATA_KEY.c.owner == owner).order_by(*table.primary_key.columns)
        of = owner.name
        for row in statements.connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            kept = None if row.wrapped is None else Wrapped(getattr(row, of), row.key_id, row.wrapped)
            yield row, None if kept is None else DataKey(self._ring.vault.unwrap(kept))

    def _passing(self, opener: AddressOpener, statements: Statements) -> int:
        """Drafts, what tags open, what waits to be sent; how many of these take a private half that is not here."""
        connection, key = statements.connection, self._ring.transient
        for _ in dialogues.all_of(connection, key):
            pass
        for row in connection.execute(select(CAPABILITY)).all():
            capabilities.capability_of(row, key)
        keys = DataKeys(statements, self._ring.vault)
        rows = connection.execute(select(OUTBOX).where(OUTBOX.c.state == WAITING)).all()
        waiting = (outbox.delivery_of(row, self._ring, keys) for row in rows)
        return sum(each is not None and not _opens(opener, each.channel, each.to) for each in waiting)


def _opens(opener: AddressOpener, channel: str, address: Address | SealedAddress) -> bool:
    """False where the private half is not here; one that is here, and does not open it, is no whole."""
    if isinstance(address, Address):
        return True
    if address.pair not in opener.pairs:
        return False
    try:
        opener.open(channel, address)
    except AddressLocked:
        raise NotWhole("a sealed address does not open") from None
    return True


def _key(key: DataKey | None) -> DataKey:
    if key is None:
        raise SealBroken("an address without its key")
    return key


def _open_files(files: Files, named: Iterable[StoredFile]) -> None:
    missing = changed = 0
    for file in named:
        try:
            files.get(file)
        except NotFound:
            missing += 1
        except (SealBroken, ValueError):
            changed += 1
    if missing or changed:
        raise NotWhole(f"{missing} files that reports name are missing, {changed} do not open")
