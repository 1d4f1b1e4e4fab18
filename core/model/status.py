"""Where a report can stand: a row for each status, from which every rule, page and figure reads what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from core.model.act import Act


class WorkStage(StrEnum):
    """How far the work has come: the table of moves (core/workflow/table.py) names stages, not statuses."""

    NEW = "new"  # nobody has begun
    WORK = "work"  # the office that holds it works on it
    CHECK = "check"  # the second pair of eyes looks at the result
    SOLVED = "solved"  # ended; the citizen can say that it is not solved
    CLOSED = "closed"  # ended without being solved


class Phase(StrEnum):
    """What the public page shows as a step on the way: how far a report has come, whoever has to act now."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    ENDED = "ended"  # closed without being solved: it has no steps


class Tone(StrEnum):
    """How strongly a status asks for an office's eye; the desk gives each a colour."""

    WAITING = "waiting"  # the office that holds it has to begin, or begin again
    WORKING = "working"
    CHECKING = "checking"  # the second pair of eyes has to look
    DONE = "done"
    ENDED = "ended"


class ClockRule(StrEnum):
    """What the clock does to a report."""

    REMINDS = "reminds"  # that nobody has looked at it, beside all that it does while it counts
    COUNTS = "counts"  # half the time, late, up the offices, evaluation
    STOPS = "stops"


class Next(StrEnum):
    """What has to happen next to a report."""

    BEGIN = "begin"
    PROPOSE = "propose"  # a plan comes before the work
    WORK = "work"
    PLAN = "plan"  # somebody else looks at the plan
    ESTIMATE = "estimate"  # or at the request for time
    CHECK = "check"  # or at the result
    REDO = "redo"
    DISPUTE = "dispute"  # it was said again that it is not solved: the second pair of eyes decides
    ALONG = "along"  # the report that it goes along with is acted on
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What holds of a status."""

    stage: WorkStage
    phase: Phase
    tone: Tone
    clock: ClockRule
    next: Next  # unless something of the report's own has to be looked at first: core/workflow/possible_acts.py
    news: str = "news_moved"  # phrase for who holds a duplicate that is linked to a report in this status
    reason: str = ""  # phrase that tells a citizen why it ended, with the words of `ended_by`; empty: no reason is told
    ended_by: Act | None = None  # whose words are the reason
    leaves_group: bool = False  # it no longer moves with the report that it was linked to

    @property
    def ended(self) -> bool:
        """Whether nothing is done to it any more, unless it is opened again."""
        return self.stage in {WorkStage.SOLVED, WorkStage.CLOSED}


_CLOSED = StatusRow(WorkStage.CLOSED, Phase.ENDED, Tone.ENDED, ClockRule.STOPS, Next.NOTHING, leaves_group=True)


class Status(StrEnum):
    """Where a report stands: the id, and its row.

    What people read of it is `status_<id>` in core/phrases; how it is reached and left is core/workflow/table.py.
    """

    row: StatusRow

    def __new__(cls, name: str, row: StatusRow | None = None) -> Self:
        """A member that equals its id; `Status("ews")` looks one up, and does not come here."""
        if row is None:
            raise TypeError(f"{name}: a status needs its row")
        status = str.__new__(cls, name)
        status._value_ = name
        status.row = row
        return status

    MENUNGGU = "menunggu", StatusRow(WorkStage.NEW, Phase.WAITING, Tone.WAITING, ClockRule.REMINDS, Next.BEGIN)
    KOORDINASI = "koordinasi", StatusRow(WorkStage.NEW, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.BEGIN)
    DISPOSISI = "disposisi", StatusRow(WorkStage.NEW, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.BEGIN)
    PROSES = (
        "proses",
        StatusRow(WorkStage.WORK, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.WORK, "news_started"),
    )
    EWS = "ews", StatusRow(WorkStage.WORK, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.WORK, "news_estimate")
    MENUNGGU_VALIDASI = (
        "menunggu_validasi",
        StatusRow(WorkStage.CHECK, Phase.WORKING, Tone.CHECKING, ClockRule.COUNTS, Next.CHECK, "news_checking"),
    )
    TL_DITOLAK = (
        "tl_ditolak",
        StatusRow(WorkStage.WORK, Phase.WORKING, Tone.WAITING, ClockRule.COUNTS, Next.REDO, "news_redo"),
    )
    SELESAI = "selesai", StatusRow(WorkStage.SOLVED, Phase.DONE, Tone.DONE, ClockRule.STOPS, Next.NOTHING)
    DITOLAK = "ditolak", replace(_CLOSED, reason="status_reason", ended_by=Act.REJECT)
    DICABUT = "dicabut", _CLOSED
    DITERUSKAN = "diteruskan", replace(_CLOSED, reason="status_reason", ended_by=Act.FORWARD)


STATUSES: Mapping[Status, StatusRow] = MappingProxyType({status: status.row for status in Status})
ENDED = frozenset(status for status, row in STATUSES.items() if row.ended)
