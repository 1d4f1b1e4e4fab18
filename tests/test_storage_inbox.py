"""The inbox as rows: hashes that refer to nothing, and counts that add up in one row a second."""

from sqlalchemy import create_engine

from core.messages import WireId
from core.ports import Store, UnitOfWork
from storage import SqlStore
from tests.fakes.nouns import NOW


def test_a_flood_within_one_second_is_one_row(sql_url: str, sql_store: SqlStore) -> None:
    def turn(tx: UnitOfWork) -> None:
        for _ in range(50):
            tx.inbox.count("miss", "somebody", NOW)

    sql_store.run(turn)
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*), sum(times) FROM tally").one() == (1, 50)
    engine.dispose()


def test_an_id_of_another_kind_never_passes_for_one_that_was_seen(sql_store: SqlStore) -> None:
    def turn(tx: UnitOfWork) -> list[bool]:
        pairs = (("a", "bc"), ("ab", "c"), ("a", "b\0c"))
        return [tx.inbox.record_if_new(channel, WireId(wire_id), NOW) for channel, wire_id in pairs]

    assert sql_store.run(turn) == [True, True, True]


def test_what_was_taken_back_is_seen_for_the_first_time_again(store: Store) -> None:
    def turn(tx: UnitOfWork) -> list[bool]:
        seen = [tx.inbox.record_if_new("mail", WireId(wire_id), NOW) for wire_id in ("a", "b")]
        tx.inbox.unrecord("mail", WireId("a"))
        return seen

    assert store.run(turn) == [True, True]
    assert store.run(lambda tx: [tx.inbox.record_if_new("mail", WireId(wire_id), NOW) for wire_id in ("a", "b")]) == [
        True,
        False,
    ]
