"""Reports, what is like them, who holds them, and what leaves to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.messages import PerceptualHash
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    HistoryEntry,
    Listed,
    Number,
    Report,
    ReportId,
    Status,
    TrackingCode,
    Waits,
)
from core.ports.publication import Publications


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which reports somebody may see. `agency`: what it holds or held; `every`: all but restricted ones."""

    agency: AgencyId
    every: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has to do: what a report waits for, where their office holds it or does not; None: all the same."""

    waits: Waits
    held: bool | None = None
    restricted: bool | None = None


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which reports of those that somebody may see, and how many; None: any. `agency`: who holds it now.

    `area`: of it and all inside it. `duties`: those to which one of these applies. `numbers`: of these alone. `after`:
    deadline and number of the last one of the page before; `skip`: how many come before the page.
    """

    status: Status | None = None
    agency: AgencyId | None = None
    category: CategoryId | None = None
    area: AreaCode | None = None
    channel: str | None = None
    open: bool | None = True
    due_after: datetime | None = None
    due_until: datetime | None = None
    duties: tuple[Duty, ...] | None = None
    numbers: tuple[Number, ...] | None = None
    after: tuple[datetime, Number] | None = None
    skip: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many somebody may see: open ones, of these late and due today, those that wait for them, ended ones.

    `query`: those that were asked for besides, whatever `after`, `skip` and `most` say; 0 where none were.
    """

    open: int = 0
    mine: int = 0
    late: int = 0
    today: int = 0
    ended: int = 0
    query: int = 0


class Reports(Protocol):
    """Reports and their history."""

    def add(self, report: Report, first: HistoryEntry) -> None: ...

    def get(self, report: ReportId) -> Report | None:
        """Whoever reads a report in a turn may change it: turns about one report wait for each other here."""
        ...

    def by_number(self, number: Number, visibility: Visibility | None = None) -> Report | None:
        """Likewise. `visibility`: of whoever asks; one that they may not see costs what one that is not there costs."""
        ...

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Oldest first."""
        ...

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        """Stores it anew (all but id, number, channel and time of receipt), with the entry that says what happened.

        Who holds it is noted among those who held it; where it has become restricted, those before are struck out.
        Raises NotFound.
        """
        ...

    def ever_held_by(self, report: ReportId) -> frozenset[AgencyId]:
        """Who holds or held it."""
        ...

    def with_due_alarm(self, now: datetime, most: int) -> Sequence[ReportId]:
        """Whose alarm has come, oldest alarm first."""
        ...

    def open_duplicate(self, category: CategoryId, area: AreaCode, since: datetime) -> tuple[ReportId, int] | None:
        """An open report of that category in that very area, received since then, and how many hold it.

        Of several the one that most hold; never a restricted one, nor one that goes along with another.
        """
        ...

    def count_recategorised(self, before: CategoryId, after: CategoryId) -> None:
        """Counts that one was taken for the other, of no report in particular."""
        ...

    def duplicates_of(self, main: ReportId) -> Sequence[ReportId]:
        """Reports about the same problem that go along with it."""
        ...


class UnlockedReports(Protocol):
    """Reports as they are shown: nobody waits for who reads, and reading is no claim to change."""

    def by_number(
        self, number: Number, visibility: Visibility | None = None
    ) -> tuple[Report, Sequence[HistoryEntry]] | None:
        """With its history, oldest first, both of one moment. `visibility` as in `Reports.by_number`.

        None for a number that was never given, and for one that cannot be seen: nothing of it is opened.
        """
        ...

    def save_if_unchanged(self, report: Report) -> bool:
        """Keeps what an opening changes, alarm and handling; False where somebody changed it since it was opened."""
        ...


class Queues(Protocol):
    """Lists of reports, by deadline, the nearest first; quick enough to be read while others write."""

    def lines(self, visibility: Visibility, query: ReportQuery) -> Sequence[Listed]:
        """Of two with one deadline the number decides."""
        ...

    def reports(self, visibility: Visibility, query: ReportQuery) -> Sequence[Report]:
        """The same, opened."""
        ...

    def numbers(self, visibility: Visibility, query: ReportQuery) -> Sequence[Number]:
        """Theirs alone, in no order; restricted ones whatever their category and area: these lie sealed."""
        ...

    def waiting(self, visibility: Visibility, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        """How many wait for what, of those to which one of the duties applies; what nothing waits for is left out."""
        ...

    def counts(
        self,
        visibility: Visibility,
        duties: tuple[Duty, ...],
        now: datetime,
        end_of_today: datetime,
        query: ReportQuery | None = None,
    ) -> Counts:
        """`end_of_today`: the last minute of today."""
        ...


class Texts(Protocol):
    """What all reports say, for those who keep an index of it in memory; no rule of sight stands here."""

    def after(self, at: datetime, last: ReportId, most: int, few: int) -> tuple[Sequence[Report], int]:
        """In the order of their receipt, from behind that one; what was erased says nothing.

        And how many reports there are in all, counted no further than `few`: all of it is one query.
        """
        ...


class PerceptualHashes(Protocol):
    """What the photos of results look like; `scope` empty: of the whole city, else of one agency's restricted ones."""

    def keep(self, report: ReportId, photo_hash: PerceptualHash, scope: str) -> None: ...

    def similar_to(self, photo_hash: PerceptualHash, scope: str) -> Sequence[ReportId]:
        """Reports with a photo that looks the same, nearest first."""
        ...


class CodeHolders(Protocol):
    """Who may speak for a report: codes and contacts, never columns of the report."""

    def add(self, holder: CodeHolder, code: TrackingCode, contact: Contact | None) -> None:
        """The report comes first; `contact` is the one that the holder names, or None."""
        ...

    def by_code(self, code: TrackingCode) -> CodeHolder | None: ...

    def of(self, report: ReportId) -> Sequence[CodeHolder]:
        """All who may speak for it, in no order that tells anything."""
        ...

    def set_last_news(self, contact: ContactId, at: datetime) -> None:
        """When the last news to that contact was, or will be, due."""
        ...

    def contact(self, contact: ContactId) -> Contact | None: ...

    def forget(self, contact: ContactId) -> None:
        """Destroys the address, its key and every delivery that still waits for it (mark a dead one first)."""
        ...


class Outbox(Protocol):
    """Deliveries on their way."""

    def add(self, delivery: Delivery) -> None:
        """Nothing is kept for a contact that was forgotten."""
        ...

    def pending(self, contact: ContactId) -> Delivery | None:
        """Its news or digest that waits and that nobody is sending; of several the one that was added last."""
        ...

    def replace(self, delivery: Delivery) -> None:
        """Other words, kind or time for one that waits and that nobody is sending."""
        ...

    def drop_all_for(self, contact: ContactId) -> None:
        """Every delivery that waits for a contact."""
        ...

    def claim(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """The next due delivery of each ordering key that is free, leased to who asks."""
        ...

    def extend_lease(self, delivery: DeliveryId, until: datetime) -> None:
        """A longer lease, if it is leased at all: it is still being sent."""
        ...

    def mark_sent(self, delivery: Delivery, provider_id: str, now: datetime) -> None:
        """Marks it sent, and erases address and words in the same transaction."""
        ...

    def retry_at(self, delivery: DeliveryId, at: datetime) -> None:
        """It failed for a passing reason: one attempt more, not before `at`."""
        ...

    def mark_dead(self, delivery: DeliveryId) -> None:
        """It failed for good: address and words are erased, the row stays as a dead letter."""
        ...


class ReportRepositories(Protocol):
    """Reports, locked or not, their lists, words and photos, who has their code, and what the public sees of them."""

    @property
    def reports(self) -> Reports: ...
    @property
    def unlocked_reports(self) -> UnlockedReports: ...
    @property
    def queues(self) -> Queues: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def perceptual_hashes(self) -> PerceptualHashes: ...
    @property
    def code_holders(self) -> CodeHolders: ...
    @property
    def publications(self) -> Publications: ...
