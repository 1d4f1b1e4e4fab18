"""Whose answer is awaited: noted with the person who was asked once the question arrived, gone with the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.model import ENDED, Asking, Awaited, ContactId, Delivery, ReportId, Status
from core.ports import Tx
from core.record.questions import open_question


def asked(tx: Tx, delivery: Delivery, provider_id: str, now: datetime) -> None:
    """A message that asks something was taken by its wire; who has answered meanwhile is not waited for."""
    if delivery.awaits is None or not _open(tx, delivery.awaits):
        return
    lane = tx.dialogues.lane(delivery.channel, delivery.to)
    new = replace(delivery.awaits, message=provider_id or delivery.id)
    others = tuple(
        each
        for each in tx.awaited.get(lane, now)
        if each.asking is not new.asking or each.report != new.report or new.asking is Asking.ANSWER
    )
    tx.awaited.put(lane, (*others, new))


def _open(tx: Tx, awaited: Awaited) -> bool:
    """Noted after it was heard, perhaps by a process that was killed in between: it may be over already."""
    report = tx.reports.get(awaited.report)
    if report is None:
        return False
    if awaited.asking is Asking.ANSWER:
        return report.status not in ENDED and open_question(tx.reports.history(report.id)) is not None
    main = tx.reports.get(report.handling.main) if report.handling.main is not None else report
    return main is not None and main.status is Status.SELESAI and main.handling.feedback is None


def forgotten(tx: Tx, report: ReportId, contact: ContactId, now: datetime) -> None:
    """Erases an address at once, and with it that anybody there is waited for about that report."""
    reached = tx.holders.contact(contact)
    if reached is not None:
        lane = tx.dialogues.lane(reached.channel, reached.address)
        _drop(tx, lane, now, lambda each: each.report == report)
    tx.holders.forget(contact)


def settled(tx: Tx, report: ReportId, asking: Asking, now: datetime) -> None:
    """It was answered, from wherever: nobody who holds the report is waited for any more."""
    for holder in tx.holders.of(report):
        contact = tx.holders.contact(holder.contact) if holder.contact else None
        if contact is None:
            continue
        settled_here(tx, tx.dialogues.lane(contact.channel, contact.address), report, asking, now)


def settled_here(tx: Tx, lane: bytes, report: ReportId, asking: Asking, now: datetime) -> None:
    """The same for one person, whatever address they left."""
    _drop(tx, lane, now, lambda each: each.report == report and each.asking is asking)


def _drop(tx: Tx, lane: bytes, now: datetime, which: Callable[[Awaited], bool]) -> None:
    before = tx.awaited.get(lane, now)
    left = tuple(each for each in before if not which(each))
    if left != before:
        tx.awaited.put(lane, left)
