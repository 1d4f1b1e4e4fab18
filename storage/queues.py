"""Queues of offices: a page is found in an index alone, and only what is restricted has to be opened for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, and_, bindparam, case, func, or_, select

from core.model import ENDED, AgencyId, AreaCode, CategoryId, Listed, Number, Status
from core.ports import Sight, Sought
from storage.data_keys import DataKeys
from storage.reports import told_of
from storage.statements import Statements
from storage.tables import DATA_KEY, HELD, REPORT, AnyRow

_MORE = 4  # times the page is read at once where a part of it may not be what is sought
_OWN = and_(REPORT.c.restricted, REPORT.c.agency == bindparam("office"))
_TO_ALL = REPORT.c.restricted.is_(False)


@dataclass(frozen=True, slots=True)
class _Form:
    """Which parts a query has; each form is built once."""

    every: bool
    ended: bool
    named: frozenset[str]  # of the fields of Sought, those that narrow

    def narrows(self, field: str) -> bool:
        return field in self.named


def listed_of(row: AnyRow, keys: DataKeys) -> Listed:
    """Category and area of a restricted one lie under its own key; without the key they are gone."""
    category, area = row.category, row.area
    if row.restricted:
        category, area = told_of(row.id, row.sealed, keys.opened(row.id, row.key_id, row.wrapped))
    return Listed(
        number=Number(row.number),
        channel=row.channel,
        status=Status(row.status),
        category=CategoryId(category or ""),
        agency=AgencyId(row.agency),
        area=None if area is None else AreaCode(area),
        received=row.received,
        due=row.due,
        late=row.late,
        evaluation=row.evaluation,
    )


class SqlQueues:
    """core.ports.Queues."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys

    def page(self, sight: Sight, sought: Sought) -> Sequence[Listed]:
        """One query, and others only where restricted reports stand between that are not what is sought."""
        found: list[Listed] = []
        most, after = sought.most, sought.after
        sealed = sought.category is not None or sought.area is not None  # of restricted ones, what it is narrowed by
        wanted = most if most is None or not sealed else most * _MORE
        while True:
            asked = replace(sought, after=after, most=wanted)
            page = [listed_of(row, self._keys) for row in self._rows(sight, asked)]
            found += [each for each in page if _fits(each, sought)]
            if most is None or wanted is None or len(page) < wanted or len(found) >= most:
                return found[:most]
            after = page[-1].due, page[-1].number

    def _rows(self, sight: Sight, sought: Sought) -> Sequence[AnyRow]:
        asked = _asked(sight, sought)
        form = _Form(sight.every, sought.ended, frozenset(asked))
        return self._statements.rows(_query(form), asked)


def _fits(each: Listed, sought: Sought) -> bool:
    """Of what is clear the database has seen to it."""
    inside = sought.area is None or (each.area or "").startswith(sought.area)
    return inside and sought.category in {None, each.category}


def _asked(sight: Sight, sought: Sought) -> Mapping[str, object]:
    """The parameters: their names make the form."""
    asked: dict[str, object] = {"office": sight.agency}
    for name in ("status", "agency", "category", "area", "most"):
        value = getattr(sought, name)
        if value is not None:
            asked[name] = str(value) if name != "most" else value
    if sought.after is not None:
        asked |= {"due": sought.after[0], "number": sought.after[1]}
    if sought.status is not None:
        asked["open"] = sought.status not in ENDED
    return asked


@cache
def _query(form: _Form) -> Select[Any]:
    page = (_of_all(form) if form.every else _of_office(form)).subquery("page")
    # A restricted report, whose category is sealed, needs its key; of all others not even the sealed part is read.
    return (
        select(
            *(REPORT.c[name] for name in ("id", "number", "channel", "status", "category", "agency", "area")),
            *(REPORT.c[name] for name in ("restricted", "received", "due", "late", "evaluation")),
            case((REPORT.c.restricted, REPORT.c.sealed)).label("sealed"),
            DATA_KEY.c.key_id,
            DATA_KEY.c.wrapped,
        )
        .select_from(page)
        .join(REPORT, REPORT.c.id == page.c.id)
        .outerjoin(DATA_KEY, and_(DATA_KEY.c.owner == REPORT.c.id, REPORT.c.restricted))
        .order_by(page.c.due, page.c.number)
    )


def _of_all(form: _Form) -> Select[Any]:
    """All but restricted ones, and the own among these."""
    query = select(REPORT.c.id, REPORT.c.due, REPORT.c.number).where(or_(_TO_ALL, _OWN))
    if form.narrows("agency"):
        query = query.where(REPORT.c.agency == bindparam("agency"))
    if not form.ended and not form.narrows("status"):
        query = query.where(REPORT.c.closed.is_(None))
    return _narrowed(query, REPORT, form)


def _of_office(form: _Form) -> Select[Any]:
    """What it holds or held."""
    seen = or_(HELD.c.category.is_not(None), HELD.c.holder == bindparam("office"))  # of restricted ones its own alone
    query = select(HELD.c.report.label("id"), HELD.c.due, HELD.c.number)
    query = query.where(HELD.c.agency == bindparam("office"), seen)
    if form.narrows("agency"):
        query = query.where(HELD.c.holder == bindparam("agency"))
    if form.narrows("open"):
        query = query.where(HELD.c.open == bindparam("open"))
    elif not form.ended:
        query = query.where(HELD.c.open.is_(True))
    return _narrowed(query, HELD, form)


def _narrowed(query: Select[Any], table: Table, form: _Form) -> Select[Any]:
    """A restricted one has no category in clear: whether it fits is seen once it is opened."""
    secret = table.c.category.is_(None)
    area = bindparam("area", type_=String)
    inside = func.substr(table.c.area, 1, func.length(area)) == area
    after = and_(
        table.c.due >= bindparam("due"), or_(table.c.due > bindparam("due"), table.c.number > bindparam("number"))
    )
    conditions: tuple[tuple[str, ColumnElement[bool]], ...] = (
        ("status", table.c.status == bindparam("status")),
        ("category", or_(table.c.category == bindparam("category"), secret)),
        ("area", or_(inside, secret)),
        ("due", after),
    )
    query = query.where(*(condition for name, condition in conditions if form.narrows(name)))
    query = query.order_by(table.c.due, table.c.number)
    return query.limit(bindparam("most")) if form.narrows("most") else query
