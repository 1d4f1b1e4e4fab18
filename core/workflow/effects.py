"""What an act makes of a report: the whole of it is returned, with the clock's alarm set anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from core import deadlines
from core.model import ENDED, Act, AgencyId, CategoryId, Check, Feedback, Handling, Report, StaffId
from core.workflow import offices
from core.workflow.orders import Order
from core.workflow.table import Move


@dataclass(frozen=True, slots=True)
class Doing:
    """Who acts, when, and in which time zone."""

    now: datetime
    zone: tzinfo
    who: StaffId | None = None  # None: a citizen, or the clock
    office: AgencyId | None = None  # theirs


def after(report: Report, move: Move, order: Order, doing: Doing) -> Report:
    """Returns the report as it is after the act, with its next alarm."""
    status = move.to or report.status
    closed = report.closed if status in ENDED and report.status in ENDED else None
    if status in ENDED:
        closed = closed or deadlines.minute(doing.now)
        report = _handled(report, withdrawal=None)  # what has ended is not withdrawn when it is opened again
    effect = _EFFECTS.get(order.act)
    changed = replace(report, status=status, closed=closed)
    if doing.office == report.agency and not report.handling.looked:
        changed = _handled(changed, looked=True)
    if effect is not None:
        changed = effect(changed, order, doing)
    return with_alarm(changed)


def with_alarm(report: Report) -> Report:
    """Returns the report with its next alarm: from its deadlines and the offices that are told of lateness."""
    above = offices.rungs(report.agency, restricted=report.restricted)
    return replace(report, alarm=deadlines.alarm(report, len(above)))


def _handled(report: Report, **changes: object) -> Report:
    return replace(report, handling=replace(report.handling, **changes))  # type: ignore[arg-type]  # fields of Handling


def moved(report: Report, office: AgencyId) -> Report:
    """Moves the report to another office. Resets plan, estimate and read marks for the new office."""
    fresh = replace(
        report.handling,
        plan=Check.NONE,
        planner=None,
        estimate=_kept(report.handling),
        result=(),
        doer=None,
        lookalikes=(),
        main=None,
        disputed=False,
        looked=False,
    )
    return replace(report, agency=office, handling=fresh)


def _moved(report: Report, order: Order, _: Doing) -> Report:
    return moved(report, AgencyId(order.to))


def _declassified(report: Report, order: Order, _: Doing) -> Report:
    """Makes the report unrestricted, in its new category and at the office responsible for it."""
    return replace(moved(report, order.office or offices.BIRO), category=CategoryId(order.to), restricted=False)


def _kept(handling: Handling) -> Check:
    return handling.estimate if handling.estimate is Check.APPROVED else Check.NONE


def _estimate_approved(report: Report, _: Order, doing: Doing) -> Report:
    """Sets the due date to the end of the day that was asked for, which can be done once."""
    until = report.handling.until
    due = report.due if until is None else deadlines.end_of(until, doing.zone)
    return replace(_handled(report, estimate=Check.APPROVED), due=due)


def _resulted(report: Report, order: Order, doing: Doing) -> Report:
    photo = order.photo
    return _handled(
        report,
        result=() if photo is None else (photo,),
        doer=doing.who,
        lookalikes=order.lookalikes,
        feedback=None,
    )


_Effect = Callable[[Report, Order, Doing], Report]
_EFFECTS: Mapping[Act, _Effect] = {
    Act.COORDINATE: _moved,
    Act.RETURN: _moved,
    Act.DECLASSIFY: _declassified,
    Act.DELEGATE: lambda report, order, _: replace(report, agency=AgencyId(order.to)),
    Act.PLAN: lambda report, _, doing: _handled(report, plan=Check.WAITING, planner=doing.who),
    Act.APPROVE_PLAN: lambda report, _, __: _handled(report, plan=Check.APPROVED),
    Act.REJECT_PLAN: lambda report, _, __: _handled(report, plan=Check.REFUSED),
    Act.ESTIMATE: lambda report, order, doing: _handled(
        report, estimate=Check.WAITING, until=order.until, estimator=doing.who
    ),
    Act.APPROVE_ESTIMATE: _estimate_approved,
    Act.REFUSE_ESTIMATE: lambda report, _, __: _handled(report, estimate=Check.REFUSED),
    Act.RESULT: _resulted,
    Act.LINK: lambda report, order, _: _handled(report, main=order.main),
    Act.SOLVED: lambda report, _, __: _handled(report, feedback=Feedback.SOLVED),
    Act.NOT_SOLVED: lambda report, _, __: _handled(
        report, feedback=Feedback.NOT_SOLVED, reopened=report.handling.reopened + 1
    ),
    Act.START: lambda report, _, __: _handled(report, disputed=False),
    Act.DISPUTE: lambda report, _, __: _handled(report, feedback=Feedback.NOT_SOLVED, disputed=True),
    Act.ASK_WITHDRAWAL: lambda report, _, doing: _handled(
        report, withdrawal=deadlines.minute(doing.now) + deadlines.WITHDRAWN_AFTER
    ),
    Act.OBJECT: lambda report, _, __: _handled(report, withdrawal=None),
    Act.WITHDRAW: lambda report, _, __: _handled(report, withdrawal=None),
    Act.LATE: lambda report, _, __: replace(report, late=True),
    Act.EVALUATION: lambda report, _, __: replace(report, evaluation=True),
}
