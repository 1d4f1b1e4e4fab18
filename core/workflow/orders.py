"""What is ordered, and whether the table and what a report has come to let it be done: refused with a phrase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from core.categories import CATEGORIES, category
from core.errors import Refused
from core.messages import PerceptualHash, StoredFile
from core.model import Act, AgencyId, Check, Number, Report, ReportId, Staff, WorkStage
from core.phrases import gsm7
from core.workflow import offices, question_limits
from core.workflow.question_limits import NOTHING, QuestionsAsked
from core.workflow.table import BY_ACT, STAFF, Move, Relation, Target, TextRule

TOLD_LONGEST = 220  # septets of a text that a citizen reads: two segments of SMS with what stands around it
INSIDE_LONGEST = 2000
REOPENS = 2
REOPENS_WITHIN = timedelta(days=14)
_READ_BY_CITIZENS = frozenset({Act.ASK, Act.RESULT, Act.REJECT, Act.FORWARD, Act.ESTIMATE})
_ESTIMATE_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants done. `to`: an office, or the number of a report; `main`: that report, once it is found.

    `asked`: what the report was asked before, once it is found; `reason`: why a head asks once more.
    """

    act: Act
    text: str = field(default="", repr=False)
    to: str = ""
    until: date | None = None
    photo: StoredFile | None = None
    photo_hash: PerceptualHash | None = None
    main: ReportId | None = None
    office: AgencyId | None = None  # that a category leads to, once it is found
    lookalikes: tuple[Number, ...] = ()
    asked: QuestionsAsked = NOTHING
    reason: str = field(default="", repr=False)


def checked(
    report: Report,
    order: Order,
    by: frozenset[Relation],
    staff: Staff | None,
    now: datetime,
    *,
    named: tuple[str, ...] = (),
) -> tuple[Move, Order]:
    """The row that allows it, and the order with its words made ready; raises Refused with what to do instead.

    `now`: in the zone whose days are meant; `named`: the city's own numbers and addresses, which words may hold.
    """
    move = row_of(report, order.act, by)
    order = _worded(order, move)
    if order.act in _READ_BY_CITIZENS:
        sent(order.text, named, asks=order.act is Act.ASK)
    aimed(report, order, move)
    if move.photo and order.photo is None:
        raise Refused("case_photo_needed")
    if order.photo is not None and not move.photo:
        raise Refused("case_photo_needless")
    guarded(report, order, staff, now)
    return move, order


def row_of(report: Report, act: Act, by: frozenset[Relation]) -> Move:
    """Returns the row of the table that allows the act now. Raises Refused where there is none."""
    theirs = [row for row in BY_ACT[act] if row.by & by]
    if not theirs:
        raise Refused("case_not_yours")
    move = next((row for row in theirs if report.status in row.at), None)
    if move is None:
        raise Refused("case_not_now", status=report.status.value)
    if report.restricted and not move.restricted:
        raise Refused("case_restricted_stays")
    if report.handling.main is not None and not move.along and by & STAFF:
        raise Refused("case_goes_along")
    return move


def guarded(report: Report, order: Order, staff: Staff | None, now: datetime) -> None:
    """Checks that what happened to the report so far allows the order. Raises Refused."""
    guard = _GUARDS.get(order.act)
    if guard is not None:
        guard(report, order, staff, now)


def allowed(report: Report, by: frozenset[Relation]) -> tuple[Act, ...]:
    """Returns the acts that the table allows now; words, dates and targets are not checked yet."""
    return tuple(
        act
        for act, rows in BY_ACT.items()
        if any(row.by & by and report.status in row.at and (row.restricted or not report.restricted) for row in rows)
    )


def told(text: str) -> str:
    """Returns words for citizens in a form that every channel can carry.

    Raises Refused where they are empty or too long.
    """
    text = sayable(text)
    cost = gsm7.septets(text) or 0
    if cost > TOLD_LONGEST:
        raise Refused("case_text_long", most=TOLD_LONGEST, length=cost)
    if not any(c.isalnum() for c in text):
        raise Refused("case_text_needed")
    return text


def sent(text: str, named: tuple[str, ...], *, asks: bool) -> None:
    """Checks that words for citizens neither lead out of the service nor ask who wrote.

    Raises Refused. `asks`: a question.
    """
    from core import staff_words  # noqa: PLC0415 - its patterns take 40 ms, and most commands send no words

    why = staff_words.refusal(text, named, asks=asks)
    if why is not None:
        raise Refused(why)


def _worded(order: Order, move: Move) -> Order:
    text = order.text.strip()
    needed = move.text in {TextRule.INSIDE, TextRule.TOLD}
    if needed and not text:
        raise Refused("case_text_needed")
    if move.text is TextRule.TOLD:
        text = told(text)
    if len(text) > INSIDE_LONGEST and Relation.CITIZEN not in move.by:
        raise Refused("case_text_long", most=INSIDE_LONGEST, length=len(text))
    return order if text == order.text else replace(order, text=text)


def aimed(report: Report, order: Order, move: Move) -> None:
    """Checks that the report can go to the target of the order. Raises Refused."""
    _AIMS[move.target](report, order)


def sayable(text: str) -> str:
    """Returns a text for a citizen as it is sent: in the alphabet of SMS, on one line."""
    return " ".join(gsm7.plain(text).split())


def _office(report: Report, order: Order) -> None:
    office = AgencyId(order.to)
    if not offices.known(office):
        raise Refused("case_office_unknown")
    if offices.external(office):
        raise Refused("case_office_outside")
    if office == report.agency:
        raise Refused("case_office_same")


def _branch(report: Report, order: Order) -> None:
    there = offices.branches(report.agency, report.place.area)
    if order.to not in there:
        key = "case_other_branch" if there else "case_no_branch"
        raise Refused(key, branches=", ".join(sorted(there)))


def _outside(_: Report, order: Order) -> None:
    office = AgencyId(order.to)
    if not offices.known(office):
        raise Refused("case_office_unknown")
    if not offices.external(office):
        raise Refused("case_office_inside")


def _report(_: Report, order: Order) -> None:
    if order.main is None:
        raise Refused("case_report_unknown")


def _category(_: Report, order: Order) -> None:
    open_kinds = {each.id for each in CATEGORIES if each.restricted is None}
    if order.to not in open_kinds:
        raise Refused("case_category_unknown")


_AIMS: Mapping[Target, Callable[[Report, Order], None]] = {
    Target.NONE: lambda _, __: None,
    Target.OFFICE: _office,
    Target.BRANCH: _branch,
    Target.OUTSIDE: _outside,
    Target.REPORT: _report,
    Target.CATEGORY: _category,
}


def _plan_waits(report: Report, _: Order, staff: Staff | None, __: datetime) -> None:
    if report.handling.plan is not Check.WAITING:
        raise Refused("case_no_plan")
    _other_eyes(staff, report.handling.planner)


def _estimate_waits(report: Report, order: Order, staff: Staff | None, now: datetime) -> None:
    handling = report.handling
    if handling.estimate is not Check.WAITING:
        raise Refused("case_no_estimate")
    _other_eyes(staff, handling.estimator)
    if order.act is Act.APPROVE_ESTIMATE and handling.until is not None and handling.until < now.date():
        raise Refused("case_estimate_over")


def _other_eyes(staff: Staff | None, handler: str | None) -> None:
    if staff is not None and staff.id == handler:
        raise Refused("case_other_eyes")


def _estimate(report: Report, order: Order, _: Staff | None, now: datetime) -> None:
    if not category(report.category).estimate:
        raise Refused("case_estimate_never")
    if report.handling.estimate in {Check.WAITING, Check.APPROVED}:
        raise Refused("case_estimate_once")
    until = order.until
    if until is None:
        raise Refused("case_date_needed")
    earliest = max(report.due, now).astimezone(now.tzinfo).date()
    if not earliest <= until <= (now + _ESTIMATE_LONGEST).date():
        raise Refused("case_date_wrong")


def _planned(report: Report, _: Order, __: Staff | None, ___: datetime) -> None:
    if not report.handling.planned:
        raise Refused("case_plan_first")


def _result_waits(report: Report, order: Order, staff: Staff | None, _: datetime) -> None:
    _other_eyes(staff, report.handling.doer)
    if order.act is Act.VALIDATE and report.handling.lookalikes and not order.text:
        raise Refused("case_lookalikes", numbers=", ".join(report.handling.lookalikes))


def _linkable(report: Report, order: Order, _: Staff | None, __: datetime) -> None:
    if order.main == report.id:
        raise Refused("case_link_itself")
    if order.main is not None and order.main == report.handling.main:
        raise Refused("case_link_twice")


def _disputed(report: Report, _: Order, __: Staff | None, ___: datetime) -> None:
    if report.status.row.stage is WorkStage.SOLVED and not report.handling.disputed:
        raise Refused("case_not_now", status=report.status.value)


def _restricted(report: Report, _: Order, __: Staff | None, ___: datetime) -> None:
    if not report.restricted:
        raise Refused("case_not_restricted")


def _withdrawal_is_new(report: Report, _: Order, __: Staff | None, ___: datetime) -> None:
    if report.handling.withdrawal is not None:
        raise Refused("withdrawal_waits")


def _withdrawal_waits(report: Report, _: Order, __: Staff | None, ___: datetime) -> None:
    if report.handling.withdrawal is None:
        raise Refused("objection_over")


def _again(report: Report, _: Order, __: Staff | None, now: datetime) -> None:
    if report.closed is not None and now - report.closed > REOPENS_WITHIN:
        raise Refused("feedback_late")
    if report.handling.reopened >= REOPENS:
        raise Refused("feedback_disputed")


def _question(_: Report, order: Order, staff: Staff | None, now: datetime) -> None:
    question_limits.may_ask(order.asked, staff, order.reason, now)


def _question_stands(_: Report, order: Order, __: Staff | None, now: datetime) -> None:
    question_limits.may_close(order.asked, now)


_Guard = Callable[[Report, Order, Staff | None, datetime], None]
_GUARDS: Mapping[Act, _Guard] = {
    Act.APPROVE_PLAN: _plan_waits,
    Act.REJECT_PLAN: _plan_waits,
    Act.ESTIMATE: _estimate,
    Act.APPROVE_ESTIMATE: _estimate_waits,
    Act.REFUSE_ESTIMATE: _estimate_waits,
    Act.RESULT: _planned,
    Act.VALIDATE: _result_waits,
    Act.REJECT_RESULT: _result_waits,
    Act.LINK: _linkable,
    Act.ASK: _question,
    Act.CLOSE_QUESTION: _question_stands,
    Act.START: _disputed,
    Act.COORDINATE: _disputed,
    Act.NOT_SOLVED: _again,
    Act.DECLASSIFY: _restricted,
    Act.ASK_WITHDRAWAL: _withdrawal_is_new,
    Act.OBJECT: _withdrawal_waits,
}
