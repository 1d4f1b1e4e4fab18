"""Whose answer is awaited: noted with the person who is asked when the question leaves, gone with the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.model import ENDED, Asking, Awaited, ContactId, Delivery, Report, ReportId, WorkStage
from core.ports import ConversationRepositories, ReportRepositories, UnitOfWork
from core.record.capabilities import needs_digits
from core.record.staff_questions import closed_question, open_question
from core.record.turn import Turn


def asking(tx: UnitOfWork, delivery: Delivery, now: datetime) -> None:
    """Notes what is awaited when a question is handed to its channel, since it may be answered before `asked` runs."""
    if delivery.awaits is not None:
        _put(tx, delivery, replace(delivery.awaits, message=delivery.id), now)


def asked(turn: Turn, delivery: Delivery, provider_id: str) -> None:
    """Notes that the channel took a question; nothing is awaited where it was answered meanwhile.

    Call it in a turn ordered by the key of the person who was asked.

    Where anybody may have begun the draft that stands open for that number, it stays: else they could look whether
    somebody there was asked anything.
    """
    tx, now = turn.tx, turn.now
    if delivery.awaits is None:
        return
    if _closed(tx, delivery.awaits):
        _put(tx, delivery, replace(delivery.awaits, message=provider_id or delivery.id, over=True), now)
    elif _open(tx, delivery.awaits):
        _put(tx, delivery, replace(delivery.awaits, message=provider_id or delivery.id), now)
        if not needs_digits(turn.context.profiles[delivery.channel]):
            _overtake(tx, tx.dialogues.ordering_key(delivery.channel, delivery.to))
    else:
        unasked(tx, delivery, now)


def unasked(tx: UnitOfWork, delivery: Delivery, now: datetime) -> None:
    """Ends the waiting for a question that its channel did not take."""
    if delivery.awaits is not None:
        ordering_key = tx.dialogues.ordering_key(delivery.channel, delivery.to)
        _drop(tx, ordering_key, now, lambda each: each.message == delivery.id)


def _put(tx: ConversationRepositories, delivery: Delivery, new: Awaited, now: datetime) -> None:
    """Replaces what `asking` noted. Two staff questions about one report are awaited separately."""
    ordering_key = tx.dialogues.ordering_key(delivery.channel, delivery.to)
    others = tuple(
        each
        for each in tx.awaited.get(ordering_key, now)
        if each.message != delivery.id
        and (each.asking is not new.asking or each.report != new.report or new.asking is Asking.ANSWER)
    )
    tx.awaited.put(ordering_key, (*others, new))


def _overtake(tx: ConversationRepositories, ordering_key: bytes) -> None:
    """Makes plain words answer this question from now on, and no earlier one.

    Only in a turn of that ordering key: what somebody writes at this moment must not be put back.
    """
    from core import conversation  # noqa: PLC0415 - its tables of words take a while, and staff's commands need none

    standing = tx.dialogues.get(ordering_key)
    if standing is not None:
        dialogue, last = standing
        tx.dialogues.put(ordering_key, conversation.overtaken(dialogue), last)


def moot(report: Report) -> frozenset[Asking]:
    """Returns what cannot be answered any more of a report in its present status."""
    ended = report.status in ENDED
    over = {
        Asking.ANSWER: ended,
        Asking.FEEDBACK: report.status.row.stage is not WorkStage.SOLVED,
        Asking.OBJECTION: ended or report.handling.withdrawal is None,
    }
    return frozenset(asking for asking, is_over in over.items() if is_over)


def _open(tx: ReportRepositories, awaited: Awaited) -> bool:
    """Whether it can still be answered: a process may have been killed between sending and noting it."""
    report = tx.reports.get(awaited.report)
    if report is None or awaited.asking in moot(report) - {Asking.FEEDBACK}:
        return False
    if awaited.asking in {Asking.CORRECTION, Asking.OBJECTION}:
        return True
    if awaited.asking is Asking.ANSWER:
        return report.status not in ENDED and open_question(tx.reports.history(report.id)) is not None
    main = tx.reports.get(report.handling.main) if report.handling.main is not None else report
    return main is not None and main.status.row.stage is WorkStage.SOLVED and main.handling.feedback is None


def _closed(tx: ReportRepositories, awaited: Awaited) -> bool:
    """Whether staff closed the question before it was sent."""
    return awaited.asking is Asking.ANSWER and closed_question(tx.reports.history(awaited.report), awaited.question)


def closed(tx: UnitOfWork, report: ReportId, now: datetime) -> None:
    """Marks the questions of a report as closed: plain words answer them no more, and a reply to one is told so."""
    for holder in tx.code_holders.of(report):
        ordering_key = _ordering_key(tx, holder.contact) if holder.contact is not None else None
        if ordering_key is not None:
            before = tx.awaited.get(ordering_key, now)
            after = tuple(
                replace(each, over=True) if each.report == report and each.asking is Asking.ANSWER else each
                for each in before
            )
            if after != before:
                tx.awaited.put(ordering_key, after)


def forgotten(tx: UnitOfWork, report: ReportId, contact: ContactId, now: datetime) -> None:
    """Erases a contact at once, and ends all waiting for it about that report."""
    ordering_key = _ordering_key(tx, contact)
    if ordering_key is not None:
        _drop(tx, ordering_key, now, lambda each: each.report == report)
    tx.capabilities.forget(contact)
    tx.code_holders.forget(contact)


def settled(tx: UnitOfWork, report: ReportId, asking: Asking, now: datetime) -> None:
    """Ends the waiting for an answer of everybody who has a code of the report."""
    for holder in tx.code_holders.of(report):
        settled_with(tx, holder.contact, report, asking, now)


def settled_with(tx: UnitOfWork, contact: ContactId | None, report: ReportId, asking: Asking, now: datetime) -> None:
    """Ends the waiting for an answer of one contact. `contact` None: nothing happens."""
    ordering_key = _ordering_key(tx, contact) if contact is not None else None
    if ordering_key is not None:
        settled_here(tx, ordering_key, report, asking, now)


def settled_here(tx: UnitOfWork, ordering_key: bytes, report: ReportId, asking: Asking, now: datetime) -> None:
    """Ends the waiting for an answer of one person, found by their ordering key."""
    _drop(tx, ordering_key, now, lambda each: each.report == report and each.asking is asking)


def _ordering_key(tx: UnitOfWork, contact: ContactId) -> bytes | None:
    reached = tx.code_holders.contact(contact)
    return None if reached is None else tx.dialogues.ordering_key(reached.channel, reached.address)


def _drop(tx: ConversationRepositories, ordering_key: bytes, now: datetime, which: Callable[[Awaited], bool]) -> None:
    before = tx.awaited.get(ordering_key, now)
    left = tuple(each for each in before if not which(each))
    if left != before:
        tx.awaited.put(ordering_key, left)
