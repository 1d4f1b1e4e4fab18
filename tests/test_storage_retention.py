"""How long things are kept: what passed its time is gone, what did not is there, and a dry run erases nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound
from core.messages import Address, StoredFile, WireId
from core.model import Act, CategoryId, Delivery, DeliveryKind, Dialogue, Draft, Handling, HistoryEntry, Report, Status
from core.ports import ReportQuery, UnitOfWork, Visibility
from storage import Retention, SqlStore
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW
from tests.fakes.rows import deliveries

RULES = Retention(contact_days=30)
DAY = timedelta(days=1)
NOTHING = dict.fromkeys(
    (
        "alerts",
        "contacts",
        "texts",
        "dialogues",
        "seen",
        "failing",
        "tallies",
        "sent",
        "dead",
        "awaited",
        "sessions",
        "notices",
        "mentions",
        "hooks",
        "capabilities",
        "unpublished",
    ),
    0,
)


def _one_of_each(tx: UnitOfWork) -> None:
    ordering_key = tx.dialogues.ordering_key("sms", Address("+62811"))
    tx.dialogues.put(ordering_key, Dialogue("id"), NOW)
    tx.inbox.record_if_new("sms", WireId("1"), NOW)
    tx.inbox.failing_since("sms", WireId("2"), NOW)
    tx.inbox.count("miss", "+62811", NOW)
    sent, dead = nouns.delivery(b"a"), nouns.delivery(b"b")
    tx.outbox.add(sent)
    tx.outbox.add(dead)
    tx.outbox.add(nouns.delivery(b"c"))
    tx.outbox.mark_sent(sent, "", NOW)
    tx.outbox.mark_dead(dead.id)


@pytest.mark.parametrize(
    ("later", "due"),
    [
        (timedelta(hours=24) - MINUTE, {}),
        (timedelta(hours=24), {"dialogues": 1}),
        (timedelta(hours=48), {"dialogues": 1, "tallies": 1}),
        (timedelta(hours=72), {"dialogues": 1, "tallies": 1, "sent": 1}),
        (timedelta(days=7), {"dialogues": 1, "tallies": 1, "sent": 1, "seen": 1, "failing": 1}),
        (timedelta(days=30), {"dialogues": 1, "tallies": 1, "sent": 1, "seen": 1, "failing": 1, "dead": 1}),
    ],
)
def test_each_kind_passes_at_its_time(sql_store: SqlStore, later: timedelta, due: dict[str, int]) -> None:
    sql_store.run(_one_of_each)
    now = NOW + later
    assert sql_store.upkeep.counts_due(now, RULES) == NOTHING | due
    assert sql_store.upkeep.purge(now, RULES) == NOTHING | due
    assert sql_store.upkeep.counts_due(now, RULES) == NOTHING
    assert deliveries(sql_store) == 1


def test_an_address_is_forgotten_some_days_after_its_report_was_closed(sql_store: SqlStore) -> None:
    closed = replace(nouns.report(), status=Status.SELESAI, closed=NOW)
    contacts = [nouns.contact(), nouns.contact(), nouns.contact()]

    def turn(tx: UnitOfWork) -> None:
        for report, contact in zip((closed, closed, nouns.report()), contacts, strict=True):
            if tx.reports.get(report.id) is None:
                tx.reports.add(report, nouns.entry())
            code = nouns.code()
            tx.code_holders.add(nouns.holder(report, code, contact), code, contact)

    sql_store.run(turn)
    almost, then = NOW + timedelta(days=30) - MINUTE, NOW + timedelta(days=30)
    assert sql_store.upkeep.purge(almost, RULES)["contacts"] == 0
    assert sql_store.upkeep.counts_due(then, RULES)["contacts"] == 2
    assert sql_store.upkeep.purge(then, RULES)["contacts"] == 2

    def left(tx: UnitOfWork) -> list[bool]:
        return [tx.code_holders.contact(contact.id) is not None for contact in contacts]

    assert sql_store.run(left) == [False, False, True]


def test_files_of_drafts_are_in_use_until_the_dialogue_ends(sql_store: SqlStore) -> None:
    draft = Draft(files=(StoredFile("mine", "key", "image/png", 1),))
    ordering_key = sql_store.run(lambda tx: tx.dialogues.ordering_key("sms", Address("+62811")))
    sql_store.run(lambda tx: tx.dialogues.put(ordering_key, Dialogue("id", draft=draft), NOW))
    assert sql_store.upkeep.file_names_in_use() == {"mine"}
    sql_store.run(lambda tx: tx.dialogues.drop(ordering_key))
    assert sql_store.upkeep.file_names_in_use() == set()


def _claimed(store: SqlStore) -> set[str]:
    return {delivery.id for delivery in store.run(lambda tx: tx.outbox.claim(NOW, MINUTE, 9))}


def test_a_retry_makes_what_failed_for_a_passing_reason_due_and_nothing_else(sql_store: SqlStore) -> None:
    failed, failed_too, dead = (nouns.delivery(bytes([n])) for n in range(3))
    later = replace(nouns.delivery(b"later"), not_before=NOW + DAY)
    everything: tuple[Delivery, ...] = (failed, failed_too, dead, later)

    def turn(tx: UnitOfWork) -> None:
        for delivery in everything:
            tx.outbox.add(delivery)
        tx.outbox.retry_at(failed.id, NOW + DAY)
        tx.outbox.retry_at(failed_too.id, NOW + DAY)
        tx.outbox.mark_dead(dead.id)

    sql_store.run(turn)
    assert _claimed(sql_store) == set()
    assert sql_store.upkeep.retry_dead([failed.id, dead.id, later.id], NOW) == 1
    assert _claimed(sql_store) == {failed.id}
    assert sql_store.upkeep.retry_dead(None, NOW) == 2
    assert _claimed(sql_store) == {failed.id, failed_too.id}


def test_leases_of_a_dead_process_are_given_back(sql_store: SqlStore) -> None:
    delivery = nouns.delivery()
    sql_store.run(lambda tx: tx.outbox.add(delivery))
    assert _claimed(sql_store) == {delivery.id}
    assert _claimed(sql_store) == set()
    assert sql_store.upkeep.release_leases() == 1
    assert _claimed(sql_store) == {delivery.id}


def test_a_receipt_is_taken_once_for_the_channel_that_sent(sql_store: SqlStore) -> None:
    delivery = nouns.delivery()
    sql_store.run(lambda tx: tx.outbox.add(delivery))
    sql_store.run(lambda tx: tx.outbox.mark_sent(delivery, "SM1", NOW))
    taken = [
        sql_store.upkeep.receipt(channel, provider_id, arrived, NOW)
        for channel, provider_id, arrived in (("mail", "SM1", True), ("sms", "SM2", True), ("sms", "SM1", False))
    ]
    assert taken == [False, False, True]
    again = True
    assert sql_store.upkeep.receipt("sms", "SM1", again, NOW) is False


def test_news_and_digests_up_to_a_time_are_released_and_nothing_else(sql_store: SqlStore) -> None:
    def queued(kind: DeliveryKind, later: timedelta) -> Delivery:
        return replace(nouns.delivery(nouns.token().encode()), kind=kind, not_before=NOW + later)

    news, digest = queued(DeliveryKind.NEWS, DAY), queued(DeliveryKind.DIGEST, 2 * DAY)
    stay = [
        queued(DeliveryKind.NEWS, 2 * DAY + MINUTE),
        queued(DeliveryKind.REPLY, DAY),
        queued(DeliveryKind.QUESTION, DAY),
    ]
    due = queued(DeliveryKind.NEWS, -MINUTE)

    def turn(tx: UnitOfWork) -> None:
        for delivery in (news, digest, *stay, due):
            tx.outbox.add(delivery)

    sql_store.run(turn)
    assert sql_store.upkeep.release(NOW + 2 * DAY, NOW) == 2
    assert sql_store.upkeep.release(NOW + 2 * DAY, NOW) == 0
    claimed = sql_store.run(lambda tx: tx.outbox.claim(NOW, MINUTE, 9))
    assert {each.id: each.not_before for each in claimed} == {news.id: NOW, digest.id: NOW, due.id: NOW - MINUTE}


def _photo(name: str) -> StoredFile:
    return StoredFile(name, "key", "image/jpeg", 1)


def _handled(sql_store: SqlStore) -> Report:
    """With a file of the citizen, one of an answer and one of a result."""
    report = replace(nouns.report(restricted=True), category=CategoryId("pju"), files=(_photo("citizen"),))
    answer = HistoryEntry(NOW, Status.PROSES, report.agency, "ini", Act.ANSWER, (_photo("answer"),))
    done = replace(report, status=Status.SELESAI, closed=NOW, handling=Handling(result=(_photo("result"),)))
    result = HistoryEntry(NOW, Status.SELESAI, report.agency, "beres", Act.RESULT, done.handling.result)
    sql_store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    sql_store.run(lambda tx: tx.reports.change(replace(report, status=Status.PROSES), answer))
    sql_store.run(lambda tx: tx.reports.change(done, result))
    sql_store.run(lambda tx: tx.reports.change(done))
    return done


def test_files_of_answers_and_results_are_in_use_until_the_words_end(sql_store: SqlStore) -> None:
    report = _handled(sql_store)
    assert sql_store.upkeep.file_names_in_use() == {"citizen", "answer", "result"}
    rules = Retention(contact_days=30, text_days={report.category: 30})
    assert sql_store.upkeep.purge(NOW + 30 * DAY, rules)["texts"] == 1
    assert sql_store.upkeep.file_names_in_use() == set()


def test_a_report_whose_words_have_ended_can_still_be_counted_and_changed_but_not_written_to(
    sql_store: SqlStore,
) -> None:
    report = _handled(sql_store)
    rules = Retention(contact_days=30, text_days={report.category: 30})
    sql_store.upkeep.purge(NOW + 30 * DAY, rules)
    left = sql_store.run(lambda tx: tx.reports.get(report.id))
    assert left is not None
    marked = replace(left, evaluation=True, alarm=NOW)
    mark = HistoryEntry(NOW, Status.SELESAI, report.agency, act=Act.EVALUATION)
    sql_store.run(lambda tx: tx.reports.change(marked, mark))
    assert sql_store.run(lambda tx: tx.reports.get(report.id)) == marked
    lines = sql_store.read(lambda tx: tx.queues.lines(Visibility(report.agency), ReportQuery(open=None)))
    assert [(line.number, line.evaluation) for line in lines] == [(report.number, True)]
    assert [entry.act for entry in sql_store.run(lambda tx: tx.reports.history(report.id))][-1] is Act.EVALUATION
    assert {entry.text for entry in sql_store.run(lambda tx: tx.reports.history(report.id))} == {""}
    with pytest.raises(NotFound):
        sql_store.run(lambda tx: tx.reports.change(marked, replace(mark, text="kata")))


def test_words_end_in_their_time_between_two_looks_at_all_of_them_and_by_new_rules_at_once(
    sql_store: SqlStore,
) -> None:
    report = _handled(sql_store)
    rules = Retention(contact_days=400, text_days={report.category: 30})
    assert sql_store.upkeep.purge(NOW + 29 * DAY, rules)["texts"] == 0  # looks through all
    assert sql_store.upkeep.purge(NOW + 30 * DAY - MINUTE, rules)["texts"] == 0
    assert sql_store.upkeep.purge(NOW + 30 * DAY, rules)["texts"] == 1
    other = _handled(sql_store)
    assert sql_store.upkeep.purge(NOW + 29 * DAY, rules)["texts"] == 0
    sooner = Retention(contact_days=400, text_days={other.category: 20})
    assert sql_store.upkeep.purge(NOW + 29 * DAY + MINUTE, sooner)["texts"] == 1


def test_who_keeps_no_address_forgets_one_that_ended_in_the_minute_of_the_last_look(sql_store: SqlStore) -> None:
    rules = Retention(contact_days=0)
    sql_store.upkeep.purge(NOW + MINUTE / 2, rules)
    report, reach = nouns.report(), nouns.contact()
    ended = replace(report, status=Status.SELESAI, closed=NOW)

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.code_holders.add(nouns.holder(report, nouns.code(), reach), nouns.code(), reach)
        tx.reports.change(ended)

    sql_store.run(turn)
    assert sql_store.upkeep.purge(NOW + 2 * MINUTE, rules)["contacts"] == 1
