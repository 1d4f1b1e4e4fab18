"""What a tag opens: sealed, found by the tag alone, gone with its time, its use or its contact."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from core.messages import StoredFile, Tag
from core.model import Asking, Awaited, Capability, ContactId, DeliveryId, Held, ReportId
from core.ports import Store, UnitOfWork
from storage import Retention, SqlStore
from storage.capabilities import SqlCapabilities, capability_of
from storage.tables import CAPABILITY
from storage.vault import DataKey, place
from tests.fakes import nouns
from tests.fakes.nouns import NOW

DAY = timedelta(days=1)
TAG = Tag("abcdefghijklmnopqrstuvwxyz")
AWAITED = Awaited(ReportId("r"), "4321", Asking.ANSWER, NOW + DAY)
WHOLE = Capability(
    NOW + DAY, "00ff", AWAITED, Held("rahasia", (StoredFile("f" * 40, "a2V5", "image/jpeg", 9),)), "ab", ContactId("c")
)


def test_a_tag_opens_what_was_given_until_its_time(store: Store) -> None:
    store.run(lambda tx: tx.capabilities.put(TAG, WHOLE))

    def opened(tag: Tag, later: timedelta) -> Capability | None:
        return store.run(lambda tx: tx.capabilities.get(tag, NOW + later))

    assert opened(TAG, timedelta(0)) == WHOLE
    assert opened(TAG, DAY) is None
    assert opened(Tag("zbcdefghijklmnopqrstuvwxyz"), timedelta(0)) is None


def test_a_tag_and_what_is_awaited_can_be_read_where_nothing_may_be_locked(sql_store: SqlStore) -> None:
    sql_store.run(lambda tx: tx.capabilities.put(TAG, WHOLE))
    sql_store.run(lambda tx: tx.awaited.put(b"key", (AWAITED,)))
    assert sql_store.read(lambda tx: tx.capabilities.get(TAG, NOW)) == WHOLE
    assert sql_store.read(lambda tx: tx.awaited.get(b"key", NOW)) == (AWAITED,)


def test_a_tag_of_a_message_is_the_same_at_every_call_and_not_its_id(store: Store) -> None:
    def twice(tx: UnitOfWork) -> tuple[Tag, Tag, Tag]:
        capabilities = tx.capabilities
        one, other = DeliveryId("a" * 26), DeliveryId("b" * 26)
        return capabilities.tag(one), capabilities.tag(one), capabilities.tag(other)

    first, again, other = store.run(twice)
    assert first == again != other
    assert len(first.reveal()) == len("a" * 26)
    assert set(first.reveal()) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert first.reveal() != "a" * 26


def test_what_was_used_or_given_anew_opens_nothing_old(store: Store) -> None:
    new = replace(WHOLE, held=None, contact=None)

    def turn(tx: UnitOfWork) -> tuple[Capability | None, Capability | None]:
        tx.capabilities.put(TAG, WHOLE)
        tx.capabilities.put(TAG, new)
        anew = tx.capabilities.get(TAG, NOW)
        tx.capabilities.drop(TAG)
        return anew, tx.capabilities.get(TAG, NOW)

    assert store.run(turn) == (new, None)


def test_who_is_forgotten_leaves_no_tag_that_opens_anything(store: Store) -> None:
    other = Tag("mmmmmmmmmmmmmmmmmmmmmmmmmm")

    def turn(tx: UnitOfWork) -> tuple[Capability | None, Capability | None]:
        tx.capabilities.put(TAG, WHOLE)
        tx.capabilities.put(other, replace(WHOLE, contact=ContactId("another")))
        tx.capabilities.forget(ContactId("c"))
        return tx.capabilities.get(TAG, NOW), tx.capabilities.get(other, NOW)

    gone, left = store.run(turn)
    assert gone is None
    assert left is not None


def test_a_capability_that_cannot_be_read_opens_nothing_and_the_log_shows_nothing_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = DataKey(bytes(range(32)))
    sealed = key.seal(b'{"until": "rahasia"}', place("capability", "sealed", b"\1tag".hex()))
    with caplog.at_level(logging.DEBUG):
        assert capability_of(nouns.as_row({"tag": b"\1tag", "sealed": sealed}), key) is None
    assert caplog.messages == ["capability_unreadable"]
    assert "rahasia" not in caplog.text


def test_a_row_tells_neither_tag_nor_contact_nor_what_is_held(sql_store: SqlStore) -> None:
    sql_store.run(lambda tx: tx.capabilities.put(TAG, WHOLE))

    def rows(tx: UnitOfWork) -> str:
        assert isinstance(tx.capabilities, SqlCapabilities)
        return repr([tuple(row) for row in tx.capabilities._statements.connection.execute(CAPABILITY.select())])  # noqa: SLF001 - as a thief of the disk sees it

    seen = sql_store.run(rows)
    assert "rahasia" not in seen
    assert TAG.reveal() not in seen
    assert "4321" not in seen


def test_capabilities_go_when_their_time_has_passed_and_files_that_wait_are_kept(sql_store: SqlStore) -> None:
    sql_store.run(lambda tx: tx.capabilities.put(TAG, WHOLE))
    assert "f" * 40 in sql_store.upkeep.file_names_in_use()
    rules = Retention(contact_days=30)
    assert sql_store.upkeep.purge(NOW, rules)["capabilities"] == 0
    assert sql_store.upkeep.purge(NOW + DAY, rules)["capabilities"] == 1
    assert sql_store.upkeep.file_names_in_use() == set()
