"""Queries of queues: which parts one has makes its form, and each form is built once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from core.model import ENDED, Status
from core.ports import Duty, ReportQuery, Visibility
from storage.lists import each_of, unindexed
from storage.tables import DATA_KEY, HELD, REPORT

_FEW, _FEW_OWN = 50, 500  # numbers of the whole city's, of an office's
_NAMES = ("status", "agency", "category", "area", "channel", "due_after", "due_until", "skip", "most")
_LINE = ("id", "number", "channel", "status", "category", "agency", "area", "restricted", "received", "due")


class Sealed(Enum):
    """What becomes of restricted reports where a search is narrowed by what of them lies sealed."""

    OUT = 0
    IN = 1  # whatever they are about: it is seen once they are opened
    ALONE = 2  # of one office


class Part(Enum):
    """Of what is counted: all, or what was due long ago, or the rest."""

    WHOLE = 0
    OLD = 1
    REST = 2


class Since(NamedTuple):
    """Which part has to be counted now."""

    every: Part = Part.WHOLE
    others: Part = Part.WHOLE


@dataclass(frozen=True, slots=True)
class Form:
    """Which parts a query has; each form is built once."""

    every: bool
    sealed: Sealed
    open: bool | None
    duties: tuple[Duty, ...] | None
    named: frozenset[str]  # of the parameters


def asked_of(visibility: Visibility, query: ReportQuery) -> Mapping[str, object]:
    """The parameters: their names make the form."""
    asked: dict[str, object] = {"office": visibility.agency}
    for name in _NAMES:
        value = getattr(query, name)
        if value is not None and (name != "skip" or value):
            asked[name] = value.value if isinstance(value, Status) else value
    if query.numbers is not None:
        few = len(query.numbers) <= (_FEW if visibility.every else _FEW_OWN)
        asked["few" if few else "numbers"] = json.dumps(query.numbers)
    if query.after is not None:
        asked |= {"due": query.after[0], "number": query.after[1]}
    return asked


def _found(form: Form) -> Select[Any]:
    """Which, and in which order."""
    table = REPORT if form.every else HELD
    if table is HELD and form.open is None and form.duties is None and "most" in form.named:
        return _open_and_ended(form)
    found = select(_id(table).label("id"), table.c.due, table.c.number).where(*_which(form, table))
    found = found.order_by(table.c.due, table.c.number)
    found = found.limit(bindparam("most")) if "most" in form.named else found
    return found.offset(bindparam("skip")) if "skip" in form.named else found


def _open_and_ended(form: Form) -> Select[Any]:
    """The first of both, for these lie in order: together they would be put in order, all that an office ever held."""
    end = (
        bindparam("most", type_=Integer) + bindparam("skip", type_=Integer)
        if "skip" in form.named
        else bindparam("most")
    )
    ids = select(HELD.c.report.label("id"), HELD.c.due, HELD.c.number).order_by(HELD.c.due, HELD.c.number).limit(end)
    parts = (ids.where(*_which(replace(form, open=each), HELD)).subquery() for each in (True, False))
    both = union_all(*map(select, parts)).subquery("both")
    found = select(both.c.id, both.c.due, both.c.number).order_by(both.c.due, both.c.number).limit(bindparam("most"))
    return found.offset(bindparam("skip")) if "skip" in form.named else found


def _id(table: Table) -> ColumnElement[str]:
    return REPORT.c.id if table is REPORT else HELD.c.report


@cache
def lines(form: Form) -> Select[Any]:
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
def wholes(form: Form) -> Select[Any]:
    """All of each report, with its key."""
    page = _found(form).subquery("page")
    return (
        select(REPORT, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
        .select_from(page)
        .join(REPORT, REPORT.c.id == page.c.id)
        .outerjoin(DATA_KEY, DATA_KEY.c.owner == REPORT.c.id)
        .order_by(page.c.due, page.c.number)
    )


_numbered = select(REPORT.c.id).where(REPORT.c.number.in_(each_of("few")))
"""So many are looked up one by one; for more than that an office's whole list is gone through in its index."""


@cache
def numbers(form: Form) -> Select[Any]:
    """In no order."""
    table = REPORT if form.every else HELD
    return select(table.c.number).where(*_which(form, table))


@cache
def count(form: Form, part: Part) -> Select[Any]:
    """How many."""
    table = REPORT if form.every else HELD
    if table is HELD and form.open is None and part is not Part.WHOLE:
        return select(_open_and_ended_count(_which(form, HELD), part))
    return select(func.count()).select_from(table).where(*_which(form, table), *_lies(table, part))


def _open_and_ended_count(which: Sequence[ColumnElement[bool]], part: Part) -> ColumnElement[int]:
    """Of both: an index of an office's is read from a deadline on for each of them, and not for both together."""
    asked = select(func.count()).select_from(HELD).where(*which, *_lies(HELD, part)).correlate(None)
    still, ended = (asked.where(HELD.c.open.is_(each)).scalar_subquery() for each in (True, False))
    return still + ended


@cache
def waiting(form: Form) -> Select[Any]:
    """How many by what they wait for."""
    table = REPORT if form.every else HELD
    found = select(table.c.waits, func.count().label("reports")).where(*_which(form, table))
    return found.group_by(table.c.waits)


@cache
def places(form: Form) -> Select[Any]:
    """How many by area and category; of restricted ones neither is clear, and none is counted."""
    table = REPORT if form.every else HELD
    found = select(table.c.area, table.c.category, func.count().label("reports"))
    return found.where(*_which(form, table), table.c.category.is_not(None)).group_by(table.c.area, table.c.category)


@cache
def counts(form: Form, besides: Form | None, since: Since) -> Select[Any]:
    """Open ones, those that wait for whoever asks, late ones, those due today, all that there are, and others."""
    table = REPORT if form.every else HELD
    still = table.c.closed.is_(None) if table is REPORT else HELD.c.open.is_(True)
    late = table.c.due <= bindparam("now", type_=table.c.due.type)
    today = and_(~late, table.c.due <= bindparam("end_of_today", type_=table.c.due.type))
    kinds = (still, _dutiful(form.duties or (), table), and_(still, late), and_(still, today))
    waiting = table.c.waits.is_not(None)
    counted = (func.sum(case((kind, 1), else_=0)) for kind in kinds)
    others = literal(0) if besides is None else count(besides, since.others).correlate(None).scalar_subquery()
    return select(*counted, _all(table, since.every), others).where(visible(table), waiting)


@cache
def old(form: Form, besides: Form | None) -> Select[Any]:
    """All that were due long ago, and others of these."""
    table = REPORT if form.every else HELD
    others = literal(0) if besides is None else count(besides, Part.OLD).correlate(None).scalar_subquery()
    return select(_all(table, Part.OLD), others)


def _lies(table: Table | FromClause, part: Part) -> list[ColumnElement[bool]]:
    if part is Part.WHOLE:
        return []
    end = bindparam("old", type_=table.c.due.type)
    return [table.c.due <= end if part is Part.OLD else table.c.due > end]


def _all(table: Table, part: Part) -> ColumnElement[int]:
    """What a database counts without a look at each: every row, and the few that are restricted."""
    if table is HELD and part is not Part.WHOLE:
        return _open_and_ended_count([visible(HELD)], part)
    if table is HELD:
        return select(func.count()).select_from(HELD).where(visible(HELD)).scalar_subquery()
    other, rows = REPORT.alias("other"), REPORT.alias("every")
    hidden = select(func.count()).where(
        other.c.category.is_(None), other.c.agency != bindparam("office"), *_lies(other, part)
    )
    every = select(func.count()).select_from(rows).where(*_lies(rows, part))
    return every.scalar_subquery() - hidden.scalar_subquery()


def visible(table: Table) -> ColumnElement[bool]:
    """To who sees all: all but restricted ones, and the own among these; to an office: what it holds or held."""
    if table is REPORT:
        return or_(REPORT.c.restricted.is_(False), REPORT.c.agency == bindparam("office"))
    # A restricted one has no category in clear, and is its holder's alone.
    own = or_(HELD.c.category.is_not(None), HELD.c.holder == bindparam("office"))
    return and_(HELD.c.agency == bindparam("office"), own)


def _which(form: Form, table: Table) -> list[ColumnElement[bool]]:
    holder = table.c.agency if table is REPORT else HELD.c.holder
    secret = () if form.sealed is Sealed.OUT else (table.c.category.is_(None),)
    area = bindparam("area", type_=String)
    # Of what is open an index of that alone is taken, and not one of all that ever was of a kind.
    kind = table.c.category.concat("") if form.open or form.duties is not None else table.c.category
    after = table.c.due >= bindparam("due"), or_(table.c.due > bindparam("due"), table.c.number > bindparam("number"))
    conditions: tuple[tuple[str, ColumnElement[bool]], ...] = (
        ("status", table.c.status == bindparam("status")),
        ("agency", holder == bindparam("agency")),
        ("category", or_(kind == bindparam("category"), *secret)),
        # Not as a plain column: an index by channel would be taken, and each report of it be read.
        ("channel", table.c.channel.concat("") == bindparam("channel")),
        ("few", _id(table).in_(_numbered)),
        ("numbers", table.c.number.in_(each_of("numbers"))),
        ("area", or_(func.substr(table.c.area, 1, func.length(area)) == area, *secret)),
        ("due_after", table.c.due > bindparam("due_after")),
        ("due_until", table.c.due <= bindparam("due_until")),
        ("due", and_(*after)),
    )
    which = [visible(table), *(condition for name, condition in conditions if name in form.named)]
    if form.sealed is Sealed.ALONE and (form.open or form.duties is not None):  # likewise
        which += [unindexed(table.c.category).is_(None), unindexed(table.c.agency) == bindparam("office")]
    elif form.sealed is Sealed.ALONE:  # said again so that the index of these is taken
        which += [*secret, table.c.agency == bindparam("office")]
    if form.duties is not None:
        which += [table.c.waits.is_not(None), _dutiful(form.duties, table)]
    return which + _still(form, table)


def _still(form: Form, table: Table) -> list[ColumnElement[bool]]:
    """Open ones or ended ones, said so that the index is taken in which all lies that is asked."""
    if form.open is None:
        return []
    if table is HELD:
        return [HELD.c.open.is_(form.open)]
    if form.open:
        return [REPORT.c.closed.is_(None), REPORT.c.waits.is_not(None)]
    return [or_(*(REPORT.c.status == each.value for each in sorted(ENDED)))]


def _dutiful(duties: Sequence[Duty], table: Table) -> ColumnElement[bool]:
    holder = unindexed(REPORT.c.agency) if table is REPORT else HELD.c.holder  # of an office's there are years
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
