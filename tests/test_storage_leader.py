"""Who runs the clock: one of any number of processes, and another as soon as it is gone."""

import pytest
from sqlalchemy import create_engine, text

from storage import Leader
from tests.fakes.patience import until


def test_on_sqlite_the_only_process_leads(sqlite_url: str) -> None:
    only = Leader(sqlite_url)
    assert only.leads()
    only.resign()


@pytest.mark.postgres
def test_one_leads_until_it_resigns(postgres_url: str) -> None:
    one, two = Leader(postgres_url), Leader(postgres_url)
    assert [one.leads(), two.leads(), one.leads(), two.leads()] == [True, False, True, False]
    one.resign()
    assert two.leads()
    assert not one.leads()
    two.resign()
    one.resign()


@pytest.mark.postgres
def test_a_leader_whose_connection_died_knows_it_and_another_follows(postgres_url: str) -> None:
    one, two = Leader(postgres_url), Leader(postgres_url)
    assert one.leads()
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
    assert not one.leads()
    assert two.leads()
    for each in (one, two):
        each.resign()


@pytest.mark.postgres
def test_who_gives_no_sign_of_life_loses_the_lead_though_its_connection_stays_open(
    postgres_url: str,
) -> None:
    stopped, other = Leader(postgres_url, 0.3), Leader(postgres_url)
    assert stopped.leads()
    until(other.leads, "another leader")
    assert not stopped.leads()
    for each in (stopped, other):
        each.resign()


@pytest.mark.postgres
def test_the_lead_is_a_transaction_as_any_pooler_keeps_it_and_holds_no_vacuum_back(postgres_url: str) -> None:
    one = Leader(postgres_url)
    assert one.leads()
    assert one.leads()
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        held = connection.execute(
            text(
                "SELECT state, backend_xid, backend_xmin FROM pg_stat_activity JOIN pg_locks USING (pid) "
                "WHERE locktype = 'advisory' AND datname = current_database()"
            )
        ).one()
    engine.dispose()
    one.resign()
    assert tuple(held) == ("idle in transaction", None, None)


@pytest.mark.postgres
def test_nobody_leads_on_a_server_that_is_not_there() -> None:
    alone = Leader("postgresql+psycopg://resi@127.0.0.1:1/resi")
    assert not alone.leads()
    alone.resign()
