"""A city for forty days: reports by every way in, staff by chance, the clock, the outbox; one clock moves them all."""

import gc
import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from core import casework, delivery, intake, tracking, workflow
from core.casework import Actor, Turn
from core.categories import category
from core.messages import Address, Envelope, Incoming, PerceptualHash, Say, StoredFile, WireId
from core.model import (
    Act,
    AgencyId,
    CategoryId,
    Delivery,
    DeliveryKind,
    HistoryEntry,
    Number,
    Report,
    Staff,
    StaffId,
    StaffRole,
    TrackingCode,
)
from core.ports import Context, Reports, UnitOfWork
from core.workflow import BIRO, Order
from storage import SqlStore
from tests.fakes.by_hand import ANSWERED, DELAY
from tests.fakes.declared import profiles
from tests.fakes.lives import life
from tests.fakes.nouns import words_of
from tests.fakes.plain_log import Account, End, Event, Filed, Log, Message, Told
from tests.fakes.time_and_random import FakeRandomSource

if TYPE_CHECKING:
    from core.analysis import Analysis

START = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)  # midnight in Jakarta
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_MINUTES = round(DELAY / timedelta(minutes=1))
_WAYS = (*("sms",) * 5, *("mail",) * 3, "form", "form", "telegram")
_KINDS = tuple(map(CategoryId, ("jalan_rusak", "sampah", "parkir_liar", "narkoba")))
_STORIES = (
    "Jalan berlubang besar di depan pasar",
    "Sampah menumpuk tidak diangkut seminggu",
    "Got mampet dan bau",
    "Parkir liar menutup trotoar",
    "Kantor tetap buka semua karyawan masuk padahal PPKM",
    "Suara musik keras tiap malam mengganggu",
    "Kafe buka sampai larut malam melanggar PPKM",
    "Pohon besar miring hampir tumbang",
    "Lampu jalan mati sudah tiga malam",
    "Ada yang jual narkoba sabu di gang",
    "Petugas minta pungli saat urus surat",
)
_PLACES = ("Tebet Timur", "Pisangan Baru", "Kebayoran Lama Utara", "Penjaringan", "Cengkareng Timur", "Kemayoran")
_PHOTO = StoredFile("a" * 40, "a2V5", "image/jpeg", 1000)
_READ = frozenset(ANSWERED.values()) | {"feedback_late"}


@dataclass(frozen=True, slots=True)
class Days:
    """How many, with how many reports in each, and how often the clock looks; for two days in the middle it sleeps."""

    many: int
    reports: int = 400
    looks: timedelta = timedelta(minutes=10)

    @property
    def end(self) -> datetime:
        return START + timedelta(days=self.many)

    def sleeps(self, at: datetime) -> bool:
        return timedelta(days=self.many // 2) <= at - START < timedelta(days=self.many // 2 + 2)


class _RandomSource(FakeRandomSource):
    """As random as the others, and faster: a city asks for many."""

    def token(self) -> str:
        return f"{self._random.getrandbits(104):026x}"


class City:
    """Lives day by day on a store; `log` is what happened, `kept` what the service made of it."""

    def __init__(self, store: SqlStore, days: Days, seed: int = 1) -> None:
        self.store, self.days = store, days
        self.analysis: Analysis | None = None  # where few stories are told often, of all turns
        self.log, self.kept = Log(), Account()
        self.turns = Counter[str]()
        self.rng = random.Random(seed)
        self.context = Context(
            rng=_RandomSource(seed),
            zone=ZoneInfo("Asia/Jakarta"),
            lang="id",
            profiles=profiles(("sms", "mail")),
            news_delay=(_MINUTES, _MINUTES),
        )
        self.tx: UnitOfWork
        self._filing: _Filing
        self.now = START
        self._count = count()
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []  # when, in which order, what
        self._staff: set[str] = set()
        self._photos: list[PerceptualHash] = []
        for number in range(days.many * days.reports):
            minutes = self.rng.randrange(days.many * 24 * 60)
            self._plan(START + timedelta(minutes=minutes), lambda number=number: self._reported(number))  # type: ignore[misc]  # a default binds the loop variable

    def lives(self) -> None:
        """All the days; what happens in an hour, or between two looks of the clock, shares a commit."""
        at, span = START, max(HOUR, self.days.looks)
        while at < self.days.end:
            self.store.run(lambda tx: self._read_once(lambda: self._span(tx, at, span)))  # noqa: B023 - run at once
            at += span
            # What a city remembers grows day by day, and is none of the service's: no collection shall walk through it.
            gc.collect(1)
            gc.freeze()
        gc.unfreeze()
        self.store.run(self._ends)

    def _read_once(self, work: Callable[[], None]) -> None:
        with nullcontext() if self.analysis is None else self.analysis.open():
            work()

    def _span(self, tx: UnitOfWork, start: datetime, span: timedelta) -> None:
        self._filing = tx.reports = _Filing(tx.reports)  # type: ignore[misc]  # one of our own
        self.tx = tx
        look = start
        while look < start + span:
            look += self.days.looks
            while self._ahead and self._ahead[0][0] < look:
                self.now, _, work = heapq.heappop(self._ahead)
                work()
            self.now = look
            if not self.days.sleeps(look):
                self._clock()
            self._post()

    def _plan(self, at: datetime, work: Callable[[], None]) -> None:
        """Some seconds into its minute, so that nothing happens at the very moment in which the clock looks."""
        at = at.replace(second=0, microsecond=0) + timedelta(seconds=self.rng.randrange(1, 60))
        heapq.heappush(self._ahead, (max(at, self.now + timedelta(seconds=1)), next(self._count), work))

    def _clock(self) -> None:
        self.log.looks.append(self.now)
        while (done := casework.process_deadlines(Turn(self.tx, self.now, self.context))) == casework.MOST:
            self.turns["clock"] += done
        self.turns["clock"] += done

    def _ends(self, tx: UnitOfWork) -> None:
        """What waits leaves; what was kept is read."""
        self.tx, self.now = tx, self.days.end + 2 * DAY
        self._post()
        for number in self.log.filed:
            opened = tx.unlocked_reports.by_number(Number(number))
            assert opened is not None
            found, history = opened
            self.kept.ends[number] = End(found.status.value, found.agency, found.due, found.late, found.evaluation)
            for entry in history:
                if entry.act in {Act.LATE, Act.CLIMB, Act.EVALUATION}:
                    self.kept.marks[number, entry.act.value, entry.at] += 1
        offices = {each.holder for each in self.log.filed.values()} | {BIRO}
        offices |= {each.holder for events in self.log.events.values() for each in events}
        offices |= {office for each in self.log.filed.values() for office in each.above}
        offices |= {office for events in self.log.events.values() for each in events for office in each.above}
        for office in offices:
            for each in tx.notices.to(AgencyId(office)):
                self.kept.notices.add(Told(office, each.number, each.holder, each.mark.value, each.at, each.days))

    def _post(self) -> None:
        while ready := delivery.claim(self.tx, self.now, 500, self.context):
            for each in ready:
                self._sent(each.delivery)

    def _sent(self, sent: Delivery) -> None:
        self.turns["sent"] += 1
        said = _said(sent.say)
        if sent.kind is not DeliveryKind.REPLY or said[0] in _READ:
            self.kept.messages[Message(words_of(sent.to), sent.kind.value, sent.not_before, said)] += 1
        delivery.sent(self.tx, sent, "", self.now, self.context)

    def _reported(self, number: int) -> None:
        """By a message, or a form that somebody else fills in."""
        way = self.rng.choice(_WAYS)
        story, place = self.rng.choice(_STORIES), self.rng.choice(_PLACES)
        if way == "form":
            code, reach = self._fills(number, story, place)
        else:
            reach = way, Address(f"{way}-{number}")
            code = self._writes(*reach, f"{story} di {place}")
        report = self._filing.filed
        holder = self.tx.code_holders.by_code(code)
        assert holder is not None
        assert holder.report == report.id
        shy = report.restricted or category(report.category).sensitive
        above = workflow.rungs(report.agency, restricted=report.restricted)
        rings = reach is not None and self.context.profiles[reach[0]].gsm7
        left = reach[1].reveal() if reach is not None else ""
        self.log.filed[report.number] = Filed(report.number, self.now, left, rings, shy, report.agency, above)
        self.turns["reports"] += 1
        self._goes_on(life(_Case(self, report, code, reach), random.Random(self.rng.random())))

    def _writes(self, way: str, who: Address, story: str) -> TrackingCode:
        """One message, or a short dialogue where the channel wants one."""
        reply = self.says(way, who, f"LAPOR {story}" if way == "sms" else story)
        while (code := _code_of(reply)) is None:
            options = [each.id for each in reply.say.options]
            reply = self.says(way, who, choice="send" if "send" in options else options[0], to=reply)
        return code

    def _fills(self, number: int, story: str, place: str) -> tuple[TrackingCode, tuple[str, Address] | None]:
        """A form of a counter; some leave a number for news."""
        self.turns["forms"] += 1
        reach = ("sms", Address(f"sms-{number}")) if self.rng.random() < 0.7 else None
        filled = intake.Filled("counter", self.rng.choice(_KINDS), story, place, reach=reach)
        receipt = intake.form(self.tx, filled, self.now, self.context)
        assert receipt is not None
        return receipt.code, reach

    def _goes_on(self, rest: Iterator[timedelta]) -> None:
        wait = next(rest, None)
        if wait is not None:
            self._plan(self.now + wait, lambda: self._goes_on(rest))

    def says(self, way: str, who: Address, text: str = "", *, choice: str = "", to: Delivery | None = None) -> Delivery:
        """A citizen's message; what it is answered with."""
        self.turns["messages in"] += 1
        revision = to.say.revision if to is not None else None
        envelope = Envelope(way, who, WireId(str(next(self._count))), text, choice=choice, revision=revision)
        _, reply = intake.answer(self.tx, Incoming(envelope), self.now, self.context)
        assert reply is not None
        self.tx.outbox.add(reply)
        return reply

    def officer(self, office: str, role: StaffRole) -> str:
        """An account, made when it is first needed."""
        name = f"{role.value} {office}".replace(":", " ")
        if name not in self._staff:
            self._staff.add(name)
            one = Staff(StaffId(""), name, AgencyId(office), role)
            casework.add_staff(Turn(self.tx, self.now, self.context), one, "no password")
        return name

    def happened(self, report: Report, what: str, **more: object) -> None:
        """Written down plainly."""
        above = workflow.rungs(report.agency, restricted=report.restricted)
        event = Event(self.now, what, report.agency, above, **more)  # type: ignore[arg-type]  # fields of Event
        self.log.events.setdefault(report.number, []).append(event)
        self.turns["acts"] += 1

    def photo(self, *, again: bool) -> PerceptualHash:
        """Of a result; sometimes one that was sent before."""
        if again and self._photos:
            return self.rng.choice(self._photos)
        photo_hash = PerceptualHash(
            tuple(self.rng.randbytes(32) + b"\xff" * 32 for _ in range(12)), self.rng.randbytes(32)
        )
        self._photos.append(photo_hash)
        return photo_hash


class _Filing:
    """core.ports.Reports, with the report that was filed last."""

    filed: Report

    def __init__(self, inner: Reports) -> None:
        self._inner = inner

    def add(self, report: Report, first: HistoryEntry) -> None:
        self.filed = report
        self._inner.add(report, first)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return getattr(self._inner, name)


class _Case:
    """tests.fakes.lives.Hands: one report, and those who deal with it."""

    def __init__(self, city: City, report: Report, code: TrackingCode, reach: tuple[str, Address] | None) -> None:
        self.city, self.report = city, report
        self._code, self._reach = tracking.shown(code), reach

    @property
    def _turn(self) -> Turn:
        return Turn(self.city.tx, self.city.now, self.city.context)

    def looks(self) -> None:
        officer = Actor(self.city.officer(self.report.agency, StaffRole.OFFICER))
        self.report = casework.show(self._turn, officer, self.report.number).report
        self.city.happened(self.report, "looked")

    def does(self, order: Order, *, second: bool = False) -> None:
        self.report = casework.do(self._turn, Actor(self._who(second=second)), self.report.number, order)
        until = self.report.handling.until if order.act is Act.APPROVE_ESTIMATE else None
        self.city.happened(self.report, order.act.value, until=until)

    def _who(self, *, second: bool) -> str:
        office = self.report.agency
        if not second:
            return self.city.officer(office, StaffRole.OFFICER)
        if self.report.restricted or office == BIRO:
            return self.city.officer(office, StaffRole.HEAD)
        return self.city.officer(BIRO, StaffRole.BIRO)

    def day(self, days: int) -> date:
        at = max(self.report.due, self.city.now) + timedelta(days=days)
        return at.astimezone(self.city.context.zone).date()

    def results(self, *, again: bool) -> bool:
        photo_hash = self.city.photo(again=again)
        self.does(Order(Act.RESULT, "Sudah dikerjakan", photo=_PHOTO, photo_hash=photo_hash))
        self.city.turns["photos used again"] += bool(self.report.handling.lookalikes)
        return bool(self.report.handling.lookalikes)

    def writes(self, words: str, act: str) -> None:
        """With the code, now and then from another phone."""
        self._says(f"{self._code} {words}", act, other=self.city.rng.random() < 0.2)

    def withdraws(self) -> None:
        """At once, from where the report came: from elsewhere it takes a day, which the count by hand leaves out."""
        if self._reach is not None:
            self._says(f"CABUT {self._code}", "withdraw", other=False)

    def _says(self, text: str, act: str, *, other: bool) -> None:
        elsewhere = ("sms", Address(f"other-{self.report.number}"))
        way, who = elsewhere if other or self._reach is None else self._reach
        self.city.says(way, who, text)
        report = self.city.tx.reports.get(self.report.id)
        assert report is not None
        self.report = report
        self.city.happened(report, act, sender=who.reveal())


def _code_of(reply: Delivery) -> TrackingCode | None:
    for line in reply.say.lines:
        if line.key == "filed":
            return TrackingCode(dict(line.args)["code"].replace("-", ""))
    return None


def _said(say: Say) -> tuple[str, ...]:
    """Keys, with the day of the month where a deadline is named."""
    dated = {"news_late", "news_estimate"}
    return tuple(
        f"{each.key} {dict(each.args)['due'].split()[0]}" if each.key in dated else each.key for each in say.lines
    )
