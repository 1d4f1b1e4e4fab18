"""core.ports.Store in dictionaries: the second implementation of the storage contract, fast enough for every test."""

import base64
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta, tzinfo
from operator import attrgetter
from typing import TypeVar, get_type_hints

from core import deadlines, image_similarity, workflow
from core.categories import CATEGORIES
from core.errors import NameTaken, NotFound, StoreAway
from core.messages import Address, PerceptualHash, SealedAddress, Tag, WireId
from core.model import (
    ALERT_OF,
    ENDED,
    Act,
    AgencyId,
    Alert,
    AlertChoice,
    AreaCode,
    AuditEntry,
    Awaited,
    Canned,
    CannedId,
    Capability,
    CategoryId,
    Climbed,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Factor,
    Feedback,
    FigureClass,
    FigureCount,
    FigureOutcome,
    Handled,
    HistoryEntry,
    Lateness,
    Listed,
    Mark,
    Mention,
    Missed,
    Notice,
    Number,
    OutcomeEvent,
    Pack,
    Partner,
    Report,
    ReportId,
    Route,
    SavedView,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
    StaffIdentity,
    Status,
    TrackingCode,
    Unpublished,
    Waits,
)
from core.ports import Counts, Duty, PageViewer, ReportQuery, Visibility

T = TypeVar("T")
_ALIKE = 10  # of a hundred bits that may differ


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Sent:
    """What stays of a delivery: neither address nor words."""

    delivery: DeliveryId
    state: str  # sent | dead
    at: datetime | None = None
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A report as it is published."""

    pack: Pack
    batch: datetime
    status: Status
    updated: datetime
    report: Unpublished


@dataclass(slots=True)
class State:
    """Everything that is kept; all values are frozen, so that a copy of the dictionaries is a copy of it all."""

    seen: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    failing: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    counts: dict[tuple[str, str], tuple[datetime, ...]] = field(default_factory=dict)
    dialogues: dict[bytes, tuple[Dialogue, datetime]] = field(default_factory=dict)
    reports: dict[ReportId, Report] = field(default_factory=dict)
    history: dict[ReportId, tuple[HistoryEntry, ...]] = field(default_factory=dict)
    holders: dict[TrackingCode, CodeHolder] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    waiting: dict[DeliveryId, Delivery] = field(default_factory=dict)  # in the order they were added
    leases: dict[DeliveryId, datetime] = field(default_factory=dict)
    done: dict[DeliveryId, Sent] = field(default_factory=dict)
    corrections: dict[tuple[CategoryId, CategoryId], int] = field(default_factory=dict)
    closings: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[ReportId, frozenset[AgencyId]] = field(default_factory=dict)
    awaited: dict[bytes, tuple[Awaited, ...]] = field(default_factory=dict)
    capabilities: dict[Tag, Capability] = field(default_factory=dict)
    perceptual_hashes: dict[tuple[ReportId, PerceptualHash, str], None] = field(default_factory=dict)
    notices: dict[tuple[ReportId, Mark, datetime, AgencyId], Notice] = field(default_factory=dict)
    staff: dict[StaffId, Staff] = field(default_factory=dict)
    passwords: dict[StaffId, str] = field(default_factory=dict)
    sessions: dict[SessionToken, Session] = field(default_factory=dict)
    factors: dict[StaffId, Factor] = field(default_factory=dict)
    missed: dict[StaffId, Missed] = field(default_factory=dict)
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    partner_keys: dict[str, str] = field(default_factory=dict)
    views: dict[tuple[StaffId, str], SavedView] = field(default_factory=dict)
    mentions: dict[tuple[StaffId, Number], Mention] = field(default_factory=dict)
    audit: dict[int, AuditEntry] = field(default_factory=dict)
    canned: dict[CannedId, Canned] = field(default_factory=dict)
    unpublished: dict[ReportId, bytes] = field(default_factory=dict)
    published: dict[ReportId, "Listing"] = field(default_factory=dict)
    outcomes: dict[tuple[ReportId, str], tuple[OutcomeEvent, bool]] = field(default_factory=dict)
    figures: dict[tuple[str, FigureOutcome, FigureClass, int], int] = field(default_factory=dict)
    figure_channels: dict[tuple[str, str], int] = field(default_factory=dict)
    shown: dict[Status, int] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    partner_reports: dict[ReportId, str] = field(default_factory=dict)
    identities: dict[tuple[str, str], StaffIdentity] = field(default_factory=dict)
    alert_choices: dict[StaffId, AlertChoice] = field(default_factory=dict)
    alerts: dict[tuple[StaffId, ReportId, int], tuple[Alert, bool]] = field(default_factory=dict)  # whether it was told

    def copy(self) -> "State":
        return State(*map(dict.copy, _ALL(self)))

    def sharing(self) -> "State":
        """Another with the same dictionaries."""
        return State(*_ALL(self))


_ALL = attrgetter(*(each.name for each in fields(State)))


@dataclass(frozen=True, slots=True)
class MemoryInbox:
    state: State

    def record_if_new(self, channel: str, wire_id: WireId, now: datetime) -> bool:
        first = (channel, wire_id) not in self.state.seen
        self.state.seen.setdefault((channel, wire_id), _minute(now))
        return first

    def unrecord(self, channel: str, wire_id: WireId) -> None:
        self.state.seen.pop((channel, wire_id), None)

    def failing_since(self, channel: str, wire_id: WireId, now: datetime) -> datetime:
        return self.state.failing.setdefault((channel, wire_id), _minute(now))

    def count(self, what: str, who: str, now: datetime) -> None:
        before = self.state.counts.get((what, who), ())
        self.state.counts[what, who] = (*before, now.replace(microsecond=0))

    def counted(self, what: str, who: str, now: datetime, within: timedelta) -> tuple[int, datetime | None]:
        recent = [at for at in self.state.counts.get((what, who), ()) if at > now - within]
        return len(recent), max(recent, default=None)

    def sums(self, what: str, who: str, now: datetime, spans: tuple[timedelta, ...]) -> tuple[int, ...]:
        return tuple(self.counted(what, who, now, span)[0] for span in spans)


@dataclass(frozen=True, slots=True)
class MemoryDialogues:
    state: State

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        if isinstance(sender, SealedAddress):
            return sender.person
        return hashlib.sha256(f"{channel}\0{sender.reveal()}".encode()).digest()

    def get(self, ordering_key: bytes) -> tuple[Dialogue, datetime] | None:
        return self.state.dialogues.get(ordering_key)

    def put(self, ordering_key: bytes, dialogue: Dialogue, now: datetime) -> None:
        self.state.dialogues[ordering_key] = (dialogue, _minute(now))

    def drop(self, ordering_key: bytes) -> None:
        self.state.dialogues.pop(ordering_key, None)


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

    def open_duplicate(self, category: CategoryId, area: AreaCode, since: datetime) -> tuple[ReportId, int] | None:
        fitting = {
            each.id
            for each in self.state.reports.values()
            if (each.category, each.place.area) == (category, area)
            and each.received >= since
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


@dataclass(frozen=True, slots=True)
class MemoryOverview:
    state: State

    def handled(self, start: datetime, end: datetime, office: AgencyId | None = None) -> Sequence[Handled]:
        return [
            Handled(
                agency=each.agency,
                took=None if each.closed is None else each.closed - each.received,
                evaluation=each.evaluation,
                reopened=each.handling.reopened,
                feedback=each.handling.feedback,
                restricted=each.restricted,
            )
            for each in self.state.reports.values()
            if office in {None, each.agency} and (each.closed is None or start <= each.closed < end)
        ]

    def late(self, office: AgencyId, now: datetime, *, every: bool) -> Sequence[Lateness]:
        found: dict[AgencyId, list[Report]] = {}
        for each in self._late(now):
            above = not each.restricted if every else each.id in self._climbed(office)
            if each.agency == office or above:
                found.setdefault(each.agency, []).append(each)
        counted = [
            Lateness(agency, len(those), min(each.due for each in those), sum(each.evaluation for each in those))
            for agency, those in found.items()
        ]
        return sorted(counted, key=lambda each: (-each.reports, each.agency))

    def climbed(self, office: AgencyId, now: datetime, holder: AgencyId, most: int) -> Sequence[Climbed]:
        return [each for each in self._climbed_to(office, now, restricted=None) if each.agency == holder][:most]

    def climbed_restricted(self, office: AgencyId, now: datetime, most: int) -> Sequence[Climbed]:
        return self._climbed_to(office, now, restricted=True)[:most]

    def _climbed_to(self, office: AgencyId, now: datetime, *, restricted: bool | None) -> list[Climbed]:
        found = [
            Climbed(
                each.number,
                each.agency,
                each.due,
                each.evaluation,
                readable=not each.restricted and office in self.state.held[each.id],
            )
            for each in self._late(now)
            if each.id in self._climbed(office) and each.agency != office and restricted in {None, each.restricted}
        ]
        return sorted(found, key=lambda each: (each.due, each.number))

    def _late(self, now: datetime) -> list[Report]:
        return [each for each in self.state.reports.values() if each.status not in ENDED and each.due <= now]

    def _climbed(self, office: AgencyId) -> set[ReportId]:
        notices = self.state.notices.values()
        return {each.report for each in notices if each.to == office and each.mark is Mark.CLIMB}


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
                self.state.holders[code] = replace(holder, told=_minute(at))

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
class MemoryOutbox:
    state: State

    def add(self, delivery: Delivery) -> None:
        if delivery.contact is None or delivery.contact in self.state.contacts:
            ordering_key = delivery.ordering_key or (delivery.contact or "").encode()
            self.state.waiting[delivery.id] = replace(delivery, ordering_key=ordering_key)

    def pending(self, contact: ContactId) -> Delivery | None:
        news = (
            d
            for d in self.state.waiting.values()
            if d.contact == contact and d.kind in {DeliveryKind.NEWS, DeliveryKind.DIGEST}
        )
        return next((delivery for delivery in reversed(list(news)) if delivery.id not in self.state.leases), None)

    def replace(self, delivery: Delivery) -> None:
        old = self.state.waiting.get(delivery.id)
        if old is not None and delivery.id not in self.state.leases:
            self.state.waiting[delivery.id] = replace(
                delivery, ordering_key=old.ordering_key, channel=old.channel, contact=old.contact, attempts=old.attempts
            )

    def drop_all_for(self, contact: ContactId) -> None:
        for delivery in list(self.state.waiting.values()):
            if delivery.contact == contact:
                del self.state.waiting[delivery.id]
                self.state.leases.pop(delivery.id, None)

    def claim(
        self, now: datetime, lease: timedelta, most: int, busy: frozenset[str] = frozenset()
    ) -> Sequence[Delivery]:
        heads: dict[bytes, Delivery] = {}
        for delivery in self.state.waiting.values():
            heads.setdefault(delivery.ordering_key, delivery)
        open_to = [delivery for delivery in heads.values() if delivery.channel not in busy]
        free = [d for d in open_to if d.not_before <= now and self._free(d.id, now)]
        taken = sorted(free, key=lambda d: d.not_before)[:most]
        for delivery in taken:
            self.state.leases[delivery.id] = now + lease
        return taken

    def extend_lease(self, delivery: DeliveryId, until: datetime) -> None:
        if delivery in self.state.leases:
            self.state.leases[delivery] = until

    def _free(self, delivery: DeliveryId, now: datetime) -> bool:
        until = self.state.leases.get(delivery)
        return until is None or until <= now

    def mark_sent(self, delivery: Delivery, provider_id: str, now: datetime) -> None:
        self._finish(Sent(delivery.id, "sent", _minute(now), provider_id))

    def retry_at(self, delivery: DeliveryId, at: datetime) -> None:
        self.state.leases.pop(delivery, None)
        if delivery in self.state.waiting:
            old = self.state.waiting[delivery]
            self.state.waiting[delivery] = replace(old, attempts=old.attempts + 1, not_before=at)

    def mark_dead(self, delivery: DeliveryId) -> None:
        self._finish(Sent(delivery, "dead"))

    def _finish(self, end: Sent) -> None:
        self.state.leases.pop(end.delivery, None)
        if self.state.waiting.pop(end.delivery, None) is not None:
            self.state.done[end.delivery] = end


@dataclass(frozen=True, slots=True)
class MemoryAwaitedAnswers:
    state: State

    def get(self, ordering_key: bytes, now: datetime) -> tuple[Awaited, ...]:
        return tuple(awaited for awaited in self.state.awaited.get(ordering_key, ()) if awaited.until > now)

    def put(self, ordering_key: bytes, awaited: tuple[Awaited, ...]) -> None:
        self.state.awaited[ordering_key] = awaited
        if not awaited:
            del self.state.awaited[ordering_key]


@dataclass(frozen=True, slots=True)
class MemoryCapabilities:
    state: State

    def tag(self, delivery: DeliveryId) -> Tag:
        return Tag(base64.b32encode(hashlib.sha256(delivery.encode()).digest()[:16]).decode().rstrip("=").lower())

    def put(self, tag: Tag, capability: Capability) -> None:
        self.state.capabilities[tag] = replace(capability, until=_minute(capability.until))

    def get(self, tag: Tag, now: datetime) -> Capability | None:
        found = self.state.capabilities.get(tag)
        return found if found is not None and found.until > now else None

    def drop(self, tag: Tag) -> None:
        self.state.capabilities.pop(tag, None)

    def forget(self, contact: ContactId) -> None:
        for tag in [tag for tag, each in self.state.capabilities.items() if each.contact == contact]:
            del self.state.capabilities[tag]


@dataclass(frozen=True, slots=True)
class MemoryPerceptualHashes:
    state: State

    def keep(self, report: ReportId, photo_hash: PerceptualHash, scope: str) -> None:
        self.state.perceptual_hashes[report, photo_hash, scope] = None

    def similar_to(self, photo_hash: PerceptualHash, scope: str) -> Sequence[ReportId]:
        found: dict[ReportId, float] = {}
        for report, other, its_scope in self.state.perceptual_hashes:
            far = image_similarity.alike(photo_hash, other)
            if its_scope == scope and far <= image_similarity.ALIKE:
                found[report] = min(far, found.get(report, far))
        return sorted(found, key=lambda report: (found[report], report))


@dataclass(frozen=True, slots=True)
class MemoryNotices:
    state: State

    def add(self, notice: Notice) -> None:
        kept = replace(notice, at=_minute(notice.at))
        self.state.notices.setdefault((kept.report, kept.mark, kept.at, kept.to), kept)

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        found = sorted((n for n in self.state.notices.values() if n.to == agency), key=lambda n: (n.number, n.mark))
        return sorted(found, key=lambda notice: notice.at, reverse=True)


@dataclass(frozen=True, slots=True)
class MemoryAccounts:
    state: State

    def add(self, staff: Staff, password: str) -> None:
        if self.by_name(staff.name) is not None:
            raise NameTaken
        self.state.staff[staff.id] = staff
        self.state.passwords[staff.id] = password

    def by_name(self, name: str) -> Staff | None:
        return next((staff for staff in self.state.staff.values() if staff.name == name), None)

    def lock_by_name(self, name: str) -> Staff | None:
        return self.by_name(name)

    def by_similar_name(self, name: str) -> Staff | None:
        return next((staff for staff in self.state.staff.values() if staff.name.lower() == name.lower()), None)

    def get(self, staff: StaffId) -> Staff | None:
        return self.state.staff.get(staff)

    def all(self) -> Sequence[Staff]:
        return sorted(self.state.staff.values(), key=lambda staff: staff.name)

    def change(self, staff: Staff, password: str | None = None) -> None:
        other = self.by_name(staff.name)
        if other is not None and other.id != staff.id:
            raise NameTaken
        if staff.id not in self.state.staff:
            raise NotFound
        self.state.staff[staff.id] = staff
        if password is not None:
            self.state.passwords[staff.id] = password

    def password_hash(self, name: str) -> str | None:
        staff = self.by_name(name)
        return None if staff is None else self.state.passwords[staff.id]

    def count_miss(self, name: str, *, page: bool = False) -> None:
        staff = self.by_name(name)
        if staff is not None and staff.active:
            before = self.state.missed.get(staff.id, Missed())
            more = {"pages": before.pages + 1} if page else {"logins": before.logins + 1}
            self.state.missed[staff.id] = replace(before, **more)

    def take_misses(self, staff: StaffId) -> Missed:
        return self.state.missed.pop(staff, Missed())


@dataclass(frozen=True, slots=True)
class MemoryPageViewers:
    state: State

    def of_report(self, name: str, number: Number) -> PageViewer | None:
        staff = MemoryAccounts(self.state).by_name(name)
        if staff is None:
            return None
        ready = (each for each in MemoryCanned(self.state).all() if each.agency in {None, staff.agency})
        return PageViewer(staff, tuple(ready), (staff.id, number) in self.state.mentions)

    def of_list(self, name: str) -> tuple[Staff, Sequence[SavedView]] | None:
        staff = MemoryAccounts(self.state).by_name(name)
        return None if staff is None else (staff, MemoryViews(self.state).of(staff.id))


@dataclass(frozen=True, slots=True)
class MemorySessions:
    state: State

    def add(self, session: Session, token: SessionToken) -> None:
        if session.staff not in self.state.staff or token in self.state.sessions:
            raise ValueError("no such account, or the token is taken")
        self.state.sessions[token] = replace(session, began=_minute(session.began), seen=_minute(session.seen))

    def by_token(self, token: SessionToken) -> tuple[Session, Staff] | None:
        session = self.state.sessions.get(token)
        return None if session is None else (session, self.state.staff[session.staff])

    def with_factor(self, token: SessionToken) -> tuple[Session, Staff, bool] | None:
        found = self.by_token(token)
        factor = None if found is None else self.state.factors.get(found[1].id)
        return None if found is None else (*found, factor is not None and factor.on)

    def of(self, staff: StaffId) -> Sequence[Session]:
        found = [session for session in self.state.sessions.values() if session.staff == staff]
        return sorted(found, key=lambda session: (session.seen, session.began, session.id), reverse=True)

    def change(self, session: Session) -> None:
        for token, old in self.state.sessions.items():
            if old.id == session.id:
                proved = session.proved and _minute(session.proved)
                kept = replace(session, began=old.began, staff=old.staff, seen=_minute(session.seen), proved=proved)
                self.state.sessions[token] = kept

    def end(self, session: SessionId) -> None:
        for token in [token for token, each in self.state.sessions.items() if each.id == session]:
            del self.state.sessions[token]


@dataclass(frozen=True, slots=True)
class MemoryFactors:
    state: State

    def of(self, staff: StaffId) -> Factor | None:
        return self.state.factors.get(staff)

    def put(self, factor: Factor) -> None:
        self.state.factors[factor.staff] = factor

    def drop(self, staff: StaffId) -> None:
        self.state.factors.pop(staff, None)


@dataclass(frozen=True, slots=True)
class MemoryIdentities:
    state: State

    def of(self, issuer: str, subject: str) -> StaffIdentity | None:
        return self.state.identities.get((issuer, subject))

    def of_staff(self, staff: StaffId) -> StaffIdentity | None:
        return next((each for each in self.state.identities.values() if each.staff == staff), None)

    def put(self, identity: StaffIdentity) -> None:
        key = identity.issuer, identity.subject
        self.drop(identity.staff)
        if key in self.state.identities:
            raise NameTaken
        self.state.identities[key] = identity

    def drop(self, staff: StaffId) -> None:
        for key in [key for key, each in self.state.identities.items() if each.staff == staff]:
            del self.state.identities[key]


@dataclass(frozen=True, slots=True)
class MemoryViews:
    state: State

    def of(self, staff: StaffId) -> Sequence[SavedView]:
        return sorted((each for each in self.state.views.values() if each.staff == staff), key=lambda view: view.name)

    def put(self, view: SavedView) -> None:
        self.state.views[view.staff, view.name] = view

    def drop(self, staff: StaffId, name: str) -> None:
        self.state.views.pop((staff, name), None)


@dataclass(frozen=True, slots=True)
class MemoryMentions:
    state: State

    def of(self, staff: StaffId, visibility: Visibility) -> Sequence[Mention]:
        seen = {each.number for each in self.state.reports.values() if MemoryQueues(self.state).sees(each, visibility)}
        found = [each for each in self.state.mentions.values() if each.staff == staff and each.number in seen]
        return sorted(found, key=lambda mention: (mention.at, mention.number), reverse=True)

    def put(self, mention: Mention) -> None:
        self.state.mentions[mention.staff, mention.number] = replace(mention, at=_minute(mention.at))

    def drop(self, staff: StaffId, number: Number) -> None:
        self.state.mentions.pop((staff, number), None)


@dataclass(frozen=True, slots=True)
class MemoryRoutes:
    state: State

    def all(self) -> Sequence[Route]:
        return [self.state.routes[key] for key in sorted(self.state.routes)]

    def add(self, route: Route) -> None:
        self.state.routes[route.category or "", route.area or ""] = route

    def drop(self, route: Route) -> bool:
        key = route.category or "", route.area or ""
        there = self.state.routes.get(key) == route
        if there:
            del self.state.routes[key]
        return there


@dataclass(frozen=True, slots=True)
class MemoryPartners:
    state: State

    def add(self, partner: Partner, key: str) -> None:
        if partner.name in self.state.partners:
            raise NameTaken
        self.state.partners[partner.name] = partner
        self.state.partner_keys[key] = partner.name

    def by_key(self, key: str) -> Partner | None:
        name = self.state.partner_keys.get(key)
        return None if name is None else self.state.partners[name]

    def all(self) -> Sequence[Partner]:
        return [self.state.partners[name] for name in sorted(self.state.partners)]

    def change(self, partner: Partner) -> bool:
        there = partner.name in self.state.partners
        if there:
            self.state.partners[partner.name] = partner
        return there

    def rotate(self, partner: Partner, key: str, old_until: datetime) -> None:  # noqa: ARG002 - no clock runs here
        self.state.partner_keys[key] = partner.name

    def tell_at(self, partner: Partner, salt: str) -> bytes:
        self.change(partner)
        return salt.encode()

    def filed(self, partner: Partner, report: ReportId) -> None:
        self.state.partner_reports[report] = partner.name


@dataclass(frozen=True, slots=True)
class MemoryPublications:
    state: State

    def add_waiting(self, report: ReportId, channel: str, sender: Address | None) -> None:
        plain = b"" if sender is None else f"{channel}\0{sender.reveal()}".encode()
        self.state.unpublished[report] = plain and hashlib.sha256(plain).digest()[:2]

    def published_until(self) -> datetime | None:
        return self.state.until.get("batch")

    def publish_until(self, at: datetime) -> None:
        self.state.until["batch"] = at

    def waiting(self, before: datetime) -> Sequence[Unpublished]:
        reports = sorted((self.state.reports[each] for each in self.state.unpublished), key=lambda r: r.number)
        return [
            Unpublished(
                report=each.id,
                number=each.number,
                status=each.status,
                category=CategoryId("") if each.restricted else each.category,
                area=None if each.restricted else each.place.area,
                received=each.received,
                restricted=each.restricted,
                sender=self.state.unpublished[each.id],
                agency=each.agency,
                channel=each.channel,
            )
            for each in reports
            if each.received < before
        ]

    def publish(self, batch: datetime, packs: Sequence[Pack]) -> None:
        for pack in packs:
            for each in pack.reports:
                self.state.published[each.report] = Listing(pack, batch, each.status, batch, each)
                del self.state.unpublished[each.report]

    def drop(self, reports: Iterable[ReportId]) -> None:
        for report in reports:
            del self.state.unpublished[report]

    def refresh_statuses(self, batch: datetime) -> None:
        for report, listed in list(self.state.published.items()):
            status = self.state.reports[report].status
            if status is not listed.status:
                self.state.published[report] = replace(listed, status=status, updated=batch)

    def listed_statuses(self) -> Mapping[Status, int]:
        return Counter(each.status for each in self.state.published.values())

    def shown_statuses(self) -> Mapping[Status, int]:
        return dict(self.state.shown)

    def show_statuses(self, counts: Mapping[Status, int]) -> None:
        self.state.shown.update(counts)


@dataclass(frozen=True, slots=True)
class MemoryKeptFigures:
    state: State

    def take_up(self, zone: tzinfo) -> None:
        """Nothing was published before."""

    def add(self, day: date, counts: Sequence[FigureCount]) -> None:
        for count in counts:
            for days, reports in count.days.items():
                key = day.isoformat(), count.outcome, count.of, days
                self.state.figures[key] = self.state.figures.get(key, 0) + reports

    def add_channels(self, day: date, counts: Mapping[str, int]) -> None:
        for channel, reports in counts.items():
            key = day.isoformat(), channel
            self.state.figure_channels[key] = self.state.figure_channels.get(key, 0) + reports

    def note_outcomes(self, batch: datetime, said_since: datetime) -> Sequence[OutcomeEvent]:
        for listed in self.state.published.values():
            for kind, outcome, days in self._became(listed, said_since, changed=listed.updated == batch):
                event = OutcomeEvent(
                    listed.report.report,
                    listed.report.number,
                    outcome,
                    listed.pack.shared,
                    listed.pack.office,
                    days,
                    listed.report.report.encode() if listed.report.report in listed.pack.proved else b"",
                )
                self.state.outcomes.setdefault((event.report, kind), (event, False))
        return [
            event for event, told in self.state.outcomes.values() if not told and event.report in self.state.published
        ]

    def _became(
        self, listed: Listing, said_since: datetime, *, changed: bool
    ) -> Iterable[tuple[str, FigureOutcome, int]]:
        report = self.state.reports[listed.report.report]
        said = report.handling.feedback
        if not changed and (said is None or report.closed is None or report.closed < said_since):
            return
        if listed.status is Status.SELESAI:
            took = listed.updated - listed.batch
            in_time = took <= deadlines.ANSWER_WITHIN
            yield "solved", FigureOutcome.IN_TIME if in_time else FigureOutcome.LATER, took // timedelta(days=1)
        if report.handling.reopened:
            yield "reopened", FigureOutcome.REOPENED, 0
        if said is not None:
            yield "said", FigureOutcome.SATISFIED if said is Feedback.SOLVED else FigureOutcome.DISSATISFIED, 0

    def end_waiting(self, events: Iterable[OutcomeEvent]) -> None:
        for event in events:
            for key, (noted, _) in list(self.state.outcomes.items()):
                if noted == event:
                    self.state.outcomes[key] = noted, True


@dataclass(frozen=True, slots=True)
class MemoryCanned:
    state: State

    def all(self) -> Sequence[Canned]:
        return sorted(self.state.canned.values(), key=lambda each: (each.agency or "", each.title, each.id))

    def add(self, canned: Canned) -> None:
        if canned.id in self.state.canned:
            raise ValueError("id is taken")
        self.state.canned[canned.id] = canned

    def drop(self, canned: CannedId) -> Canned | None:
        return self.state.canned.pop(canned, None)


@dataclass(frozen=True, slots=True)
class MemoryAudit:
    state: State

    def add(self, entry: AuditEntry) -> None:
        self.state.audit[len(self.state.audit) + 1] = replace(entry, at=_minute(entry.at))

    def add_nothing(self, entry: AuditEntry) -> None:
        pass

    def since(self, start: datetime) -> Sequence[AuditEntry]:
        return [each for each in reversed(self.state.audit.values()) if each.at >= start]


@dataclass(frozen=True, slots=True)
class MemoryAlerts:
    state: State

    def choice(self, staff: StaffId) -> AlertChoice | None:
        return self.state.alert_choices.get(staff)

    def choices(self) -> Sequence[AlertChoice]:
        return [each for _, each in sorted(self.state.alert_choices.items()) if each.confirmed]

    def put(self, choice: AlertChoice, contact: Contact | None = None) -> None:
        if contact is not None:
            before = self.choice(choice.staff)
            if before is not None:
                MemoryCodeHolders(self.state).forget(before.contact)
            self.state.contacts[contact.id] = contact
        self.state.alert_choices[choice.staff] = replace(
            choice,
            since=_minute(choice.since),
            code_until=choice.code_until and _minute(choice.code_until),
            sent=choice.sent and _minute(choice.sent),
            looked=choice.looked and _minute(choice.looked),
        )

    def drop(self, staff: StaffId) -> None:
        choice = self.state.alert_choices.pop(staff, None)
        if choice is not None:
            MemoryCodeHolders(self.state).forget(choice.contact)
        for key in [key for key in self.state.alerts if key[0] == staff]:
            del self.state.alerts[key]

    def happened(self, since: datetime, most: int) -> Sequence[Alert]:
        found = [
            Alert(staff.id, report.id, report.number, ALERT_OF[entry.act], step, entry.at)
            for report in self.state.reports.values()
            for step, entry in enumerate(self.state.history[report.id], 1)
            for staff in self.state.staff.values()
            if entry.act in ALERT_OF and staff.agency == report.agency and staff.active and report.handling.main is None
            if self._wants(staff.id, report.id, entry, step) and entry.at >= since
        ]
        return sorted(found, key=lambda each: (each.at, each.report, each.step, each.staff))[:most]

    def _wants(self, staff: StaffId, report: ReportId, entry: HistoryEntry, step: int) -> bool:
        choice = self.state.alert_choices.get(staff)
        if choice is None or not choice.confirmed or ALERT_OF[entry.act] not in choice.kinds or entry.at < choice.since:
            return False
        noted = {key[2] for key in self.state.alerts if key[:2] == (staff, report)}
        return step not in noted and not (entry.act is Act.CORRECTED and noted)

    def note(self, alert: Alert) -> None:
        kept = replace(alert, at=_minute(alert.at))
        self.state.alerts.setdefault((alert.staff, alert.report, alert.step), (kept, False))

    def waiting(self, staff: StaffId, until: datetime, most: int) -> Sequence[Alert]:
        found = [each for each, told in self.state.alerts.values() if each.staff == staff and not told]
        return sorted((e for e in found if e.at <= until), key=lambda each: (each.at, each.number, each.step))[:most]

    def tell(self, staff: StaffId, until: datetime) -> None:
        for key, (each, _) in list(self.state.alerts.items()):
            if each.staff == staff and each.at <= until:
                self.state.alerts[key] = (each, True)


class MemoryUnitOfWork:
    """A part of it is made when a turn first asks for it, which most do for few."""

    inbox: MemoryInbox
    dialogues: MemoryDialogues
    reports: MemoryReports
    unlocked_reports: MemoryUnlockedReports
    queues: MemoryQueues
    texts: MemoryTexts
    code_holders: MemoryCodeHolders
    outbox: MemoryOutbox
    awaited: MemoryAwaitedAnswers
    capabilities: MemoryCapabilities
    perceptual_hashes: MemoryPerceptualHashes
    notices: MemoryNotices
    overview: MemoryOverview
    accounts: MemoryAccounts
    page_viewers: MemoryPageViewers
    sessions: MemorySessions
    factors: MemoryFactors
    identities: MemoryIdentities
    views: MemoryViews
    mentions: MemoryMentions
    routes: MemoryRoutes
    partners: MemoryPartners
    audit: MemoryAudit
    canned: MemoryCanned
    publications: MemoryPublications
    alerts: MemoryAlerts
    figures: MemoryKeptFigures

    def __init__(self, state: State) -> None:
        self._state = state

    def __getattr__(self, name: str) -> object:
        if name not in _PARTS:
            raise AttributeError(name)
        made = _PARTS[name](self._state)
        setattr(self, name, made)
        return made


_PARTS = get_type_hints(MemoryUnitOfWork)


class MemoryStore:
    """Turns one after the other; one that raises leaves nothing. Look at `state` to see what was kept."""

    def __init__(self) -> None:
        self.state = State()
        self.away = False  # set: every turn raises StoreAway, as when the disk is full
        self.ordering_keys: list[bytes] = []  # of the turns that were kept, in order
        self._one = threading.RLock()

    def run(self, turn: Callable[[MemoryUnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        with self._one:
            if self.away:
                raise StoreAway
            trial = self.state.copy()
            result = turn(MemoryUnitOfWork(trial))
            self.state = trial
            self.ordering_keys.append(ordering_key)
            return result

    def read(self, turn: Callable[[MemoryUnitOfWork], T]) -> T:
        with self._one:
            if self.away:
                raise StoreAway
            return turn(MemoryUnitOfWork(self.state.copy()))
