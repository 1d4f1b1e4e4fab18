"""What waits for the second pair of eyes: results, plans and requests for time, each a list by deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import workflow
from core.casework.actors import Actor, leader, leading
from core.casework.queue import PAGE, Part, QueueRow, duties, when
from core.casework.viewing import Seen, opened, reader, seen_report, visibility_of
from core.errors import Refused
from core.messages import StoredFile
from core.model import Act, Number, Staff, Waits
from core.ports import Duty, ReportQuery, UnitOfWork
from core.record import Turn
from core.workflow import Relation

SHORT = 10  # rows of each list where all are shown
MOST_BESIDE = 3  # look-alikes that are shown with their photo
_LOOKED_AT = 6  # of those that there are


@dataclass(frozen=True, slots=True)
class CheckList:
    """One page of what is looked at in the same way; `row.mine` False: they did it themselves, others look at it."""

    what: Waits
    rows: tuple[QueueRow, ...]
    part: Part


@dataclass(frozen=True, slots=True)
class Checks:
    """`counts` are of all three, whatever is shown."""

    lists: tuple[CheckList, ...]
    counts: Mapping[Waits, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """A report whose result looks the same: `position` of that photo among its files."""

    number: Number
    position: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report before and after. Files are positions as `Seen.files` has them, counted from 1.

    `others`: look-alikes that are not shown, most because the reader may not see them.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    plan: str
    result: str
    beside: tuple[Beside, ...]
    others: int
    why: Refused | None  # why nothing can be decided now; None: it can


def checks(turn: Turn, name: str, only: Waits | None = None, page: int = 1) -> Checks:
    """All three, short; or one of them, a page at a time. Raises Refused for those who check nothing.

    It reads alone: one query for the counts, and one for each list.
    """
    staff = leader(turn.tx, name)
    visibility = visibility_of(staff)
    counts = {} if visibility is None else turn.tx.queues.waiting(visibility, _duties(staff, workflow.CHECKS))
    size = SHORT if only is None else PAGE
    shown = workflow.CHECKS if only is None else (only,)
    return Checks(tuple(_list(turn, staff, what, Part(counts.get(what, 0), page, size)) for what in shown), counts)


def _duties(staff: Staff, what: Sequence[Waits]) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties(staff) if duty.waits in what)


def _list(turn: Turn, staff: Staff, what: Waits, part: Part) -> CheckList:
    visibility = visibility_of(staff)
    if visibility is None or not part.total:
        return CheckList(what, (), part)
    query = ReportQuery(open=None, duties=_duties(staff, (what,)), skip=part.skip, most=part.size)
    found = turn.tx.queues.reports(visibility, query)
    rows = (QueueRow(each, when(turn, each), workflow.awaits(each, staff)) for each in found)
    return CheckList(what, tuple(rows), part)


def to_check(turn: Turn, actor: Actor, number: Number) -> Seen:
    """A report that is theirs to check, as `show` has it; raises Refused where there is none such."""
    by = reader(turn.tx, actor.name, number)
    leading(by.staff)
    seen = opened(turn, actor, by, number)
    if Relation.SECOND not in workflow.relations(by.staff, seen.report):
        raise Refused("case_report_unknown")  # and what the opening noted is not kept
    return seen


def comparison(turn: Turn, actor: Actor, seen: Seen) -> Comparison:
    """What `to_check` gave, side by side with what looks alike. It reads alone. Raises Refused."""
    staff = leader(turn.tx, actor.name)
    positions = {file: position for position, file in enumerate(seen.files, 1)}
    sent = {file for entry in seen.history if entry.act is Act.RESULT for file in entry.files}
    alike = seen.report.handling.lookalikes
    beside = _beside(turn.tx, staff, alike[:_LOOKED_AT])
    return Comparison(
        before=tuple(positions[file] for file in seen.files if file not in sent and _is_image(file)),
        after=tuple(positions[file] for file in seen.report.handling.result if file in positions),
        plan=_last_words(seen, Act.PLAN),
        result=_last_words(seen, Act.RESULT),
        beside=beside,
        others=len(alike) - len(beside),
        why=next(each.why for each in seen.possible if each.act is Act.VALIDATE),
    )


def _is_image(file: StoredFile) -> bool:
    return file.kind.startswith("image/")


def _last_words(seen: Seen, act: Act) -> str:
    return next((entry.text for entry in reversed(seen.history) if entry.act is act), "")


def _beside(tx: UnitOfWork, staff: Staff, numbers: Sequence[Number]) -> tuple[Beside, ...]:
    """Those that the reader may read, the nearest first."""
    found: list[Beside] = []
    for number in numbers:
        if len(found) < MOST_BESIDE and (position := _result_of(tx, staff, number)) is not None:
            found.append(Beside(number, position))
    return tuple(found)


def _result_of(tx: UnitOfWork, staff: Staff, number: Number) -> int | None:
    """The photo of its last result; None where it is not theirs to see, or gone."""
    try:
        report = seen_report(tx, staff, number)
    except Refused:
        return None
    history = tuple(tx.reports.history(report.id))
    sent = [file for entry in history if entry.act is Act.RESULT for file in entry.files]
    return Seen(report, history, (), 0, ()).files.index(sent[-1]) + 1 if sent else None
