"""A thief with the database and without the keys: finds no address, word, code or place, nor what was forgotten."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, make_url, select, text

from core.messages import Address, Line, Point, Say, StoredFile, Thread, WireId
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Draft,
    HistoryEntry,
    Place,
    Report,
    Role,
    Step,
    TrackingCode,
)
from core.ports import UnitOfWork
from storage import Keys, Retention, SqlStore, open_store
from tests.fakes import nouns
from tests.fakes.nouns import NOW

pytestmark = pytest.mark.hostile

ADDRESS = "+628119753864"
CODE = "0897531975319753"
CANARIES = (
    *(ADDRESS, CODE, CODE[-4:], "budi.canary", "kenari-teks", "kenari-tempat", "kenari-wilayah", "kenari-kunci"),
    *("kenari-balasan", "SMcanary", "PROVIDERcanary", "canary-thread", "106.8123", "narkoba_kenari", "31.99.77.6655"),
    *("kenari-riwayat", "album-canary"),
)


def _report(text: str, *, restricted: bool) -> Report:
    spot = Place(AreaCode("31.99.77.6655"), "kenari-wilayah", "kenari-tempat", Point(-6.2, 106.8123))
    report = nouns.report(text, place=spot, restricted=True)
    if not restricted:
        report = nouns.report(text, place=Place(AreaCode("31.74.01"), spot.name, spot.words, spot.point))
        return report
    return Report(
        **{name: getattr(report, name) for name in report.__slots__} | {"category": CategoryId("narkoba_kenari")}
    )


def _a_citizen_writes(store: SqlStore, contact: Contact) -> list[Delivery]:
    photo = StoredFile("name", "kenari-kunci", "image/jpeg", 9)
    say = Say((Line("kenari-balasan", (("words", "kenari-teks"),)),))
    deliveries = [
        Delivery(
            DeliveryId(nouns.token()),
            ordering_key,
            DeliveryKind.REPLY,
            "sms",
            Address(ADDRESS),
            say,
            "id",
            NOW,
            Thread("<canary-thread>", "<canary-thread>"),
            reach,
        )
        for ordering_key, reach in ((b"a", None), (b"b", contact.id))
    ]

    def turn(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("sms", Address(ADDRESS))
        tx.inbox.record_if_new("sms", WireId("SMcanary"), NOW)
        tx.inbox.failing_since("sms", WireId("SMcanary"), NOW)
        tx.inbox.count("miss", ADDRESS, NOW)
        draft = Draft("kenari-teks", CategoryId("narkoba_kenari"), Place(words="kenari-tempat"), (photo,))
        tx.dialogues.put(ordering_key, Dialogue("id", Step.SUMMARY, draft, group="album-canary"), NOW)
        tx.reports.add(_report("kenari-teks", restricted=False), nouns.entry("kenari-riwayat"))
        report = _report("kenari-teks", restricted=True)
        tx.reports.add(report, nouns.entry("kenari-riwayat"))
        holder = CodeHolder(report.id, Role.REPORTER, CODE[-4:], contact.id)
        tx.code_holders.add(holder, TrackingCode(CODE), contact)
        for delivery in deliveries:
            tx.outbox.add(delivery)

    store.run(turn)
    return deliveries


def _are_sent(store: SqlStore, deliveries: Sequence[Delivery]) -> None:
    def turn(tx: UnitOfWork) -> None:
        for delivery in deliveries:
            tx.outbox.mark_sent(delivery, "PROVIDERcanary", NOW)

    store.run(turn)


def _loot(url: str) -> bytes:
    """Every byte that a thief of this database could carry away: for SQLite, free pages and log too."""
    if url.startswith("sqlite"):
        path = Path(str(make_url(url).database))
        return b"".join(part.read_bytes() for part in path.parent.iterdir() if part.name.startswith(path.name))
    engine = create_engine(url)
    everything = MetaData()
    everything.reflect(engine)
    with engine.connect() as connection:
        rows = [row for table in everything.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)


def _found(loot: bytes) -> list[str]:
    return [canary for canary in CANARIES if canary.encode() in loot]


def test_a_thief_finds_no_canary_at_any_time(sql_url: str, keys: Keys) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address(ADDRESS), "id")
    with closing(open_store(sql_url, keys)) as store:
        deliveries = _a_citizen_writes(store, contact)
        assert contact.id.encode() in _loot(sql_url)  # the loot is the whole of it
        assert _found(_loot(sql_url)) == []
        _are_sent(store, deliveries)
        store.run(lambda tx: tx.code_holders.forget(contact.id))
        assert _found(_loot(sql_url)) == []
    assert _found(_loot(sql_url)) == []


def test_a_report_that_becomes_restricted_no_longer_shows_where_it_came_from(sql_url: str, keys: Keys) -> None:
    area, office = AreaCode("31.99.77.6655"), AgencyId("kel:31.99.77.6655")
    told = replace(nouns.report(place=Place(area)), category=CategoryId("narkoba_kenari"), agency=office)
    with closing(open_store(sql_url, keys)) as store:
        store.run(lambda tx: tx.reports.add(told, HistoryEntry(NOW, told.status, office)))
        assert _found(_loot(sql_url)) == ["narkoba_kenari", area]  # what was filed openly is found
        moved = replace(told, agency=AgencyId("bnn"), restricted=True)
        store.run(lambda tx: tx.reports.change(moved, HistoryEntry(NOW, moved.status, moved.agency)))
        assert _found(_loot(sql_url)) == []
        assert [entry.agency for entry in store.run(lambda tx: tx.reports.history(told.id))] == [office, "bnn"]
    assert _found(_loot(sql_url)) == []


def _sealed_of(url: str, query: str) -> list[bytes]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [bytes(value) for value in connection.execute(text(query)).scalars()]
    engine.dispose()
    return found


def test_the_key_of_somebody_forgotten_is_nowhere_even_in_free_pages_and_log(sqlite_url: str, keys: Keys) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address(ADDRESS), "id")
    with closing(open_store(sqlite_url, keys)) as store:
        _a_citizen_writes(store, contact)
        sealed = _sealed_of(sqlite_url, "SELECT wrapped FROM data_key WHERE owner IN (SELECT id FROM contact)")
        sealed += _sealed_of(sqlite_url, "SELECT sealed FROM contact")
        sealed += _sealed_of(sqlite_url, "SELECT sealed FROM outbox WHERE contact IS NOT NULL")
        assert len(sealed) == 3
        assert all(one[-24:] in _loot(sqlite_url) for one in sealed)
        store.run(lambda tx: tx.code_holders.forget(contact.id))
        assert not any(one[-24:] in _loot(sqlite_url) for one in sealed)


def test_sealed_words_of_a_sent_message_and_of_an_ended_dialogue_do_not_stay_in_the_file(
    sqlite_url: str, keys: Keys
) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address(ADDRESS), "id")
    with closing(open_store(sqlite_url, keys)) as store:
        deliveries = _a_citizen_writes(store, contact)
        sealed = _sealed_of(sqlite_url, "SELECT sealed FROM outbox UNION ALL SELECT sealed FROM dialogue")
        assert len(sealed) == 3
        _are_sent(store, deliveries)
        store.upkeep.purge(NOW + 1500 * nouns.MINUTE, Retention(contact_days=30))
        assert not any(one[-24:] in _loot(sqlite_url) for one in sealed)


@pytest.mark.postgres
def test_on_postgresql_the_row_of_the_key_is_gone(postgres_server: object, sql_url: str, keys: Keys) -> None:
    contact = Contact(ContactId(nouns.token()), "sms", Address(ADDRESS), "id")
    with closing(open_store(sql_url, keys)) as store:
        _a_citizen_writes(store, contact)
        store.run(lambda tx: tx.code_holders.forget(contact.id))
        assert contact.id.encode() not in _loot(sql_url)
