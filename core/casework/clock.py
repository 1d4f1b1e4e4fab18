"""Time passes: every mark that has come since the clock looked last is dealt with, in order, each once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from core import deadlines, record, workflow
from core.deadlines import Moment
from core.model import ENDED, Act, AgencyId, Mark, Notice, Report
from core.record import ActedBy, Turn
from core.workflow import Order, Relation

MOST = 100  # reports in one turn, so that citizens' turns come in between
_STEP = ActedBy(frozenset({Relation.CLOCK}))
_ASKED = ActedBy(frozenset({Relation.CITIZEN}))


def process_deadlines(turn: Turn, most: int = MOST) -> int:
    """Deals with reports whose alarm has come; how many. Fewer than `most`: nothing more is due."""
    due = turn.tx.reports.with_due_alarm(turn.now, most)
    for each in due:
        report = turn.tx.reports.get(each)
        if report is not None:
            _one(turn, report)
    return len(due)


def _one(turn: Turn, report: Report) -> None:
    above = workflow.rungs(report.agency, restricted=report.restricted)
    passed = [moment for moment in deadlines.ahead(report, len(above)) if moment.at <= turn.now]
    until = passed[-1].at if passed else report.handling.marked
    marked = replace(report, handling=replace(report.handling, marked=until))
    for moment in passed:
        marked = _DEAL[moment.mark](_Clock(turn, above), marked, moment)
    turn.tx.reports.change(workflow.with_alarm(_withdrawn(turn, marked)))


def _withdrawn(turn: Turn, report: Report) -> Report:
    """Nobody has objected within the day: what a citizen asked for is done."""
    at = report.handling.withdrawal
    if at is None or at > turn.now or report.status in ENDED:
        return report
    return record.act(turn, report, Order(Act.WITHDRAW), _ASKED)


@dataclass(frozen=True, slots=True)
class _Clock:
    turn: Turn
    above: tuple[AgencyId, ...]


def _told(clock: _Clock, report: Report, moment: Moment, to: AgencyId) -> None:
    """An office hears of it: number, who holds it, and how many days it has been."""
    now = clock.turn.now
    days = (now - report.received) // timedelta(days=1)
    notice = Notice(to, report.id, report.number, report.agency, moment.mark, moment.at, days)
    clock.turn.tx.notices.add(notice)


def _reminded(clock: _Clock, report: Report, moment: Moment) -> Report:
    _told(clock, report, moment, report.agency)
    return report


def _late(clock: _Clock, report: Report, moment: Moment) -> Report:
    _told(clock, report, moment, report.agency)
    return record.act(clock.turn, report, Order(Act.LATE), _STEP)


def _climbed(clock: _Clock, report: Report, moment: Moment) -> Report:
    _told(clock, report, moment, clock.above[moment.rung - 1])
    order = Order(Act.CLIMB, to=clock.above[moment.rung - 1])
    return record.act(clock.turn, report, order, _STEP)


def _evaluated(clock: _Clock, report: Report, moment: Moment) -> Report:
    _told(clock, report, moment, workflow.BIRO)
    return record.act(clock.turn, report, Order(Act.EVALUATION), _STEP)


_DEAL: Mapping[Mark, Callable[[_Clock, Report, Moment], Report]] = {
    Mark.LOOK: _reminded,
    Mark.HALF: _reminded,
    Mark.LATE: _late,
    Mark.CLIMB: _climbed,
    Mark.EVALUATION: _evaluated,
}
