"""Words that offices have ready for citizens, as rows: written by staff beforehand, hence about nobody."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from core.model import AgencyId, Canned, CannedId
from storage.statements import Statements
from storage.tables import CANNED, AnyRow

_ADD = insert(CANNED)
_ALL = select(CANNED)
_ONE = select(CANNED).where(CANNED.c.id == bindparam("of"))
_DROP = delete(CANNED).where(CANNED.c.id == bindparam("of"))


def row_of(canned: Canned) -> dict[str, object]:
    """Every office is empty: a column that is compared is never null."""
    return {"id": canned.id, "agency": canned.agency or "", "title": canned.title, "text": canned.text}


def canned_of(row: AnyRow) -> Canned:
    """Returns a canned answer of its row."""
    return Canned(CannedId(row.id), AgencyId(row.agency) if row.agency else None, row.title, row.text)


class SqlCanned:
    """core.ports.CannedAnswers."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def all(self) -> Sequence[Canned]:
        """Those of every office first, then by office; by title."""
        found = [canned_of(row) for row in self._statements.rows(_ALL, {})]
        return sorted(found, key=lambda each: (each.agency or "", each.title, each.id))

    def add(self, canned: Canned) -> None:
        """Inserts it; its id must be new."""
        self._statements.change(_ADD, row_of(canned))

    def drop(self, canned: CannedId) -> Canned | None:
        """Deletes it and returns it. None: there was none."""
        row = self._statements.first(_ONE, {"of": canned})
        if row is None:
            return None
        self._statements.change(_DROP, {"of": canned})
        return canned_of(row)
