"""What becomes of published reports, by day, week and month: rows that are kept, so that nobody counts again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Protocol

from core.model import FigureCount, OutcomeEvent


class KeptFigures(Protocol):
    """Counts only grow; each is added once, in the turn that publishes it."""

    def take_up(self, zone: tzinfo) -> None:
        """Counts what was published before figures were kept; does nothing where any are."""

    def add(self, day: date, counts: Sequence[FigureCount]) -> None:
        """Adds to the figures of that day, of its week and month, and of all time."""

    def add_channels(self, day: date, counts: Mapping[str, int]) -> None:
        """Adds reports received by channel."""

    def note_outcomes(self, batch: datetime, said_since: datetime) -> Sequence[OutcomeEvent]:
        """Notes what became of listed reports with this batch, and returns all that is noted and not counted yet.

        Call it after `refresh_statuses`. `said_since`: what citizens said of reports that were closed before is not
        looked for. Days are counted from batch to batch.
        """

    def end_waiting(self, events: Iterable[OutcomeEvent]) -> None:
        """Notes that they are counted."""
