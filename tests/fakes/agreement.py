"""Whether what a report has come to and what its history tells of it agree: computed from the history, step by step."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import text

from core import deadlines, workflow
from core.model import (
    ENDED,
    Act,
    AgencyId,
    Asking,
    Awaited,
    Check,
    Feedback,
    HistoryEntry,
    Mark,
    Notice,
    Report,
    ReportId,
    Status,
)
from core.ports import UnitOfWork
from core.record import open_question
from storage import SqlStore
from tests.fakes.rows import looking_at

_STAFF = frozenset(act for act in Act if any(workflow.STAFF & move.by for move in workflow.BY_ACT[act]))
_SOLD = {Act.SOLVED: Feedback.SOLVED, Act.NOT_SOLVED: Feedback.NOT_SOLVED, Act.DISPUTE: Feedback.NOT_SOLVED}
_PLANS = {Act.PLAN: Check.WAITING, Act.APPROVE_PLAN: Check.APPROVED, Act.REJECT_PLAN: Check.REFUSED}
_ESTIMATES = {Act.ESTIMATE: Check.WAITING, Act.APPROVE_ESTIMATE: Check.APPROVED, Act.REFUSE_ESTIMATE: Check.REFUSED}
_MOVED = frozenset({Act.COORDINATE, Act.RETURN})


@dataclass(frozen=True)
class _Case:
    """All that the database has of one report."""

    report: Report
    history: Sequence[HistoryEntry]
    held: frozenset[AgencyId]
    notices: Sequence[Notice]
    awaited: Sequence[Awaited]
    acts: Counter[Act] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", Counter(entry.act for entry in self.history))

    def last(self, table: dict[Act, Check] | dict[Act, Feedback], *ends: Act) -> Check | Feedback | None:
        """What the newest entry that the table knows came to; None behind one that ends it."""
        for entry in reversed(self.history):
            if entry.act in ends:
                return None
            if entry.act in table:
                return table[entry.act]
        return None


_RULES: dict[str, Callable[[_Case], bool]] = {
    "status": lambda case: case.report.status is case.history[-1].status,
    "agency": lambda case: case.report.agency == case.history[-1].agency,
    "begins with its filing, and only so": lambda case: (
        case.history[0].act is Act.FILED and case.acts[Act.FILED] == 1 and case.history[0].status is Status.MENUNGGU
    ),
    "closed": lambda case: (case.report.closed is not None) == (case.report.status in ENDED),
    "late once": lambda case: case.acts[Act.LATE] == case.report.late,
    "evaluated once": lambda case: case.acts[Act.EVALUATION] == case.report.evaluation,
    "alarm": lambda case: case.report.alarm == _alarm(case.report),
    "marked": lambda case: case.report.handling.marked is None or _alarm(case.report) != case.report.handling.marked,
    "due": lambda case: (
        (case.report.due == deadlines.due(case.report.received)) == (Act.APPROVE_ESTIMATE not in case.acts)
    ),
    "reopened": lambda case: case.acts[Act.NOT_SOLVED] == case.report.handling.reopened,
    "feedback": lambda case: case.last(_SOLD, Act.RESULT) == case.report.handling.feedback,
    "plan": lambda case: (case.last(_PLANS, *_MOVED) or Check.NONE) == case.report.handling.plan,
    "estimate": lambda case: _estimate(case) == case.report.handling.estimate,
    "held": lambda case: case.report.restricted or case.held == {entry.agency for entry in case.history},
    "offices told of lateness": lambda case: _told(case, Mark.LATE) == case.acts[Act.LATE],
    "offices told of climbing": lambda case: _told(case, Mark.CLIMB) == case.acts[Act.CLIMB],
    "offices told of evaluation": lambda case: _told(case, Mark.EVALUATION) == case.acts[Act.EVALUATION],
    "nobody is waited for without a question": lambda case: (
        open_question(case.history) is not None
        or not any(
            each.asking is Asking.ANSWER and each.report == case.report.id and not each.over for each in case.awaited
        )
    ),
}
_OF_ITS_OWN = frozenset({"reopened", "feedback", "plan", "estimate", "closed", "late once", "evaluated once"})


def _alarm(report: Report) -> object:
    return deadlines.alarm(report, len(workflow.rungs(report.agency, restricted=report.restricted)))


def _estimate(case: _Case) -> Check:
    """What was approved stays where the report moves on; what was asked for does not."""
    if case.acts[Act.APPROVE_ESTIMATE]:
        return Check.APPROVED
    found = case.last(_ESTIMATES, *_MOVED)
    return found if isinstance(found, Check) else Check.NONE


def _told(case: _Case, mark: Mark) -> int:
    return sum(notice.mark is mark and notice.report == case.report.id for notice in case.notices)


def disagreements(store: SqlStore, url: str) -> list[str]:
    """Every report by number with what of it does not fit; and a trail that is broken, or that tells of other acts."""
    with looking_at(url) as connection:
        ids = [ReportId(each) for each in connection.execute(text("SELECT id FROM report")).scalars()]
        offices = {str(each) for each in connection.execute(text("SELECT receiver FROM notice")).scalars()}
    cases = [store.run(lambda tx, of=each: _case(tx, of, offices)) for each in ids]  # type: ignore[misc]  # a default binds the loop variable
    return [*(wrong for case in cases for wrong in _wrong(case)), *_trail(store, cases)]


def _case(tx: UnitOfWork, of: ReportId, offices: set[str]) -> _Case:
    report = tx.reports.get(of)
    assert report is not None
    notices = [notice for office in sorted(offices) for notice in tx.notices.to(AgencyId(office))]
    contacts = [tx.code_holders.contact(each.contact) for each in tx.code_holders.of(of) if each.contact is not None]
    ordering_keys = [tx.dialogues.ordering_key(each.channel, each.address) for each in contacts if each is not None]
    awaited = [each for ordering_key in ordering_keys for each in tx.awaited.get(ordering_key, report.received)]
    return _Case(report, tx.reports.history(of), tx.reports.ever_held_by(of), notices, awaited)


def _wrong(case: _Case) -> Iterator[str]:
    along = case.report.handling.main is not None  # it stands where another stands, which its own history tells half
    for name, rule in _RULES.items():
        if not (along and name in _OF_ITS_OWN) and not rule(case):
            yield f"{case.report.number}: {name}"


def _trail(store: SqlStore, cases: list[_Case]) -> Iterator[str]:
    """Each act of staff once in the history and once in the trail; what went along with another has entries more."""
    if store.audit.verify().bad is not None:
        yield "trail: broken"
        return
    trail = Counter((entry.number, entry.act) for entry in store.audit.entries(100_000) if entry.number is not None)
    for case in cases:
        for act in _STAFF:
            noted, done = trail[case.report.number, act.value], case.acts[act]
            if noted > done or (noted < done and case.report.handling.main is None):
                yield f"{case.report.number}: {act.value} {done} times in its history, {noted} times in the trail"
