"""Where each conversation stands: sealed, and found by an HMAC, so that no row says who is speaking."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, select

from core.deadlines import minute
from core.messages import Address, SealedAddress
from core.model import (
    AreaChoice,
    AreaCode,
    AskedAnew,
    CategoryId,
    Detail,
    Dialogue,
    LeavesOf,
    SameReport,
    SmallTalk,
    TwoProblems,
)
from storage.keyring import Keyring
from storage.prefetch import Prefetch
from storage.statements import Statements
from storage.tables import DIALOGUE, AnyRow
from storage.typed_json import TypedJson
from storage.upserts import insert
from storage.vault import DataKey, filled, place

_log = logging.getLogger(__name__)
_JSON = TypedJson(Dialogue)
_ANEW, _TALK = "again", "said "
_NEW = insert(DIALOGUE)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["lane"], set_={"seen": _NEW.excluded.seen, "sealed": _NEW.excluded.sealed}
)
_GET = select(DIALOGUE).where(DIALOGUE.c.lane == bindparam("of"))
_DROP = delete(DIALOGUE).where(DIALOGUE.c.lane == bindparam("of"))


def _menu(detail: Detail) -> str:
    """The detail as words, the shape in which every version keeps it."""
    match detail:
        case AskedAnew():
            return _ANEW
        case SmallTalk(text):
            return f"{_TALK}{text}"
        case TwoProblems(ids) | AreaChoice(ids):
            return " ".join(ids)
        case LeavesOf(group):
            return group
        case SameReport(count):
            return str(count)


def _detail(menu: str) -> Detail | None:
    """Ids of categories and groups begin with a letter, codes of areas with a number and a dot."""
    if menu.startswith(_TALK):
        return SmallTalk(menu.removeprefix(_TALK))
    ids = menu.split()
    if not ids or menu == _ANEW:
        return AskedAnew() if ids else None
    if menu.isdecimal():
        return SameReport(int(menu))
    if menu[0].isdecimal():
        return AreaChoice(tuple(map(AreaCode, ids)))
    return LeavesOf(menu) if len(ids) == 1 else TwoProblems(tuple(map(CategoryId, ids)))


def _dumped(dialogue: Dialogue) -> bytes:
    if dialogue.detail is None:
        return _JSON.dump_json(dialogue)
    plain = _JSON.dump_python(replace(dialogue, detail=None))
    return json.dumps({**plain, "menu": _menu(dialogue.detail)}).encode()


def _loaded(stored: bytes) -> Dialogue:
    dialogue = _JSON.validate_json(stored)
    menu = json.loads(stored).get("menu") if b'"menu":' in stored else None
    return replace(dialogue, detail=_detail(menu)) if isinstance(menu, str) else dialogue


def row_of(ordering_key: bytes, dialogue: Dialogue, now: datetime, key: DataKey) -> dict[str, object]:
    """Seals it under the key of what passes."""
    sealed = key.seal(filled(_dumped(dialogue)), place("dialogue", "sealed", ordering_key.hex()))
    return {"lane": ordering_key, "seen": minute(now), "sealed": sealed}


def dialogue_of(row: AnyRow, key: DataKey) -> Dialogue | None:
    """Fields of a newer version are passed over; None where the whole cannot be read: the citizen starts anew."""
    try:
        return _loaded(key.open(row.sealed, place("dialogue", "sealed", row.lane.hex())))
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
        self.prefetch = Prefetch(statements, _GET)

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        """HMAC of channel and address."""
        return self._ring.ordering_key(channel, sender)

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        """Returns the dialogue with the minute of its last turn. None: there is none. Locks nothing."""
        for row in self.prefetch.rows(ordering_key):
            if (dialogue := dialogue_of(row, self._ring.transient)) is not None:
                return dialogue, row.seen
        return None

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None:
        """Inserts or replaces the row."""
        self.prefetch.forget()
        self._statements.change(_PUT, row_of(ordering_key, dialogue, now, self._ring.transient))

    def drop(self, ordering_key: bytes) -> None:
        """Deletes the row."""
        self.prefetch.forget()
        self._statements.change(_DROP, {"of": ordering_key})
