"""What staff may read: their list by deadline, one report with its history, and what has climbed to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import workflow
from core.casework.accounts import Actor, account
from core.errors import Refused
from core.model import (
    Act,
    AuditEntry,
    HistoryEntry,
    Listed,
    Notice,
    Number,
    Report,
    Staff,
    StaffRole,
)
from core.ports import Sight, Sought, Tx
from core.record import Question, Turn, questions

_ALL = Sought(ended=True)
_TEXTLESS = frozenset({StaffRole.ADMIN, StaffRole.AUDITOR, StaffRole.CLERK})


@dataclass(frozen=True, slots=True)
class Seen:
    """One report as its reader sees it."""

    report: Report
    history: tuple[HistoryEntry, ...]
    questions: tuple[Question, ...]
    photos: int
    allowed: tuple[Act, ...]


def seen_report(tx: Tx, staff: Staff, number: Number) -> Report:
    """Raises Refused: with the same phrase where there is none, and where it is none of theirs."""
    if staff.role in _TEXTLESS:
        raise Refused("case_role_reads_nothing")
    report = tx.reports.by_number(number)
    if report is None or not workflow.may_read(staff, report, tx.reports.held(report.id)):
        raise Refused("case_report_unknown")
    return report


def listing(tx: Tx, name: str, sought: Sought = _ALL) -> Sequence[Listed]:
    """What somebody may see, by deadline; those who read no reports see none. Raises Refused.

    It changes nothing: `Store.read` is enough for it, and holds up nobody who writes.
    """
    staff = account(tx, name)
    if staff.role in _TEXTLESS:
        return ()
    return tx.queues.page(Sight(staff.agency, every=staff.role is StaffRole.BIRO), sought)


def as_listed(report: Report) -> Listed:
    """One report as the line of a list."""
    return Listed(
        number=report.number,
        channel=report.channel,
        status=report.status,
        category=report.category,
        agency=report.agency,
        area=report.place.area,
        received=report.received,
        due=report.due,
        late=report.late,
        evaluation=report.evaluation,
    )


def show(turn: Turn, actor: Actor, number: Number) -> Seen:
    """One report; that its office has opened it is noted, and every reading of a restricted one. Raises Refused."""
    tx = turn.tx
    staff = account(tx, actor.name)
    report = seen_report(tx, staff, number)
    if staff.agency == report.agency and not report.handling.looked:
        looked = replace(report, handling=replace(report.handling, looked=True))
        report = workflow.with_alarm(looked)
        tx.reports.change(report)
    if report.restricted:
        tx.audit.add(AuditEntry(turn.now, staff.name, "read", number, actor.via))
    history = tuple(tx.reports.history(report.id))
    later = sum(len(entry.files) for entry in history if entry.act in {Act.ANSWER, Act.ADD})
    return Seen(
        report=report,
        history=history,
        questions=questions(history),
        photos=len(report.files) + later,
        allowed=workflow.allowed(report, workflow.standing(staff, report)),
    )


def climbed(tx: Tx, name: str) -> Sequence[Notice]:
    """What was told to somebody's office of time that passes: number, office, days. Raises Refused."""
    staff = account(tx, name)
    return () if staff.role in _TEXTLESS else tx.notices.to(staff.agency)
