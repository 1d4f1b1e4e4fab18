"""Days of a whole city: every deadline, climb and message is exactly where a count by hand puts it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import Keys, SqlStore, open_store
from tests.fakes.by_hand import counted, differences
from tests.fakes.forty_days import City, Days
from tests.fakes.plain_log import Account, Message
from tests.fakes.said_once import SaidOnce

pytestmark = pytest.mark.journey

# PostgreSQL is asked over a socket, statement by statement: a tenth of the reports take as long there.
TEN = {"sqlite": Days(10, reports=160), "postgresql": Days(10, reports=40)}
FORTY = Days(40, reports=8, looks=timedelta(hours=2))


@pytest.fixture
def store(sql_url: str, keys: Keys) -> Iterator[SqlStore]:
    with closing(open_store(sql_url, keys)) as opened:
        yield opened


def lived(store: SqlStore, days: Days) -> tuple[City, Account]:
    city = City(store, days)
    city.analysis = SaidOnce()
    city.lives()
    hand = counted(city.log)
    assert differences(city.kept, hand) == []
    assert len(city.kept.ends) == days.many * days.reports
    return city, hand


def test_ten_days_of_a_city_are_as_counted_by_hand(store: SqlStore, sql_url: str) -> None:
    city, hand = lived(store, TEN[sql_url.partition("+")[0].partition(":")[0]])
    assert {told.mark for told in hand.notices} == {"look", "half", "late"}
    assert {message.kind for message in hand.messages} == {"reply", "question", "news", "digest"}
    if sql_url.startswith("sqlite"):  # the other city is too small for chance to bring one
        assert city.turns["photos used again"] > 0
    mornings = [each for each in hand.messages if each.address.startswith("sms") and each.not_before.hour == 23]
    assert mornings, "nobody was spared at night"


def test_in_forty_days_late_reports_climb_and_are_evaluated_as_counted_by_hand(store: SqlStore) -> None:
    city, hand = lived(store, FORTY)
    assert {told.mark for told in hand.notices} == {"look", "half", "late", "climb", "evaluation"}
    assert {told.office.partition(":")[0] for told in hand.notices if told.mark == "climb"} > {"kec", "kota"}
    late = Counter(
        message.address for message in city.kept.messages.elements() if "news_late" in " ".join(message.said)
    )
    assert late
    moved = [number for number, events in city.log.events.items() if any(e.what == "approve-estimate" for e in events)]
    promised = {city.log.filed[number].address for number in moved}
    assert all(times == 1 or address in promised for address, times in late.items()), "told twice of one deadline"


def test_the_count_by_hand_sees_a_message_that_is_missing_late_or_doubled(store: SqlStore) -> None:
    city = City(store, Days(2, reports=10, looks=timedelta(hours=1)))
    city.lives()
    kept, hand = city.kept, counted(city.log)
    assert differences(kept, hand) == []
    message = next(iter(kept.messages))
    later = replace(message, not_before=message.not_before + timedelta(seconds=1))
    for wrong in ({message: -1}, {message: 1}, {message: -1, later: 1}):
        changed = Account(kept.messages.copy(), kept.notices, kept.marks, kept.ends)
        _change(changed.messages, wrong)
        assert differences(changed, hand)


def _change(messages: Counter[Message], by: dict[Message, int]) -> None:
    for message, times in by.items():
        messages[message] += times
