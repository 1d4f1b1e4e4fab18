"""Figures as rows that are kept: each count is added to its day, week and month in the turn that tells it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import bindparam, exists, select, update

from core.deadlines import ANSWER_WITHIN
from core.model import (
    AreaCode,
    CategoryId,
    Feedback,
    FigureClass,
    FigureCount,
    FigureOutcome,
    OutcomeEvent,
    PublicClass,
    ReportId,
    Status,
)
from storage.figure_keys import EVER, Periods, grains, summed
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import FIGURE, FIGURE_CHANNEL, FIGURE_SUM, OUTCOME, PUBLISHED, PUBLISHED_CLASS, REPORT, AnyRow
from storage.upserts import insert
from storage.vault import place

_DAY = timedelta(days=1)
_KIND = {
    FigureOutcome.IN_TIME: "solved",
    FigureOutcome.LATER: "solved",
    FigureOutcome.REOPENED: "reopened",
    FigureOutcome.SATISFIED: "said",
    FigureOutcome.DISSATISFIED: "said",
}
_SAID = {Feedback.SOLVED: FigureOutcome.SATISFIED, Feedback.NOT_SOLVED: FigureOutcome.DISSATISFIED}

_FIGURE = insert(FIGURE)
_ADD = _FIGURE.on_conflict_do_update(
    index_elements=list(FIGURE.primary_key),
    set_={
        "reports": FIGURE.c.reports + _FIGURE.excluded.reports,
        "days": FIGURE.c.days + _FIGURE.excluded.days,
    },
)
_SUM = insert(FIGURE_SUM)
_ADD_SUM = _SUM.on_conflict_do_update(
    index_elements=list(FIGURE_SUM.primary_key), set_={"reports": FIGURE_SUM.c.reports + _SUM.excluded.reports}
)
_BY_CHANNEL = insert(FIGURE_CHANNEL)
_ADD_CHANNEL = _BY_CHANNEL.on_conflict_do_update(
    index_elements=list(FIGURE_CHANNEL.primary_key),
    set_={"reports": FIGURE_CHANNEL.c.reports + _BY_CHANNEL.excluded.reports},
)
_BECAME = select(
    PUBLISHED.c.report, PUBLISHED.c.batch, PUBLISHED.c.updated, PUBLISHED.c.status, REPORT.c.reopened, REPORT.c.feedback
).join(REPORT, REPORT.c.id == PUBLISHED.c.report)
_CHANGED = _BECAME.where(PUBLISHED.c.updated == bindparam("batch", type_=PUBLISHED.c.updated.type))
_ANSWERED = _BECAME.where(
    REPORT.c.closed >= bindparam("since", type_=REPORT.c.closed.type),
    REPORT.c.feedback.is_not(None),
    ~exists(1).where(OUTCOME.c.report == REPORT.c.id, OUTCOME.c.kind == "said"),
)
_ANY = select(FIGURE_SUM.c.grain).where(FIGURE_SUM.c.grain == EVER).limit(1)
_BEFORE = select(PUBLISHED_CLASS)
_NOTE = insert(OUTCOME).on_conflict_do_nothing()
_WAITING = (
    select(
        OUTCOME.c.report,
        OUTCOME.c.outcome,
        OUTCOME.c.days,
        PUBLISHED.c.number,
        PUBLISHED.c.field,
        PUBLISHED.c.category,
        PUBLISHED.c.area,
        PUBLISHED.c.office,
        PUBLISHED.c.proved,
    )
    .join(PUBLISHED, PUBLISHED.c.report == OUTCOME.c.report)
    .where(~OUTCOME.c.told)
    .order_by(PUBLISHED.c.number, OUTCOME.c.outcome)
)
_END = update(OUTCOME).where(OUTCOME.c.report == bindparam("of"), OUTCOME.c.kind == bindparam("what")).values(told=True)


def event_of(row: AnyRow, proved: bytes) -> OutcomeEvent:
    """As it is listed, and no finer; `proved` is open."""
    return OutcomeEvent(
        report=ReportId(row.report),
        number=row.number,
        outcome=FigureOutcome(row.outcome),
        shared=PublicClass(row.field, CategoryId(row.category), AreaCode(row.area)),
        office=row.office,
        days=row.days,
        sender=row.report.encode() if proved == b"1" else b"",
    )


def row_of(count: FigureCount) -> dict[str, object]:
    """Every column but when it was."""
    shared = count.of.shared
    return {
        "outcome": count.outcome.value,
        "field": shared.group,
        "category": shared.category,
        "area": shared.area,
        "office": count.of.office,
        "reports": count.reports,
        "days": sum(days * reports for days, reports in count.days.items()),
    }


class SqlKeptFigures:
    """core.ports.KeptFigures."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def take_up(self, zone: tzinfo) -> None:
        """Reads every class that was ever published, once."""
        if self._statements.first(_ANY, {}) is not None:
            return
        for row in self._statements.rows(_BEFORE, {}):
            of = FigureClass(PublicClass(row.field, CategoryId(row.category), AreaCode(row.area)))
            self.add(row.batch.astimezone(zone).date(), [FigureCount(FigureOutcome.RECEIVED, of, {0: row.reports})])

    def add(self, day: date, counts: Sequence[FigureCount], periods: Periods | None = None) -> None:
        """Adds to what is there, by class and by each thing that a class tells; `periods`: to these alone."""
        sums = summed(counts)
        for grain, starts in periods or grains(day):
            when: dict[str, object] = {"grain": grain, "starts": starts}
            for count in () if grain == EVER else counts:
                self._statements.change(_ADD, when | row_of(count))
            for (by, key, outcome, days), reports in sums.items():
                row = {"by": by, "key": key, "outcome": outcome.value, "days": days, "reports": reports}
                self._statements.change(_ADD_SUM, when | row)

    def add_channels(self, day: date, counts: Mapping[str, int], periods: Periods | None = None) -> None:
        """Of each grain, how many reports came by each channel that day."""
        for grain, starts in periods or grains(day):
            for channel, reports in counts.items():
                row = {"grain": grain, "starts": starts, "channel": channel, "reports": reports}
                self._statements.change(_ADD_CHANNEL, row)

    def note_outcomes(self, batch: datetime, said_since: datetime) -> Sequence[OutcomeEvent]:
        """Three queries, by indexes."""
        changed = self._statements.rows(_CHANGED, {"batch": batch})
        for row in (*changed, *self._statements.rows(_ANSWERED, {"since": said_since})):
            for outcome, days in _outcomes(row):
                noted = {"report": row.report, "kind": _KIND[outcome], "outcome": outcome.value, "days": days}
                self._statements.change(_NOTE, noted | {"told": False})
        return [event_of(row, self._proved(row)) for row in self._statements.rows(_WAITING, {})]

    def _proved(self, row: AnyRow) -> bytes:
        if row.proved is None:
            return b""  # published before that was kept
        return self._ring.transient.open(row.proved, place("published", "proved", row.report))

    def end_waiting(self, events: Iterable[OutcomeEvent]) -> None:
        """The rows stay, so that nothing is counted twice."""
        for event in events:
            self._statements.change(_END, {"of": event.report, "what": _KIND[event.outcome]})


def _outcomes(row: AnyRow) -> Iterable[tuple[FigureOutcome, int]]:
    if row.status == Status.SELESAI.value:
        took = row.updated - row.batch
        yield FigureOutcome.IN_TIME if took <= ANSWER_WITHIN else FigureOutcome.LATER, took // _DAY
    if row.reopened:
        yield FigureOutcome.REOPENED, 0
    if row.feedback is not None:
        yield _SAID[Feedback(row.feedback)], 0
