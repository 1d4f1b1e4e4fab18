"""What becomes of published reports, as counts of classes: no report and no minute stands in any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.model.identifiers import AreaCode, ReportId
from core.model.published import ANYWHERE, PublicClass


class FigureOutcome(StrEnum):
    """What is counted. Each happens to a report once at most."""

    RECEIVED = "received"
    IN_TIME = "solved_in_time"  # within the days that the city promises
    LATER = "solved_later"
    REOPENED = "reopened"
    SATISFIED = "satisfied"  # its citizen said that it is solved
    DISSATISFIED = "dissatisfied"


SOLVED = (FigureOutcome.IN_TIME, FigureOutcome.LATER)


@dataclass(frozen=True, slots=True)
class OutcomeEvent:
    """What became of one published report, and is not counted yet.

    `shared`, `office`: what was published of it. `days`: from its batch to that in which it was solved. `sender`: its
    own mark where it is of a proved sender who sent no other of its batch, else empty.
    """

    report: ReportId
    number: str
    outcome: FigureOutcome
    shared: PublicClass
    office: str = ""
    days: int = 0
    sender: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class FigureClass:
    """All that a figure may be asked by; what is empty was told coarser."""

    shared: PublicClass
    office: str = ""


@dataclass(frozen=True, slots=True)
class FigureCount:
    """Reports of one class with one outcome, enough for the public; `days`: how many took how many days."""

    outcome: FigureOutcome
    of: FigureClass
    days: Mapping[int, int]

    @property
    def reports(self) -> int:
        """How many in all."""
        return sum(self.days.values())


class Grain(StrEnum):
    """By which periods figures are asked."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What figures are asked of; what is empty does not narrow them.

    `starts`: when the period begins, as kept: 2026-11, or the day. `kind`: a field of kinds or a kind; `office`: an
    office or a kind of office.
    """

    grain: Grain
    starts: str
    kind: str = ""
    area: AreaCode = ANYWHERE
    office: str = ""
    channel: str = ""

    @property
    def filters(self) -> int:
        """How many things narrow it, but for the channel."""
        return sum(map(bool, (self.kind, self.area, self.office)))

    @property
    def publishable(self) -> bool:
        """Whether there may be such a figure: channels are told of all reports together alone."""
        return not (self.channel and self.filters)


@dataclass(frozen=True, slots=True)
class FigureSummary:
    """What became of some reports; an outcome that is not there was none, or of too few to tell.

    `days`: how many were solved in how many days; empty: not kept. `paced`: it is told how many were solved in time.
    """

    counts: Mapping[FigureOutcome, int] = field(default_factory=dict)
    total_days: int = 0
    days: Mapping[int, int] = field(default_factory=dict, repr=False)
    paced: bool = True

    def of(self, outcome: FigureOutcome) -> int:
        """How many."""
        return self.counts.get(outcome, 0)

    @property
    def received(self) -> int:
        """Reports that were published."""
        return self.of(FigureOutcome.RECEIVED)

    @property
    def solved(self) -> int:
        """In time or later."""
        return sum(map(self.of, SOLVED))

    @property
    def mean_days(self) -> float | None:
        """To a tenth; None: none was solved."""
        return round(self.total_days / self.solved, 1) if self.solved else None

    @property
    def median_days(self) -> float | None:
        """None: none was solved, or it is not kept."""
        return _median(self.days) if self.days else None

    @property
    def in_time_share(self) -> int | None:
        """Of what was solved, in per cent; None: nothing was, or it is not told."""
        return round(100 * self.of(FigureOutcome.IN_TIME) / self.solved) if self.solved and self.paced else None

    @property
    def satisfied_share(self) -> int | None:
        """Of those who said whether it is solved, in per cent; None: nobody did."""
        said = self.of(FigureOutcome.SATISFIED) + self.of(FigureOutcome.DISSATISFIED)
        return round(100 * self.of(FigureOutcome.SATISFIED) / said) if said else None


def _median(counts: Mapping[int, int]) -> float:
    """Of values that occur so often each, not written out."""
    last = sum(counts.values()) - 1
    middle, passed = list[int](), 0
    for value in sorted(counts):
        for place in (last // 2, (last + 1) // 2):
            if passed <= place < passed + counts[value]:
                middle.append(value)
        passed += counts[value]
    return sum(middle) / 2
