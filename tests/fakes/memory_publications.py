"""What is published and its figures, in dictionaries."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from core import deadlines
from core.messages import Address
from core.model import (
    CategoryId,
    Feedback,
    FigureCount,
    FigureOutcome,
    OutcomeEvent,
    Pack,
    ReportId,
    Status,
    Unpublished,
)
from tests.fakes.memory_state import Listing, State


@dataclass(frozen=True, slots=True)
class MemoryPublications:
    state: State

    def add_waiting(self, report: ReportId, people: str, sender: Address | None) -> None:
        plain = b"" if sender is None else f"{people}\0{sender.reveal()}".encode()
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
