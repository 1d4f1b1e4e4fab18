"""What the pages of figures are given, as numbers and keys: words are theirs."""

from dataclasses import dataclass

from core.model import FigureClass, FigureOutcome, FigureQuery, FigureSummary


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of a table of figures: this period, and the one before it."""

    key: str
    now: FigureSummary
    before: FigureSummary


@dataclass(frozen=True, slots=True)
class FigureReport:
    """What became of reports in one period, and in those before it; what may not be told is not here.

    `query` names the period. `series`: by period, this one last. `kinds`, `areas`: what lies right below those that are
    asked for; the key is empty where it was told coarser. `least`: no count is smaller, but nought.
    """

    query: FigureQuery
    series: tuple[tuple[str, FigureSummary], ...]
    kinds: tuple[Compared, ...] = ()
    areas: tuple[Compared, ...] = ()
    offices: tuple[Compared, ...] = ()
    channels: tuple[Compared, ...] = ()
    least: int = 1
    batches: bool = False


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """One class of one day, as anybody may have it. `days`: of all its reports together, where they are solved."""

    day: str
    outcome: FigureOutcome
    of: FigureClass
    reports: int
    days: int


@dataclass(frozen=True, slots=True)
class OpenData:
    """Every class of the days of a month; no count is smaller than `least`."""

    month: str
    rows: tuple[OpenFigure, ...]
    least: int
