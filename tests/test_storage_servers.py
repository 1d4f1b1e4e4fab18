"""PostgreSQL as its operators set it up: rights, encodings, schemas and manners of a role, and how long it may take."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from core.errors import StoreAway
from storage import Keys, migrate, open_store, schema_current
from storage.engine import postgres_engine
from storage.migrations import fill
from tests.fakes import nouns
from tests.fakes.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres

MANNERS = (
    "client_encoding = 'LATIN1'",
    "datestyle = 'SQL, DMY'",
    "timezone = 'Asia/Kathmandu'",
    "bytea_output = 'escape'",
    "standard_conforming_strings = off",
    "default_transaction_isolation = 'serializable'",
    "statement_timeout = '1ms'",
)


@contextmanager
def ordered(url: str) -> Iterator[Connection]:
    """By the one who may do everything."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def empty(postgres_server: PostgresServer) -> Iterator[str]:
    """A database of the one who may do everything."""
    url = postgres_server.fresh()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def role(empty: str) -> Iterator[str]:
    """Somebody who may only log in there."""
    name = f"role_{secrets.token_hex(4)}"
    with ordered(empty) as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
    yield name
    with ordered(empty) as connection:
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))


def as_role(url: str, role: str, **query: str) -> str:
    return make_url(url).set(username=role).update_query_dict(query).render_as_string(hide_password=False)


def test_who_may_make_no_table_is_told_so_and_it_is_no_fault_of_ours(empty: str, role: str) -> None:
    with pytest.raises(StoreAway, match="42501"):
        migrate(as_role(empty, role))


def test_a_schema_that_is_not_there_is_told(empty: str) -> None:
    url = make_url(empty).update_query_dict({"options": "-c search_path=nowhere"})
    with pytest.raises(StoreAway, match="3F000"):
        migrate(url.render_as_string(hide_password=False))


def test_a_turn_whose_rights_were_taken_away_keeps_its_message_waiting_and_loses_none(
    empty: str, role: str, keys: Keys
) -> None:
    migrate(empty)
    with ordered(empty) as connection:
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))
    with closing(open_store(as_role(empty, role), keys)) as store:
        assert store.figures.usable()
        with ordered(empty) as connection:
            connection.execute(text(f"REVOKE INSERT ON report FROM {role}"))
        assert not store.figures.usable()
        assert store.figures.alive()
        with pytest.raises(StoreAway, match="42501"):
            store.run(lambda tx: tx.reports.add(nouns.report(), nouns.entry()))


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_keeps_no_unicode_is_refused_with_its_mend(empty: str, encoding: str) -> None:
    name = f"resi_test_{secrets.token_hex(6)}"
    with ordered(empty) as connection:
        connection.execute(
            text(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        )
    url = make_url(empty).set(database=name).render_as_string(hide_password=False)
    for asked in (migrate, schema_current):
        with pytest.raises(ValueError, match="UTF8"):
            asked(url)
    with ordered(empty) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def test_manners_of_the_role_change_nothing(empty: str, role: str, keys: Keys) -> None:
    with ordered(empty) as connection:
        connection.execute(text(f"GRANT CREATE ON SCHEMA public TO {role}"))
        for manner in MANNERS:
            connection.execute(text(f"ALTER ROLE {role} SET {manner}"))
    url = as_role(empty, role)
    migrate(url)
    report = nouns.report("Lampu mati 💡 di Jalan Cut Nyak Dhién")
    with closing(open_store(url, keys)) as store:
        store.run(lambda tx: tx.reports.add(report, nouns.entry()))
        assert store.run(lambda tx: tx.reports.get(report.id)) == report


def test_options_of_the_address_stand_beside_ours(empty: str) -> None:
    with ordered(empty) as connection:
        connection.execute(text("CREATE SCHEMA kota"))
    url = make_url(empty).update_query_dict({"options": "-c search_path=kota"}).render_as_string(hide_password=False)
    migrate(url)
    assert schema_current(url)
    assert not schema_current(empty)
    engine = postgres_engine(url)
    with engine.connect() as connection:
        shown = [connection.execute(text(f"SHOW {name}")).scalar() for name in ("search_path", "statement_timeout")]
    engine.dispose()
    assert shown == ["kota", "1min"]


def test_what_fills_a_database_may_take_longer_than_a_turn(empty: str) -> None:
    seen: list[object] = []

    def load(connection: Connection) -> None:
        names = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
        seen.extend(connection.execute(text(f"SHOW {name}")).scalar() for name in names)

    fill(empty, "r0001", load)
    assert seen == ["0", "0", "10s"]
