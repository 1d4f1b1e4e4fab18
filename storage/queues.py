"""Queues of offices: a page is found in an index alone, and nothing is opened for it that is not shown."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, Table, and_, bindparam, case, false, func, literal, or_, select

from core.model import ENDED, AgencyId, AreaCode, CategoryId, Listed, Number, Report, Status, Waits
from core.ports import Counts, Duty, Sight, Sought
from storage.data_keys import DataKeys
from storage.lists import each_of
from storage.reports import report_of, told_of
from storage.statements import Statements
from storage.tables import DATA_KEY, HELD, REPORT, AnyRow

T = TypeVar("T", Listed, Report)
_Query = Callable[["_Form"], Select[Any]]
_FEW = 50  # numbers
_NAMES = ("status", "agency", "category", "area", "channel", "due_after", "due_until", "skip", "most")
_LINE = ("id", "number", "channel", "status", "category", "agency", "area", "restricted", "received", "due")


class _Sealed(Enum):
    """What becomes of restricted reports where a search is narrowed by what of them lies sealed."""

    OUT = 0
    IN = 1  # whatever they are about: it is seen once they are opened
    ALONE = 2  # of one office


@dataclass(frozen=True, slots=True)
class _Form:
    """Which parts a query has; each form is built once."""

    every: bool
    sealed: _Sealed
    open: bool | None
    duties: tuple[Duty, ...] | None
    named: frozenset[str]  # of the parameters


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
        self._own: dict[tuple[AgencyId, Sought], list[AnyRow]] = {}

    def lines(self, sight: Sight, sought: Sought) -> Sequence[Listed]:
        """One query; where category or area are sought, another for the restricted ones of an office."""
        return self._page(sight, sought, _lines, lambda row: listed_of(row, self._keys))

    def reports(self, sight: Sight, sought: Sought) -> Sequence[Report]:
        """Likewise; each is opened under its own key."""
        return self._page(
            sight, sought, _wholes, lambda row: report_of(row, self._keys.opened(row.id, row.key_id, row.wrapped))
        )

    def _page(self, sight: Sight, sought: Sought, query: _Query, made: Callable[[AnyRow], T]) -> list[T]:
        if not _narrowed(sought):
            return [made(row) for row in self._rows(query, sight, sought, sealed=_Sealed.OUT)]
        if sought.numbers is not None:
            return [made(row) for row in self._named(sight, sought, query)]
        own: list[AnyRow] = [
            row for row in self._secret(sight, sought) if sought.after is None or _at(row) > sought.after
        ]
        # As many of the others may stand before the page as its own place says, less those that come between.
        first = max(sought.skip - len(own), 0)
        end = None if sought.most is None else sought.skip + sought.most
        asked = replace(sought, skip=first, most=None if end is None else end - first)
        rows: list[AnyRow] = list(self._rows(query, sight, asked, sealed=_Sealed.OUT))
        both = sorted(rows + own, key=_at) if own else rows
        return [made(row) for row in both[sought.skip - first : None if end is None else end - first]]

    def _named(self, sight: Sight, sought: Sought, query: _Query) -> Sequence[AnyRow]:
        """Where the numbers are known, restricted ones are among the rows, whatever they are about."""
        rows = self._rows(query, sight, replace(sought, skip=0, most=None), sealed=_Sealed.IN)
        found = [row for row in rows if not row.restricted or _fits(self._about(row), sought)]
        return found[sought.skip :][: sought.most]

    def _secret(self, sight: Sight, sought: Sought) -> list[AnyRow]:
        """Restricted ones of the office that are what is sought, all of them: that is seen only once they are opened.

        Read once: a list is counted and shown in one turn, and nothing is changed in between.
        """
        whole = replace(sought, after=None, skip=0, most=None)
        known = sight.agency, whole
        if known not in self._own:
            rows = self._rows(_wholes, Sight(sight.agency, every=True), whole, sealed=_Sealed.ALONE)
            self._own[known] = [row for row in rows if _fits(self._about(row), sought)]
        return self._own[known]

    def _about(self, row: AnyRow) -> tuple[CategoryId | None, AreaCode | None]:
        return told_of(row.id, row.sealed, self._keys.opened(row.id, row.key_id, row.wrapped))

    def numbers(self, sight: Sight, sought: Sought) -> Sequence[Number]:
        """Of what is clear alone: one query."""
        sealed = _Sealed.IN if _narrowed(sought) else _Sealed.OUT
        return [Number(row.number) for row in self._rows(_numbers, sight, sought, sealed=sealed)]

    def waiting(self, sight: Sight, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        """One query."""
        form = _Form(sight.every, _Sealed.OUT, open=None, duties=duties, named=frozenset({"office"}))
        rows = self._statements.rows(_waiting(form), {"office": sight.agency})
        return {Waits(row.waits): int(row.reports) for row in rows}

    def counts(
        self, sight: Sight, duties: tuple[Duty, ...], now: datetime, tonight: datetime, sought: Sought | None = None
    ) -> Counts:
        """One query; where category or area are sought, another for the restricted ones of an office."""
        asked: dict[str, object] = {"office": sight.agency, "now": now, "tonight": tonight}
        form = _Form(sight.every, _Sealed.OUT, open=None, duties=duties, named=frozenset(asked))
        besides = None
        if sought is not None:
            whole = replace(sought, after=None, skip=0, most=None)
            more = _asked(sight, whole)
            besides = _Form(sight.every, _Sealed.OUT, whole.open, whole.duties, frozenset(more))
            asked |= more
        rows = self._statements.rows(_counts(form, besides), asked)
        still, mine, late, today, every, found = (int(each or 0) for each in rows[0])
        secret = len(self._secret(sight, sought)) if sought is not None and _narrowed(sought) else 0
        return Counts(still, mine, late, today, every - still, found + secret)

    def _rows(self, query: _Query, sight: Sight, sought: Sought, *, sealed: _Sealed) -> Sequence[AnyRow]:
        asked = _asked(sight, sought)
        form = _Form(sight.every, sealed, sought.open, sought.duties, frozenset(asked))
        return self._statements.rows(query(form), asked)


def _narrowed(sought: Sought) -> bool:
    """By what of restricted reports lies sealed."""
    return sought.category is not None or sought.area is not None


def _fits(about: tuple[CategoryId | None, AreaCode | None], sought: Sought) -> bool:
    """Of what is clear the database has seen to it."""
    category, area = about
    return sought.category in {None, category} and (area or "").startswith(sought.area or "")


def _at(row: AnyRow) -> tuple[datetime, str]:
    """Its place in a list."""
    return row.due, row.number


def _asked(sight: Sight, sought: Sought) -> Mapping[str, object]:
    """The parameters: their names make the form."""
    asked: dict[str, object] = {"office": sight.agency}
    for name in _NAMES:
        value = getattr(sought, name)
        if value is not None and (name != "skip" or value):
            asked[name] = value.value if isinstance(value, Status) else value
    if sought.numbers is not None:
        asked["few" if len(sought.numbers) <= _FEW else "numbers"] = json.dumps(sought.numbers)
    if sought.after is not None:
        asked |= {"due": sought.after[0], "number": sought.after[1]}
    return asked


def _found(form: _Form) -> Select[Any]:
    """Which, and in which order."""
    table = REPORT if form.every else HELD
    found = select(_id(table).label("id"), table.c.due, table.c.number).where(*_which(form, table))
    found = found.order_by(table.c.due, table.c.number)
    found = found.limit(bindparam("most")) if "most" in form.named else found
    return found.offset(bindparam("skip")) if "skip" in form.named else found


def _id(table: Table) -> ColumnElement[str]:
    return REPORT.c.id if table is REPORT else HELD.c.report


@cache
def _lines(form: _Form) -> Select[Any]:
    """A restricted report, whose category is sealed, needs its key; of others not even the sealed part is read."""
    page = _found(form).subquery("page")
    return (
        select(
            *(REPORT.c[name] for name in (*_LINE, "late", "evaluation")),
            case((REPORT.c.restricted, REPORT.c.sealed)).label("sealed"),
            DATA_KEY.c.key_id,
            DATA_KEY.c.wrapped,
        )
        .select_from(page)
        .join(REPORT, REPORT.c.id == page.c.id)
        .outerjoin(DATA_KEY, and_(DATA_KEY.c.owner == REPORT.c.id, REPORT.c.restricted))
        .order_by(page.c.due, page.c.number)
    )


@cache
def _wholes(form: _Form) -> Select[Any]:
    page = _found(form).subquery("page")
    return (
        select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
        .select_from(page)
        .join(REPORT, REPORT.c.id == page.c.id)
        .outerjoin(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
        .order_by(page.c.due, page.c.number)
    )


_numbered = select(REPORT.c.id).where(REPORT.c.number.op("IN")(each_of(bindparam("few", type_=String))))
"""A few are looked up one by one; for more than that an office's whole list is gone through in its index."""


@cache
def _numbers(form: _Form) -> Select[Any]:
    table = REPORT if form.every else HELD
    return select(table.c.number).where(*_which(form, table))


@cache
def _count(form: _Form) -> Select[Any]:
    table = REPORT if form.every else HELD
    return select(func.count()).select_from(table).where(*_which(form, table))


@cache
def _waiting(form: _Form) -> Select[Any]:
    table = REPORT if form.every else HELD
    found = select(table.c.waits, func.count().label("reports")).where(*_which(form, table))
    return found.group_by(table.c.waits)


@cache
def _counts(form: _Form, besides: _Form | None) -> Select[Any]:
    """Open ones, those that wait for whoever asks, late ones, those due today, all that there are, and others."""
    table = REPORT if form.every else HELD
    still = table.c.closed.is_(None) if table is REPORT else HELD.c.open.is_(True)
    late = table.c.due <= bindparam("now", type_=table.c.due.type)
    today = and_(~late, table.c.due <= bindparam("tonight", type_=table.c.due.type))
    kinds = (still, _dutiful(form.duties or (), table), and_(still, late), and_(still, today))
    waiting = table.c.waits.is_not(None)
    counted = (func.sum(case((kind, 1), else_=0)) for kind in kinds)
    others = literal(0) if besides is None else _count(besides).correlate(None).scalar_subquery()
    return select(*counted, _all(table), others).where(visible(table), waiting)


def _all(table: Table) -> ColumnElement[int]:
    """What a database counts without a look at each: every row, and the few that are restricted."""
    if table is HELD:
        return select(func.count()).select_from(HELD).where(visible(HELD)).scalar_subquery()
    other = REPORT.alias("other")
    hidden = select(func.count()).where(other.c.category.is_(None), other.c.agency != bindparam("office"))
    rows = REPORT.alias("every")
    return select(func.count()).select_from(rows).scalar_subquery() - hidden.scalar_subquery()


def visible(table: Table) -> ColumnElement[bool]:
    """To who sees all: all but restricted ones, and the own among these; to an office: what it holds or held."""
    if table is REPORT:
        return or_(REPORT.c.restricted.is_(False), REPORT.c.agency == bindparam("office"))
    # A restricted one has no category in clear, and is its holder's alone.
    own = or_(HELD.c.category.is_not(None), HELD.c.holder == bindparam("office"))
    return and_(HELD.c.agency == bindparam("office"), own)


def _which(form: _Form, table: Table) -> list[ColumnElement[bool]]:
    holder = table.c.agency if table is REPORT else HELD.c.holder
    secret = () if form.sealed is _Sealed.OUT else (table.c.category.is_(None),)
    area = bindparam("area", type_=String)
    after = table.c.due >= bindparam("due"), or_(table.c.due > bindparam("due"), table.c.number > bindparam("number"))
    conditions: tuple[tuple[str, ColumnElement[bool]], ...] = (
        ("status", table.c.status == bindparam("status")),
        ("agency", holder == bindparam("agency")),
        ("category", or_(table.c.category == bindparam("category"), *secret)),
        # Not as a plain column: an index by channel would be taken, and each report of it be read.
        ("channel", table.c.channel.concat("") == bindparam("channel")),
        ("few", _id(table).in_(_numbered)),
        ("numbers", table.c.number.op("IN")(each_of(bindparam("numbers", type_=String)))),
        ("area", or_(func.substr(table.c.area, 1, func.length(area)) == area, *secret)),
        ("due_after", table.c.due > bindparam("due_after")),
        ("due_until", table.c.due <= bindparam("due_until")),
        ("due", and_(*after)),
    )
    which = [visible(table), *(condition for name, condition in conditions if name in form.named)]
    if form.sealed is _Sealed.ALONE:  # said again so that the index of these is taken
        which += [*secret, table.c.agency == bindparam("office")]
    if form.duties is not None:
        which += [table.c.waits.is_not(None), _dutiful(form.duties, table)]
    return which + _still(form, table)


def _still(form: _Form, table: Table) -> list[ColumnElement[bool]]:
    """Open ones or ended ones, said so that the index is taken in which all lies that is asked."""
    if form.open is None:
        return []
    if table is HELD:
        return [HELD.c.open.is_(form.open)]
    if form.open:
        return [REPORT.c.closed.is_(None), REPORT.c.waits.is_not(None)]
    return [or_(*(REPORT.c.status == each.value for each in sorted(ENDED)))]


def _dutiful(duties: Sequence[Duty], table: Table) -> ColumnElement[bool]:
    holder = table.c.agency if table is REPORT else HELD.c.holder
    secret = REPORT.c.restricted.is_(True) if table is REPORT else HELD.c.category.is_(None)
    found: list[ColumnElement[bool]] = []
    for duty in duties:
        parts = [table.c.waits == duty.waits.value]
        if duty.held is not None:
            parts.append((holder == bindparam("office")) if duty.held else (holder != bindparam("office")))
        if duty.restricted is not None:
            parts.append(secret if duty.restricted else ~secret)
        found.append(and_(*parts))
    return or_(false(), *found)
