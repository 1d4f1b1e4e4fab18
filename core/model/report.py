"""What an agency handles: a report, where it stands, what was done to it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from core.messages import Point, StoredFile
from core.model.act import Act
from core.model.identifiers import AgencyId, AreaCode, CategoryId, Number, ReportId, StaffId
from core.model.status import Status


class Waits(StrEnum):
    """What has to be done to a report next."""

    WORK = "work"  # by the office that holds it
    PLAN = "plan"  # the second pair of eyes looks at the plan
    ESTIMATE = "estimate"  # or at the request for time
    CHECK = "check"  # or at the result
    DISPUTE = "dispute"  # it was said again that it is not solved: by Biro Pemerintahan
    ALONG = "along"  # nothing: the report that it goes along with is acted on


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: what was matched, and what was said. `area` None: not known (yet)."""

    area: AreaCode | None = None
    name: str = ""  # of the area, as people read it
    words: str = field(default="", repr=False)
    point: Point | None = None

    def with_point(self, point: Point, words: str = "") -> "Place":
        """The same with a point that was sent, and the name and address that came with it."""
        both = self.words if words in self.words else f"{self.words}, {words}".removeprefix(", ")
        return replace(self, point=point, words=both)

    def rounded(self, decimals: int) -> "Place":
        """As it is kept: no point is finer than the operator wants."""
        return self if self.point is None else replace(self, point=self.point.rounded(decimals))


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in the life of a report; never changed, never deleted. `at` in minutes, UTC.

    Its agency ends with the report's words: it is empty then.
    """

    at: datetime
    status: Status
    agency: AgencyId
    text: str = field(default="", repr=False)
    act: Act = Act.FILED
    files: tuple[StoredFile, ...] = ()


class Check(StrEnum):
    """Where something stands that another office has to approve."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Feedback(StrEnum):
    """What a citizen says of a solution."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"


@dataclass(frozen=True, slots=True)
class Handling:
    """What the handling of a report has come to."""

    plan: Check = Check.NONE
    planner: StaffId | None = None
    estimate: Check = Check.NONE
    until: date | None = None  # the day that was asked for
    estimator: StaffId | None = None
    result: tuple[StoredFile, ...] = ()
    doer: StaffId | None = None  # who sent the result
    lookalikes: tuple[Number, ...] = ()  # reports whose result photo looks the same
    main: ReportId | None = None  # the report about the same problem that this one goes along with
    feedback: Feedback | None = None
    reopened: int = 0
    disputed: bool = False  # it was said that it is not solved once more than that reopens it: the Biro decides
    looked: bool = False  # its first receiver has opened it
    marked: datetime | None = None  # marks of time up to here were dealt with
    withdrawal: datetime | None = None  # when it is withdrawn, unless who reported it objects

    @property
    def planned(self) -> bool:
        """Whether a result may be sent: somebody else approved a plan, or there was a result before."""
        return self.plan is Check.APPROVED or bool(self.result)


@dataclass(frozen=True, slots=True)
class Report:
    """What an agency handles. Times in minutes, UTC."""

    id: ReportId
    number: Number
    channel: str
    status: Status
    category: CategoryId
    agency: AgencyId
    received: datetime
    due: datetime
    text: str = field(repr=False)
    place: Place = NOWHERE
    files: tuple[StoredFile, ...] = ()
    attributes: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # answers to what is asked of its kind
    restricted: bool = False
    closed: datetime | None = None
    late: bool = False  # a mark that stays
    evaluation: bool = False  # likewise
    alarm: datetime | None = None  # when the clock has to look at it next
    handling: Handling = Handling()


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as a line of a list: what it says stays sealed, and is not opened for a list."""

    number: Number
    channel: str
    status: Status
    category: CategoryId
    agency: AgencyId
    area: AreaCode | None
    received: datetime
    due: datetime
    late: bool
    evaluation: bool
