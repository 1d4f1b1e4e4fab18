"""core.ports.ReportRepositories in dictionaries, but for what is published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core import image_similarity, workflow
from core.categories import CATEGORIES
from core.errors import NotFound
from core.messages import PerceptualHash
from core.model import (
    ENDED,
    Act,
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
    TrackingCode,
    Waits,
)
from core.ports import Counts, Duty, ReportQuery, Visibility
from tests.fakes.memory_conversations import MemoryOutbox
from tests.fakes.memory_state import State, minute
from tests.fakes.picture_index import alike

_ALIKE = 10  # of a hundred bits that may differ


@dataclass(frozen=True, slots=True)
class MemoryReports:
    state: State

    def add(self, report: Report, first: HistoryEntry) -> None:
        if report.id in self.state.reports or any(r.number == report.number for r in self.state.reports.values()):
            raise ValueError("report is there")
        self.state.reports[report.id] = report
        self.state.history[report.id] = (first,)
        self.state.held[report.id] = frozenset({report.agency})

    def get(self, report: ReportId) -> Report | None:
        return self.state.reports.get(report)

    def history(self, report: ReportId) -> Sequence[HistoryEntry]:
        return self.state.history.get(report, ())

    def by_number(self, number: Number, visibility: Visibility | None = None) -> Report | None:
        found = self._numbered(number)
        return (
            found if found is None or visibility is None or MemoryQueues(self.state).sees(found, visibility) else None
        )

    def _numbered(self, number: Number) -> Report | None:
        return next((report for report in self.state.reports.values() if report.number == number), None)

    def change(self, report: Report, entry: HistoryEntry | None = None) -> None:
        old = self.state.reports.get(report.id)
        if old is None:
            raise NotFound
        self.state.reports[report.id] = replace(report, number=old.number, channel=old.channel, received=old.received)
        if entry is not None:
            self.state.history[report.id] += (entry,)
        before = self.state.held[report.id]
        if report.restricted and not old.restricted:
            before = frozenset()
            for key in [key for key in self.state.notices if key[0] == report.id]:
                del self.state.notices[key]
            listed = self.state.published.get(report.id)
            for gone in () if listed is None else listed.pack.reports:
                self.state.published.pop(gone.report, None)
        self.state.held[report.id] = before | {report.agency}

    def ever_held_by(self, report: ReportId) -> frozenset[AgencyId]:
        return self.state.held.get(report, frozenset())

    def with_due_alarm(self, now: datetime, most: int) -> Sequence[ReportId]:
        ringing = [(r.alarm, r.id) for r in self.state.reports.values() if r.alarm is not None and r.alarm <= now]
        return [report for _, report in sorted(ringing)[:most]]

    def open_duplicate(
        self, category: CategoryId, area: AreaCode, since: datetime, until: datetime
    ) -> tuple[ReportId, int] | None:
        fitting = {
            each.id
            for each in self.state.reports.values()
            if (each.category, each.place.area) == (category, area)
            and since <= each.received <= until
            and not each.restricted
            and each.handling.main is None
            and each.status not in ENDED
        }
        held = Counter(holder.report for holder in self.state.holders.values() if holder.report in fitting)
        return min(held.items(), key=lambda pair: (-pair[1], pair[0]), default=None)

    def count_recategorised(self, before: CategoryId, after: CategoryId) -> None:
        named = (before, after)
        if not {each.id for each in CATEGORIES if each.restricted is None}.issuperset(named):
            named = (CategoryId("restricted"), CategoryId("restricted"))
        self.state.corrections[named] = self.state.corrections.get(named, 0) + 1

    def count_closing(self, kind: str, deed: str) -> None:
        self.state.closings[kind, deed] = self.state.closings.get((kind, deed), 0) + 1

    def duplicates_of(self, main: ReportId) -> Sequence[ReportId]:
        return sorted(report.id for report in self.state.reports.values() if report.handling.main == main)


@dataclass(frozen=True, slots=True)
class MemoryUnlockedReports:
    state: State

    def by_number(
        self, number: Number, visibility: Visibility | None = None
    ) -> tuple[Report, Sequence[HistoryEntry]] | None:
        found = MemoryReports(self.state).by_number(number, visibility)
        return None if found is None else (found, self.state.history[found.id])

    def save_if_unchanged(self, report: Report) -> bool:
        old = self.state.reports[report.id]
        self.state.reports[report.id] = replace(old, alarm=report.alarm, handling=report.handling)
        return True


@dataclass(frozen=True, slots=True)
class MemoryQueues:
    state: State

    def lines(self, visibility: Visibility, query: ReportQuery) -> Sequence[Listed]:
        return [_listed(report) for report in self.reports(visibility, query)]

    def reports(self, visibility: Visibility, query: ReportQuery) -> Sequence[Report]:
        found = [r for r in self.state.reports.values() if self.sees(r, visibility) and _query(r, visibility, query)]
        found.sort(key=lambda report: (report.due, report.number))
        return found[query.skip :][: query.most]

    def numbers(self, visibility: Visibility, query: ReportQuery) -> Sequence[Number]:
        clear = replace(query, category=None, area=None)
        fits = {report.number for report in self.reports(visibility, query)}
        return [each.number for each in self.reports(visibility, clear) if each.restricted or each.number in fits]

    def _count(self, visibility: Visibility, query: ReportQuery) -> int:
        return len(self.reports(visibility, replace(query, after=None, skip=0, most=None)))

    def waiting(self, visibility: Visibility, duties: tuple[Duty, ...]) -> Mapping[Waits, int]:
        found = self.reports(visibility, ReportQuery(open=None, duties=duties))
        return Counter(waits for each in found if (waits := workflow.waits(each)) is not None)

    def by_place(
        self, visibility: Visibility, query: ReportQuery
    ) -> Mapping[tuple[AreaCode | None, CategoryId | None], int]:
        found = self.reports(visibility, replace(query, after=None, skip=0, most=None))
        return Counter((each.place.area, each.category) for each in found)

    def counts(
        self,
        visibility: Visibility,
        duties: tuple[Duty, ...],
        now: datetime,
        end_of_today: datetime,
        query: ReportQuery | None = None,
    ) -> Counts:
        queries = (
            ReportQuery(),
            ReportQuery(open=None, duties=duties),
            ReportQuery(due_until=now),
            ReportQuery(due_after=now, due_until=end_of_today),
            ReportQuery(open=False),
        )
        besides = () if query is None else (query,)
        return Counts(*(self._count(visibility, each) for each in (*queries, *besides)))

    def sees(self, report: Report, visibility: Visibility) -> bool:
        holds = visibility.agency in self.state.held[report.id]
        return report.agency == visibility.agency and holds if report.restricted else visibility.every or holds


def _query(report: Report, visibility: Visibility, query: ReportQuery) -> bool:
    return (
        query.open in {None, report.status not in ENDED}
        and query.status in {None, report.status}
        and query.agency in {None, report.agency}
        and query.category in {None, report.category}
        and query.channel in {None, report.channel}
        and (query.numbers is None or report.number in query.numbers)
        and (report.place.area or "").startswith(query.area or "")
        and (query.due_after is None or report.due > query.due_after)
        and (query.due_until is None or report.due <= query.due_until)
        and (query.after is None or (report.due, report.number) > query.after)
        and (query.duties is None or any(_due_to(report, visibility, duty) for duty in query.duties))
    )


def _due_to(report: Report, visibility: Visibility, duty: Duty) -> bool:
    return (
        workflow.waits(report) is duty.waits
        and duty.held in {None, report.agency == visibility.agency}
        and duty.restricted in {None, report.restricted}
    )


def _listed(report: Report) -> Listed:
    same = {name: getattr(report, name) for name in Listed.__slots__ if name != "area"}
    return Listed(**same, area=report.place.area)


@dataclass(frozen=True, slots=True)
class MemoryTexts:
    state: State

    def after(self, at: datetime, last: ReportId, most: int, few: int) -> tuple[Sequence[Report], int]:
        found = sorted(self.state.reports.values(), key=lambda report: (report.received, report.id))
        return [each for each in found if (each.received, each.id) > (at, last)][:most], min(len(found), few)

    def corrected(self, since: datetime) -> Sequence[Report]:
        history = self.state.history.items()
        changed = [of for of, told in history if any(each.act is Act.CORRECTED and each.at >= since for each in told)]
        return [self.state.reports[each] for each in changed]

    def erased(self, after: datetime, until: datetime) -> Sequence[Number]:
        found = self.state.reports.values()
        return [each.number for each in found if each.closed and after < each.closed <= until and not each.text]


@dataclass(frozen=True, slots=True)
class MemoryCodeHolders:
    state: State

    def add(self, holder: CodeHolder, code: TrackingCode, contact: Contact | None) -> None:
        if code in self.state.holders or holder.report not in self.state.reports:
            raise ValueError("code is taken, or no such report")
        self.state.holders[code] = holder
        if contact is not None:
            self.state.contacts[contact.id] = contact

    def by_code(self, code: TrackingCode) -> CodeHolder | None:
        return self.state.holders.get(code)

    def of(self, report: ReportId) -> Sequence[CodeHolder]:
        return [holder for holder in self.state.holders.values() if holder.report == report]

    def set_last_news(self, contact: ContactId, at: datetime) -> None:
        for code, holder in list(self.state.holders.items()):
            if holder.contact == contact:
                self.state.holders[code] = replace(holder, told=minute(at))

    def contact(self, contact: ContactId) -> Contact | None:
        return self.state.contacts.get(contact)

    def forget(self, contact: ContactId) -> None:
        self.state.contacts.pop(contact, None)
        for code, holder in list(self.state.holders.items()):
            if holder.contact == contact:
                if holder.report in self.state.unpublished:
                    self.state.unpublished[holder.report] = b""
                self.state.holders[code] = replace(holder, contact=None)
        MemoryOutbox(self.state).drop_all_for(contact)


@dataclass(frozen=True, slots=True)
class MemoryPerceptualHashes:
    state: State

    def keep(self, report: ReportId, photo_hash: PerceptualHash, scope: str) -> None:
        self.state.perceptual_hashes[report, photo_hash, scope] = None

    def similar_to(self, photo_hash: PerceptualHash, scope: str) -> Sequence[ReportId]:
        found: dict[ReportId, float] = {}
        for report, other, its_scope in self.state.perceptual_hashes:
            far = alike(photo_hash, other)
            if its_scope == scope and far <= image_similarity.ALIKE:
                found[report] = min(far, found.get(report, far))
        return sorted(found, key=lambda report: (found[report], report))
