"""Staff of a town in memory: accounts, reports that citizens hold, acts, and what is on its way to whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack

from core import casework, deadlines, record, tracking, workflow
from core.casework import Actor, Seen, Turn
from core.categories import category
from core.conversation import Correct, Outcome
from core.errors import Refused
from core.intake import filing
from core.intake.turn import MessageTurn
from core.messages import Address, Envelope, PerceptualHash, StoredFile, WireId
from core.model import (
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    Dialogue,
    HistoryEntry,
    Notice,
    Number,
    Place,
    Report,
    ReportId,
    Role,
    Staff,
    StaffId,
    StaffRole,
    Status,
    TrackingCode,
)
from core.phrases import render
from core.ports import ReportQuery
from core.record import ActedBy
from core.workflow import Order, Relation
from tests.fakes.memory_state import State
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.town import PHOTO, Town

T = TypeVar("T")
TEBET = AreaCode("31.74.01.1001")
KELURAHAN = AgencyId("kel:31.74.01.1001")
CITIZEN = frozenset({Relation.CITIZEN})
BIRO = workflow.BIRO


class Ordered(TypedDict, total=False):
    """What can be said behind an act."""

    text: str
    to: str
    until: date | None
    photo: StoredFile
    photo_hash: PerceptualHash
    reason: str


def photo_hash(seed: int) -> PerceptualHash:
    """A picture like no other of another seed."""
    signs = b"".join((seed * 2654435761 + at * 40503).to_bytes(8)[-4:] for at in range(8))
    return PerceptualHash((signs + b"\xff" * 32,) * 2, exact=bytes([seed]))


class TownHall:
    """Officers act by name; `citizen_*` is what intake would write down for somebody who holds a code."""

    def __init__(self, lang: str = "id", news_delay: tuple[int, int] = (0, 0)) -> None:
        self.town = Town(lang)
        self.clock = self.town.clock
        self.context = replace(self.town.context, news_delay=news_delay)
        self.store = self.town.store
        self._contacts = 0

    # -- who and what there is --

    def hire(self, name: str, agency: str, role: StaffRole = StaffRole.OFFICER) -> Staff:
        """An account."""
        staff = Staff(StaffId(""), name, AgencyId(agency), role)
        return self.run(lambda turn: casework.add_staff(turn, staff, "hash"))

    def files(
        self,
        leaf: str = "jalan_rusak",
        area: AreaCode | None = TEBET,
        *,
        text: str = "Jalan berlubang",
        channels: tuple[str, ...] = ("telegram",),
    ) -> Number:
        """A report as intake files it; its first channel is the reporter's, others follow it. Its number."""
        rng, now = self.context.rng, deadlines.minute(self.clock.now())
        chosen, place = CategoryId(leaf), Place(area)
        report = Report(
            id=ReportId(rng.token()),
            number=tracking.new_number(rng),
            channel=(channels or ("telegram",))[0],
            status=Status.MENUNGGU,
            category=chosen,
            agency=workflow.first_holder(chosen, place, list(self.state.routes.values())),
            received=now,
            due=deadlines.due(now),
            text=text,
            place=place,
            restricted=category(chosen).restricted is not None,
        )
        filed = workflow.with_alarm(report)
        entry = HistoryEntry(now, filed.status, filed.agency)
        self.store.run(lambda tx: tx.reports.add(filed, entry))
        for at, channel in enumerate(channels):
            self.held_by(filed.number, channel, Role.FOLLOWER if at else Role.REPORTER)
        return filed.number

    def held_by(
        self, number: Number, channel: str, role: Role = Role.FOLLOWER, *, lang: str = "id", reached: bool = True
    ) -> ContactId | None:
        """One more who holds it, with an address of their own, or none."""
        self._contacts += 1
        address = Address(f"{channel}-{self._contacts}")
        contact = Contact(ContactId(self.context.rng.token()), channel, address, lang) if reached else None
        code = tracking.new_code(self.context.rng)
        holder = CodeHolder(self.report(number).id, role, tracking.last4(code), contact.id if contact else None)
        self.store.run(lambda tx: tx.code_holders.add(holder, code, contact))
        return contact.id if contact else None

    @property
    def state(self) -> State:
        return self.store.state

    def report(self, number: Number) -> Report:
        return next(report for report in self.state.reports.values() if report.number == number)

    def history(self, number: Number) -> tuple[HistoryEntry, ...]:
        return self.state.history[self.report(number).id]

    def becomes(self, number: Number, change: Callable[[Report], Report]) -> Report:
        """It came to this somehow; the clock's alarm is set anew."""
        changed = workflow.with_alarm(change(self.report(number)))
        self.store.run(lambda tx: tx.reports.change(changed))
        return changed

    def code_of(self, number: Number) -> TrackingCode:
        report = self.report(number)
        return next(code for code, holder in self.state.holders.items() if holder.report == report.id)

    # -- what is done --

    def run(self, work: Callable[[Turn], T]) -> T:
        now = self.clock.now()
        return self.store.run(lambda tx: work(Turn(tx, now, self.context)))

    def does(self, name: str, act: Act, number: Number, **order: Unpack[Ordered]) -> Report:
        """An act that must be allowed."""
        return self.run(lambda turn: casework.do(turn, Actor(name), number, Order(act, **order)))

    def refused(self, name: str, act: Act, number: Number, **order: Unpack[Ordered]) -> str:
        """Why an act is not. The refusal is caught inside the turn, so that whatever was written before it is kept."""
        return self._refused(lambda turn: casework.do(turn, Actor(name), number, Order(act, **order)))

    def citizen_does(self, act: Act, number: Number, text: str = "", but: ContactId | None = None) -> Report:
        step = ActedBy(CITIZEN, but=but)
        return self.run(lambda turn: record.act(turn, self.report(number), Order(act, text), step))

    def citizen_is_refused(self, act: Act, number: Number, text: str = "") -> str:
        return self._refused(lambda turn: record.act(turn, self.report(number), Order(act, text), ActedBy(CITIZEN)))

    def citizen_corrects(self, number: Number, *, leaf: str = "", area: AreaCode | None = None) -> Report:
        """Within the day it is said to be about something else or somewhere else; where it is too late, nothing is."""
        place = Place(area, "sana") if area is not None else None
        effect = Correct(self.report(number).id, CategoryId(leaf) if leaf else None, place)
        envelope, profile = Envelope("telegram", Address("budi"), WireId("1")), self.context.profiles["telegram"]

        def turn(at: Turn) -> None:
            heard = MessageTurn(at.tx, envelope, b"lane", profile, at.now, at.context)
            filing.correct(heard, Outcome(Dialogue("id"), None, effect))

        self.run(turn)
        return self.report(number)

    def _refused(self, work: Callable[[Turn], object]) -> str:
        before = self.state.copy()

        def tried(tx: MemoryUnitOfWork) -> str:
            try:
                work(Turn(tx, self.clock.now(), self.context))
            except Refused as no:
                return no.phrase
            return ""

        phrase = self.store.run(tried)
        assert phrase, "it was allowed"
        assert self.state == before, "a refusal changed something"
        return phrase

    def passes(self, **time: float) -> int:
        """Time, and then the clock's work; how many reports it dealt with."""
        self.clock.passes(**time)
        return self.run(casework.process_deadlines)

    def passes_to(self, at: datetime) -> int:
        return self.passes(seconds=(at - self.clock.now()).total_seconds())

    # -- what people see --

    def shows(self, name: str, number: Number) -> Seen:
        return self.run(lambda turn: casework.show(turn, Actor(name), number))

    def show_refused(self, name: str, number: Number) -> str:
        return self._refused(lambda turn: casework.show(turn, Actor(name), number))

    def lists(self, name: str, status: Status | None = None) -> list[Number]:
        return [
            each.number
            for each in self.store.run(lambda tx: casework.listing(tx, name, ReportQuery(open=None, status=status)))
        ]

    def notices(self, name: str) -> list[Notice]:
        return list(self.store.run(lambda tx: casework.climbed(tx, name)))

    def letters(self, number: Number | None = None) -> list[Delivery]:
        """What is on its way to those who hold a report, oldest first; of all where none is named."""
        waiting = list(self.state.waiting.values())
        if number is None:
            return waiting
        contacts = {each.contact for each in self.state.holders.values() if each.report == self.report(number).id}
        return [each for each in waiting if each.contact in contacts]

    def words(self, letter: Delivery) -> str:
        """As its channel says it."""
        return render(letter.say, letter.lang, self.context.profiles[letter.channel]).text

    def keys(self, number: Number | None = None) -> list[str]:
        """Phrases that are on their way, in order."""
        return [line.key for letter in self.letters(number) for line in letter.say.lines]

    def post(self) -> int:
        """All that is due now leaves; how many messages."""
        return len(self.town.post())

    # -- short ways to where a story begins --

    def starts(self, name: str, number: Number) -> None:
        self.does(name, Act.START, number)

    def plans(self, name: str, number: Number, second: str) -> None:
        """With a plan that another approved."""
        self.does(name, Act.PLAN, number, text="Rencana")
        self.does(second, Act.APPROVE_PLAN, number)

    def finishes(self, name: str, number: Number, second: str, seed: int = 1) -> None:
        """From wherever it is open to `selesai`."""
        if self.report(number).status is not Status.PROSES:
            self.starts(name, number)
        self.plans(name, number, second)
        self.does(name, Act.RESULT, number, text="Sudah diperbaiki", photo=PHOTO, photo_hash=photo_hash(seed))
        self.does(second, Act.VALIDATE, number)
