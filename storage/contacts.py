"""Addresses that news goes to, each under a key of its own that can be destroyed at once."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from core.model import Contact, ContactId
from storage.addresses import Written, pair_of, read, written
from storage.data_keys import DataKeys
from storage.keyring import Keyring
from storage.outbox import SqlOutbox
from storage.statements import Statements
from storage.tables import CONTACT, DATA_KEY, AnyRow
from storage.typed_json import TypedJson
from storage.vault import DataKey, filled, place


@dataclass(frozen=True, slots=True)
class _Reach:
    channel: str
    address: str | Written  # words, where there was no pair of keys yet
    lang: str
    thread: str = ""


_JSON = TypedJson(_Reach)
_ADD = insert(CONTACT)
_GET = (
    select(CONTACT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
    .join_from(CONTACT, DATA_KEY, DATA_KEY.c.owner == CONTACT.c.id)
    .where(CONTACT.c.id == bindparam("of"))
)
_DROP = delete(CONTACT).where(CONTACT.c.id == bindparam("of"))


def row_of(contact: Contact, key: DataKey, ring: Keyring) -> dict[str, object]:
    """All of it sealed, so that forgetting kills it; the address by the pair before, if there is one."""
    address = ring.kept(contact.channel, contact.address)
    reach = _Reach(contact.channel, written(address), contact.lang, contact.thread)
    sealed = key.seal(filled(_JSON.dump_json(reach)), place("contact", "sealed", contact.id))
    return {"id": contact.id, "sealed": sealed, "pair": pair_of(address)}


def contact_of(row: AnyRow, key: DataKey) -> Contact:
    """Opens it, but for a sealed address."""
    reach = _JSON.validate_json(key.open(row.sealed, place("contact", "sealed", row.id)))
    return Contact(row.id, reach.channel, read(reach.address), reach.lang, reach.thread)


class Contacts:
    """Rows of contacts in one transaction."""

    def __init__(self, statements: Statements, ring: Keyring, keys: DataKeys, outbox: SqlOutbox) -> None:
        self._statements = statements
        self._ring = ring
        self._keys = keys
        self._outbox = outbox
        self._read: dict[ContactId, Contact | None] = {}  # as long as this turn changes none

    def add(self, contact: Contact) -> None:
        """With a key of its own."""
        self._read.pop(contact.id, None)
        self._statements.change(_ADD, row_of(contact, self._keys.create(contact.id), self._ring))

    def get(self, contact: ContactId) -> Contact | None:
        """None when it was forgotten."""
        if contact not in self._read:
            rows = self._outbox.rows_with((_GET, {"of": contact}), contact)
            key = self._keys.found(contact, rows) if rows else None
            self._read[contact] = None if key is None else contact_of(rows[0], key)
        return self._read[contact]

    def drop(self, contact: ContactId) -> None:
        """Key and row."""
        self._read.pop(contact, None)
        self._keys.destroy(contact)
        self._statements.change(_DROP, {"of": contact})
