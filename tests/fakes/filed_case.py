"""A report that a citizen filed by some channel, and what its office asks and does."""

from dataclasses import dataclass

from core.messages import StoredFile
from core.model import Act, Report, Status
from tests.fakes.officers import Officers
from tests.fakes.town import PHOTO, Citizen, Told, Town

CHANNELS = ("telegram", "sms", "mail")
STORIES = {
    "telegram": ("/start jalan_rusak", "lubang di jalan itu", "kelurahan cikini", "ya"),
    "sms": ("LAPOR jalan berlubang di kelurahan cikini",),
    "mail": ("Jalan berlubang besar di kelurahan cikini, sudah seminggu.",),
}
SECOND = {
    "telegram": ("/start sampah", "tumpukan di jalan itu", "kelurahan menteng", "ya"),
    "sms": ("LAPOR sampah menumpuk di kelurahan menteng",),
    "mail": ("Sampah menumpuk di kelurahan menteng, sudah seminggu.",),
}


@dataclass(frozen=True)
class Case:
    """One report, who filed it, and who handles it."""

    town: Town
    officers: Officers
    citizen: Citizen
    report: Report
    code: str

    @property
    def last4(self) -> str:
        return self.code[-4:]

    @property
    def now(self) -> Report:
        return self.officers.now(self.report.id)

    @property
    def answers(self) -> list[str | None]:
        return [each.answered for each in self.officers.questions(self.report)]

    @property
    def added(self) -> list[str]:
        return [entry.text for entry in self.officers.history(self.report) if entry.act is Act.ADD]

    @property
    def shown(self) -> list[StoredFile]:
        return [file for entry in self.officers.history(self.report) for file in entry.files if file == PHOTO]

    def asks(self, text: str = "Sejak kapan?") -> Told:
        """Staff ask; the message as the citizen got it."""
        self.officers.ask(self.report, text)
        return self.citizen.news[-1]

    def solved(self) -> Told:
        self.officers.solve(self.report)
        return self.citizen.news[-1]


def filed(channel: str, lang: str = "id", *, town: Town | None = None, who: str = "budi") -> Case:
    town = town or Town(lang)
    return file_story(town, town.citizen(channel, who), STORIES[channel])


def another(case: Case) -> Case:
    """A second report of the same person, about something else."""
    return file_story(case.town, case.citizen, SECOND[case.citizen.channel])


def file_story(town: Town, citizen: Citizen, story: tuple[str, ...]) -> Case:
    before = len(town.reports)
    told = [citizen.writes(text) for text in story]
    assert len(town.reports) == before + 1, told[-1].text
    return Case(town, Officers(town), citizen, town.reports[-1], told[-1].code)


def reopened(case: Case, times: int) -> None:
    for _ in range(times):
        case.solved()
        case.citizen.writes("2", in_thread=case.citizen.channel == "mail")
        assert case.now.status is Status.PROSES
