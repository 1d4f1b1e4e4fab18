"""What somebody could do to a report now, what each act asks for, and why the others cannot be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refused
from core.model import ORDERS, Act, Check, Next, Report, Staff, Waits, WorkStage
from core.workflow.orders import Order, aimed, guarded, row_of
from core.workflow.question_limits import NOTHING, QuestionsAsked
from core.workflow.relation import relations
from core.workflow.table import BY_ACT, Move, Relation

FIELDS: Mapping[str, str] = {
    "case_text_needed": "text",
    "case_text_long": "text",
    "case_lookalikes": "text",
    "case_photo_needed": "photo",
    "case_photo_wrong": "photo",
    "case_office_unknown": "to",
    "case_office_outside": "to",
    "case_office_inside": "to",
    "case_office_same": "to",
    "case_other_branch": "to",
    "case_report_unknown": "to",
    "case_link_itself": "to",
    "case_link_twice": "to",
    "case_category_unknown": "to",
    "words_link": "text",
    "words_phone": "text",
    "words_mail": "text",
    "words_account": "text",
    "words_writer": "text",
    "words_meeting": "text",
    "case_reason_needed": "reason",
    "case_reason_long": "reason",
    "case_reason_quotes": "reason",
    "case_date_needed": "until",
    "case_date_wrong": "until",
}
"""Refusals of what was given with an order, and the part of it that has to be given otherwise."""
_OFTEN = (Act.START, Act.RESULT, Act.VALIDATE, Act.APPROVE_PLAN, Act.APPROVE_ESTIMATE, Act.PLAN, Act.ASK, Act.NOTE)


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """An act that staff could do: its row of the table, and why it cannot be done now. `why` None: it can be done."""

    act: Act
    row: Move
    why: Refused | None = None


def possible_acts(
    report: Report, staff: Staff, now: datetime, asked: QuestionsAsked = NOTHING
) -> tuple[PossibleAct, ...]:
    """Returns every act of staff: those that can be done first, and of these what brings the report on first."""
    by = relations(staff, report)
    found = [_one(report, Order(act, asked=asked), by, staff, now) for act in ORDERS]
    return tuple(sorted(found, key=lambda each: (each.why is not None, _place(each.act))))


def _place(act: Act) -> int:
    return _OFTEN.index(act) if act in _OFTEN else len(_OFTEN)


def _one(report: Report, order: Order, by: frozenset[Relation], staff: Staff, now: datetime) -> PossibleAct:
    act = order.act
    try:
        row = row_of(report, act, by)
    except Refused as no:
        return PossibleAct(act, BY_ACT[act][0], no)
    try:
        _empty(report, order, row)
        guarded(report, order, staff, now)
    except Refused as no:
        if no.phrase not in FIELDS:
            return PossibleAct(act, row, no)
    return PossibleAct(act, row)


def _empty(report: Report, order: Order, row: Move) -> None:
    """Raises Refused where even the best target would be refused; an empty target is checked by the form."""
    try:
        aimed(report, order, row)
    except Refused as no:
        if no.phrase not in FIELDS:
            raise


def next_step(report: Report) -> Next:
    """Returns the one step that a report waits for."""
    row, handling = report.status.row, report.handling
    if row.ended:
        return Next.DISPUTE if row.stage is WorkStage.SOLVED and handling.disputed else row.next
    if handling.main is not None:
        return Next.ALONG
    if row.next is Next.CHECK:
        return Next.CHECK  # whatever was asked for before the result came can be looked at only once it is back
    if handling.estimate is Check.WAITING:
        return Next.ESTIMATE
    if handling.plan is Check.WAITING:
        return Next.PLAN
    return row.next if row.next is not Next.WORK or handling.planned else Next.PROPOSE


_CHECKED = {Next.PLAN, Next.ESTIMATE, Next.CHECK}


def awaits(report: Report, staff: Staff) -> bool:
    """Whether the next step is this member's: to work on the report, or to check what somebody else did."""
    by, step = relations(staff, report), next_step(report)
    if step in _CHECKED:
        handling = report.handling
        did = {Next.PLAN: handling.planner, Next.ESTIMATE: handling.estimator, Next.CHECK: handling.doer}[step]
        return Relation.SECOND in by and did != staff.id
    if step is Next.DISPUTE:
        return bool({Relation.BIRO, Relation.SECOND} & by)
    return Relation.HOLDER in by and step not in {Next.NOTHING, Next.ALONG}


CHECKS = (Waits.CHECK, Waits.PLAN, Waits.ESTIMATE)
"""What the second pair of eyes is for, what keeps a citizen waiting first."""


def waits(report: Report) -> Waits | None:
    """Returns what the report waits for, as queues are filtered by it. None: it has ended."""
    return _WAITS.get(next_step(report), Waits.WORK)


_WAITS: Mapping[Next, Waits | None] = {
    Next.NOTHING: None,
    Next.ALONG: Waits.ALONG,
    Next.DISPUTE: Waits.DISPUTE,
    Next.PLAN: Waits.PLAN,
    Next.ESTIMATE: Waits.ESTIMATE,
    Next.CHECK: Waits.CHECK,
}
