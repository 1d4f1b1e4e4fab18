"""Words that come later and lean to what only one agency may read: the report is that agency's from then on."""

from dataclasses import replace

from core import conversation, deadlines, record, workflow
from core.messages import Line
from core.model import ENDED, About, Act, HistoryEntry, Report, Role, Status
from core.record import Turn


def leant(turn: Turn, report: Report, words: str) -> Report:
    """The report as it may be added to: restricted, and at its agency, where the words tell of such a matter.

    A report never leaves restricted again by what a citizen does: the agency itself lets it go.
    """
    kind = None if report.restricted or report.status in ENDED else conversation.surely_restricted(words)
    if kind is None:
        return report
    record.unlink_duplicates(turn, report.id)
    status = report.status if report.status is Status.MENUNGGU else Status.KOORDINASI
    changed = replace(report, category=kind, restricted=True, status=status)
    holder = workflow.first_holder(kind, report.place, turn.tx.routes.all())
    moved = workflow.with_alarm(workflow.moved(changed, holder))
    turn.tx.reports.count_recategorised(report.category, kind)
    entry = HistoryEntry(deadlines.minute(turn.now), moved.status, moved.agency, act=Act.CORRECTED)
    turn.tx.reports.change(moved, entry)
    return moved


def stands_apart(report: Report, words: str) -> tuple[Line, ...]:
    """Beside what ends or reopens a report, words that lean are not handed on: what is said of that, if they are."""
    kind = None if report.restricted else conversation.surely_restricted(words)
    return () if kind is None else (Line("told_apart"),)


def of_a_follower(turn: Turn, report: Report, about: About, words: str) -> tuple[Line, ...]:
    """The same of all that comes by a code that only follows: else anybody could hide a report of somebody else's."""
    apart = stands_apart(report, words)
    holders = turn.tx.code_holders.of(report.id) if apart else ()
    follows = any(each.role is Role.FOLLOWER and each.last4 == about.last4 for each in holders)
    return apart if follows else ()
