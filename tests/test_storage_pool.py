"""PostgreSQL beside other processes: turns of one key in order, collisions tried again, connections that die."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, make_url, text

from core.errors import StoreAway
from core.messages import Address, WireId
from core.model import AgencyId, Dialogue, HistoryEntry, Report
from core.ports import UnitOfWork
from storage import Keys, Retention, SqlStore, migrate, open_store
from storage.pool import lock_key
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.patience import PATIENCE

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def url(postgres_url: str) -> str:
    migrate(postgres_url)
    return postgres_url


@pytest.fixture
def store(url: str, keys: Keys) -> Iterator[SqlStore]:
    with closing(open_store(url, keys)) as store:
        yield store


def test_turns_of_one_ordering_key_run_one_after_the_other_on_any_number_of_processes(
    store: SqlStore, url: str, keys: Keys
) -> None:
    ordering_key = store.run(lambda tx: tx.dialogues.ordering_key("sms", Address(nouns.token())))

    def turn(tx: UnitOfWork) -> None:
        found = tx.dialogues.get(ordering_key)
        before = Dialogue("id") if found is None else found[0]
        tx.dialogues.put(ordering_key, replace(before, revision=before.revision + 1), NOW)

    with closing(open_store(url, keys)) as beside, ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda n: (store, beside)[n % 2].run(turn, ordering_key=ordering_key), range(120)))
    found = store.run(lambda tx: tx.dialogues.get(ordering_key))
    assert found is not None
    assert found[0].revision == 120


def test_a_message_that_two_processes_bring_at_once_is_new_to_one_of_them(
    store: SqlStore, url: str, keys: Keys
) -> None:
    both_there = threading.Barrier(2)
    wire_id = WireId(nouns.token())

    def bring(one: SqlStore) -> bool:
        both_there.wait(PATIENCE)
        return one.run(lambda tx: tx.inbox.record_if_new("sms", wire_id, NOW))

    with closing(open_store(url, keys)) as beside, ThreadPoolExecutor(2) as pair:
        assert sorted(pair.map(bring, (store, beside))) == [False, True]


def test_two_turns_that_lock_each_other_out_are_both_kept(store: SqlStore) -> None:
    reports = [nouns.report(), nouns.report()]
    for report in reports:
        store.run(_adding(report))
    meeting = threading.Barrier(2)
    met = threading.local()
    calls: list[str] = []

    def change(order: list[Report], name: str) -> None:
        def turn(tx: UnitOfWork) -> None:
            calls.append(name)
            first = not getattr(met, "once", False)
            met.once = True
            for report in order:
                tx.reports.change(replace(report, agency=AgencyId(name)), nouns.entry(name))
                if first and report is order[0]:
                    meeting.wait(PATIENCE)

        store.run(turn)

    with ThreadPoolExecutor(2) as pair:
        list(pair.map(change, (reports, reports[::-1]), ("one", "two")))
    assert len(calls) == 3
    for report in reports:
        told = [entry.text for entry in store.run(_history(report))]
        assert sorted(told) == ["", "one", "two"]


def test_two_that_change_one_report_see_each_others_change(store: SqlStore) -> None:
    report = nouns.report()
    store.run(_adding(report))

    def count(_: int) -> None:
        def turn(tx: UnitOfWork) -> None:
            now = tx.reports.get(report.id)
            assert now is not None
            tx.reports.change(replace(now, agency=AgencyId(str(len(tx.reports.history(report.id))))), nouns.entry())

        store.run(turn)

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(count, range(30)))
    after = store.run(lambda tx: tx.reports.get(report.id))
    assert after is not None
    assert (after.agency, len(store.run(_history(report)))) == ("30", 31)


def test_a_flood_from_one_sender_leaves_connections_to_the_others(store: SqlStore) -> None:
    go_on = threading.Event()

    def wait(_tx: UnitOfWork) -> None:
        assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(30) as crowd:
        flood = [crowd.submit(store.run, wait, ordering_key=b"flooding") for _ in range(30)]
        assert store.run(lambda tx: tx.inbox.record_if_new("sms", WireId(nouns.token()), NOW), ordering_key=b"patient")
        go_on.set()
        assert [future.result(PATIENCE) for future in flood] == [None] * 30


def test_a_connection_that_died_while_idle_is_not_noticed(store: SqlStore, url: str) -> None:
    assert store.figures.alive()
    _end_all_but_ours(url)
    assert store.run(lambda tx: tx.inbox.record_if_new("sms", WireId(nouns.token()), NOW))
    _end_all_but_ours(url)
    assert store.figures.total() >= 0


def test_a_connection_that_dies_in_a_turn_loses_it_or_repeats_it_and_never_halves_it(store: SqlStore, url: str) -> None:
    report, tries = nouns.report(), []

    def turn(tx: UnitOfWork) -> None:
        tries.append(1)
        tx.reports.add(report, nouns.entry())
        if len(tries) == 1:
            _end_all_but_ours(url)
        tx.inbox.record_if_new("sms", WireId(report.id), NOW)

    store.run(turn)
    assert len(tries) == 2
    assert len(store.run(_history(report))) == 1


def test_a_connection_that_dies_before_the_commit_is_told_and_nothing_is_kept(store: SqlStore, url: str) -> None:
    report = nouns.report()

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        _end_all_but_ours(url)

    with pytest.raises(StoreAway, match=r"^(57P01|OperationalError)$"):  # and tried once more, for nothing was kept
        store.run(turn)
    assert store.run(lambda tx: tx.reports.get(report.id)) is None


def test_a_connection_that_dies_in_the_commit_is_told_and_never_tried_again(store: SqlStore, url: str) -> None:
    tries = []

    def turn(tx: UnitOfWork) -> None:
        tries.append(tx.inbox.record_if_new("sms", WireId(nouns.token()), NOW))

    with _ending_at_commit(url), pytest.raises(StoreAway, match="commit unknown"):
        store.run(turn)
    assert tries == [True]
    store.run(turn)


def test_the_table_of_keys_is_vacuumed_after_somebody_was_forgotten(store: SqlStore, url: str) -> None:
    def file_and_forget() -> None:
        report, code, contact = nouns.report(), nouns.code(), nouns.contact()
        store.run(_adding(report))
        store.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, contact), code, contact))
        store.run(lambda tx: tx.code_holders.forget(contact.id))

    file_and_forget()
    once = _vacuums(url)
    assert once > 0
    file_and_forget()  # within the minute: left to the next purge
    assert _vacuums(url) == once
    store.upkeep.purge(NOW, Retention(contact_days=30))
    assert _vacuums(url) == once + 1
    store.upkeep.purge(NOW, Retention(contact_days=30))
    assert _vacuums(url) == once + 1


def test_a_server_that_is_not_there_is_away(url: str, keys: Keys) -> None:
    nowhere = make_url("postgresql+psycopg://resi@127.0.0.1:1/resi").render_as_string()
    with pytest.raises(StoreAway):
        open_store(nowhere, keys)
    with pytest.raises(StoreAway):
        migrate(nowhere)


def test_a_fault_of_ours_is_not_taken_for_trouble(postgres_url: str, store: SqlStore) -> None:
    report = nouns.report()
    store.run(_adding(report))
    with pytest.raises(Exception, match="duplicate key") as raised:
        store.run(_adding(report))
    assert not isinstance(raised.value, StoreAway)


def test_every_ordering_key_has_a_lock_that_postgresql_can_hold() -> None:
    keys = {lock_key(bytes([n])) for n in range(200)}
    assert len(keys) == 200
    assert all(-(2**63) <= key < 2**63 for key in keys)


def _adding(report: Report) -> Callable[[UnitOfWork], None]:
    return lambda tx: tx.reports.add(report, nouns.entry())


def _history(report: Report) -> Callable[[UnitOfWork], Sequence[HistoryEntry]]:
    return lambda tx: tx.reports.history(report.id)


@contextmanager
def _ending_at_commit(url: str) -> Iterator[None]:
    """Whoever commits a message that was seen ends its own connection."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for order in (
            """CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$""",
            """CREATE CONSTRAINT TRIGGER ends AFTER INSERT ON seen DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION ends()""",
        ):
            connection.exec_driver_sql(order)
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP FUNCTION ends CASCADE")
    engine.dispose()


def _vacuums(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        query = text("SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'data_key'")
        count = int(connection.execute(query).scalar_one())
    engine.dispose()
    return count


def _end_all_but_ours(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
