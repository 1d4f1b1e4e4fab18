"""Whose answer is awaited: a sealed list, found by an HMAC of who was asked, and gone when its time has passed."""

import logging
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import bindparam, delete, select

from core.deadlines import minute
from core.model import Awaited
from storage.keyring import Keyring
from storage.prefetch import Prefetch
from storage.statements import Statements
from storage.tables import AWAITED, AnyRow
from storage.typed_json import TypedJson
from storage.upserts import insert
from storage.vault import DataKey, place

_log = logging.getLogger(__name__)
_JSON = TypedJson(tuple[Awaited, ...])
_NEW = insert(AWAITED)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["lane"], set_={"until": _NEW.excluded.until, "sealed": _NEW.excluded.sealed}
)
# PostgreSQL: staff and the outbox change a person's list in turns that are not ordered by that person's key, so that
# turns about one list wait for each other. Who only reads may lock nothing.
_READ = select(AWAITED).where(AWAITED.c.lane == bindparam("of"))
_GET = {True: _READ.with_for_update(), False: _READ}
_DROP = delete(AWAITED).where(AWAITED.c.lane == bindparam("of"))


def row_of(ordering_key: bytes, awaited: tuple[Awaited, ...], key: DataKey) -> dict[str, object]:
    """At least one; the row lives as long as the last of them."""
    sealed = key.seal(_JSON.dump_json(awaited), place("awaited", "sealed", ordering_key.hex()))
    return {"lane": ordering_key, "until": minute(max(each.until for each in awaited)), "sealed": sealed}


def awaited_of(row: AnyRow, key: DataKey) -> tuple[Awaited, ...]:
    """Nothing, where a later version wrote what we cannot read."""
    try:
        return _JSON.validate_json(key.open(row.sealed, place("awaited", "sealed", row.lane.hex())))
    except ValidationError:
        _log.warning("awaited_unreadable")
        return ()


class SqlAwaitedAnswers:
    """core.ports.AwaitedAnswers."""

    def __init__(self, statements: Statements, ring: Keyring, dialogues: Prefetch) -> None:
        self._statements = statements
        self._ring = ring
        self._dialogues = dialogues  # of whoever answers, or is asked
        self._read: dict[bytes, tuple[Awaited, ...]] = {}  # locked, or put by this turn

    def get(self, ordering_key: bytes, now: datetime) -> tuple[Awaited, ...]:
        """Returns them in the order in which they were put. Where this turn writes, locks the row until the commit."""
        if ordering_key not in self._read:
            get = _GET[self._statements.writes]
            rows = self._dialogues.rows_with((get, {"of": ordering_key}), ordering_key)
            self._read[ordering_key] = awaited_of(rows[0], self._ring.transient) if rows else ()
        return tuple(each for each in self._read[ordering_key] if each.until > now)

    def put(self, ordering_key: bytes, awaited: tuple[Awaited, ...]) -> None:
        """Replaces the list; an empty one deletes the row."""
        self._read[ordering_key] = awaited
        if awaited:
            self._statements.change(_PUT, row_of(ordering_key, awaited, self._ring.transient))
        else:
            self._statements.change(_DROP, {"of": ordering_key})
