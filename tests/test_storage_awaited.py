"""Awaited answers: sealed, found by their ordering key alone, and gone when answered or out of time."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Asking, Awaited, ReportId
from core.ports import Store, UnitOfWork
from storage import Retention, SqlStore
from storage.awaited import awaited_of, row_of
from storage.vault import DataKey, place
from tests.fakes import nouns
from tests.fakes.nouns import NOW

KEY = DataKey(bytes(range(32)))
ORDERING_KEY = b"\x01lane"
DAY = timedelta(days=1)


@given(st.lists(nouns.AWAITED, min_size=1, max_size=4).map(tuple))
def test_what_is_awaited_survives_its_row_and_says_only_how_long(awaited: tuple[Awaited, ...]) -> None:
    row = row_of(ORDERING_KEY, awaited, KEY)
    assert awaited_of(nouns.as_row(row), KEY) == awaited
    assert {name for name, value in row.items() if not isinstance(value, bytes)} == {"until"}


def test_a_list_that_cannot_be_read_is_empty_and_the_log_shows_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    sealed = KEY.seal(b'[{"report": "rahasia", "asking": "dance"}]', place("awaited", "sealed", ORDERING_KEY.hex()))
    with caplog.at_level(logging.DEBUG):
        assert awaited_of(nouns.as_row({"lane": ORDERING_KEY, "sealed": sealed}), KEY) == ()
    assert caplog.messages == ["awaited_unreadable"]
    assert "rahasia" not in caplog.text


def test_answers_are_awaited_in_order_until_their_time(store: Store) -> None:
    first = nouns.awaited(nouns.report(), NOW + 7 * DAY)
    second = replace(nouns.awaited(nouns.report(), NOW + 2 * DAY), asking=Asking.FEEDBACK)
    store.run(lambda tx: tx.awaited.put(ORDERING_KEY, (first,)))
    store.run(lambda tx: tx.awaited.put(ORDERING_KEY, (first, second)))

    def at(later: timedelta, ordering_key: bytes = ORDERING_KEY) -> tuple[Awaited, ...]:
        return store.run(lambda tx: tx.awaited.get(ordering_key, NOW + later))

    assert at(timedelta(0)) == (first, second)
    assert at(2 * DAY - nouns.MINUTE) == (first, second)
    assert at(2 * DAY) == (first,)
    assert at(7 * DAY) == ()
    assert at(timedelta(0), b"another") == ()


def test_what_was_answered_is_awaited_no_more(store: Store) -> None:
    def turn(tx: UnitOfWork) -> tuple[Awaited, ...]:
        tx.awaited.put(ORDERING_KEY, (nouns.awaited(nouns.report()),))
        tx.awaited.put(ORDERING_KEY, ())
        tx.awaited.put(ORDERING_KEY, ())
        return tx.awaited.get(ORDERING_KEY, NOW)

    assert store.run(turn) == ()


def test_a_purge_takes_what_nobody_can_answer_any_more(sql_store: SqlStore) -> None:
    report = nouns.report()
    both = (nouns.awaited(report, NOW + DAY), nouns.awaited(report, NOW + 2 * DAY))
    sql_store.run(lambda tx: tx.awaited.put(ORDERING_KEY, both))
    sql_store.run(lambda tx: tx.awaited.put(b"other", (nouns.awaited(report, NOW + 3 * DAY),)))
    assert sql_store.upkeep.purge(NOW + DAY, Retention(30))["awaited"] == 0
    assert sql_store.upkeep.purge(NOW + 2 * DAY, Retention(30))["awaited"] == 1
    left = sql_store.run(lambda tx: tx.awaited.get(b"other", NOW))
    assert [each.report for each in left] == [ReportId(report.id)]
