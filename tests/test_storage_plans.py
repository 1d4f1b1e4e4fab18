"""What is done often goes through no table that grows for years: a million reports cost a turn what a thousand do.

SQLite knows nothing of how much there is until somebody runs ANALYZE, and nobody does: its plans follow from the shape
of tables and statements alone. On PostgreSQL it is asked whether an index can serve at all.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import create_engine, make_url, text

from app.due_work import process_due_deadlines
from app.time_and_random import SystemRandomSource
from core import casework, intake, tracking, workflow
from core.casework import Wanted, Which
from core.categories import CATEGORIES
from core.intake import Requester
from core.model import AreaCode, PublishedQuery, Staff, StaffId, StaffRole, Status
from core.ports import UnitOfWork
from core.record import Turn
from storage import Keys, Retention, SqlStore, open_store
from storage.queues import OldCounts
from tests.fakes.counted_store import CountedStore
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.patience import until
from tests.fakes.town import Town

GROWING = ("report", "held", "history", "holder", "data_key", "published", "outcome", "photo", "look", "audit")
EVER = (
    "report_by_agency_in_order (agency=?)",
    "report_by_closing (closed<?)",
    "(category=?)",
    "held_in_order (agency=?)",
)
"""What reads all of an office, of a kind or of a time, however long ago; of a search, all that may be in a list."""
OPEN = "report_waiting_in_order"  # of what waits for somebody alone
RULES = Retention(contact_days=30, text_days={each.id: 730 for each in CATEGORIES})
READERS = {"biro": (StaffRole.BIRO, workflow.BIRO), "siti": (StaffRole.OFFICER, AGENCY)}
CODE = tracking.new_code(SystemRandomSource())
LISTS = {
    f"{name} {which.value} {more}": partial(casework.queue, name=name, wanted=replace(wanted, which=which))
    for name in READERS
    for which in (Which.OPEN, Which.MINE, Which.LATE, Which.TODAY)
    for more, wanted in {
        "": Wanted(),
        "narrowed": Wanted(
            status=Status.PROSES, category=next(iter(CATEGORIES)).id, area=AreaCode("31.74"), channel="sms"
        ),
    }.items()
}


def _people(tx: UnitOfWork) -> None:
    for name, (role, agency) in READERS.items():
        tx.accounts.add(Staff(StaffId(name), name, agency, role), "hash")


def _listed(store: SqlStore) -> None:
    turn = partial(Turn, now=NOW, context=Town().context)
    for asked in LISTS.values():
        store.read(lambda tx, asked=asked: asked(turn(tx)))  # type: ignore[misc]  # a default binds the loop variable


def _published(store: SqlStore) -> None:
    ninety = PublishedQuery(since=NOW - timedelta(days=90))
    kind = (next(iter(CATEGORIES)).id,)
    for asked in (ninety, replace(ninety, ended=True), replace(ninety, ended=False), replace(ninety, categories=kind)):
        store.published.listed(asked)


def _looked_up(store: SqlStore) -> None:
    context = Town().context
    store.run(lambda tx: intake.look_up(tx, CODE, Requester("somebody", "id"), NOW, context))


def _followed(store: SqlStore) -> None:
    store.read(lambda tx: tx.texts.corrected(NOW))
    store.read(lambda tx: tx.texts.erased(NOW - timedelta(days=732), NOW - timedelta(days=730)))


WORKS: Mapping[str, Callable[[SqlStore], object]] = {
    "lists": _listed,
    "the public list": _published,
    "a status": _looked_up,
    "deadlines": lambda store: process_due_deadlines(store, Town().context, NOW),
    "what became of words": _followed,
    "retention": lambda store: store.upkeep.purge(NOW, RULES),
}


def _scanned(asked: list[str], database: sqlite3.Connection) -> Iterator[str]:
    """What goes through all of a table that grows, or through all that lies in a range of one to look each up."""
    for statement in dict.fromkeys(asked):
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            for *_, step in database.execute(f"EXPLAIN QUERY PLAN {statement}"):
                scan = step.startswith(tuple(f"SCAN {table}" for table in GROWING)) and OPEN not in step
                if scan or "MULTI-INDEX" in step or ("SEARCH" in step and any(each in step for each in EVER)):
                    yield f"{step}: {statement}"


@pytest.mark.parametrize("work", WORKS)
def test_nothing_that_is_done_often_goes_through_a_table_that_grows(work: str, sqlite_url: str, keys: Keys) -> None:
    with closing(CountedStore(sqlite_url, keys, OldCounts(least=0))) as store:  # as in a house of many reports
        store.run(_people)
        WORKS[work](store)  # what is counted or looked for once a day
        store.asked.clear()
        WORKS[work](store)
        asked = list(store.asked)
    assert asked
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as database:
        assert [*_scanned(asked, database)] == []


@pytest.mark.postgres
def test_an_index_can_serve_whatever_is_done_often(migrated_postgres: str, keys: Keys) -> None:
    """Who may not go through tables does so all the same where nothing else leads there."""
    admin = create_engine(migrated_postgres, isolation_level="AUTOCOMMIT")
    name = make_url(migrated_postgres).database
    try:
        with admin.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET enable_seqscan = off'))
            connection.execute(text("SELECT pg_stat_reset()"))
        with closing(open_store(migrated_postgres, keys)) as store:  # whose connections tell at their end what they did
            store.run(_people)
            for work in WORKS.values():
                work(store)
        with admin.connect() as connection:
            told = text("SELECT relname, seq_scan, idx_scan FROM pg_stat_user_tables")
            until(lambda: any(row.idx_scan for row in connection.execute(told) if row.relname == "report"), "figures")
            growing = [each for each in GROWING if each != "data_key"]  # whose ids a start looks at, once
            assert [row.relname for row in connection.execute(told) if row.seq_scan and row.relname in growing] == []
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" RESET enable_seqscan'))
        admin.dispose()
