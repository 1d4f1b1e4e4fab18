"""What staff are told by mail, in dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.model import (
    ALERT_OF,
    Act,
    Alert,
    AlertChoice,
    Contact,
    HistoryEntry,
    ReportId,
    StaffId,
)
from tests.fakes.memory_reports import MemoryCodeHolders
from tests.fakes.memory_state import State, minute


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
            since=minute(choice.since),
            code_until=choice.code_until and minute(choice.code_until),
            sent=choice.sent and minute(choice.sent),
            looked=choice.looked and minute(choice.looked),
        )

    def code_hash(self, staff: StaffId, code: str) -> str:
        return f"hash of {staff} {code}"

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
        kept = replace(alert, at=minute(alert.at))
        self.state.alerts.setdefault((alert.staff, alert.report, alert.step), (kept, False))

    def waiting(self, staff: StaffId, until: datetime, most: int) -> Sequence[Alert]:
        found = [each for each, told in self.state.alerts.values() if each.staff == staff and not told]
        return sorted((e for e in found if e.at <= until), key=lambda each: (each.at, each.number, each.step))[:most]

    def tell(self, staff: StaffId, until: datetime) -> None:
        for key, (each, _) in list(self.state.alerts.items()):
            if each.staff == staff and each.at <= until:
                self.state.alerts[key] = (each, True)
