"""The contract of core.ports.Store, held by the store of the tests and by both databases."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound, StoreAway
from core.messages import Address, Point, StoredFile, WireId
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    Delivery,
    DeliveryKind,
    Dialogue,
    Draft,
    Place,
    Report,
    ReportId,
    Step,
    TrackingCode,
)
from core.ports import Store, UnitOfWork
from storage import SqlStore
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW
from tests.fakes.patience import PATIENCE

DAY = timedelta(days=1)
LEASE = timedelta(minutes=2)


def _filed(store: Store, address: str = "+62811000111") -> tuple[Report, TrackingCode, Contact]:
    report, code, contact = nouns.report(), nouns.code(), nouns.contact(address)

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.code_holders.add(nouns.holder(report, code, contact), code, contact)

    store.run(turn)
    return report, code, contact


def _queued(store: Store, *deliveries: Delivery) -> None:
    def turn(tx: UnitOfWork) -> None:
        for delivery in deliveries:
            tx.outbox.add(delivery)

    store.run(turn)


def _claimed(store: Store, at: timedelta = timedelta(0), most: int = 10) -> list[Delivery]:
    return list(store.run(lambda tx: tx.outbox.claim(NOW + at, LEASE, most)))


def test_a_turn_returns_what_it_found_and_the_next_turn_sees_what_it_kept(store: Store) -> None:
    assert store.run(lambda tx: tx.inbox.record_if_new("sms", WireId("SM1"), NOW), ordering_key=b"lane")
    assert not store.run(lambda tx: tx.inbox.record_if_new("sms", WireId("SM1"), NOW + DAY), ordering_key=b"lane")


def test_nothing_is_left_of_a_turn_that_raised_and_its_caller_is_told(store: Store) -> None:
    report = nouns.report()

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.outbox.add(nouns.delivery())
        raise LookupError

    with pytest.raises(LookupError):
        store.run(turn)
    assert store.run(lambda tx: tx.reports.get(report.id)) is None
    assert _claimed(store) == []


def test_who_reads_sees_the_last_commit_and_keeps_nothing(store: Store) -> None:
    report = nouns.report()

    def writing(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())

    with contextlib.suppress(StoreAway):  # refused, or lost
        store.read(writing)
    assert store.run(lambda tx: tx.reports.get(report.id)) is None
    store.run(writing)
    assert store.read(lambda tx: tx.reports.ever_held_by(report.id)) == {report.agency}
    assert list(store.read(lambda tx: tx.reports.history(report.id))) == [nouns.entry()]


def test_who_reads_does_not_wait_for_a_turn_that_is_being_written(sql_store: SqlStore) -> None:
    report = nouns.report()

    def writing(tx: UnitOfWork) -> object:
        tx.reports.add(report, nouns.entry())
        with ThreadPoolExecutor(1) as other:
            return other.submit(sql_store.read, lambda seen: seen.reports.ever_held_by(report.id)).result(PATIENCE)

    assert sql_store.run(writing) == frozenset()


def test_the_same_id_on_another_channel_is_another_message(store: Store) -> None:
    def turn(tx: UnitOfWork) -> list[bool]:
        seen = [("sms", "1"), ("mail", "1"), ("sms", "2"), ("mail", "1")]
        return [tx.inbox.record_if_new(channel, WireId(wire_id), NOW) for channel, wire_id in seen]

    assert store.run(turn) == [True, True, True, False]
    assert store.run(lambda tx: [tx.inbox.recorded(each, WireId("2")) for each in ("sms", "mail")]) == [True, False]


def test_a_message_fails_since_the_minute_of_its_first_failure(store: Store) -> None:
    def failing(later: timedelta) -> object:
        return store.run(lambda tx: tx.inbox.failing_since("mail", WireId("<a@b>"), NOW + later))

    assert failing(timedelta(seconds=7)) == NOW
    assert failing(90 * MINUTE) == NOW
    assert store.run(lambda tx: tx.inbox.record_if_new("mail", WireId("<a@b>"), NOW))


def test_what_is_limited_is_counted_by_who_within_a_time(store: Store) -> None:
    hour = timedelta(hours=1)

    def count(who: str, later: timedelta, what: str = "miss") -> int:
        store.run(lambda tx: tx.inbox.count(what, who, NOW + later))
        return store.run(lambda tx: tx.inbox.counted(what, who, NOW + later, hour))[0]

    assert [count("a", timedelta(0)), count("a", timedelta(0)), count("a", 30 * MINUTE)] == [1, 2, 3]
    assert count("b", timedelta(0)) == 1
    assert count("a", timedelta(0), "other") == 1
    assert store.run(lambda tx: tx.inbox.counted("miss", "a", NOW + 40 * MINUTE, hour)) == (3, NOW + 30 * MINUTE)
    assert count("a", 61 * MINUTE) == 2
    assert store.run(lambda tx: tx.inbox.counted("miss", "nobody", NOW, hour)) == (0, None)


def test_what_is_limited_is_counted_within_several_times_at_once(store: Store) -> None:
    for minutes in (0, 0, 50, 100):
        store.run(lambda tx, later=minutes * MINUTE: tx.inbox.count("miss", "a", NOW + later))  # type: ignore[misc]
    spans = (timedelta(minutes=30), timedelta(hours=1), timedelta(days=1))
    assert store.run(lambda tx: tx.inbox.sums("miss", "a", NOW + 101 * MINUTE, spans)) == (1, 2, 4)
    assert store.run(lambda tx: tx.inbox.sums("miss", "b", NOW, spans)) == (0, 0, 0)


def test_a_dialogue_is_found_by_its_ordering_key_with_the_minute_of_its_last_turn(store: Store) -> None:
    photo = StoredFile("name", "key", "image/jpeg", 9)
    place = Place(AreaCode("31.74.01.1001"), "Tebet Barat", "depan pasar", Point(-6.2, 106.8))
    said = Dialogue("id", Step.SUMMARY, Draft("Lampu mati", CategoryId("lampu"), place, (photo,)), offered=("a", "b"))

    def turn(tx: UnitOfWork) -> object:
        ordering_key = tx.dialogues.ordering_key("sms", Address("+62811"))
        before = tx.dialogues.get(ordering_key)
        tx.dialogues.put(ordering_key, Dialogue("en"), NOW)
        tx.dialogues.put(ordering_key, said, NOW + timedelta(seconds=61))
        return before

    assert store.run(turn) is None

    def save_if_unchanged(tx: UnitOfWork) -> list[object]:
        others = ("sms", "+62812"), ("mail", "+62811")
        ordering_keys = [
            tx.dialogues.ordering_key(channel, Address(who)) for channel, who in (("sms", "+62811"), *others)
        ]
        found: list[object] = [tx.dialogues.get(ordering_key) for ordering_key in ordering_keys]
        tx.dialogues.drop(ordering_keys[0])
        return [*found, tx.dialogues.get(ordering_keys[0])]

    assert store.run(save_if_unchanged) == [(said, NOW + MINUTE), None, None, None]


def test_a_report_comes_back_as_it_was_filed(store: Store) -> None:
    report = nouns.report("Teks é 漢", place=Place(AreaCode("31.74.01"), "Tebet", "gang buntu", Point(-6.1, 106.9)))
    store.run(lambda tx: tx.reports.add(report, nouns.entry("masuk")))
    assert store.run(lambda tx: tx.reports.get(report.id)) == report
    assert list(store.run(lambda tx: tx.reports.history(report.id))) == [nouns.entry("masuk")]
    assert store.run(lambda tx: tx.reports.get(ReportId("nobody"))) is None
    assert list(store.run(lambda tx: tx.reports.history(ReportId("nobody")))) == []


def test_a_report_is_never_filed_twice(store: Store) -> None:
    report = nouns.report()
    store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    with pytest.raises(Exception):  # noqa: B017, PT011 - each store has its own word for it
        store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    assert len(store.run(lambda tx: tx.reports.history(report.id))) == 1


@pytest.mark.parametrize("restricted", [False, True])
def test_a_change_of_where_a_report_goes_is_kept_and_told(store: Store, restricted: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    report, _, _ = _filed(store)
    new = replace(
        report,
        category=CategoryId("narkoba"),
        place=Place(AreaCode("31.71.02.1003"), "Gambir"),
        agency=AgencyId("bnnp_dki"),
        restricted=restricted,
    )
    store.run(lambda tx: tx.reports.change(new, nouns.entry("pindah")))
    assert store.run(lambda tx: tx.reports.get(report.id)) == new
    assert [e.text for e in store.run(lambda tx: tx.reports.history(report.id))] == ["", "pindah"]
    with pytest.raises(NotFound):
        store.run(lambda tx: tx.reports.change(nouns.report(), nouns.entry()))


def test_a_holder_is_found_by_the_code_and_by_nothing_near_it(store: Store) -> None:
    report, code, contact = _filed(store)
    assert store.run(lambda tx: tx.code_holders.by_code(code)) == nouns.holder(report, code, contact)
    assert store.run(lambda tx: tx.code_holders.contact(contact.id)) == contact
    assert store.run(lambda tx: tx.code_holders.by_code(nouns.code())) is None


def test_a_follower_without_contact_holds_a_code_of_his_own(store: Store) -> None:
    report, first, _ = _filed(store)
    code = nouns.code()
    store.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, None), code, None))
    found = store.run(lambda tx: (tx.code_holders.by_code(code), tx.code_holders.by_code(first)))
    assert [isinstance(one, CodeHolder) and one.report for one in found] == [report.id, report.id]


def test_forgetting_destroys_the_address_and_every_delivery_that_waits_for_it(store: Store) -> None:
    report, code, contact = _filed(store)
    other = nouns.delivery(b"other")
    _queued(store, nouns.delivery(b"one", reach=contact), nouns.delivery(b"two", reach=contact), other)
    assert len(_claimed(store, most=1)) == 1
    store.run(lambda tx: tx.code_holders.forget(contact.id))
    assert store.run(lambda tx: tx.code_holders.contact(contact.id)) is None
    assert store.run(lambda tx: tx.code_holders.by_code(code)) == nouns.holder(report, code, None)
    assert _claimed(store, at=timedelta(hours=1)) == [other]
    store.run(lambda tx: tx.code_holders.forget(contact.id))


def test_nothing_is_queued_for_a_contact_that_was_forgotten(store: Store) -> None:
    _, _, contact = _filed(store)
    store.run(lambda tx: tx.code_holders.forget(contact.id))
    _queued(store, nouns.delivery(reach=contact))
    assert _claimed(store) == []


def test_a_delivery_comes_out_of_the_box_as_it_went_in(store: Store) -> None:
    _, _, contact = _filed(store)
    with_contact, without = nouns.delivery(b"a", reach=contact), nouns.delivery(b"b")
    _queued(store, with_contact, without)
    assert {d.id: d for d in _claimed(store)} == {with_contact.id: with_contact, without.id: without}


def test_only_the_first_of_an_ordering_key_leaves_and_the_next_when_it_has_gone(store: Store) -> None:
    first, second, elsewhere = nouns.delivery(b"a"), nouns.delivery(b"a"), nouns.delivery(b"b")
    _queued(store, first, second, elsewhere)
    assert {d.id for d in _claimed(store)} == {first.id, elsewhere.id}
    assert _claimed(store, at=MINUTE) == []
    store.run(lambda tx: tx.outbox.mark_sent(first, "provider", NOW))
    assert [d.id for d in _claimed(store, at=MINUTE)] == [second.id]


def test_what_is_for_a_busy_channel_is_left_to_be_claimed_later(store: Store) -> None:
    by_mail, by_sms = replace(nouns.delivery(b"a"), channel="mail"), nouns.delivery(b"b")
    _queued(store, by_mail, by_sms)
    busy = [
        store.run(lambda tx, busy=busy: [each.id for each in tx.outbox.claim(NOW, LEASE, 10, busy)])  # type: ignore[misc]  # a default binds the loop variable
        for busy in (frozenset({"mail", "sms"}), frozenset({"mail"}), frozenset[str]())
    ]
    assert busy == [[], [by_sms.id], [by_mail.id]]


def test_one_that_is_not_due_keeps_those_behind_it_waiting(store: Store) -> None:
    late, prompt = replace(nouns.delivery(b"a"), not_before=NOW + 10 * MINUTE), nouns.delivery(b"a")
    _queued(store, late, prompt)
    assert _claimed(store, at=9 * MINUTE) == []
    assert [d.id for d in _claimed(store, at=10 * MINUTE)] == [late.id]


def test_a_claim_takes_no_more_than_asked_for_the_longest_due_first(store: Store) -> None:
    due = [replace(nouns.delivery(bytes([n])), not_before=NOW - n * MINUTE) for n in range(5)]
    _queued(store, *due)
    assert [d.id for d in _claimed(store, most=2)] == [due[4].id, due[3].id]


def test_a_lease_that_ended_is_claimed_again(store: Store) -> None:
    delivery = nouns.delivery()
    _queued(store, delivery)
    assert _claimed(store) == [delivery]
    assert _claimed(store, at=LEASE - timedelta(seconds=1)) == []
    assert _claimed(store, at=LEASE) == [delivery]


def test_a_passing_failure_costs_an_attempt_and_time(store: Store) -> None:
    delivery, behind = nouns.delivery(), nouns.delivery()
    _queued(store, delivery, behind)
    _claimed(store)
    store.run(lambda tx: tx.outbox.retry_at(delivery.id, NOW + 5 * MINUTE))
    assert _claimed(store, at=4 * MINUTE) == []
    (back,) = _claimed(store, at=5 * MINUTE)
    assert (back.id, back.attempts, back.not_before) == (delivery.id, 1, NOW + 5 * MINUTE)


def test_a_dead_letter_is_never_claimed_and_frees_its_ordering_key(store: Store) -> None:
    delivery, behind = nouns.delivery(), nouns.delivery()
    _queued(store, delivery, behind)
    _claimed(store)
    store.run(lambda tx: tx.outbox.mark_dead(delivery.id))
    store.run(lambda tx: tx.outbox.retry_at(delivery.id, NOW))
    assert [d.id for d in _claimed(store, at=DAY)] == [behind.id]


def test_a_code_is_given_once_and_for_a_report_that_is_there(store: Store) -> None:
    _, code, _ = _filed(store)
    stranger = nouns.report()
    for holder, its_code in ((nouns.holder(stranger, nouns.code(), None), nouns.code()), (_held(store), code)):
        with pytest.raises(Exception):  # noqa: B017, PT011 - each store has its own word for it
            store.run(_holding(holder, its_code))


def _held(store: Store) -> CodeHolder:
    report = nouns.report()
    store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    return nouns.holder(report, nouns.code(), None)


def _holding(holder: CodeHolder, code: TrackingCode) -> Callable[[UnitOfWork], None]:
    return lambda tx: tx.code_holders.add(holder, code, None)


def test_marking_what_is_gone_does_nothing(store: Store) -> None:
    gone = nouns.delivery()

    def turn(tx: UnitOfWork) -> None:
        tx.outbox.mark_sent(gone, "provider", NOW)
        tx.outbox.retry_at(gone.id, NOW)
        tx.outbox.mark_dead(gone.id)

    store.run(turn)
    assert _claimed(store) == []


def test_a_lease_that_is_held_lasts_longer(store: Store) -> None:
    delivery = nouns.delivery()
    _queued(store, delivery)
    assert _claimed(store) == [delivery]
    store.run(lambda tx: tx.outbox.extend_lease(delivery.id, NOW + 2 * LEASE))
    assert _claimed(store, at=LEASE) == []
    assert _claimed(store, at=2 * LEASE) == [delivery]


def test_what_was_given_back_is_not_held_any_more(store: Store) -> None:
    delivery = nouns.delivery()
    _queued(store, delivery)
    assert _claimed(store) == [delivery]
    store.run(lambda tx: tx.outbox.retry_at(delivery.id, NOW))
    store.run(lambda tx: tx.outbox.extend_lease(delivery.id, NOW + LEASE))
    assert [each.id for each in _claimed(store)] == [delivery.id]


def _news(reach: Contact, later: timedelta = timedelta(0)) -> Delivery:
    return replace(nouns.delivery(b"news", reach=reach), kind=DeliveryKind.NEWS, not_before=NOW + later)


def test_news_that_waits_is_pending_and_replies_are_not(store: Store) -> None:
    _, _, contact = _filed(store)
    _, _, other = _filed(store, "+62822")
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) is None
    news = _news(contact, DAY)
    question = replace(nouns.delivery(b"news", reach=contact), kind=DeliveryKind.QUESTION)
    _queued(store, nouns.delivery(b"news", reach=contact), question, news, _news(other))
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) == news


def test_news_that_waits_can_say_something_else_at_another_time_in_its_old_place(store: Store) -> None:
    report, _, contact = _filed(store)
    first, behind = _news(contact), nouns.delivery(b"news", reach=contact)
    _queued(store, first, behind)
    digest = replace(
        first,
        kind=DeliveryKind.DIGEST,
        say=replace(first.say, long=True),
        not_before=NOW + 10 * MINUTE,
        awaits=nouns.awaited(report),
    )
    store.run(lambda tx: tx.outbox.replace(digest))
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) == digest
    assert _claimed(store) == []
    assert _claimed(store, at=10 * MINUTE) == [digest]


def test_where_news_is_due_and_more_waits_behind_it_the_later_one_is_pending(store: Store) -> None:
    _, _, contact = _filed(store)
    due, later = _news(contact), _news(contact, 60 * MINUTE)
    _queued(store, due, later)
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) == later


def test_what_somebody_is_sending_is_neither_pending_nor_replaced(store: Store) -> None:
    _, _, contact = _filed(store)
    news = _news(contact)
    _queued(store, news)
    assert _claimed(store) == [news]
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) is None
    store.run(lambda tx: tx.outbox.replace(replace(news, lang="en")))
    assert _claimed(store, at=LEASE) == [news]
    store.run(lambda tx: tx.outbox.retry_at(news.id, NOW + DAY))
    assert store.run(lambda tx: tx.outbox.pending(contact.id)) == replace(news, attempts=1, not_before=NOW + DAY)
    store.run(lambda tx: tx.outbox.mark_sent(news, "", NOW))
    store.run(lambda tx: tx.outbox.replace(news))
    assert _claimed(store, at=2 * DAY) == []


def test_every_delivery_that_waits_for_a_contact_can_be_dropped_and_the_address_stays(store: Store) -> None:
    _, _, contact = _filed(store)
    other = nouns.delivery(b"other")
    _queued(store, _news(contact), nouns.delivery(b"two", reach=contact), other)
    store.run(lambda tx: tx.outbox.drop_all_for(contact.id))
    assert _claimed(store) == [other]
    assert store.run(lambda tx: tx.code_holders.contact(contact.id)) == contact
