"""Automatic forwarding as rows: a category and an area, either of them perhaps any, and where such reports go."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from core.model import AgencyId, AreaCode, CategoryId, Route
from storage.statements import Statements
from storage.tables import ROUTE, AnyRow
from storage.upserts import insert

_NEW = insert(ROUTE)
_PUT = _NEW.on_conflict_do_update(index_elements=["category", "area"], set_={"agency": _NEW.excluded.agency})
_ALL = select(ROUTE)
_DROP = delete(ROUTE).where(
    ROUTE.c.category == bindparam("for_category"),
    ROUTE.c.area == bindparam("for_area"),
    ROUTE.c.agency == bindparam("to"),
)


def row_of(route: Route) -> dict[str, object]:
    """Any is empty: a key's column is never null."""
    return {"category": route.category or "", "area": route.area or "", "agency": route.to}


def route_of(row: AnyRow) -> Route:
    """Returns a route of its row."""
    return Route(
        AgencyId(row.agency),
        CategoryId(row.category) if row.category else None,
        AreaCode(row.area) if row.area else None,
    )


class SqlRoutes:
    """core.ports.Routes."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._known: list[Route] | None = None  # as long as this turn changes none

    def all(self) -> Sequence[Route]:
        """Returns the routes by category and area, those for any first."""
        if self._known is None:
            found = self._statements.rows(_ALL, {})
            self._known = [route_of(row) for row in sorted(found, key=lambda row: (row.category, row.area))]
        return self._known

    def add(self, route: Route) -> None:
        """Inserts it, or replaces the one for the same category and area."""
        self._known = None
        self._statements.change(_PUT, row_of(route))

    def drop(self, route: Route) -> bool:
        """Deletes this route. False: there was none."""
        self._known = None
        row = row_of(route)
        asked = {"for_category": row["category"], "for_area": row["area"], "to": row["agency"]}
        return self._statements.changed(_DROP, asked) > 0
