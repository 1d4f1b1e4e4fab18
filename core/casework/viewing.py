"""What staff may read: their list by deadline, one report with its history, and what has climbed to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import record, workflow
from core.casework.actors import Actor, account, acting
from core.errors import Refused
from core.messages import StoredFile
from core.model import (
    Act,
    AuditEntry,
    Canned,
    HistoryEntry,
    Listed,
    Notice,
    Number,
    Report,
    Right,
    Staff,
)
from core.ports import PageViewer, ReportQuery, ReportRepositories, StaffRepositories, UnitOfWork, Visibility
from core.record import Question, Turn, questions
from core.workflow import PossibleAct

_ALL = ReportQuery(open=None)


@dataclass(frozen=True, slots=True)
class Seen:
    """One report as its reader sees it."""

    report: Report
    history: tuple[HistoryEntry, ...]
    questions: tuple[Question, ...]
    photos: int
    possible: tuple[PossibleAct, ...] = ()  # every act: what it asks for, or why it cannot be done now
    asks_more: bool = False  # whether one more question needs a reason
    ready: tuple[Canned, ...] = ()  # words that its reader's office has for citizens

    @property
    def can(self) -> tuple[PossibleAct, ...]:
        """What its reader can do now, and is offered."""
        return tuple(each for each in self.possible if each.why is None)

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """All of it: the report's own, then those of its history in their order, each once."""
        later = (file for entry in self.history for file in entry.files)
        return tuple(dict.fromkeys((*self.report.files, *later)))


def seen_report(tx: ReportRepositories, staff: Staff, number: Number) -> Report:
    """Raises Refused: with the same phrase where there is none, and where it is none of theirs."""
    report = tx.reports.by_number(number, _visibility(staff))
    if report is None or not _may_read(staff, report):
        raise Refused("case_report_unknown")
    return report


def _visibility(staff: Staff) -> Visibility:
    """Raises Refused for those who read no report."""
    visibility = visibility_of(staff)
    if visibility is None:
        raise Refused("case_role_reads_nothing")
    return visibility


def _may_read(staff: Staff, report: Report) -> bool:
    """The rule, of one that the store found in their sight: their office holds or held it, or they see all."""
    return workflow.may_read(staff, report, frozenset({staff.agency}))


def readable(tx: UnitOfWork, actor: Actor, number: Number) -> None:
    """Raises Refused where there is no such report, or none of theirs."""
    seen_report(tx, account(tx, actor.name), number)


def steps(tx: UnitOfWork, actor: Actor, number: Number) -> int:
    """How many steps its history has: whether a page that shows it is still true. Raises Refused as `show` does."""
    report = seen_report(tx, account(tx, actor.name), number)
    return len(tx.reports.history(report.id))


def listing(tx: UnitOfWork, name: str, query: ReportQuery = _ALL) -> Sequence[Report]:
    """What somebody may see, by deadline; those who read no reports see none. Raises Refused."""
    visibility = visibility_of(account(tx, name))
    return tx.queues.reports(visibility, query) if visibility is not None else ()


def lines(tx: UnitOfWork, name: str, query: ReportQuery = _ALL) -> Sequence[Listed]:
    """Returns the same reports as lines of a list, for which hardly anything is decrypted. Raises Refused."""
    visibility = visibility_of(account(tx, name))
    return tx.queues.lines(visibility, query) if visibility is not None else ()


def visibility_of(staff: Staff) -> Visibility | None:
    """What somebody may see; None: no report at all."""
    if not staff.may(Right.HANDLE):
        return None
    return Visibility(staff.agency, every=staff.may(Right.CITY))


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


def reader(tx: StaffRepositories, name: str, number: Number) -> PageViewer:
    """Who opens a report; raises Refused where there is no such account, or none any more."""
    found = tx.page_viewers.of_report(name, number)
    if found is None:
        raise Refused("staff_unknown")
    acting(found.staff)
    return found


def show(turn: Turn, actor: Actor, number: Number) -> Seen:
    """One report; that its office has opened it is noted, and every reading of a restricted one. Raises Refused."""
    return opened(turn, actor, reader(turn.tx, actor.name, number), number)


def opened(turn: Turn, actor: Actor, by: PageViewer, number: Number) -> Seen:
    """Same as `show`, for the viewer that `reader` returned."""
    tx, staff = turn.tx, by.staff
    report, history = _looked(tx, staff, number)
    if report.restricted:
        tx.audit.add(AuditEntry(turn.now, staff.name, "read", report.number, actor.via))
    if by.mentioned:
        tx.mentions.drop(staff.id, report.number)
    later = sum(len(entry.files) for entry in history if entry.act in {Act.ANSWER, Act.ADD})
    return Seen(
        report=report,
        history=history,
        questions=questions(history),
        asks_more=record.asked_of(history).used_up,
        photos=len(report.files) + later,
        possible=workflow.possible_acts(report, staff, turn.now, record.asked_of(history)),
        ready=by.ready,
    )


def _looked(tx: UnitOfWork, staff: Staff, number: Number) -> tuple[Report, tuple[HistoryEntry, ...]]:
    """With the note that its office has opened it; where somebody changes it just then, as it stands afterwards."""
    while True:
        report, history = _shown(tx, staff, number)
        if staff.agency != report.agency or report.handling.looked:
            return report, history
        report = workflow.with_alarm(replace(report, handling=replace(report.handling, looked=True)))
        if tx.unlocked_reports.save_if_unchanged(report):
            return report, history


def _shown(tx: ReportRepositories, staff: Staff, number: Number) -> tuple[Report, tuple[HistoryEntry, ...]]:
    """As `seen_report` says, for somebody who changes nothing."""
    found = tx.unlocked_reports.by_number(number, _visibility(staff))
    if found is None or not _may_read(staff, found[0]):
        raise Refused("case_report_unknown")
    return found[0], tuple(found[1])


def photo(tx: UnitOfWork, actor: Actor, number: Number, position: int) -> StoredFile:
    """One file of a report, counted from 1 as `Seen.files` has them; raises Refused, whatever the reason, alike."""
    staff = account(tx, actor.name)
    report = seen_report(tx, staff, number)
    history = tuple(tx.reports.history(report.id))
    files = Seen(report, history, (), 0).files
    if not 1 <= position <= len(files):
        raise Refused("case_report_unknown")
    return files[position - 1]


def climbed(tx: UnitOfWork, name: str) -> Sequence[Notice]:
    """What was told to somebody's office of time that passes: number, office, days. Raises Refused."""
    staff = account(tx, name)
    return tx.notices.to(staff.agency) if staff.may(Right.HANDLE) else ()
