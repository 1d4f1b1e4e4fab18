"""The short ways to the databases give what SQLAlchemy's long way gives."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import cast

import psycopg
import pytest
from sqlalchemy import bindparam, func, insert, select, update

from storage import migrate
from storage.engine import is_sqlite, postgres_engine, sqlite_engine, sqlite_transaction
from storage.statements import PostgresStatements, SqliteStatements, Statements
from storage.tables import OUTBOX, SEEN
from tests.fakes.long_way import LongWay
from tests.fakes.nouns import NOW

_SEE = insert(SEEN)
_LATER = update(SEEN).where(SEEN.c.message == bindparam("of")).values(at=bindparam("then"))
_ALL = select(SEEN).where(SEEN.c.at >= bindparam("since"), SEEN.c.message != b"never").order_by(SEEN.c.message)
_COUNT = select(func.count(), func.max(SEEN.c.at)).where(SEEN.c.at >= bindparam("since"))


@pytest.fixture
def both(sql_url: str) -> Iterator[tuple[LongWay, Statements]]:
    migrate(sql_url)
    if is_sqlite(sql_url):
        engine = sqlite_engine(sql_url, write=True)
        with sqlite_transaction(engine, write=True) as (connection, file):
            yield LongWay(connection), SqliteStatements(connection, file)
    else:
        engine = postgres_engine(sql_url)
        with engine.connect() as connection:
            server = cast("psycopg.Connection[object]", connection.connection.dbapi_connection)
            connection.begin()
            statements = PostgresStatements(connection, server)
            yield LongWay(connection), statements
            with contextlib.suppress(psycopg.Error):  # of what a test did wrong on purpose
                statements.settle()
    engine.dispose()


def test_both_ways_write_and_find_the_same(both: tuple[LongWay, Statements]) -> None:
    long, short = both
    for n in (0, 2):  # of an INSERT that returns nothing SQLAlchemy does not tell the count on PostgreSQL
        long.change(_SEE, {"message": bytes([n]), "at": NOW + timedelta(hours=n)})
        assert short.changed(_SEE, {"message": bytes([n + 1]), "at": NOW + timedelta(hours=n + 1)}) == 1
    assert short.changed(_LATER, {"of": b"\1", "then": NOW + timedelta(days=1)}) == 1
    assert long.changed(_LATER, {"of": b"none", "then": NOW}) == 0
    assert short.changed(_LATER, {"of": b"none", "then": NOW}) == 0
    since = {"since": NOW + timedelta(hours=1)}
    assert [tuple(row) for row in long.rows(_ALL, since)] == [tuple(row) for row in short.rows(_ALL, since)]
    assert [row.at for row in short.rows(_ALL, since)] == [NOW + timedelta(hours=h) for h in (24, 2, 3)]
    assert tuple(long.rows(_COUNT, since)[0]) == tuple(short.rows(_COUNT, since)[0]) == (3, NOW + timedelta(days=1))


def test_what_is_sent_without_waiting_is_there_for_whatever_is_asked_next(both: tuple[LongWay, Statements]) -> None:
    _, short = both
    short.change(_SEE, {"message": b"1", "at": NOW})
    assert [row.message for row in short.rows(_ALL, {"since": NOW})] == [b"1"]
    short.change(_LATER, {"of": b"1", "then": NOW + timedelta(hours=1)})
    assert short.changed(_LATER, {"of": b"1", "then": NOW + timedelta(hours=2)}) == 1
    short.change(_SEE, {"message": b"2", "at": NOW})
    assert [row.message for row in short.connection.execute(_ALL, {"since": NOW})] == [b"1", b"2"]


def test_a_write_that_is_refused_is_told_at_the_latest_by_what_is_asked_next(both: tuple[LongWay, Statements]) -> None:
    _, short = both

    def twice() -> None:
        for _ in range(2):
            short.change(_SEE, {"message": b"1", "at": NOW})
        short.rows(_COUNT, {"since": NOW})

    with pytest.raises(Exception, match=r"UNIQUE|duplicate key"):
        twice()


@pytest.mark.postgres
def test_nothing_that_was_refused_is_settled_in_silence(postgres_url: str) -> None:
    migrate(postgres_url)
    engine = postgres_engine(postgres_url)
    with engine.connect() as connection:
        connection.begin()
        server = cast("psycopg.Connection[object]", connection.connection.dbapi_connection)
        statements = PostgresStatements(connection, server)
        for _ in range(2):
            statements.change(_SEE, {"message": b"1", "at": NOW})
        with pytest.raises(psycopg.errors.UniqueViolation):
            statements.settle()
    engine.dispose()


def test_the_first_of_none_is_none(both: tuple[LongWay, Statements]) -> None:
    for way in both:
        assert way.first(_ALL, {"since": NOW}) is None


def test_a_time_without_zone_is_refused_both_ways(both: tuple[LongWay, Statements]) -> None:
    for way in both:
        with pytest.raises(Exception, match="timezone"):
            way.change(_SEE, {"message": b"x", "at": NOW.replace(tzinfo=None)})


def test_no_table_has_a_default_that_only_sqlalchemy_would_fill_in() -> None:
    tables = OUTBOX.metadata.tables.values()
    assert [str(column) for table in tables for column in table.columns if column.default is not None] == []
