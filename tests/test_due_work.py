"""Time passes once: marks of deadlines, then news that waited for its hour, then what had its time is erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.due_work import process_due_deadlines, run_due_work, tell_staff
from core import casework, delivery, record
from core.casework import Turn
from core.messages import Address, Line, Say
from core.model import (
    Act,
    AgencyId,
    AlertChoice,
    Contact,
    ContactId,
    DeliveryKind,
    PublishedQuery,
    Publishing,
    Report,
    Status,
)
from core.ports import UnitOfWork
from core.workflow import Order, Relation
from storage import Files, Keys, Retention
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.kept import as_it_is, kept
from tests.fakes.nouns import delivery as letter
from tests.fakes.nouns import entry, staff

RULES = Retention(contact_days=30)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HOLDER = record.ActedBy(frozenset({Relation.HOLDER}))


@pytest.fixture
def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


def passes(inside: Inside, by: timedelta) -> dict[str, int]:
    """The clock as if that much had passed, while the real one stands."""
    now = inside.clock.now()
    return run_due_work(inside.store, inside.turns.context, RULES, now + by, now)


def starts(inside: Inside, report: Report) -> None:
    turn_at = inside.clock.now()
    order = Order(Act.START)
    inside.store.run(lambda tx: record.act(Turn(tx, turn_at, inside.turns.context), report, order, HOLDER))


def said(inside: Inside) -> list[str]:
    """What is due now, in words."""
    now, context = inside.clock.now(), inside.turns.context
    ready = inside.store.run(lambda tx: delivery.claim(tx, now, 100, context))
    for each in ready:
        inside.store.run(lambda tx, done=each.delivery: delivery.sent(tx, done, "", now, context))  # type: ignore[misc]  # a default binds the loop variable
    return [each.outgoing.text for each in ready]


def test_where_nothing_is_due_nothing_is_done(inside: Inside) -> None:
    kept(inside)
    assert passes(inside, DAY - 2 * MINUTE) == {"deadlines": 0, "released": 0, "erased": 0}


def test_what_is_late_then_is_late_now_and_its_news_is_due_now(inside: Inside) -> None:
    filed, _ = kept(inside)
    counts = passes(inside, 7 * DAY + MINUTE)
    assert counts["deadlines"] >= 1
    assert counts["released"] == 1
    assert as_it_is(inside, filed.id).late
    [text] = said(inside)
    assert "melewati batas" in text
    assert passes(inside, 7 * DAY + MINUTE)["deadlines"] == 0
    assert said(inside) == []


def test_more_reports_than_one_turn_takes_are_all_dealt_with(inside: Inside) -> None:
    filed = [kept(inside, address=f"warga-{n}")[0] for n in range(casework.MOST + 5)]
    at = inside.clock.now() + 8 * DAY
    assert process_due_deadlines(inside.store, inside.turns.context, at) == len(filed)
    assert all(as_it_is(inside, each.id).late for each in filed)
    assert process_due_deadlines(inside.store, inside.turns.context, at) == 0


def test_news_that_was_put_off_to_another_day_comes_along_with_what_happens_now(inside: Inside) -> None:
    filed, _ = kept(inside)
    passes(inside, 40 * DAY)
    assert ["melewati batas" in text for text in said(inside)] == [True]
    starts(inside, as_it_is(inside, filed.id))
    [text] = said(inside)
    assert "dievaluasi" in text
    assert "dikerjakan" in text


def test_news_of_this_hour_is_not_hurried_by_that(inside: Inside) -> None:
    filed, _ = kept(inside)
    starts(inside, filed)
    assert len(said(inside)) == 1
    starts(inside, replace(filed, status=Status.KOORDINASI))
    starts(inside, replace(filed, status=Status.EWS))
    assert said(inside) == []
    inside.clock.passes(minutes=61)
    assert len(said(inside)) == 1


def test_news_of_the_night_reaches_a_phone_in_the_morning_or_when_the_clock_is_asked_about_it(inside: Inside) -> None:
    inside.clock.at = inside.clock.at.replace(hour=15, minute=5)  # 22.05 in Jakarta
    filed, _ = kept(inside, "sms", "+62811000111")
    starts(inside, filed)
    assert said(inside) == []
    assert passes(inside, timedelta(hours=7, minutes=54))["released"] == 0
    assert passes(inside, timedelta(hours=7, minutes=55))["released"] == 1
    assert ["dikerjakan" in text for text in said(inside)] == [True]


def test_only_news_is_released_and_only_what_would_be_due(inside: Inside) -> None:
    now = inside.clock.now()
    for n, (kind, after) in enumerate(
        [
            (DeliveryKind.NEWS, 2 * DAY),
            (DeliveryKind.DIGEST, 2 * DAY),
            (DeliveryKind.NEWS, 4 * DAY),
            (DeliveryKind.REPLY, DAY),
            (DeliveryKind.QUESTION, DAY),
        ]
    ):
        waits = replace(letter(ordering_key=b"%d" % n), kind=kind, not_before=now + after, say=Say((Line("thanks"),)))
        inside.store.run(lambda tx, each=waits: tx.outbox.add(each))  # type: ignore[misc]  # a default binds the loop variable
    assert passes(inside, 3 * DAY)["released"] == 2
    assert len(said(inside)) == 2


def test_what_had_its_time_then_is_erased_now(inside: Inside) -> None:
    filed, reach = kept(inside)
    closed = replace(filed, status=Status.DITOLAK, closed=filed.received, alarm=None)
    inside.store.run(lambda tx: tx.reports.change(closed))
    assert passes(inside, 29 * DAY)["erased"] == 0
    assert inside.store.run(lambda tx: tx.code_holders.contact(reach.id)) is not None
    assert passes(inside, 31 * DAY)["erased"] == 1
    assert inside.store.run(lambda tx: tx.code_holders.contact(reach.id)) is None


def test_batches_are_published_where_there_are_any(inside: Inside) -> None:
    kept(inside)
    assert "published" not in passes(inside, DAY)
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(DAY, 1))
    filed, _ = kept(inside)
    inside.store.run(lambda tx: tx.publications.add_waiting(filed.id, filed.channel, None))
    assert passes(inside, 2 * DAY)["published"] == 1
    assert passes(inside, 2 * DAY)["published"] == 0
    assert [each.number for each in inside.store.published.listed(PublishedQuery())] == [filed.number]


def wants_alerts(inside: Inside, office: AgencyId) -> None:
    siti = replace(staff(), agency=office)
    contact = Contact(ContactId("c1"), "mail", Address("siti@kantor.example"), "id")
    choice = AlertChoice(siti.id, contact.id, "id", inside.clock.now() - MINUTE, confirmed=True)
    inside.store.run(lambda tx: tx.accounts.add(siti, "hash"))
    inside.store.run(lambda tx: tx.alerts.put(choice, contact))


def alerts(inside: Inside) -> int:
    now, context = inside.clock.now(), inside.turns.context
    ready = inside.store.run(lambda tx: delivery.claim(tx, now, 100, context))
    return sum(each.delivery.kind is DeliveryKind.ALERT for each in ready)


def test_staff_are_told_what_came_and_what_became_late_and_nothing_twice(inside: Inside) -> None:
    filed, _ = kept(inside)
    wants_alerts(inside, filed.agency)
    came = replace(entry(), at=inside.clock.now(), act=Act.COORDINATE)
    inside.store.run(lambda tx: tx.reports.change(filed, came))
    assert passes(inside, MINUTE)["alerts"] == 1
    assert alerts(inside) == 1
    assert "alerts" not in passes(inside, MINUTE)
    assert alerts(inside) == 0
    assert passes(inside, 8 * DAY)["alerts"] == 1


def test_a_kill_between_noting_and_writing_tells_once(inside: Inside) -> None:
    filed, _ = kept(inside)
    wants_alerts(inside, filed.agency)
    now, context = inside.clock.now(), inside.turns.context
    inside.store.run(lambda tx: tx.reports.change(filed, replace(entry(), at=now, act=Act.ADD)))
    siti = inside.store.read(lambda tx: tx.alerts.choices())[0].staff
    assert inside.store.run(lambda tx: casework.note_happened(Turn(tx, now, context), now - DAY)) == 2

    def killed(tx: UnitOfWork) -> None:
        assert casework.tell(Turn(tx, now, context), siti)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inside.store.run(killed)
    assert alerts(inside) == 0
    assert tell_staff(inside.store, context, now, now - DAY) == 1
    assert tell_staff(inside.store, context, now, now - DAY) == 0
    assert alerts(inside) == 1
