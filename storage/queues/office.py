"""Lists of an office: nothing is opened for one that is not shown, but what could not be sought otherwise."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select

from core.model import AgencyId, AreaCode, CategoryId, Listed, Number, Report, Status, Waits
from core.ports import Counts, Duty, ReportQuery, Visibility
from storage.data_keys import DataKeys
from storage.queues import old_counts, statement_shapes
from storage.queues.old_counts import OldCounts
from storage.report_rows import report_of, told_of
from storage.statements import Statements
from storage.tables import AnyRow

T = TypeVar("T", Listed, Report)
_Statement = Callable[[statement_shapes.Form], Select[Any]]


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

    def __init__(self, statements: Statements, keys: DataKeys, old: OldCounts | None = None) -> None:
        """`old`: what this process counted before; None: nothing."""
        self._statements = statements
        self._keys = keys
        self._old = OldCounts() if old is None else old
        self._own: dict[tuple[AgencyId, ReportQuery], list[AnyRow]] = {}

    def lines(self, visibility: Visibility, query: ReportQuery) -> Sequence[Listed]:
        """One query; where category or area are sought, another for the restricted ones of an office."""
        return self._page(visibility, query, statement_shapes.lines, lambda row: listed_of(row, self._keys))

    def reports(self, visibility: Visibility, query: ReportQuery) -> Sequence[Report]:
        """Same as `lines`, each report decrypted under its own key."""
        return self._page(
            visibility,
            query,
            statement_shapes.wholes,
            lambda row: report_of(row, self._keys.opened(row.id, row.key_id, row.wrapped)),
        )

    def _page(
        self, visibility: Visibility, query: ReportQuery, statement: _Statement, made: Callable[[AnyRow], T]
    ) -> list[T]:
        if not _narrowed(query):
            return [made(row) for row in self._rows(statement, visibility, query, sealed=statement_shapes.Sealed.OUT)]
        if query.numbers is not None:
            return [made(row) for row in self._named(visibility, query, statement)]
        own: list[AnyRow] = [
            row for row in self._secret(visibility, query) if query.after is None or _at(row) > query.after
        ]
        # As many of the others may stand before the page as its own place says, less those that come between.
        first = max(query.skip - len(own), 0)
        end = None if query.most is None else query.skip + query.most
        asked = replace(query, skip=first, most=None if end is None else end - first)
        rows: list[AnyRow] = list(self._rows(statement, visibility, asked, sealed=statement_shapes.Sealed.OUT))
        both = sorted(rows + own, key=_at) if own else rows
        return [made(row) for row in both[query.skip - first : None if end is None else end - first]]

    def _named(self, visibility: Visibility, query: ReportQuery, statement: _Statement) -> Sequence[AnyRow]:
        """Where the numbers are known, restricted ones are among the rows, whatever they are about."""
        rows = self._rows(statement, visibility, replace(query, skip=0, most=None), sealed=statement_shapes.Sealed.IN)
        found = [row for row in rows if not row.restricted or _fits(self._about(row), query)]
        return found[query.skip :][: query.most]

    def _secret(self, visibility: Visibility, query: ReportQuery) -> list[AnyRow]:
        """Restricted ones of the office that are what is sought, all of them: that is seen only once they are opened.

        Read once: a list is counted and shown in one turn, and nothing is changed in between.
        """
        whole = replace(query, after=None, skip=0, most=None)
        known = visibility.agency, whole
        if known not in self._own:
            rows = self._rows(
                statement_shapes.wholes,
                Visibility(visibility.agency, every=True),
                whole,
                sealed=statement_shapes.Sealed.ALONE,
            )
            self._own[known] = [row for row in rows if _fits(self._about(row), query)]
        return self._own[known]

    def _about(self, row: AnyRow) -> tuple[CategoryId | None, AreaCode | None]:
        return told_of(row.id, row.sealed, self._keys.opened(row.id, row.key_id, row.wrapped))

    def numbers(self, visibility: Visibility, query: ReportQuery) -> Sequence[Number]:
        """Of what is clear alone: one query."""
        sealed = statement_shapes.Sealed.IN if _narrowed(query) else statement_shapes.Sealed.OUT
        return [Number(row.number) for row in self._rows(statement_shapes.numbers, visibility, query, sealed=sealed)]

    def waiting(self, visibility: Visibility, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        """One query."""
        form = statement_shapes.Form(
            visibility.every, statement_shapes.Sealed.OUT, open=None, duties=duties, named=frozenset({"office"})
        )
        rows = self._statements.rows(statement_shapes.waiting(form), {"office": visibility.agency})
        return {Waits(row.waits): int(row.reports) for row in rows}

    def by_place(
        self, visibility: Visibility, query: ReportQuery
    ) -> Mapping[tuple[AreaCode | None, CategoryId | None], int]:
        """One query, and another for the restricted ones of an office, each of which is opened."""
        whole = replace(query, after=None, skip=0, most=None)
        found: Counter[tuple[AreaCode | None, CategoryId | None]] = Counter()
        for row in self._rows(statement_shapes.places, visibility, whole, sealed=statement_shapes.Sealed.OUT):
            found[row.area and AreaCode(row.area), CategoryId(row.category)] += int(row.reports)
        for row in self._secret(visibility, whole):
            category, area = self._about(row)
            found[area, category] += 1
        return found

    def counts(
        self,
        visibility: Visibility,
        duties: tuple[Duty, ...],
        now: datetime,
        end_of_today: datetime,
        query: ReportQuery | None = None,
    ) -> Counts:
        """One query; where category or area are sought, another for the restricted ones of an office.

        Where there are years of reports, once a day another one that counts them.
        """
        asked: dict[str, object] = {"office": visibility.agency, "now": now, "end_of_today": end_of_today}
        form = statement_shapes.Form(
            visibility.every, statement_shapes.Sealed.OUT, open=None, duties=duties, named=frozenset(asked)
        )
        besides = None
        if query is not None:
            whole = replace(query, after=None, skip=0, most=None)
            more = statement_shapes.asked_of(visibility, whole)
            besides = statement_shapes.Form(
                visibility.every, statement_shapes.Sealed.OUT, whole.open, whole.duties, frozenset(more)
            )
            asked |= more
        still, mine, late, today, every, found = self._counted(form, besides, asked, old_counts.until(now))
        secret = len(self._secret(visibility, query)) if query is not None and _narrowed(query) else 0
        return Counts(still, mine, late, today, every - still, found + secret)

    def _counted(
        self,
        form: statement_shapes.Form,
        besides: statement_shapes.Form | None,
        asked: Mapping[str, object],
        end: datetime,
    ) -> list[int]:
        """With what was counted before; what of it is large is kept."""
        by = (
            (form.every, asked["office"]),
            (besides, *(asked[name] for name in sorted(besides.named if besides else ()))),
        )
        kept = [self._old.get(each, end) for each in by]
        parts = (statement_shapes.Part.WHOLE if each is None else statement_shapes.Part.REST for each in kept)
        since = statement_shapes.Since(*parts)
        given = dict(asked) if kept == [None, None] else {**asked, "old": end}
        counts = [
            int(each or 0) for each in self._statements.rows(statement_shapes.counts(form, besides, since), given)[0]
        ]
        many = [old is None and count >= self._old.least for count, old in zip(counts[-2:], kept, strict=True)]
        counts[-2:] = [count + (old or 0) for count, old in zip(counts[-2:], kept, strict=True)]
        if any(many):
            old = self._statements.rows(statement_shapes.old(form, besides), {**asked, "old": end})[0]
            for what, count, is_many in zip(by, old, many, strict=True):
                if is_many:
                    self._old.keep(what, end, int(count or 0))
        return counts

    def _rows(
        self, statement: _Statement, visibility: Visibility, query: ReportQuery, *, sealed: statement_shapes.Sealed
    ) -> Sequence[AnyRow]:
        asked = statement_shapes.asked_of(visibility, query)
        form = statement_shapes.Form(visibility.every, sealed, query.open, query.duties, frozenset(asked))
        return self._statements.rows(statement(form), asked)


def _narrowed(query: ReportQuery) -> bool:
    """By what of restricted reports lies sealed."""
    return query.category is not None or query.area is not None


def _fits(about: tuple[CategoryId | None, AreaCode | None], query: ReportQuery) -> bool:
    """Of what is clear the database has seen to it."""
    category, area = about
    return query.category in {None, category} and (area or "").startswith(query.area or "")


def _at(row: AnyRow) -> tuple[datetime, str]:
    """Its place in a list."""
    return row.due, row.number
