"""core.ports.StaffRepositories in dictionaries, but for accounts and alerts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import NameTaken
from core.model import (
    ENDED,
    AgencyId,
    AuditEntry,
    Canned,
    CannedId,
    CityChange,
    Climbed,
    Handled,
    Lateness,
    Mark,
    Mention,
    Notice,
    Number,
    Partner,
    Report,
    ReportId,
    Route,
    SavedView,
    StaffId,
)
from core.ports import Visibility
from tests.fakes.memory_reports import MemoryQueues
from tests.fakes.memory_state import State, minute


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
class MemoryNotices:
    state: State

    def add(self, notice: Notice) -> None:
        kept = replace(notice, at=minute(notice.at))
        self.state.notices.setdefault((kept.report, kept.mark, kept.at, kept.to), kept)

    def to(self, agency: AgencyId) -> Sequence[Notice]:
        found = sorted((n for n in self.state.notices.values() if n.to == agency), key=lambda n: (n.number, n.mark))
        return sorted(found, key=lambda notice: notice.at, reverse=True)


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
        self.state.mentions[mention.staff, mention.number] = replace(mention, at=minute(mention.at))

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

    def report_of(self, partner: Partner, number: Number) -> ReportId | None:
        found = (each for each in self.state.reports.values() if each.number == number and not each.restricted)
        report = next(found, None)
        theirs = report is not None and self.state.partner_reports.get(report.id) == partner.name
        return report.id if report is not None and theirs else None


@dataclass(frozen=True, slots=True)
class MemoryCityChanges:
    state: State

    def version(self) -> int:
        return max((each.version for each in self.state.city_changes.values()), default=0)

    def lock(self) -> int:
        return self.version()

    def all(self) -> Sequence[CityChange]:
        return list(self.state.city_changes.values())

    def put(self, change: CityChange) -> None:
        self.state.city_changes[change.part, change.id] = replace(change, version=self.version() + 1)


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
        self.state.audit[len(self.state.audit) + 1] = replace(entry, at=minute(entry.at))

    def add_nothing(self, entry: AuditEntry) -> None:
        pass

    def since(self, start: datetime) -> Sequence[AuditEntry]:
        return [each for each in reversed(self.state.audit.values()) if each.at >= start]
