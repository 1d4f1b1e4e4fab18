"""Offices side by side: what each closed and left open, what is late, and what has climbed."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from core.model import AgencyId, Climbed, Feedback, Handled, Handling, Lateness, Mark, Number, Report, Status
from core.ports import Store, UnitOfWork
from storage import Keys, open_store
from storage.overview import SqlOverview
from tests.fakes import nouns
from tests.fakes.long_way import CountedWay
from tests.fakes.nouns import AGENCY, MINUTE, NOW

DAY = timedelta(days=1)
BIRO, BNN, KECAMATAN = AgencyId("biro_pemerintahan"), AgencyId("bnnp_dki"), AgencyId("kec:31.74.01")
YES, NO = True, False


def _filed(store: Store, *reports: Report) -> None:
    def turn(tx: UnitOfWork) -> None:
        for report in reports:
            tx.reports.add(report, nouns.entry())

    store.run(turn)


def _climbs(store: Store, report: Report, to: AgencyId, mark: Mark = Mark.CLIMB, at: int = 0) -> None:
    store.run(lambda tx: tx.notices.add(nouns.notice(report, mark, to, NOW + at * MINUTE)))


def _late(number: str, days: int = 1, agency: AgencyId = AGENCY, *, restricted: bool = False) -> Report:
    return replace(nouns.report(restricted=restricted), number=Number(number), due=NOW - days * DAY, agency=agency)


def _handled(store: Store, office: AgencyId | None = None) -> list[Handled]:
    """Each as often as it is counted."""
    rows = store.read(lambda tx: tx.overview.handled(NOW, NOW + 30 * DAY, office))
    alone = [replace(row, reports=1) for row in rows for _ in range(row.reports)]
    return sorted(alone, key=repr)


def test_a_month_counts_what_was_closed_in_it_and_what_is_open(store: Store) -> None:
    closings = (NOW - MINUTE, NOW, NOW + DAY, NOW + 30 * DAY)
    reports = [replace(nouns.report(), closed=at, status=Status.SELESAI) for at in closings]
    reports[1] = replace(reports[1], evaluation=True, handling=Handling(feedback=Feedback.NOT_SOLVED, reopened=2))
    still = [replace(nouns.report(restricted=True), agency=BNN) for _ in range(2)]
    _filed(store, *reports, *still)
    own = [
        Handled(AGENCY, timedelta(0), YES, 2, Feedback.NOT_SOLVED, restricted=False),
        Handled(AGENCY, DAY, NO, 0, None, restricted=False),
    ]
    others = [Handled(BNN, None, NO, 0, None, restricted=True)] * 2
    assert _handled(store) == sorted([*own, *others], key=repr)
    assert _handled(store, AGENCY) == sorted(own, key=repr)
    assert _handled(store, BNN) == others
    assert _handled(store, KECAMATAN) == []


def test_late_ones_are_counted_by_agency_with_the_oldest_deadline_and_what_is_to_be_evaluated(store: Store) -> None:
    marked = replace(_late("R2", 40), evaluation=True)
    due = replace(_late("R3"), due=NOW)
    soon = replace(_late("R4"), due=NOW + MINUTE)
    ended = replace(_late("R5", 9), status=Status.SELESAI, closed=NOW)
    _filed(store, _late("R1", 2), marked, due, soon, ended, _late("R6", 3, BNN), _late("R7", 5, BNN, restricted=True))
    found = store.read(lambda tx: tx.overview.late(BIRO, NOW, every=True))
    assert list(found) == [Lateness(AGENCY, 3, NOW - 40 * DAY, 1), Lateness(BNN, 1, NOW - 3 * DAY, 0)]


def test_an_office_counts_its_own_restricted_ones_too_and_what_has_climbed_to_it(store: Store) -> None:
    below, other, ended = _late("R1", 4), _late("R2", 5), replace(_late("R3"), status=Status.DITOLAK, closed=NOW)
    own = _late("R4", 2, KECAMATAN, restricted=True)
    _filed(store, below, other, ended, own)
    for report, mark, at in (
        (below, Mark.CLIMB, 0),
        (below, Mark.CLIMB, 9),
        (other, Mark.HALF, 0),
        (ended, Mark.CLIMB, 0),
    ):
        _climbs(store, report, KECAMATAN, mark, at)
    _climbs(store, other, BIRO)
    found = store.read(lambda tx: tx.overview.late(KECAMATAN, NOW, every=False))
    assert list(found) == [Lateness(KECAMATAN, 1, NOW - 2 * DAY, 0), Lateness(AGENCY, 1, NOW - 4 * DAY, 0)]


def test_what_has_climbed_is_a_number_and_days_and_can_be_read_where_it_was_held(store: Store) -> None:
    told, held, elsewhere = _late("R1", 2), _late("R2", 3, KECAMATAN), _late("R3", 4, BNN)
    _filed(store, told, held, elsewhere)
    store.run(lambda tx: tx.reports.change(replace(held, agency=AGENCY, evaluation=True)))
    for report in (told, held, elsewhere):
        _climbs(store, report, KECAMATAN)
    found = store.read(lambda tx: tx.overview.climbed(KECAMATAN, NOW, AGENCY, 9))
    assert list(found) == [
        Climbed(Number("R2"), AGENCY, held.due, YES, readable=True),
        Climbed(Number("R1"), AGENCY, told.due, NO, readable=False),
    ]
    assert len(store.read(lambda tx: tx.overview.climbed(KECAMATAN, NOW, AGENCY, 1))) == 1
    assert not store.read(lambda tx: tx.overview.climbed(AGENCY, NOW, AGENCY, 9))


def test_of_restricted_ones_the_biro_hears_once_they_climbed(store: Store) -> None:
    secret, quiet, plain = (_late(f"R{n}", n, BNN, restricted=n < 3) for n in (1, 2, 3))
    _filed(store, secret, quiet, plain)
    _climbs(store, secret, BIRO)
    _climbs(store, plain, BIRO)
    _climbs(store, quiet, BIRO, Mark.EVALUATION)
    found = store.read(lambda tx: tx.overview.climbed_restricted(BIRO, NOW, 9))
    assert list(found) == [Climbed(Number("R1"), BNN, secret.due, NO, readable=False)]
    assert not store.read(lambda tx: tx.overview.climbed_restricted(KECAMATAN, NOW, 9))


@pytest.mark.parametrize("every", [False, True])
def test_however_many_reports_there_are_it_is_two_queries_at_most(sql_url: str, keys: Keys, every: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    with closing(open_store(sql_url, keys)) as store:
        _filed(store, *(_late(f"R{n}", n) for n in range(30)))
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        counted = CountedWay(connection)
        overview = SqlOverview(counted)
        assert sum(row.reports for row in overview.late(AGENCY, NOW, every=every)) == 30
        assert counted.asked == (1 if every else 2)
        assert sum(row.reports for row in overview.handled(NOW, NOW + DAY)) == 30
        assert len(overview.handled(NOW, NOW + DAY)) == 1
    engine.dispose()
