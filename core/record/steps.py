"""One act: checked against the table, stored with its entry, and told to those who hold the report."""

from dataclasses import dataclass, replace

from core import deadlines, workflow
from core.messages import StoredFile
from core.model import Act, Check, ContactId, HistoryEntry, Report, ReportId, Staff
from core.record import awaiting, news
from core.record.staff_questions import asked_of
from core.record.turn import Turn
from core.workflow import Order, Relation, TextRule


@dataclass(frozen=True, slots=True)
class ActedBy:
    """Who acts, their relation to the report, and the files they show. `but`: a contact that is not told of it."""

    by: frozenset[Relation]
    staff: Staff | None = None
    files: tuple[StoredFile, ...] = ()
    but: ContactId | None = None


def act(turn: Turn, report: Report, order: Order, step: ActedBy) -> Report:
    """Does one act and returns the report as it is afterwards. Raises Refused, and then nothing was written."""
    if order.act in _ENDS_QUESTIONS:
        order = replace(order, asked=asked_of(turn.tx.reports.history(report.id)))
    move, order = workflow.checked(
        report, order, step.by, step.staff, turn.now.astimezone(turn.context.zone), named=turn.context.named
    )
    after = workflow.after(report, move, order, turn.doing(step.staff))
    files = step.files or ((order.photo,) if order.photo is not None else ())
    at = deadlines.minute(turn.now)
    if order.act in _ENDS_QUESTIONS:
        _end_questions(turn, report, order)
    turn.tx.reports.change(after, HistoryEntry(at, after.status, after.agency, order.text, order.act, files))
    _settle(turn, report, after)
    # Words that are no citizen's to read do not come near a message of theirs.
    said = news.News(
        move.tells, order if move.text is TextRule.TOLD else replace(order, text=""), order.asked.questions + 1
    )
    _tell(turn, after, said, step)
    if order.act is Act.WITHDRAW:
        _inherited(turn, after)
    elif (after.status, after.agency) != (report.status, report.agency):
        for other in _along(turn, report.id):
            _tell(turn, _go_along(turn, other, after, said.order), said, step)
    return after


_ENDS_QUESTIONS = frozenset({Act.ASK, Act.CLOSE_QUESTION})


def _end_questions(turn: Turn, report: Report, order: Order) -> None:
    """Closes a question that stands unanswered where a new one takes its place, and notes that in the history."""
    if order.asked.since is None:
        return
    awaiting.closed(turn.tx, report.id, turn.now)
    if order.act is Act.ASK:
        at = deadlines.minute(turn.now)
        turn.tx.reports.change(report, HistoryEntry(at, report.status, report.agency, act=Act.CLOSE_QUESTION))


def join(turn: Turn, report: Report, main: Report, order: Order) -> Report:
    """Makes the report a duplicate of the other, and the report's own duplicates with it."""
    for other in _along(turn, report.id):
        _joined(turn, other, main, order)
    return _joined(turn, report, main, order)


def _joined(turn: Turn, report: Report, main: Report, order: Order) -> Report:
    """Tells whoever has a code of it where it stands now, if that has changed."""
    bound = replace(report, handling=replace(report.handling, main=main.id))
    moved = _go_along(turn, bound, main, Order(order.act))
    if (moved.status, moved.agency) != (report.status, report.agency):
        news.tell(turn, moved, news.News(moved.status.row.news, Order(order.act)))
    return moved


def unlink_duplicates(turn: Turn, report: ReportId) -> None:
    """Unlinks the duplicates of this report: each stays in the status that it has, and is handled by itself."""
    for other in _along(turn, report):
        turn.tx.reports.change(replace(other, handling=replace(other.handling, main=None)))


def _tell(turn: Turn, report: Report, said: news.News, step: ActedBy) -> None:
    if said.tells:
        news.tell(turn, report, said, but=step.but)


def _along(turn: Turn, main: ReportId) -> list[Report]:
    found = [turn.tx.reports.get(each) for each in turn.tx.reports.duplicates_of(main)]
    return [each for each in found if each is not None and not each.status.row.leaves_group]


def _inherited(turn: Turn, left: Report) -> None:
    """When the main report is withdrawn, its first duplicate becomes the main one; the others become its duplicates."""
    others = _along(turn, left.id)
    if not others:
        return
    first, *rest = others
    own = first.handling
    handling = replace(left.handling, main=None, feedback=own.feedback, looked=own.looked, marked=own.marked)
    turn.tx.reports.change(replace(first, handling=handling))
    for other in rest:
        turn.tx.reports.change(replace(other, handling=replace(other.handling, main=first.id)))


def _go_along(turn: Turn, report: Report, main: Report, order: Order) -> Report:
    """Gives a duplicate the status, office and due date of its main report; its history does not name that report."""
    handling = replace(report.handling, result=main.handling.result, feedback=main.handling.feedback)
    due = max(report.due, main.due) if main.handling.estimate is Check.APPROVED else report.due
    moved = replace(report, status=main.status, agency=main.agency, closed=main.closed, due=due, handling=handling)
    moved = workflow.with_alarm(moved)
    # With the words that its people are told: they ask their code for them later.
    entry = HistoryEntry(deadlines.minute(turn.now), moved.status, moved.agency, order.text, order.act)
    turn.tx.reports.change(moved, entry)
    _settle(turn, report, moved)
    return moved


def _settle(turn: Turn, before: Report, after: Report) -> None:
    """Stops routing replies to a question that is closed."""
    for asking in awaiting.moot(after) - awaiting.moot(before):
        awaiting.settled(turn.tx, after.id, asking, turn.now)
