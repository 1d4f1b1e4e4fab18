"""What administrators changed of the city, as rows of JSON; the row without a part counts the changes."""

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, literal, select

from core.model import CityChange, CityPart
from storage.statements import Statements
from storage.tables import CITY_CHANGE, AnyRow
from storage.upserts import insert

_C: Final = CITY_CHANGE.c
_NEW: Final = insert(CITY_CHANGE)
_COUNTER: Final = {"part": "", "id": "", "row": None, "place": 0, "version": 0}
_VERSION: Final = select(_C.version).where(_C.part == literal(""), _C.id == literal(""))
# Whoever changes it holds this row until the commit, so that no two changes have one version.
_LOCK: Final = _NEW.on_conflict_do_update(index_elements=["part", "id"], set_={"version": _C.version})
_COUNT: Final = _NEW.on_conflict_do_update(index_elements=["part", "id"], set_={"version": _NEW.excluded.version})
_PUT: Final = _NEW.on_conflict_do_update(
    index_elements=["part", "id"], set_={"row": _NEW.excluded.row, "version": _NEW.excluded.version}
)
_ALL: Final = select(CITY_CHANGE).where(_C.part != bindparam("counter"))


def row_of(change: CityChange) -> dict[str, object]:
    """Without its place."""
    row = None if change.row is None else json.dumps(change.row, ensure_ascii=False)
    return {"part": change.part.value, "id": change.id, "row": row, "version": change.version}


def change_of(row: AnyRow) -> CityChange:
    """Returns a change of its row."""
    return CityChange(CityPart(row.part), row.id, None if row.row is None else json.loads(row.row), row.version)


class SqlCityChanges:
    """core.ports.CityChanges."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def version(self) -> int:
        """0 where nothing was ever changed."""
        row = self._statements.first(_VERSION, {})
        return 0 if row is None else int(row.version)

    def lock(self) -> int:
        """Makes the counter at the first change."""
        self._statements.change(_LOCK, _COUNTER)
        return self.version()

    def all(self) -> Sequence[CityChange]:
        """In the order in which they first came."""
        found = self._statements.rows(_ALL, {"counter": ""})
        return [change_of(row) for row in sorted(found, key=lambda row: row.place)]

    def put(self, change: CityChange) -> None:
        """Its own version is not looked at."""
        version = self.lock() + 1
        self._statements.change(_COUNT, {**_COUNTER, "version": version})
        self._statements.change(_PUT, {**row_of(change), "place": version, "version": version})
