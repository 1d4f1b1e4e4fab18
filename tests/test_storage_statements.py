"""The short way to SQLite gives what SQLAlchemy's long way gives."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, func, insert, select, update

from storage.engine import sqlite_engine, sqlite_transaction
from storage.statements import SqliteStatements, Statements
from storage.tables import OUTBOX, SEEN
from tests.fakes.nouns import NOW

_SEE = insert(SEEN)
_LATER = update(SEEN).where(SEEN.c.message == bindparam("of")).values(at=bindparam("then"))
_ALL = select(SEEN).where(SEEN.c.at >= bindparam("since"), SEEN.c.message != b"never").order_by(SEEN.c.message)
_COUNT = select(func.count(), func.max(SEEN.c.at)).where(SEEN.c.at >= bindparam("since"))


@pytest.fixture
def both(sqlite_url: str) -> Iterator[tuple[Statements, SqliteStatements]]:
    engine = sqlite_engine(sqlite_url, write=True)
    with sqlite_transaction(engine, write=True) as (connection, raw):
        yield Statements(connection), SqliteStatements(connection, raw)
    engine.dispose()


def test_both_ways_write_and_find_the_same(both: tuple[Statements, SqliteStatements]) -> None:
    long, short = both
    for n, way in enumerate((long, short, long, short)):
        assert way.change(_SEE, {"message": bytes([n]), "at": NOW + timedelta(hours=n)}) == 1
    assert short.change(_LATER, {"of": b"\1", "then": NOW + timedelta(days=1)}) == 1
    assert long.change(_LATER, {"of": b"none", "then": NOW}) == short.change(_LATER, {"of": b"none", "then": NOW}) == 0
    since = {"since": NOW + timedelta(hours=1)}
    assert [tuple(row) for row in long.rows(_ALL, since)] == [tuple(row) for row in short.rows(_ALL, since)]
    assert [row.at for row in short.rows(_ALL, since)] == [NOW + timedelta(hours=h) for h in (24, 2, 3)]
    assert tuple(long.rows(_COUNT, since)[0]) == tuple(short.rows(_COUNT, since)[0]) == (3, NOW + timedelta(days=1))


def test_the_first_of_none_is_none(both: tuple[Statements, SqliteStatements]) -> None:
    for way in both:
        assert way.first(_ALL, {"since": NOW}) is None


def test_a_time_without_zone_is_refused_both_ways(both: tuple[Statements, SqliteStatements]) -> None:
    for way in both:
        with pytest.raises(Exception, match="timezone"):
            way.change(_SEE, {"message": b"x", "at": NOW.replace(tzinfo=None)})


def test_no_table_has_a_default_that_only_sqlalchemy_would_fill_in() -> None:
    tables = OUTBOX.metadata.tables.values()
    assert [str(column) for table in tables for column in table.columns if column.default is not None] == []
