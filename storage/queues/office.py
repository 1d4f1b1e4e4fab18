"""Lists of an office: nothing is opened for one that is not shown, but what could not be sought otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select

from core.model import AgencyId, AreaCode, CategoryId, Listed, Number, Report, Status, Waits
from core.ports import Counts, Duty, Sight, Sought
from storage.data_keys import DataKeys
from storage.queues import forms
from storage.report_rows import report_of, told_of
from storage.statements import Statements
from storage.tables import AnyRow

T = TypeVar("T", Listed, Report)
_Query = Callable[[forms.Form], Select[Any]]


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
        return self._page(sight, sought, forms.lines, lambda row: listed_of(row, self._keys))

    def reports(self, sight: Sight, sought: Sought) -> Sequence[Report]:
        """Likewise; each is opened under its own key."""
        return self._page(
            sight, sought, forms.wholes, lambda row: report_of(row, self._keys.opened(row.id, row.key_id, row.wrapped))
        )

    def _page(self, sight: Sight, sought: Sought, query: _Query, made: Callable[[AnyRow], T]) -> list[T]:
        if not _narrowed(sought):
            return [made(row) for row in self._rows(query, sight, sought, sealed=forms.Sealed.OUT)]
        if sought.numbers is not None:
            return [made(row) for row in self._named(sight, sought, query)]
        own: list[AnyRow] = [
            row for row in self._secret(sight, sought) if sought.after is None or _at(row) > sought.after
        ]
        # As many of the others may stand before the page as its own place says, less those that come between.
        first = max(sought.skip - len(own), 0)
        end = None if sought.most is None else sought.skip + sought.most
        asked = replace(sought, skip=first, most=None if end is None else end - first)
        rows: list[AnyRow] = list(self._rows(query, sight, asked, sealed=forms.Sealed.OUT))
        both = sorted(rows + own, key=_at) if own else rows
        return [made(row) for row in both[sought.skip - first : None if end is None else end - first]]

    def _named(self, sight: Sight, sought: Sought, query: _Query) -> Sequence[AnyRow]:
        """Where the numbers are known, restricted ones are among the rows, whatever they are about."""
        rows = self._rows(query, sight, replace(sought, skip=0, most=None), sealed=forms.Sealed.IN)
        found = [row for row in rows if not row.restricted or _fits(self._about(row), sought)]
        return found[sought.skip :][: sought.most]

    def _secret(self, sight: Sight, sought: Sought) -> list[AnyRow]:
        """Restricted ones of the office that are what is sought, all of them: that is seen only once they are opened.

        Read once: a list is counted and shown in one turn, and nothing is changed in between.
        """
        whole = replace(sought, after=None, skip=0, most=None)
        known = sight.agency, whole
        if known not in self._own:
            rows = self._rows(forms.wholes, Sight(sight.agency, every=True), whole, sealed=forms.Sealed.ALONE)
            self._own[known] = [row for row in rows if _fits(self._about(row), sought)]
        return self._own[known]

    def _about(self, row: AnyRow) -> tuple[CategoryId | None, AreaCode | None]:
        return told_of(row.id, row.sealed, self._keys.opened(row.id, row.key_id, row.wrapped))

    def numbers(self, sight: Sight, sought: Sought) -> Sequence[Number]:
        """Of what is clear alone: one query."""
        sealed = forms.Sealed.IN if _narrowed(sought) else forms.Sealed.OUT
        return [Number(row.number) for row in self._rows(forms.numbers, sight, sought, sealed=sealed)]

    def waiting(self, sight: Sight, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        """One query."""
        form = forms.Form(sight.every, forms.Sealed.OUT, open=None, duties=duties, named=frozenset({"office"}))
        rows = self._statements.rows(forms.waiting(form), {"office": sight.agency})
        return {Waits(row.waits): int(row.reports) for row in rows}

    def counts(
        self, sight: Sight, duties: tuple[Duty, ...], now: datetime, tonight: datetime, sought: Sought | None = None
    ) -> Counts:
        """One query; where category or area are sought, another for the restricted ones of an office."""
        asked: dict[str, object] = {"office": sight.agency, "now": now, "tonight": tonight}
        form = forms.Form(sight.every, forms.Sealed.OUT, open=None, duties=duties, named=frozenset(asked))
        besides = None
        if sought is not None:
            whole = replace(sought, after=None, skip=0, most=None)
            more = forms.asked_of(sight, whole)
            besides = forms.Form(sight.every, forms.Sealed.OUT, whole.open, whole.duties, frozenset(more))
            asked |= more
        rows = self._statements.rows(forms.counts(form, besides), asked)
        still, mine, late, today, every, found = (int(each or 0) for each in rows[0])
        secret = len(self._secret(sight, sought)) if sought is not None and _narrowed(sought) else 0
        return Counts(still, mine, late, today, every - still, found + secret)

    def _rows(self, query: _Query, sight: Sight, sought: Sought, *, sealed: forms.Sealed) -> Sequence[AnyRow]:
        asked = forms.asked_of(sight, sought)
        form = forms.Form(sight.every, sealed, sought.open, sought.duties, frozenset(asked))
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
