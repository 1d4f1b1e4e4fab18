"""Repositories of reports: the reports and their lists, photos and texts, who has their codes, and the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.messages import PerceptualHash
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    HistoryEntry,
    Listed,
    Number,
    Report,
    ReportId,
    Status,
    TrackingCode,
    Waits,
)
from core.ports.figures import KeptFigures
from core.ports.publication import Publications


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which reports a member of staff may see.

    `agency`: the reports that it holds or held before. `every`: besides these, all that are not restricted.
    """

    agency: AgencyId
    every: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What a member of staff has to do: a step that a report waits for.

    `held`: only where their office holds the report, or only where it does not. `restricted`: only of restricted
    reports, or only of others. None: either.
    """

    waits: Waits
    held: bool | None = None
    restricted: bool | None = None


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Selects reports from those that somebody may see. A field that is None selects nothing away.

    `agency`: the office that holds it now. `area`: this area and all areas inside it. `duties`: one of them applies.
    `numbers`: only these reports. `after`: deadline and number of the last report of the page before. `skip`: how many
    reports come before the page. `most`: how many reports the page has at most.
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
    """Reports and their history. A turn that reads a report here locks it until its commit."""

    def add(self, report: Report, first: HistoryEntry) -> None:
        """Stores a new report with the first entry of its history."""

    def get(self, report: ReportId) -> Report | None:
        """Returns the report and locks its row, so that turns about it wait for each other. None: no such report."""

    def by_number(self, number: Number, visibility: Visibility | None = None) -> Report | None:
        """Same as `get`, and locks the row. `visibility`: of whoever asks; None: every report.

        A report that cannot be seen is None, and takes as long as one that does not exist.
        """

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        """Returns the entries of its history, oldest first. Locks nothing."""

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        """Stores all of the report but id, number, channel and time of receipt; adds `entry` to its history, if given.

        Adds the office that holds it to those that ever held it; where the report has become restricted, the offices
        before are removed from these. Raises NotFound.
        """

    def ever_held_by(self, report: ReportId) -> frozenset[AgencyId]:
        """Returns the offices that hold it or held it before."""

    def with_due_alarm(self, now: datetime, most: int) -> Sequence[ReportId]:
        """Returns at most `most` reports whose alarm is due at `now`, oldest alarm first. Locks nothing."""

    def open_duplicate(
        self, category: CategoryId, area: AreaCode, since: datetime, until: datetime
    ) -> tuple[ReportId, int] | None:
        """Returns an open report of that category in exactly that area, and how many have its code.

        Received since, and not after `until`. Of several the one that most people have a code of; never a restricted
        one, nor one that is itself a duplicate. None: there is none.
        """

    def count_recategorised(self, before: CategoryId, after: CategoryId) -> None:
        """Counts that category `before` was corrected to `after`; nothing refers to a report."""

    def count_closing(self, kind: str, deed: str) -> None:
        """Counts what a citizen made of a trace of that kind; nothing refers to a report."""

    def duplicates_of(self, main: ReportId) -> Sequence[ReportId]:
        """Returns the duplicates of a main report. Locks nothing."""


class UnlockedReports(Protocol):
    """Reports as a page shows them: reading locks nothing, and a write succeeds only where nobody wrote in between."""

    def by_number(
        self, number: Number, visibility: Visibility | None = None
    ) -> tuple[Report, Sequence[HistoryEntry]] | None:
        """With its history, oldest first, both of one moment. `visibility` as in `Reports.by_number`.

        None for a number that was never given, and for one that cannot be seen: nothing of it is opened.
        """

    def save_if_unchanged(self, report: Report) -> bool:
        """Writes alarm and handling of a report that was read here in this turn.

        Returns False and writes nothing where somebody changed the report since it was read.
        """


class Queues(Protocol):
    """Lists of reports, nearest deadline first. Locks nothing, and is quick enough to be read while others write."""

    def lines(self, visibility: Visibility, query: ReportQuery) -> Sequence[Listed]:
        """Returns reports as lines of a list. Ties are broken by report number."""

    def reports(self, visibility: Visibility, query: ReportQuery) -> Sequence[Report]:
        """Returns the same reports in the same order, decrypted whole."""

    def numbers(self, visibility: Visibility, query: ReportQuery) -> Sequence[Number]:
        """Returns the numbers of the same reports, in no order.

        Restricted reports are not filtered by category and area, which are encrypted; the caller checks these.
        """

    def waiting(self, visibility: Visibility, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        """Counts the reports to which a duty applies by the step that they wait for; steps without one are left out."""

    def by_place(
        self, visibility: Visibility, query: ReportQuery
    ) -> Mapping[tuple[AreaCode | None, CategoryId | None], int]:
        """Counts the same reports by area and category, whatever `after`, `skip` and `most` say."""

    def counts(
        self,
        visibility: Visibility,
        duties: tuple[Duty, ...],
        now: datetime,
        end_of_today: datetime,
        query: ReportQuery | None = None,
    ) -> Counts:
        """Counts in one query. `end_of_today`: the last minute of the local day of `now`."""


class Texts(Protocol):
    """The texts of all reports, for an index in memory. Not filtered by permission; the caller checks."""

    def after(self, at: datetime, last: ReportId, most: int, few: int) -> tuple[Sequence[Report], int]:
        """Returns at most `most` reports that follow `(at, last)` in order of receipt and id; erased ones without text.

        And how many reports there are in all, counted no further than `few`. Both come from one query.
        """

    def corrected(self, since: datetime) -> Sequence[Report]:
        """Returns the reports whose words, place or category their writers changed since, as they are now."""

    def erased(self, after: datetime, until: datetime) -> Sequence[Number]:
        """Returns those without words among the reports closed later than `after`, at `until` at the latest."""


class PerceptualHashes(Protocol):
    """Perceptual hashes of photos of results. `scope`: empty: the whole city; else an agency's restricted reports."""

    def keep(self, report: ReportId, photo_hash: PerceptualHash, scope: str) -> None:
        """Stores a hash; the same hash of the same report again changes nothing."""

    def similar_to(self, photo_hash: PerceptualHash, scope: str) -> Sequence[ReportId]:
        """Returns the reports of that scope with a photo that looks the same, most similar first."""


class CodeHolders(Protocol):
    """Who has the code of a report, and their contacts: kept apart from the report, which refers to neither."""

    def add(self, holder: CodeHolder, code: TrackingCode, contact: Contact | None) -> None:
        """Stores a holder whose report exists already. `contact`: the one that the holder refers to, or None."""

    def by_code(self, code: TrackingCode) -> CodeHolder | None:
        """None: no report has that code."""

    def of(self, report: ReportId) -> Sequence[CodeHolder]:
        """Returns everybody who has a code of the report, in the order of HMACs, which tells nothing."""

    def set_last_news(self, contact: ContactId, at: datetime) -> None:
        """Notes when the last news to that contact was, or will be, due."""

    def contact(self, contact: ContactId) -> Contact | None:
        """None: it was erased."""

    def forget(self, contact: ContactId) -> None:
        """Destroys the address, its key and every delivery that waits for it. Call `Outbox.mark_dead` before."""


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
    @property
    def figures(self) -> KeptFigures: ...
