"""Filters that somebody gave a name: they tell what an officer looks for, and nothing of any report."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from core.model import SavedView, StaffId
from storage.statements import Statements
from storage.tables import SAVED_VIEW, AnyRow
from storage.upserts import insert

_ADD = insert(SAVED_VIEW)
_PUT = _ADD.on_conflict_do_update(index_elements=["staff", "name"], set_={"filter": _ADD.excluded.filter})
_OF = select(SAVED_VIEW).where(SAVED_VIEW.c.staff == bindparam("of"))
_DROP = delete(SAVED_VIEW).where(SAVED_VIEW.c.staff == bindparam("of"), SAVED_VIEW.c.name == bindparam("called"))


def row_of(view: SavedView) -> dict[str, object]:
    """Every column."""
    return {"staff": view.staff, "name": view.name, "filter": view.filter}


def view_of(row: AnyRow) -> SavedView:
    """Returns a saved view of its row."""
    return SavedView(StaffId(row.staff), row.name, row.filter)


class SqlViews:
    """core.ports.Views."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def of(self, staff: StaffId) -> Sequence[SavedView]:
        """By name."""
        found = [view_of(row) for row in self._statements.rows(_OF, {"of": staff})]
        return sorted(found, key=lambda view: view.name)  # here: each database sorts by rules of its own

    def put(self, view: SavedView) -> None:
        """The account comes first."""
        self._statements.change(_PUT, row_of(view))

    def drop(self, staff: StaffId, name: str) -> None:
        """Of that account alone."""
        self._statements.change(_DROP, {"of": staff, "called": name})
