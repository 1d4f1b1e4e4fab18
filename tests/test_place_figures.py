"""What the public map shows of areas: of batches sums of whole classes, else nothing that is small or could be told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.place_figures import of_all, of_batches
from core import areas
from core.areas import AREAS
from core.model import AreaCode, CategoryId, Number, Pack, Place, PublicClass, ReportId, Status
from core.ports import UnitOfWork
from storage import SqlStore
from tests.fakes.drawn_city import EAST, NORTH, WEST
from tests.fakes.nouns import NOW, entry, report
from web import AreaFigure

LAMP = CategoryId("pju")
LONG_AGO = NOW - timedelta(days=365)
DAY = timedelta(days=1)
TEBET = AreaCode("31.74.01")


def published(store: SqlStore, area: AreaCode, count: int, solved_after: int | None = None) -> None:
    shared = PublicClass("jalan", LAMP, area)

    def turn(tx: UnitOfWork) -> None:
        made = [replace(report(), id=ReportId(f"{area}{at}"), number=Number(f"{area}{at}")) for at in range(count)]
        for each in made:
            tx.reports.add(each, entry())
            tx.publications.add_waiting(each.id, "telegram", None)
        numbers = {each.number for each in made}
        waiting = tuple(each for each in tx.publications.waiting(NOW + 9 * DAY) if each.number in numbers)
        tx.publications.publish(NOW, [Pack(str(area), shared, waiting)])
        if solved_after is not None:
            for each in made:
                tx.reports.change(replace(each, status=Status.SELESAI, closed=NOW + DAY))
            tx.publications.refresh_statuses(NOW + solved_after * DAY)

    store.run(turn)


def test_of_batches_it_is_what_was_published_and_no_finer(sql_store: SqlStore) -> None:
    published(sql_store, WEST, 5, solved_after=3)
    published(sql_store, EAST, 6)
    published(sql_store, TEBET, 7)
    published(sql_store, AreaCode(""), 8)
    assert of_batches(sql_store.published, LONG_AGO, 5) == {WEST: AreaFigure(5, 3.0), EAST: AreaFigure(6, None)}


def test_what_was_published_of_few_before_more_were_wanted_is_not_shown(sql_store: SqlStore) -> None:
    published(sql_store, WEST, 4, solved_after=3)
    assert of_batches(sql_store.published, LONG_AGO, 5) == {}


def test_days_are_of_those_of_the_last_year_and_of_enough(sql_store: SqlStore) -> None:
    published(sql_store, WEST, 6, solved_after=2)
    assert of_batches(sql_store.published, NOW + DAY, 5)[WEST].days is None
    assert of_batches(sql_store.published, LONG_AGO, 7) == {}


def _filed(store: SqlStore, area: AreaCode | None, days: list[int | None], *, restricted: bool = False) -> None:
    def turn(tx: UnitOfWork) -> None:
        for took in days:
            made = report(place=Place(area), restricted=restricted)
            if took is not None:
                made = replace(made, status=Status.SELESAI, closed=made.received + took * DAY)
            tx.reports.add(made, entry())

    store.run(turn)


def test_where_all_is_shown_at_once_small_counts_and_restricted_reports_are_left_out(sql_store: SqlStore) -> None:
    _filed(sql_store, WEST, [1, 2, 3, 9, 10])
    _filed(sql_store, NORTH, [1, 2, 3, 4, None])
    _filed(sql_store, EAST, [1, 1, 1, 1, 1, 1], restricted=True)
    _filed(sql_store, TEBET, [1] * 6)
    _filed(sql_store, None, [1] * 6)
    _filed(sql_store, AreaCode("99.99.99.9999"), [1] * 6)
    assert of_all(sql_store.figures, LONG_AGO, 5) == {WEST: AreaFigure(5, 3.0), NORTH: AreaFigure(5, None)}


def test_a_small_count_is_not_told_by_what_its_district_lacks(sql_store: SqlStore) -> None:
    _filed(sql_store, WEST, [None] * 7)
    _filed(sql_store, EAST, [None] * 3)
    assert of_all(sql_store.figures, LONG_AGO, 5) == {}, "seven of ten would tell three"
    _filed(sql_store, EAST, [None] * 2)
    assert set(of_all(sql_store.figures, LONG_AGO, 5)) == {WEST, EAST}


class Counted:
    """storage.Figures with counts that a test made up."""

    def __init__(self, counts: Mapping[AreaCode, int]) -> None:
        self._counts = counts

    def by_place(self) -> Mapping[AreaCode, int]:
        return self._counts

    def days_by_place(self, _since: object) -> Mapping[AreaCode, list[timedelta]]:
        return {}


SMALLEST = [code for code, each in AREAS.items() if each.finest][:12]


@given(st.dictionaries(st.sampled_from(SMALLEST), st.integers(1, 12)), st.integers(2, 6))
def test_nothing_small_is_shown_and_no_rest_of_a_district_is_small(counts: dict[AreaCode, int], few: int) -> None:
    shown = of_all(Counted(counts), LONG_AGO, few)  # type: ignore[arg-type] # as much of it as is asked
    assert all(shown[code].reports == counts[code] >= few for code in shown)
    for district in {areas.area(code).parent for code in counts}:
        inside = {code: count for code, count in counts.items() if areas.area(code).parent == district}
        rest = sum(inside.values()) - sum(shown[code].reports for code in inside if code in shown)
        assert rest == 0 or rest >= few or not any(code in shown for code in inside)


@pytest.mark.parametrize("few", [0, 1])
def test_where_one_is_enough_all_are_shown(few: int) -> None:
    counts = dict.fromkeys(SMALLEST, 1)
    assert set(of_all(Counted(counts), LONG_AGO, few)) == set(counts)  # type: ignore[arg-type] # likewise
