"""Where each conversation stands: sealed, and found by an HMAC, so that no row says who is speaking."""

import logging
from collections.abc import Iterator
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite writes ON CONFLICT the same way

from core.deadlines import minute
from core.messages import Address
from core.model import Dialogue
from storage.ahead import Ahead
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import DIALOGUE, AnyRow
from storage.vault import DataKey, place

_log = logging.getLogger(__name__)
_JSON = TypeAdapter(Dialogue)
_NEW = insert(DIALOGUE)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["lane"], set_={"seen": _NEW.excluded.seen, "sealed": _NEW.excluded.sealed}
)
_GET = select(DIALOGUE).where(DIALOGUE.c.lane == bindparam("of"))
_DROP = delete(DIALOGUE).where(DIALOGUE.c.lane == bindparam("of"))


def row_of(ordering_key: bytes, dialogue: Dialogue, now: datetime, key: DataKey) -> dict[str, object]:
    """Seals it under the key of what passes."""
    sealed = key.seal(_JSON.dump_json(dialogue), place("dialogue", "sealed", ordering_key.hex()))
    return {"lane": ordering_key, "seen": minute(now), "sealed": sealed}


def dialogue_of(row: AnyRow, key: DataKey) -> Dialogue | None:
    """Fields of a newer version are passed over; None where the whole cannot be read: the citizen starts anew."""
    try:
        return _JSON.validate_json(key.open(row.sealed, place("dialogue", "sealed", row.lane.hex())))
    except ValidationError:
        _log.warning("dialogue_unreadable")
        return None


def all_of(connection: Connection, key: DataKey) -> Iterator[Dialogue]:
    """Every open dialogue; they live a day, so they are few."""
    for row in connection.execute(select(DIALOGUE)):
        if (dialogue := dialogue_of(row, key)) is not None:
            yield dialogue


class SqlDialogues:
    """core.ports.Dialogues."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring
        self.ahead = Ahead(statements, _GET)

    def ordering_key(self, channel: str, sender: Address) -> bytes:
        """HMAC of channel and address."""
        return self._ring.ordering_key(channel, sender)

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        """With the minute of its last turn."""
        for row in self.ahead.rows(ordering_key):
            if (dialogue := dialogue_of(row, self._ring.transient)) is not None:
                return dialogue, row.seen
        return None

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None:
        """New or anew."""
        self.ahead.forget()
        self._statements.change(_PUT, row_of(ordering_key, dialogue, now, self._ring.transient))

    def drop(self, ordering_key: bytes) -> None:
        """It ended."""
        self.ahead.forget()
        self._statements.change(_DROP, {"of": ordering_key})
