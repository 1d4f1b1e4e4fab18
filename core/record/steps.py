"""One act: checked against the table, stored with its entry, and told to those who hold the report."""

from dataclasses import dataclass, replace

from core import deadlines, workflow
from core.messages import StoredFile
from core.model import ContactId, HistoryEntry, Report, Staff, Status
from core.record import awaiting, news
from core.record.turn import Turn
from core.workflow import By, Order

_LEFT = frozenset({Status.DICABUT, Status.DITOLAK, Status.DITERUSKAN})


@dataclass(frozen=True, slots=True)
class Step:
    """Who acts, how they stand to the report, and what is shown with it. `but`: knows already, and is not told."""

    by: frozenset[By]
    staff: Staff | None = None
    files: tuple[StoredFile, ...] = ()
    but: ContactId | None = None


def act(turn: Turn, report: Report, order: Order, step: Step) -> Report:
    """The report as it is afterwards; raises Refused, and then nothing was written."""
    move, order = workflow.checked(report, order, step.by, step.staff, turn.now)
    after = workflow.after(report, move, order, turn.doing(step.staff.id if step.staff is not None else None))
    files = step.files or ((order.photo,) if order.photo is not None else ())
    at = deadlines.minute(turn.now)
    turn.tx.reports.change(after, HistoryEntry(at, after.status, after.agency, order.text, order.act, files))
    _settle(turn, report, after)
    if move.tells:
        news.tell(turn, after, news.News(move.tells, order), but=step.but)
    if (after.status, after.agency) != (report.status, report.agency):
        for each in turn.tx.reports.along_with(report.id):
            other = turn.tx.reports.get(each)
            if other is not None and other.status not in _LEFT:
                moved = go_along(turn, other, after, order)
                if move.tells:
                    news.tell(turn, moved, news.News(move.tells, order), but=step.but)
    return after


def go_along(turn: Turn, report: Report, main: Report, order: Order) -> Report:
    """The report stands where the one stands that is about the same problem; its history says so, and not whose."""
    handling = replace(report.handling, result=main.handling.result, feedback=main.handling.feedback)
    moved = replace(report, status=main.status, agency=main.agency, closed=main.closed, handling=handling)
    moved = workflow.with_alarm(moved)
    turn.tx.reports.change(moved, HistoryEntry(deadlines.minute(turn.now), moved.status, moved.agency, act=order.act))
    _settle(turn, report, moved)
    return moved


def _settle(turn: Turn, before: Report, after: Report) -> None:
    """What was asked and can be answered no more swallows no words that come later."""
    for asking in awaiting.moot(after) - awaiting.moot(before):
        awaiting.settled(turn.tx, after.id, asking, turn.now)
