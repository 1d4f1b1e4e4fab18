"""SIGKILL at any moment of handling, of commands and of the service: history, columns, outbox and trail agree."""

import random
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.pool import NullPool

from app.time_and_random import SystemClock, SystemRandomSource
from core import casework, workflow
from core.casework import Turn
from core.model import Act, Delivery, HistoryEntry, Number, Report, Staff, StaffId, TrackingCode
from core.ports import Context, UnitOfWork
from storage import SqlStore
from storage.tables import OUTBOX, REPORT
from tests.fakes.agreement import disagreements
from tests.fakes.citizens import Citizen, code_in, is_told, tell
from tests.fakes.city import STAFF
from tests.fakes.patience import PATIENCE, moment, until
from tests.fakes.wires import Wires, plugged

pytestmark = [pytest.mark.journey, pytest.mark.crash]

REPORTS = 4
WITH_RESULT = 2  # of them are done in the end
SIDE_BY_SIDE = 2
KILLED = 0.7  # share of the tries that are killed, while they may be
MOST_KILLS = 3  # of one order, then it is let live
SERVICE_KILLS = 2
OLD = timedelta(days=8)  # a report that was filed then is late
QUESTION = "Di depan rumah nomor berapa"
RUNS = (
    pytest.param(("sqlite", 21), id="SQLite"),
    pytest.param(("postgres", 22), id="PostgreSQL", marks=pytest.mark.postgres),
)


@dataclass(frozen=True)
class Order:
    name: str
    act: Act
    number: Number
    options: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("case", "do", self.act.value, self.number, "--as", self.name, *self.options)


@dataclass
class Office:
    """Staff at terminals beside a running service, and the database beside both."""

    wires: Wires
    store: SqlStore
    rng: random.Random
    photo: Path
    kills: int = 0
    lived: int = 0

    def hires(self) -> None:
        clock, rng, lang = SystemClock(), SystemRandomSource(), "id"
        context = Context(rng=rng, zone=ZoneInfo("Asia/Jakarta"), lang=lang, profiles={})
        for name, agency, role in STAFF:
            staff = Staff(StaffId(""), name, agency, role)
            self.store.run(lambda tx, of=staff: casework.add_staff(Turn(tx, clock.now(), context), of, "no hash"))  # type: ignore[misc]  # a default binds the loop variable

    def orders(self, report: Report, at: int) -> list[Order]:
        number = report.number
        found = [
            Order("lurah", Act.START, number),
            Order("lurah", Act.PLAN, number, ("--text", "Tambal besok pagi")),
            Order("lurah", Act.ASK, number, ("--text", f"{QUESTION} {at}?")),
            Order("biro", Act.APPROVE_PLAN, number),
            Order("biro", Act.NOTE, number, ("--text", "Sudah dibaca")),
            Order("lurah", Act.NOTE, number, ("--text", f"Pagar nomor {at} diperiksa")),
        ]
        if at < WITH_RESULT:
            shown = ("--text", "Lubang ditambal", "--photo", str(self.photo))
            found += [Order("lurah", Act.RESULT, number, shown), Order("biro", Act.VALIDATE, number, ("--text", "Sah"))]
        return found

    def history(self, report: Report) -> list[HistoryEntry]:
        return list(self.store.run(lambda tx: tx.reports.history(report.id)))

    def does(self, report: Report, order: Order, took: float) -> None:
        """Again and again until it is done; what was killed may have been done, and what was not has left nothing."""
        before = self.times(report, order.act)
        for tries in range(MOST_KILLS + 1):
            killed = tries < MOST_KILLS and self.rng.random() < KILLED
            ran = self.wires.resi.runs(*order.arguments, kill_after=self.rng.random() * took * 1.2 if killed else None)
            done = self.times(report, order.act) - before
            if ran.status is None:
                self.kills += 1
                assert done in {0, 1}
            else:
                self.lived += 1
                assert (ran.status, done) == (0, 1), ran.said
            if done:
                return

    def times(self, report: Report, act: Act) -> int:
        return sum(entry.act is act for entry in self.history(report))

    def ages(self, report: Report) -> None:
        """As if it had been filed long ago: what lies in clear says when, and the clock asks for nothing else."""
        change = update(REPORT).where(REPORT.c.id == report.id)
        past = report.received - OLD
        values = {"received": past, "due": report.due - OLD, "alarm": past}
        engine = create_engine(self.wires.resi.database_url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(change.values(**values))


@pytest.fixture(params=RUNS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A service on empty data, with staff."""
    database, seed = request.param
    settings = {}
    with ExitStack() as stack:
        if database == "postgres":
            server = request.getfixturevalue("postgres_server")
            settings["DATABASE_URL"] = server.fresh()
            stack.callback(server.drop, settings["DATABASE_URL"])
        wires = stack.enter_context(plugged(tmp_path, webhook=True, sms="kannel", settings=settings))
        _starts(wires)
        photo = tmp_path / "after.png"
        Image.effect_noise((320, 240), 90).save(photo)
        office = Office(wires, stack.enter_context(wires.resi.store()), random.Random(seed), photo)
        office.hires()
        yield office


def _starts(wires: Wires) -> None:
    wires.resi.launch()
    until(wires.resi.is_ready, "a service that is ready, while so much else runs", PATIENCE)


def test_whatever_is_killed_when_history_columns_outbox_and_trail_agree(office: Office) -> None:
    wires, rng = office.wires, office.rng
    phones = [wires.phone() for _ in range(REPORTS)]
    codes = [
        code_in(tell(each, f"LAPOR Jalan berlubang {at}, kelurahan Tebet Barat")) for at, each in enumerate(phones)
    ]
    reports = [_by_code(office, code) for code in codes]
    plans = [office.orders(report, at) for at, report in enumerate(reports)]
    with ExitStack() as stack:
        took = max(wires.resi.runs("case", "list", "--as", "biro").seconds for _ in range(SIDE_BY_SIDE))
        threads = stack.enter_context(ThreadPoolExecutor(SIDE_BY_SIDE + REPORTS))
        answers = [threads.submit(_answers, *each) for each in zip(phones, codes, strict=True)]
        work = [
            threads.submit(_handles, office, list(zip(reports, plans, strict=True))[at::SIDE_BY_SIDE], took)
            for at in range(SIDE_BY_SIDE)
        ]
        for at in range(SERVICE_KILLS):
            moment(rng.random() * 2)
            wires.resi.kill()
            office.ages(reports[-1 - at])  # found by the clock that leads next, which is killed in its turn
            _starts(wires)
        _all_done([*work, *answers])
        clocks = [wires.resi.runs("clock", kill_after=rng.random() * 0.5) for _ in range(4)]
    assert office.kills > 5, "nothing was tried"
    assert office.lived > 5
    assert [each.said for each in clocks if each.status not in {None, 0}] == []
    until(lambda: _questions(wires.resi.database_url)[1] == 0, "every question to leave")
    wires.resi.end()
    assert wires.resi.command("clock").returncode == 0

    assert disagreements(office.store, wires.resi.database_url) == []
    assert _questions(wires.resi.database_url) == (REPORTS, 0)
    for phone, report, plan in zip(phones, reports, plans, strict=True):
        assert_done_once_and_told(office, phone, report, plan)
    assert wires.resi.command("audit", "verify").returncode == 0


def _by_code(office: Office, code: str) -> Report:
    def turn(tx: UnitOfWork) -> Report:
        holder = tx.code_holders.by_code(TrackingCode(code.replace("-", "")))
        report = tx.reports.get(holder.report) if holder is not None else None
        assert report is not None
        return report

    return office.store.run(turn)


def _handles(office: Office, plans: list[tuple[Report, list[Order]]], took: float) -> None:
    for report, plan in plans:
        for order in plan:
            if order.act is Act.RESULT:  # an answer that came after the end would be none
                until(lambda of=report: office.times(of, Act.ANSWER), "the answer", PATIENCE)  # type: ignore[misc]  # a default binds the loop variable
            office.does(report, order, took)


def _answers(phone: Citizen, code: str) -> None:
    """As soon as it is asked, and again until that is acknowledged."""
    is_told(phone, QUESTION, PATIENCE)
    post = phone.post(f"{code} nomor 12")
    until(post.hand_over, "an answer to be acknowledged", PATIENCE)


def _all_done(futures: list[Future[None]]) -> None:
    for each in futures:
        each.result(timeout=PATIENCE)


def _questions(url: str) -> tuple[int, int]:
    """How many there are, and how many of them wait."""
    of = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.kind == "question")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        waiting = connection.execute(of.where(OUTBOX.c.state == "waiting")).scalar_one()
        return connection.execute(of).scalar_one(), waiting


def _waiting(office: Office, report: Report) -> list[str]:
    """Phrases of the news that wait for their hour."""

    def turn(tx: UnitOfWork) -> Delivery | None:
        [holder] = tx.code_holders.of(report.id)
        return tx.outbox.pending(holder.contact) if holder.contact is not None else None

    pending = office.store.run(turn)
    return [] if pending is None else [line.key for line in pending.say.lines]


def assert_done_once_and_told(office: Office, phone: Citizen, report: Report, plan: list[Order]) -> None:
    """Each order once, each question once, and the news in the order of the history: one alone, the others waiting."""
    history = office.history(report)
    by_staff = {entry.act for entry in history} & {order.act for order in plan}
    assert sorted(entry.act for entry in history if entry.act in by_staff) == sorted(order.act for order in plan)
    assert sum(entry.act is Act.ANSWER for entry in history) == 1
    heard = set(phone.heard())  # what was said twice because of a kill was said in the same words
    asked = {text for text in heard if text.startswith("Petugas bertanya")}
    replies = {text for text in heard if text.startswith(("Kode", "Terima kasih"))}
    assert (len(asked), len(replies)) == (1, 2)
    told = [move.tells for entry in history for move in workflow.BY_ACT[entry.act][:1]]
    news = [each for each in told if each and each != "question"]
    waiting = [key for key in _waiting(office, report) if key not in {"news_words", "with_digits"}]
    assert waiting == news[len(news) - len(waiting) :]
    alone = heard - asked - replies
    assert len(alone) == len(news) - len(waiting) <= 1
