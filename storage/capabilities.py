"""What a tag opens: sealed, found by an HMAC of the tag, gone when its time has passed or its contact is forgotten."""

import logging
from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, select

from core.deadlines import minute
from core.messages import Tag
from core.model import Capability, ContactId, DeliveryId
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import CAPABILITY, AnyRow
from storage.typed_json import TypedJson
from storage.upserts import insert
from storage.vault import DataKey, filled, place

_log = logging.getLogger(__name__)
_JSON = TypedJson(Capability)
_NEW = insert(CAPABILITY)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["tag"],
    set_={name: getattr(_NEW.excluded, name) for name in ("until", "contact", "holds", "sealed")},
)
# PostgreSQL: a tag works from any address, so that no ordering key of a sender keeps two replies with it apart.
_READ = select(CAPABILITY).where(CAPABILITY.c.tag == bindparam("of"))
_GET = {True: _READ.with_for_update(), False: _READ}  # who only reads may lock nothing
_DROP = delete(CAPABILITY).where(CAPABILITY.c.tag == bindparam("of"))
_FORGET = delete(CAPABILITY).where(CAPABILITY.c.contact == bindparam("of"))
_HOLDING = select(CAPABILITY).where(CAPABILITY.c.holds)


def row_of(tag: bytes, capability: Capability, ring: Keyring) -> dict[str, object]:
    """Seals it under the key of what passes; `tag` is the HMAC."""
    plain = filled(_JSON.dump_json(capability))
    return {
        "tag": tag,
        "until": minute(capability.until),
        "contact": None if capability.contact is None else ring.contact(capability.contact),
        "holds": capability.held is not None or capability.form is not None,
        "sealed": ring.transient.seal(plain, place("capability", "sealed", tag.hex())),
    }


def capability_of(row: AnyRow, key: DataKey) -> Capability | None:
    """None, where a later version wrote what we cannot read: its tag opens nothing."""
    try:
        return _JSON.validate_json(key.open(row.sealed, place("capability", "sealed", row.tag.hex())))
    except ValidationError:
        _log.warning("capability_unreadable")
        return None


def holding(connection: Connection, key: DataKey) -> Iterator[Capability]:
    """Those with words or files: that wait for a confirmation, a day at most, or that a form holds."""
    for row in connection.execute(_HOLDING):
        if (capability := capability_of(row, key)) is not None:
            yield capability


class SqlCapabilities:
    """core.ports.Capabilities."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def tag(self, delivery: DeliveryId) -> Tag:
        """26 characters of a-z and 2-7: 128 bits of an HMAC."""
        return self._ring.tag_of(delivery)

    def put(self, tag: Tag, capability: Capability) -> None:
        """Inserts the row, or replaces what the tag opened before."""
        self._statements.change(_PUT, row_of(self._ring.shown(tag), capability, self._ring))

    def get(self, tag: Tag, now: datetime) -> Capability | None:
        """Where this turn writes, locks the row until the commit. None: no such tag, or it has expired."""
        row = self._statements.first(_GET[self._statements.writes], {"of": self._ring.shown(tag)})
        return None if row is None or row.until <= now else capability_of(row, self._ring.transient)

    def drop(self, tag: Tag) -> None:
        """Deletes the row."""
        self._statements.change(_DROP, {"of": self._ring.shown(tag)})
        self._statements.rows_erased = True

    def forget(self, contact: ContactId) -> None:
        """Deletes every row of the contact."""
        self._statements.change(_FORGET, {"of": self._ring.contact(contact)})
        self._statements.rows_erased = True
