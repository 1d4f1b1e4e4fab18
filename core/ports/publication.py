"""What waits to be published, and what is: kept apart from the reports, for it is all that the public may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.messages import Address
from core.model import Pack, ReportId, Status, Unpublished


class Publications(Protocol):
    """Batches."""

    def add_waiting(self, report: ReportId, channel: str, sender: Address | None) -> None:
        """It waits for its batch. `sender`: who sent it, where that is proved; no more than a mark of them is kept.

        The mark is forgotten with the contact, and once the report is published.
        """
        ...

    def published_until(self) -> datetime | None:
        """Where the last batch ended. Whoever asks in a turn that writes may publish: others wait for that turn."""
        ...

    def publish_until(self, at: datetime) -> None: ...

    def waiting(self, before: datetime) -> Sequence[Unpublished]:
        """What was received before then."""
        ...

    def publish(self, batch: datetime, packs: Sequence[Pack]) -> None:
        """Lists them under that time; they wait no more. Counted for the figures too, for good."""
        ...

    def drop(self, reports: Iterable[ReportId]) -> None:
        """They wait no more."""
        ...

    def refresh_statuses(self, batch: datetime) -> None:
        """Each status that is listed becomes what it is now; those that changed are of that time."""
        ...

    def listed_statuses(self) -> Mapping[Status, int]:
        """How many listed reports have which."""
        ...

    def shown_statuses(self) -> Mapping[Status, int]:
        """The same, as it was last shown."""
        ...

    def show_statuses(self, counts: Mapping[Status, int]) -> None: ...
