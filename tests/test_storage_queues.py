"""What offices and the clock ask of reports: who sees which, whose alarm has come, and what became of a change."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from core.casework import as_listed
from core.errors import NotFound
from core.messages import StoredFile
from core.model import (
    ENDED,
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    Check,
    Feedback,
    Handling,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    StaffId,
    Status,
    Waits,
)
from core.ports import Counts, Duty, ReportQuery, Store, UnitOfWork, Visibility
from storage import Keys, SqlStore, open_store
from storage.data_keys import DataKeys
from storage.queues import SqlQueues
from storage.vault import Vault
from tests.fakes import nouns
from tests.fakes.long_way import CountedWay
from tests.fakes.memory_store import MemoryStore
from tests.fakes.nouns import AGENCY, MINUTE, NOW

DAY = timedelta(days=1)
BIRO, BNN, SUDIN = AgencyId("biro_pem"), AgencyId("bnnp_dki"), AgencyId("sudin_jaksel")
PHOTO = StoredFile("photo", "key", "image/jpeg", 9)


def _filed(store: Store, *reports: Report) -> None:
    def turn(tx: UnitOfWork) -> None:
        for report in reports:
            tx.reports.add(report, nouns.entry())

    store.run(turn)


def _changed(store: Store, *reports: Report) -> None:
    def turn(tx: UnitOfWork) -> None:
        for report in reports:
            tx.reports.change(report)

    store.run(turn)


def _seen(store: Store, agency: AgencyId, status: Status | None = None, *, every: bool = False) -> list[Number]:
    return _found(store, Visibility(agency, every), ReportQuery(status, open=None))


def _found(store: Store, visibility: Visibility, query: ReportQuery) -> list[Number]:
    return [line.number for line in store.read(lambda tx: tx.queues.lines(visibility, query))]


def test_a_report_that_was_handled_comes_back_with_all_that_was_done(store: Store) -> None:
    report = nouns.report(place=Place(AreaCode("31.74.01.1001"), "Tebet Barat", "gang buntu"))
    _filed(store, report)
    handled = replace(
        report,
        status=Status.MENUNGGU_VALIDASI,
        category=CategoryId("pohon"),
        agency=SUDIN,
        due=NOW + 30 * DAY,
        place=Place(AreaCode("31.74.01")),
        late=True,
        evaluation=True,
        alarm=NOW + 15 * DAY,
        handling=Handling(
            plan=Check.APPROVED,
            planner=StaffId("siti"),
            estimate=Check.WAITING,
            until=date(2026, 12, 24),
            estimator=StaffId("budi"),
            result=(PHOTO,),
            doer=StaffId("budi"),
            lookalikes=(Number("R2"),),
            main=ReportId("main"),
            feedback=Feedback.NOT_SOLVED,
            reopened=1,
            disputed=True,
            looked=True,
            marked=NOW + 7 * DAY,
        ),
    )
    done = HistoryEntry(NOW + DAY, handled.status, SUDIN, "Sudah dipangkas", Act.RESULT, (PHOTO,))
    store.run(lambda tx: tx.reports.change(handled, done))
    assert store.run(lambda tx: tx.reports.get(report.id)) == handled
    assert store.run(lambda tx: tx.reports.by_number(report.number)) == handled
    assert list(store.run(lambda tx: tx.reports.history(report.id))) == [nouns.entry(), done]
    closed = replace(handled, status=Status.SELESAI, closed=NOW + 2 * DAY, alarm=None, handling=Handling())
    _changed(store, closed)
    assert store.run(lambda tx: tx.reports.get(report.id)) == closed
    assert len(store.run(lambda tx: tx.reports.history(report.id))) == 2


def test_number_channel_and_time_of_receipt_never_change(store: Store) -> None:
    report = nouns.report()
    _filed(store, report)
    _changed(store, replace(report, number=Number("R0"), channel="mail", received=NOW + DAY, late=True))
    assert store.run(lambda tx: tx.reports.get(report.id)) == replace(report, late=True)


def test_what_is_not_there_is_neither_found_nor_changed(store: Store) -> None:
    assert store.run(lambda tx: tx.reports.by_number(Number("R0"))) is None
    assert store.run(lambda tx: tx.reports.ever_held_by(ReportId("nobody"))) == frozenset()
    assert list(store.run(lambda tx: tx.reports.duplicates_of(ReportId("nobody")))) == []
    with pytest.raises(NotFound):
        _changed(store, nouns.report())


def test_an_agency_sees_what_it_holds_and_held_the_nearest_deadline_first(store: Store) -> None:
    late, soon, elsewhere = (replace(nouns.report(), due=NOW + days * DAY) for days in (3, 1, 2))
    _filed(store, late, soon, replace(elsewhere, agency=SUDIN))
    _changed(store, replace(late, agency=SUDIN, status=Status.PROSES))
    assert _seen(store, AGENCY) == [soon.number, late.number]
    assert _seen(store, SUDIN) == [elsewhere.number, late.number]
    assert _seen(store, SUDIN, Status.PROSES) == [late.number]
    assert _seen(store, BIRO) == []
    assert _seen(store, BIRO, every=True) == [soon.number, elsewhere.number, late.number]
    assert _seen(store, BIRO, Status.MENUNGGU, every=True) == [soon.number, elsewhere.number]
    assert store.run(lambda tx: tx.reports.ever_held_by(late.id)) == {AGENCY, SUDIN}


def test_of_two_with_one_deadline_the_number_decides(store: Store) -> None:
    pair = [replace(nouns.report(), number=Number(number)) for number in ("R2", "R1")]
    _filed(store, *pair)
    assert _seen(store, AGENCY) == [pair[1].number, pair[0].number]


@pytest.mark.parametrize("status", [None, Status.MENUNGGU])
def test_a_restricted_report_is_seen_by_its_agency_alone(store: Store, status: Status | None) -> None:
    secret, open_ = replace(nouns.report(restricted=True), agency=BNN), nouns.report()
    _filed(store, secret, open_)
    assert _seen(store, BIRO, status, every=True) == _seen(store, AGENCY, status) == [open_.number]
    assert _seen(store, BNN, status) == [secret.number]
    assert set(_seen(store, BNN, status, every=True)) == {secret.number, open_.number}


def test_who_held_a_report_before_it_was_restricted_is_struck_out(store: Store) -> None:
    report = nouns.report()
    _filed(store, report)
    _changed(store, replace(report, agency=SUDIN), replace(report, agency=BNN, restricted=True))
    assert store.run(lambda tx: tx.reports.ever_held_by(report.id)) == {BNN}
    for agency in (AGENCY, SUDIN):
        assert _seen(store, agency) == _seen(store, agency, every=True) == []
    assert _seen(store, BNN) == [report.number]
    _changed(store, replace(report, agency=SUDIN))
    assert _seen(store, AGENCY) == []
    assert _seen(store, BNN) == [report.number]


def test_alarms_that_have_come_are_told_oldest_first_and_no_more_than_asked_for(store: Store) -> None:
    alarms = [replace(nouns.report(), alarm=at) for at in (NOW, NOW - DAY, NOW + MINUTE, None, NOW - MINUTE)]
    _filed(store, *alarms)

    def ringing(most: int, later: timedelta = timedelta(0)) -> Sequence[ReportId]:
        return list(store.run(lambda tx: tx.reports.with_due_alarm(NOW + later, most)))

    assert ringing(9) == [alarms[1].id, alarms[4].id, alarms[0].id]
    assert ringing(2) == [alarms[1].id, alarms[4].id]
    assert len(ringing(9, MINUTE)) == 4
    _changed(store, replace(alarms[1], alarm=None))
    assert ringing(9) == [alarms[4].id, alarms[0].id]


def test_reports_that_go_along_are_found_by_the_one_they_go_along_with(store: Store) -> None:
    main, one, two, other = (nouns.report() for _ in range(4))
    _filed(store, main, one, two, other)
    _changed(store, *(replace(each, handling=Handling(main=main.id)) for each in (one, two)))
    assert sorted(store.run(lambda tx: tx.reports.duplicates_of(main.id))) == sorted([one.id, two.id])
    _changed(store, two)
    assert list(store.run(lambda tx: tx.reports.duplicates_of(main.id))) == [one.id]


def test_all_who_speak_for_a_report_are_found_and_when_they_were_told(store: Store) -> None:
    report, reporter, follower = nouns.report(), nouns.contact(), nouns.contact("+62822")
    codes = [nouns.code() for _ in range(3)]
    holders = [nouns.holder(report, code, who) for code, who in zip(codes, (reporter, follower, None), strict=True)]

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        for holder, code, who in zip(holders, codes, (reporter, follower, None), strict=True):
            tx.code_holders.add(holder, code, who)
        tx.code_holders.set_last_news(follower.id, NOW + timedelta(seconds=61))

    store.run(turn)
    expected = {holders[0], replace(holders[1], told=NOW + MINUTE), holders[2]}
    assert set(store.run(lambda tx: tx.code_holders.of(report.id))) == expected
    assert store.run(lambda tx: tx.code_holders.by_code(codes[1])) == replace(holders[1], told=NOW + MINUTE)
    assert list(store.run(lambda tx: tx.code_holders.of(ReportId("nobody")))) == []


def test_an_open_report_about_the_same_is_the_one_that_most_hold(store: Store) -> None:
    here = Place(AreaCode("31.74.01.1001"), "Tebet Barat")
    one, most, other_place, other_kind, ended, secret, along, old = (nouns.report(place=here) for _ in range(8))
    others = (
        replace(other_place, place=Place(AreaCode("31.74.01.1002"))),
        replace(other_kind, category=CategoryId("pohon")),
        replace(ended, status=Status.SELESAI),
        replace(secret, restricted=True),
        replace(along, handling=Handling(main=most.id)),
        replace(old, received=NOW - 2 * DAY),
    )
    _filed(store, one, most, *others)
    for report, holders in ((one, 1), (most, 2), *((each, 3) for each in others)):
        for _ in range(holders):
            store.run(partial(_followed, report))

    def alike(since: timedelta, until: timedelta = timedelta(0)) -> tuple[ReportId, int] | None:
        area = AreaCode("31.74.01.1001")
        return store.run(lambda tx: tx.reports.open_duplicate(one.category, area, NOW - since, NOW - until))

    assert alike(DAY) == (most.id, 2)
    assert alike(2 * DAY) == (old.id, 3)
    assert alike(2 * DAY, until=DAY) == (old.id, 3)
    assert alike(DAY, until=MINUTE) is None
    assert alike(-MINUTE) is None
    _changed(store, replace(most, status=Status.DITOLAK))
    assert alike(DAY) == (one.id, 1)


def _followed(report: Report, tx: UnitOfWork) -> None:
    code = nouns.code()
    tx.code_holders.add(nouns.holder(report, code, None), code, None)


_AGENCIES = (AGENCY, SUDIN, BNN, BIRO)
_MOVES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(_AGENCIES), st.booleans(), st.sampled_from(Status)), max_size=12
)


def _views(store: Store, reports: list[Report], query: ReportQuery) -> list[object]:
    """All that anybody sees of these reports, all of it and what is sought, and who held them."""
    visibilities = [Visibility(agency, every) for agency in _AGENCIES for every in (False, True)]
    found = [_found(store, visibility, each) for visibility in visibilities for each in (ReportQuery(open=None), query)]
    opened = [list[Report](store.read(partial(_opened, visibility, query))) for visibility in visibilities]
    counts = [store.read(partial(_counted, visibility, query)) for visibility in visibilities]
    held = [store.run(partial(_held, report.id)) for report in reports]
    numbered = replace(query, numbers=tuple(report.number for report in reports[::2]), skip=0, most=None, after=None)
    # A few are looked up one by one, many are not.
    many = replace(numbered, numbers=(*(numbered.numbers or ()), *(Number(f"R{n}") for n in range(60))))
    chosen = [
        sorted(store.read(partial(_chosen, visibility, each)))
        for visibility in visibilities
        for each in (numbered, many)
    ]
    some = [_found(store, visibility, each) for visibility in visibilities for each in (numbered, many)]
    return [found, opened, counts, held, chosen, some]


def _chosen(visibility: Visibility, query: ReportQuery, tx: UnitOfWork) -> Sequence[Number]:
    return tx.queues.numbers(visibility, query)


def _opened(visibility: Visibility, query: ReportQuery, tx: UnitOfWork) -> Sequence[Report]:
    return tx.queues.reports(visibility, query)


def _counted(
    visibility: Visibility, query: ReportQuery, tx: UnitOfWork
) -> tuple[Counts, dict[tuple[AreaCode | None, CategoryId | None], int], list[Report]]:
    """And shown, as a page of a list is: in one turn."""
    counts = tx.queues.counts(visibility, query.duties or (Duty(Waits.WORK, held=True),), NOW, NOW + DAY, query)
    places = dict(tx.queues.by_place(visibility, query))
    return counts, places, list(tx.queues.reports(visibility, query))


def _held(report: ReportId, tx: UnitOfWork) -> frozenset[AgencyId]:
    return tx.reports.ever_held_by(report)


@pytest.fixture
def plain() -> MemoryStore:
    return MemoryStore()


_SOUGHT = st.builds(
    ReportQuery,
    status=st.none() | st.sampled_from(Status),
    agency=st.none() | st.sampled_from(_AGENCIES),
    category=st.sampled_from((None, CategoryId("lampu_jalan"), CategoryId("pohon"))),
    area=st.sampled_from((None, AreaCode("31.74.01.1001"), AreaCode("31.74"), AreaCode("31.71.02"))),
    channel=st.sampled_from((None, "sms", "mail")),
    open=st.sampled_from((True, False, None)),
    due_after=st.sampled_from((None, NOW)),
    due_until=st.sampled_from((None, NOW, NOW + DAY)),
    duties=st.none()
    | st.lists(
        st.builds(Duty, st.sampled_from(Waits), st.sampled_from((None, True, False)), st.sampled_from((None, True))),
        max_size=2,
    ).map(tuple),
    skip=st.integers(0, 2),
    most=st.sampled_from((None, 1, 3)),
    after=st.none() | st.tuples(st.integers(0, 4).map(lambda days: NOW + days * DAY), st.just(Number("R"))),
)


def _as_moved(report: Report, agency: AgencyId, restricted: bool, status: Status) -> Report:  # noqa: FBT001 - as drawn
    closed = NOW if status in ENDED else None
    return replace(report, agency=agency, restricted=restricted, status=status, closed=closed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(_MOVES, _SOUGHT)
def test_whatever_moves_where_everybody_sees_what_the_plain_rule_says(
    sql_store: SqlStore, plain: MemoryStore, moves: list[tuple[int, AgencyId, bool, Status]], query: ReportQuery
) -> None:
    """Reports of one example stay for the next, in both."""
    places = [Place(AreaCode(area)) for area in ("31.74.01.1001", "31.74.02.1001", "31.71.02")] + [Place()]
    kinds = [CategoryId(kind) for kind in ("lampu_jalan", "pohon", "lampu_jalan", "pohon")]
    reports = [
        replace(nouns.report(place=place), due=NOW + n // 2 * DAY, category=kind, channel=("sms", "mail")[n % 2])
        for n, (place, kind) in enumerate(zip(places, kinds, strict=True))
    ]
    for store in (plain, sql_store):
        _filed(store, *reports)
        for which, agency, restricted, status in moves:
            _changed(store, _as_moved(reports[which], agency, restricted, status))
    assert _views(sql_store, reports, query) == _views(plain, reports, query)


def test_a_line_of_a_list_says_what_the_report_says_and_of_a_restricted_one_too(store: Store) -> None:
    place = Place(AreaCode("31.74.01.1001"), "Tebet Barat")
    plain = replace(nouns.report(place=place), late=True)
    secret = replace(nouns.report(place=place, restricted=True), category=CategoryId("narkoba"), evaluation=True)
    _filed(store, plain, secret)
    lines = {line.number: line for line in store.read(lambda tx: tx.queues.lines(Visibility(AGENCY), ReportQuery()))}
    assert lines == {each.number: as_listed(each) for each in (plain, secret)}


def test_pages_follow_each_other_until_all_was_shown(store: Store) -> None:
    reports = [replace(nouns.report(), number=Number(f"R{n}"), due=NOW + n // 3 * DAY) for n in range(8)]
    _filed(store, *reports)
    shown: list[Number] = []
    after = None
    while page := store.read(lambda tx: tx.queues.lines(Visibility(AGENCY), ReportQuery(most=3, after=after))):  # noqa: B023 - at once
        shown += [line.number for line in page]
        after = page[-1].due, page[-1].number
    assert shown == [report.number for report in reports]


def test_a_page_that_is_narrowed_is_full_though_other_restricted_ones_stand_between(store: Store) -> None:
    """What they are about is sealed: they are read with the page, and more is read until it is full."""
    between = [replace(nouns.report(restricted=True), number=Number(f"R{n:02}"), agency=BNN) for n in range(20)]
    kinds = [CategoryId("narkoba") if n % 10 == 9 else each.category for n, each in enumerate(between)]
    _filed(store, *(replace(each, category=kind) for each, kind in zip(between, kinds, strict=True)))
    for most, found in ((1, ["R09"]), (2, ["R09", "R19"]), (3, ["R09", "R19"])):
        assert _found(store, Visibility(BNN), ReportQuery(category=CategoryId("narkoba"), most=most)) == found


@pytest.mark.parametrize("every", [False, True])
def test_a_page_of_fifty_is_one_query_and_what_is_counted_another(sql_url: str, keys: Keys, every: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    with closing(open_store(sql_url, keys)) as store:
        _filed(store, *(replace(nouns.report(restricted=n % 2 == 0), due=NOW + n * MINUTE) for n in range(60)))
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        counted = CountedWay(connection)
        queues = SqlQueues(counted, DataKeys(counted, Vault(keys)))
        assert len(queues.lines(Visibility(AGENCY, every), ReportQuery(most=50))) == 50
        assert counted.asked == 1
        assert len(queues.reports(Visibility(AGENCY, every), ReportQuery(most=50, skip=1))) == 50
        assert counted.asked == 2
        assert queues.counts(Visibility(AGENCY, every), (Duty(Waits.WORK, held=True),), NOW, NOW + 8 * DAY).open == 60
        assert counted.asked == 3
    engine.dispose()
