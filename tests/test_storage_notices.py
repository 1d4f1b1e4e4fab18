"""Notices: each told once to an office, newest first, and not for ever."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from core.model import AgencyId, Mark, Notice
from core.ports import Store, UnitOfWork
from storage import Retention, SqlStore
from storage.notices import notice_of, row_of
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW

DAY = timedelta(days=1)
SUDIN = AgencyId("sudin_jaksel")


@given(nouns.NOTICES)
def test_a_notice_survives_its_row(notice: Notice) -> None:
    assert notice_of(nouns.as_row(row_of(notice))) == notice


def test_an_office_is_told_each_mark_once_newest_first(store: Store) -> None:
    report = nouns.report()
    half = nouns.notice(report, Mark.HALF, at=NOW - DAY)
    late, elsewhere = nouns.notice(report), nouns.notice(report, to=SUDIN)
    climbs = [nouns.notice(report, Mark.CLIMB, SUDIN, NOW + day * DAY) for day in (1, 2)]

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        for notice in (half, late, replace(late, days=99), elsewhere, *climbs):
            tx.notices.add(notice)

    store.run(turn)
    assert list(store.run(lambda tx: tx.notices.to(AGENCY))) == [late, half]
    assert list(store.run(lambda tx: tx.notices.to(SUDIN))) == [climbs[1], climbs[0], elsewhere]
    assert list(store.run(lambda tx: tx.notices.to(AgencyId("nobody")))) == []


def test_offices_that_were_told_of_a_report_that_became_restricted_know_of_it_no_more(store: Store) -> None:
    report, other = nouns.report(), nouns.report()

    def turn(tx: UnitOfWork) -> None:
        for each in (report, other):
            tx.reports.add(each, nouns.entry())
            tx.notices.add(nouns.notice(each))
        tx.reports.change(replace(report, restricted=True, agency=AgencyId("bnnp_dki")))

    store.run(turn)
    assert [notice.report for notice in store.run(lambda tx: tx.notices.to(AGENCY))] == [other.id]


def test_a_notice_is_kept_a_year_and_a_month(sql_store: SqlStore) -> None:
    report = nouns.report()
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    sql_store.run(lambda tx: tx.notices.add(nouns.notice(report)))
    rules = Retention(contact_days=30)
    assert sql_store.upkeep.purge(NOW + 400 * DAY - nouns.MINUTE, rules)["notices"] == 0
    assert sql_store.upkeep.purge(NOW + 400 * DAY, rules)["notices"] == 1
    assert list(sql_store.run(lambda tx: tx.notices.to(AGENCY))) == []
