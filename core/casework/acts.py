"""One act of a member of staff on one report, from the terminal or the desk: one turn, all of it or nothing."""

from dataclasses import replace

from core import record, workflow
from core.casework.actors import Actor, account
from core.casework.mentions import mention
from core.casework.viewing import seen_report
from core.categories import CATEGORIES
from core.errors import Refused
from core.model import ENDED, Act, AgencyId, AuditEntry, CategoryId, Number, Report, Staff
from core.ports import UnitOfWork
from core.record import ActedBy, Turn
from core.workflow import Order


def do(turn: Turn, actor: Actor, number: Number, order: Order, *, seen: int | None = None) -> Report:
    """The report as it is afterwards; raises Refused with what to do instead, and then nothing was written.

    `seen`: steps of its history that the order was given upon; Refused("case_changed") where there are more by now.
    """
    tx = turn.tx
    staff = account(tx, actor.name)
    report = seen_report(tx, staff, number)
    if seen is not None and len(tx.reports.history(report.id)) != seen:
        raise Refused("case_changed")
    order = _READY.get(order.act, _as_it_is)(tx, staff, report, order)
    after = record.act(turn, report, order, ActedBy(workflow.relations(staff, report), staff))
    if order.act is Act.LINK:
        after = _linked(turn, after, order)
    if order.act is Act.NOTE:
        mention(turn, staff, report, order.text)
    if order.photo_hash is not None:
        tx.perceptual_hashes.keep(report.id, order.photo_hash, _scope(report))
    for act in _noted(order):
        tx.audit.add(AuditEntry(turn.now, staff.name, act, number, actor.via))
    return after


def _noted(order: Order) -> tuple[str, ...]:
    """What the trail says of it; why a head asked once more stands there too."""
    if order.act is not Act.ASK:
        return (order.act.value,)
    closed = (Act.CLOSE_QUESTION.value,) if order.asked.since is not None else ()
    more = f"ask-more {order.reason}" if order.asked.used_up else order.act.value
    return (*closed, more)


def _as_it_is(_: UnitOfWork, __: Staff, ___: Report, order: Order) -> Order:
    return order


def _back(tx: UnitOfWork, _: Staff, report: Report, order: Order) -> Order:
    """To whoever held it before; its first holder has only the office that coordinates to turn to."""
    held = [entry.agency for entry in tx.reports.history(report.id) if entry.agency not in {"", report.agency}]
    before = [each for each in held if not workflow.external(each)]
    back = before[-1] if before else workflow.BIRO
    if back == report.agency:
        raise Refused("case_nobody_before")
    return replace(order, to=back)


def _seen(tx: UnitOfWork, _: Staff, report: Report, order: Order) -> Order:
    """Earlier results whose photo looks the same; none of what one other agency alone may read since then."""
    if order.photo_hash is None:
        return order
    like = [
        tx.reports.get(each)
        for each in tx.perceptual_hashes.similar_to(order.photo_hash, _scope(report))
        if each != report.id
    ]
    told = (each.number for each in like if each is not None and (report.restricted or not each.restricted))
    return replace(order, lookalikes=tuple(dict.fromkeys(told)))


def _questioned(tx: UnitOfWork, _: Staff, report: Report, order: Order) -> Order:
    """What was asked before, by whichever office, and why it is asked once more."""
    history = tx.reports.history(report.id)
    asked = record.asked_of(history)
    if order.act is not Act.ASK or not asked.used_up:
        return replace(order, asked=asked, reason="")
    answers = (said for _, said in report.attributes)
    told = (report.text, report.place.words, *answers, *(entry.text for entry in history))
    return replace(order, asked=asked, reason=workflow.reason_of(order.reason, told))


def _main(tx: UnitOfWork, staff: Staff, _: Report, order: Order) -> Order:
    """The report that the other one goes along with itself, if it does; never a restricted one."""
    other = seen_report(tx, staff, Number(order.to))
    main = tx.reports.get(other.handling.main) if other.handling.main is not None else other
    if main is None:
        raise Refused("case_report_unknown")
    if main.restricted:
        raise Refused("case_restricted_stays")
    if main.status in ENDED:
        raise Refused("case_link_ended")
    return replace(order, main=main.id)


def _led(tx: UnitOfWork, _: Staff, report: Report, order: Order) -> Order:
    """The office that a report of that kind, and at that place, begins with."""
    if not any(each.id == order.to for each in CATEGORIES):
        return order  # refused when it is looked at
    return replace(order, office=workflow.first_holder(CategoryId(order.to), report.place, tx.routes.all()))


def _scope(report: Report) -> AgencyId:
    """Photos of restricted reports are compared among those of their agency alone."""
    return report.agency if report.restricted else AgencyId("")


def _linked(turn: Turn, report: Report, order: Order) -> Report:
    """It stands where the other stands."""
    main = turn.tx.reports.get(order.main) if order.main is not None else None
    if main is None:
        raise Refused("case_report_unknown")
    return record.join(turn, report, main, order)


_READY = {
    Act.ASK: _questioned,
    Act.CLOSE_QUESTION: _questioned,
    Act.DECLASSIFY: _led,
    Act.RETURN: _back,
    Act.RESULT: _seen,
    Act.LINK: _main,
}
