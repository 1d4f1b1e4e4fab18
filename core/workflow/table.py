"""The one table of who may move what to where, what it needs, and what the citizen is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.model import STATUSES, Act, Status, WorkStage


class Relation(StrEnum):
    """How somebody stands to a report."""

    HOLDER = "holder"  # officer or head of the office that holds it
    SECOND = "second"  # the second pair of eyes
    BIRO = "biro"  # of the office that coordinates, which sees all but restricted reports
    CITIZEN = "citizen"  # whoever has a code
    CLOCK = "clock"


class TextRule(StrEnum):
    """What an act does with words."""

    NONE = "none"
    MAY = "may"  # they can be given
    INSIDE = "inside"  # they must be given, and stay inside
    TOLD = "told"  # they must be given, and the citizen reads them


class Target(StrEnum):
    """What an act is directed at."""

    NONE = "none"
    OFFICE = "office"
    BRANCH = "branch"  # of the agency that holds it, in the city of the place
    OUTSIDE = "outside"  # the city government
    REPORT = "report"
    CATEGORY = "category"  # that is not restricted


@dataclass(frozen=True, slots=True)
class Move:
    """One row. `to` None: the status stays. `tells`: phrase of the news, empty: none."""

    act: Act
    by: frozenset[Relation]
    at: frozenset[Status]
    to: Status | None = None
    text: TextRule = TextRule.NONE
    target: Target = Target.NONE
    date: bool = False
    photo: bool = False
    restricted: bool = True  # whether it can be done to a restricted report
    along: bool = False  # whether staff can do it to a report that goes along with another one
    tells: str = ""


def at_stage(stage: WorkStage) -> frozenset[Status]:
    """Every status of a stage of the work: rows name stages, so that a new status is moved like its sisters."""
    return frozenset(status for status, row in STATUSES.items() if row.stage is stage)


_WORK = at_stage(WorkStage.WORK)
_OPEN = at_stage(WorkStage.NEW) | _WORK
_CHECKED = at_stage(WorkStage.CHECK)
_ALIVE = _OPEN | _CHECKED
_DONE = at_stage(WorkStage.SOLVED)
_ANY = frozenset(Status)
_HOLDER = frozenset({Relation.HOLDER})
_SECOND = frozenset({Relation.SECOND})
_HOLDER_OR_BIRO = frozenset({Relation.HOLDER, Relation.BIRO})
_CITIZEN = frozenset({Relation.CITIZEN})
_CLOCK = frozenset({Relation.CLOCK})
STAFF = frozenset({Relation.HOLDER, Relation.SECOND, Relation.BIRO})

MOVES: tuple[Move, ...] = (
    Move(Act.START, _HOLDER, _OPEN - {Status.PROSES}, Status.PROSES, TextRule.MAY, tells="news_started"),
    Move(
        Act.COORDINATE,
        _HOLDER_OR_BIRO,
        _OPEN,
        Status.KOORDINASI,
        TextRule.MAY,
        Target.OFFICE,
        restricted=False,
        tells="news_moved",
    ),
    Move(
        Act.DELEGATE,
        _HOLDER,
        _OPEN,
        Status.DISPOSISI,
        TextRule.MAY,
        Target.BRANCH,
        restricted=False,
        tells="news_moved",
    ),
    Move(Act.RETURN, _HOLDER, _OPEN, Status.KOORDINASI, TextRule.MAY, restricted=False, tells="news_moved"),
    Move(Act.PLAN, _HOLDER, _OPEN, text=TextRule.INSIDE),
    Move(Act.APPROVE_PLAN, _SECOND, _OPEN, text=TextRule.MAY),
    Move(Act.REJECT_PLAN, _SECOND, _OPEN, text=TextRule.MAY),
    Move(Act.ESTIMATE, _HOLDER, _OPEN, text=TextRule.INSIDE, date=True),
    Move(Act.APPROVE_ESTIMATE, _SECOND, _OPEN, Status.EWS, TextRule.MAY, tells="news_estimate"),
    Move(Act.REFUSE_ESTIMATE, _SECOND, _OPEN, text=TextRule.MAY),
    Move(Act.ASK, STAFF, _ALIVE, text=TextRule.TOLD, along=True, tells="question"),
    Move(Act.CLOSE_QUESTION, STAFF, _ALIVE, along=True),
    Move(Act.NOTE, STAFF, _ANY, text=TextRule.INSIDE, along=True),
    Move(Act.RESULT, _HOLDER, _WORK, Status.MENUNGGU_VALIDASI, TextRule.TOLD, photo=True, tells="news_checking"),
    Move(Act.VALIDATE, _SECOND, _CHECKED, Status.SELESAI, TextRule.MAY, tells="news_done"),
    Move(Act.REJECT_RESULT, _SECOND, _CHECKED, Status.TL_DITOLAK, TextRule.INSIDE, tells="news_redo"),
    Move(Act.REJECT, _HOLDER_OR_BIRO, _OPEN, Status.DITOLAK, TextRule.TOLD, tells="news_rejected"),
    Move(
        Act.FORWARD,
        _HOLDER_OR_BIRO,
        _OPEN,
        Status.DITERUSKAN,
        TextRule.TOLD,
        Target.OUTSIDE,
        tells="news_forwarded",
    ),
    Move(Act.LINK, _HOLDER_OR_BIRO, _ALIVE, text=TextRule.MAY, target=Target.REPORT, restricted=False, along=True),
    # the one way out of restricted: by the agency itself, and by a head of it who did not handle the report
    Move(
        Act.DECLASSIFY,
        _SECOND,
        _OPEN,
        Status.KOORDINASI,
        TextRule.INSIDE,
        Target.CATEGORY,
        tells="news_moved",
    ),
    # what was said to be solved three times over is taken up again by the second pair of eyes, or moved by the Biro
    Move(Act.START, _SECOND, _DONE, Status.PROSES, TextRule.MAY, tells="news_reopened"),
    Move(
        Act.COORDINATE,
        frozenset({Relation.BIRO}),
        _DONE,
        Status.KOORDINASI,
        TextRule.MAY,
        Target.OFFICE,
        restricted=False,
        tells="news_moved",
    ),
    Move(Act.CORRECTED, _CITIZEN, frozenset({Status.MENUNGGU})),
    Move(Act.ANSWER, _CITIZEN, _ALIVE, text=TextRule.INSIDE),
    Move(Act.ADD, _CITIZEN, _ALIVE, text=TextRule.INSIDE),
    Move(Act.SOLVED, _CITIZEN, _DONE, text=TextRule.MAY),
    Move(Act.NOT_SOLVED, _CITIZEN, _DONE, Status.PROSES, TextRule.MAY, tells="news_reopened"),
    Move(Act.DISPUTE, _CITIZEN, _DONE, text=TextRule.MAY),
    Move(Act.WITHDRAW, _CITIZEN, _ALIVE, Status.DICABUT, TextRule.MAY, tells="news_withdrawn"),
    Move(Act.ASK_WITHDRAWAL, _CITIZEN, _ALIVE, text=TextRule.MAY, tells="withdrawal_asked"),
    Move(Act.OBJECT, _CITIZEN, _ALIVE, tells="withdrawal_stopped"),
    Move(Act.LATE, _CLOCK, _ALIVE, tells="news_late"),
    Move(Act.CLIMB, _CLOCK, _ALIVE),
    Move(Act.EVALUATION, _CLOCK, _ALIVE, tells="news_evaluation"),
)


BY_ACT: Mapping[Act, tuple[Move, ...]] = {act: tuple(move for move in MOVES if move.act is act) for act in Act}
