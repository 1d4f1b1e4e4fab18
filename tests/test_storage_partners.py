"""Partners: found by their key, which lies nowhere; one of a name; what was switched off stays known."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from core.errors import NameTaken
from core.model import Partner
from core.ports import Store
from storage import Keys, open_store
from storage.partners import partner_of, row_of
from tests.fakes import nouns

JAKI = Partner("jaki-app", "jaki")


def test_a_partner_survives_its_row() -> None:
    assert partner_of(nouns.as_row(row_of(JAKI))) == JAKI


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
