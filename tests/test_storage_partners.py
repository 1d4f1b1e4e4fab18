"""Partners: found by their key, which lies nowhere; one of a name; what was switched off stays known."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from core.errors import NameTaken
from core.model import Number, Partner, PartnerRight
from core.ports import Store
from storage import Keys, SqlStore, open_store
from storage.partners import partner_of, row_of
from tests.fakes import nouns
from tests.fakes.nouns import NOW

JAKI = Partner("jaki-app", "jaki")


FULL = Partner(
    "qlue-app", "qlue", False, frozenset({PartnerRight.FILE}), NOW, ("a.example", "b.example:8443"),  # noqa: FBT003 - off
    "https://qlue.example/in",
)  # fmt: skip


def test_a_partner_survives_its_row() -> None:
    for partner in (JAKI, FULL):
        assert partner_of(nouns.as_row(row_of(partner))) == partner


def test_the_key_before_opens_until_its_end_and_the_new_one_goes_on(sql_store: SqlStore) -> None:
    until = replace(JAKI, until=NOW + timedelta(days=90))
    sql_store.run(lambda tx: tx.partners.add(until, "first"))
    sql_store.run(lambda tx: tx.partners.rotate(until, "second", NOW + timedelta(days=7)))
    old, new = (sql_store.run(lambda tx, key=key: tx.partners.by_key(key)) for key in ("first", "second"))  # type: ignore[misc]  # bound now
    assert (old, new) == (replace(until, until=NOW + timedelta(days=7)), until)
    sql_store.run(lambda tx: tx.partners.rotate(until, "third", NOW + timedelta(days=120)))
    assert sql_store.run(lambda tx: tx.partners.by_key("first")) is None
    assert sql_store.run(lambda tx: tx.partners.by_key("second")) == until, "no longer than the partner's own end"


def test_a_key_opens_what_its_partner_may_while_it_may() -> None:
    timed = replace(FULL, active=True)
    assert timed.may(PartnerRight.FILE, NOW - timedelta(minutes=1))
    assert not timed.may(PartnerRight.FILE, NOW)
    assert not timed.may(PartnerRight.READ, NOW - timedelta(minutes=1))
    assert not FULL.may(PartnerRight.FILE, NOW - timedelta(minutes=1))


def test_a_partner_is_found_by_its_key_and_by_no_other(store: Store) -> None:
    store.run(lambda tx: tx.partners.add(JAKI, "a-key"))
    assert store.run(lambda tx: tx.partners.by_key("a-key")) == JAKI
    assert store.run(lambda tx: tx.partners.by_key("another")) is None
    assert store.run(lambda tx: tx.partners.by_key("")) is None


def test_a_name_is_taken_once(store: Store) -> None:
    store.run(lambda tx: tx.partners.add(JAKI, "a-key"))
    with pytest.raises(NameTaken):
        store.run(lambda tx: tx.partners.add(replace(JAKI, channel="qlue"), "another"))
    assert list(store.run(lambda tx: tx.partners.all())) == [JAKI]


def test_one_that_was_switched_off_is_known_as_such(store: Store) -> None:
    store.run(lambda tx: tx.partners.add(JAKI, "a-key"))
    off = replace(JAKI, active=False)
    assert store.run(lambda tx: tx.partners.change(off))
    assert not store.run(lambda tx: tx.partners.change(replace(off, name="nobody")))
    assert store.run(lambda tx: tx.partners.by_key("a-key")) == off


def test_a_report_is_found_for_the_partner_that_filed_it_unless_it_is_restricted(store: Store) -> None:
    ours, secret = nouns.report(), nouns.report(restricted=True)
    store.run(lambda tx: tx.partners.add(JAKI, "a-key"))
    for each in (ours, secret):
        store.run(lambda tx, each=each: tx.reports.add(each, nouns.entry()))  # type: ignore[misc]  # bound now
        store.run(lambda tx, each=each: tx.partners.filed(JAKI, each.id))  # type: ignore[misc]  # bound now
    assert store.run(lambda tx: tx.partners.report_of(JAKI, secret.number)) is None
    assert store.run(lambda tx: tx.partners.report_of(JAKI, ours.number)) == ours.id
    assert store.run(lambda tx: tx.partners.report_of(replace(JAKI, name="qlue"), ours.number)) is None
    assert store.run(lambda tx: tx.partners.report_of(JAKI, Number("R00000000"))) is None


def test_no_key_lies_in_the_database(sqlite_url: str, keys: Keys) -> None:
    opened = open_store(sqlite_url, keys)
    opened.run(lambda tx: tx.partners.add(JAKI, "a-key-that-is-seen-at-once"))
    opened.close()
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        kept = bytes(connection.execute(text("SELECT key FROM partner")).scalar_one())
    engine.dispose()
    assert len(kept) == 32
    assert b"a-key" not in kept
