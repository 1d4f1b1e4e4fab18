"""Staff of a town in memory: whoever may do something does it, so that a test can look at what citizens hear."""

from dataclasses import dataclass

from core import record, workflow
from core.messages import StoredFile
from core.model import Act, HistoryEntry, Report, ReportId, Status
from core.record import ActedBy, Question
from core.workflow import Order
from tests.fakes.town import Town

AFTERWARDS = StoredFile("b" * 40, "a2V5", "image/jpeg", 1000)
_WHOEVER = ActedBy(frozenset(workflow.Relation))


@dataclass(frozen=True)
class Officers:
    """All of them; what they do leaves nothing in the outbox."""

    town: Town

    def do(self, report: Report, act: Act, text: str = "", **order: object) -> Report:
        """The report as it is afterwards; the news of it is delivered."""
        town, now = self.town, self.town.clock.now()
        given = Order(act, text, **order)  # type: ignore[arg-type]  # fields of Order
        after = town.store.run(
            lambda tx: record.act(record.Turn(tx, now, town.context), self.now(report.id), given, _WHOEVER)
        )
        town.post()
        return after

    def ask(self, report: Report, text: str = "Sejak kapan?") -> Report:
        return self.do(report, Act.ASK, text)

    def solve(self, report: Report) -> Report:
        """From the start of work to the validation of its result; what waits for its hour is delivered too."""
        if self.now(report.id).status is not Status.PROSES:
            self.do(report, Act.START)
        if not self.now(report.id).handling.result:
            self.do(report, Act.PLAN, "Ditangani besok")
            self.do(report, Act.APPROVE_PLAN)
        self.do(report, Act.RESULT, "Sudah dikerjakan", photo=AFTERWARDS)
        after = self.do(report, Act.VALIDATE)
        self.town.clock.passes(hours=1)
        self.town.post()
        return after

    def now(self, report: ReportId) -> Report:
        return self.town.store.state.reports[report]

    def history(self, report: Report) -> tuple[HistoryEntry, ...]:
        return self.town.store.state.history[report.id]

    def questions(self, report: Report) -> tuple[Question, ...]:
        return record.questions(self.history(report))
