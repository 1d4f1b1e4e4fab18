"""What waits to be published, and what is: kept apart from the reports, for it is all that the public may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.messages import Address
from core.model import Pack, ReportId, Status, Unpublished


class Publications(Protocol):
    """Reports that wait for the next batch, and those that the public sees."""

    def add_waiting(self, report: ReportId, people: str, sender: Address | None) -> None:
        """Adds a report to those that wait for their batch. `people`: the channel, or what its people are called.

        `sender`: who sent it, where that is proved; only an encrypted mark of them is kept, until the contact is
        erased or the report is published. None: nobody is proved.
        """

    def published_until(self) -> datetime | None:
        """Returns the end of the last batch; None: there was none.

        In a turn that writes it locks the row, so that one process publishes while the others wait.
        """

    def publish_until(self, at: datetime) -> None:
        """Notes the end of the batch that was published."""

    def waiting(self, before: datetime) -> Sequence[Unpublished]:
        """Returns the reports that wait and were received before then, by number; locks them against changes."""

    def publish(self, batch: datetime, packs: Sequence[Pack]) -> None:
        """Lists the reports under that time, ends their waiting, and adds them to the figures for good."""

    def drop(self, reports: Iterable[ReportId]) -> None:
        """Ends the waiting of the reports without listing them."""

    def refresh_statuses(self, batch: datetime) -> None:
        """Sets each listed status to what it is now; those that changed carry the time of this batch."""

    def listed_statuses(self) -> Mapping[Status, int]:
        """Counts the listed reports by status."""

    def shown_statuses(self) -> Mapping[Status, int]:
        """Returns the counts by status that the public was last shown."""

    def show_statuses(self, counts: Mapping[Status, int]) -> None:
        """Stores the counts by status that the public is shown from now on."""
