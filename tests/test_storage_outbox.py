"""Deliveries as rows: sealed while they wait, empty when they have gone."""

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from sqlalchemy import RowMapping, create_engine, insert, make_url, text

from core.model import Contact, ContactId, Delivery, DeliveryId, DeliveryKind
from core.ports import UnitOfWork
from storage import Keys, SqlStore, migrate, new_key_line, open_store, parse_keys
from storage.data_keys import DataKeys
from storage.keyring import Keyring
from storage.outbox import _claim, delivery_of, row_of
from storage.statements import Statements
from storage.tables import DATA_KEY, OUTBOX
from storage.vault import DataKey, Vault
from tests.fakes import nouns
from tests.fakes.long_way import LongWay
from tests.fakes.nouns import MINUTE, NOW
from tests.fakes.rows import deliveries

RING = Keyring(Vault(parse_keys(new_key_line("test"))), DataKey(bytes(32)), {"senders": b"s", "wires": b"w"})


@pytest.fixture(scope="module")
def key_table() -> Iterator[Statements]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        DATA_KEY.create(connection)
        yield LongWay(connection)
    engine.dispose()


def _add(store: SqlStore, *deliveries: Delivery) -> None:
    def turn(tx: UnitOfWork) -> None:
        for delivery in deliveries:
            tx.outbox.add(delivery)

    store.run(turn)


def _rows(url: str) -> Sequence[RowMapping]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM outbox ORDER BY seq").mappings().all()
    engine.dispose()
    return rows


@given(nouns.DELIVERIES)
def test_a_delivery_survives_its_row(key_table: Statements, delivery: Delivery) -> None:
    keys = DataKeys(key_table, RING.vault)
    if delivery.contact is not None and keys.of(delivery.contact) is None:
        keys.create(delivery.contact)
    assert delivery_of(nouns.as_row(row_of(delivery, RING, keys)), RING, keys) == delivery


def test_the_row_does_not_say_whose_it_is_and_dies_with_the_contacts_key(key_table: Statements) -> None:
    keys = DataKeys(key_table, RING.vault)
    contact = ContactId("someone")
    keys.create(contact)
    row = row_of(nouns.delivery(reach=Contact(contact, "sms", nouns.delivery().to, "id")), RING, keys)
    assert row is not None
    assert all(b"someone" not in str(value).encode() for value in row.values())
    keys.destroy(contact)
    assert delivery_of(nouns.as_row(row), RING, keys) is None


def test_a_delivery_whose_contact_vanished_beside_us_is_dropped_when_it_is_claimed(sqlite_url: str, keys: Keys) -> None:
    report, code, contact = nouns.report(), nouns.code(), nouns.contact()
    with closing(open_store(sqlite_url, keys)) as store:
        store.run(lambda tx: tx.reports.add(report, nouns.entry()))
        store.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, contact), code, contact))
        store.run(lambda tx: tx.outbox.add(nouns.delivery(reach=contact)))
        with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as other:
            other.execute("DELETE FROM data_key WHERE owner = ?", (contact.id,))
            other.commit()
        assert store.run(lambda tx: tx.outbox.claim(NOW, nouns.MINUTE, 9)) == []
        assert deliveries(store) == 0


def test_nothing_but_its_end_is_left_of_a_delivery_that_was_sent_or_died(sql_url: str, sql_store: SqlStore) -> None:
    sent, dead = nouns.delivery(b"a"), nouns.delivery(b"b")
    _add(sql_store, sent, dead)
    sql_store.run(lambda tx: tx.outbox.mark_sent(sent, "SM-provider", NOW + nouns.MINUTE / 2))
    sql_store.run(lambda tx: tx.outbox.mark_dead(dead.id))
    rows = _rows(sql_url)
    for row, state in zip(rows, ("sent", "dead"), strict=True):
        assert row["state"] == state
        assert all(row[name] is None for name in ("lane", "contact", "sealed", "lease"))
        assert str(row["done"]).startswith("2026-11-24 08:00:00")
    assert [row["provider"] is None for row in rows] == [False, True]


def test_two_that_claim_at_once_never_get_the_same(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as one, closing(open_store(sql_url, keys)) as two:
        _add(one, *(nouns.delivery(bytes([n])) for n in range(40)))

        def claim(store: SqlStore) -> list[DeliveryId]:
            got: list[DeliveryId] = []
            while more := store.run(lambda tx: tx.outbox.claim(NOW, nouns.MINUTE, 3)):
                got += [delivery.id for delivery in more]
            return got

        with ThreadPoolExecutor(4) as crowd:
            claimed = [one for some in crowd.map(claim, (one, two, one, two)) for one in some]
        assert len(claimed) == len(set(claimed)) == 40


def test_a_delivery_that_cannot_be_unsealed_is_given_up_and_stops_nobody(sql_store: SqlStore) -> None:
    broken, whole = nouns.delivery(b"a"), nouns.delivery(b"b")

    def turn(tx: UnitOfWork) -> None:
        tx.outbox.add(broken)
        tx.outbox.add(whole)

    sql_store.run(turn)
    sql_store._database.run(  # noqa: SLF001 - a disk fault, which no door offers
        lambda statements: statements.connection.execute(
            text("UPDATE outbox SET sealed = :junk WHERE id = :of"), {"junk": b"junk", "of": broken.id}
        )
    )
    claimed = sql_store.run(lambda tx: [each.id for each in tx.outbox.claim(NOW + MINUTE, MINUTE, 10)])
    assert claimed == [whole.id]
    assert [(row.id, row.state) for row in sql_store.figures.waiting(9) if row.id == broken.id] == [(broken.id, "dead")]


def test_news_that_is_being_rewritten_is_not_sent_in_its_old_words(sql_url: str, keys: Keys) -> None:
    report, code, contact = nouns.report(), nouns.code(), nouns.contact()
    news = [
        replace(nouns.delivery(bytes([n]), reach=contact), kind=DeliveryKind.NEWS, not_before=NOW + n * MINUTE)
        for n in range(30)
    ]
    with closing(open_store(sql_url, keys)) as one, closing(open_store(sql_url, keys)) as two:
        one.run(lambda tx: tx.reports.add(report, nouns.entry()))
        one.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, contact), code, contact))
        _add(one, *news)
        rewritten: list[DeliveryId] = []

        def rewrite(_: int) -> None:
            def turn(tx: UnitOfWork) -> DeliveryId | None:
                waiting = tx.outbox.pending(contact.id)
                if waiting is not None:
                    tx.outbox.replace(replace(waiting, kind=DeliveryKind.DIGEST, lang="en"))
                return None if waiting is None else waiting.id

            done = one.run(turn)
            if done is not None:
                rewritten.append(done)

        def send(_: int) -> list[tuple[DeliveryId, str]]:
            claimed = two.run(lambda tx: tx.outbox.claim(NOW + 60 * MINUTE, MINUTE, 1))
            return [(each.id, each.lang) for each in claimed]

        with ThreadPoolExecutor(4) as crowd:
            writers = [crowd.submit(rewrite, n) for n in range(30)]
            senders = [crowd.submit(send, n) for n in range(30)]
            sent = dict(pair for each in senders for pair in each.result())
            for each in writers:
                each.result()
        late = dict(
            one.run(lambda tx: [(each.id, each.lang) for each in tx.outbox.claim(NOW + 60 * MINUTE, MINUTE, 99)])
        )
        assert len(sent | late) == 30
        assert rewritten
        assert {of for of, lang in (sent | late).items() if lang == "en"} == set(rewritten)


def test_what_waits_is_found_by_its_index_however_many_were_sent(sql_url: str) -> None:
    """As an application asks: with parameters, and on PostgreSQL by a plan that holds for all of them."""
    migrate(sql_url)
    engine = create_engine(sql_url)
    with engine.begin() as connection:
        row = {"kind": "news", "channel": "sms", "attempts": 0, "not_before": NOW}
        gone = [row | {"id": f"gone {n}", "state": "sent", "done": NOW} for n in range(4000)]
        waits = [
            row | {"id": f"waits {n}", "state": "waiting", "lane": n.to_bytes(2), "not_before": NOW + n * MINUTE}
            for n in range(3000)
        ]
        connection.execute(insert(OUTBOX), gone)
        connection.execute(insert(OUTBOX), waits)
        connection.execute(text("ANALYZE outbox"))
        compiled = _claim(frozenset()).compile(dialect=connection.dialect)
        if connection.dialect.name == "sqlite":
            asked = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {compiled}", (NOW.isoformat(), NOW.isoformat(), 9, 0)
            )
            plan = "\n".join(row.detail for row in asked)
        else:
            connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
            asked = connection.exec_driver_sql(f"EXPLAIN {compiled}", {"now": NOW, "most": 9})
            plan = "\n".join(str(row[0]) for row in asked)
    engine.dispose()
    assert "outbox_by_time" in plan
    assert "outbox_by_lane" in plan
