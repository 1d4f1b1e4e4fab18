"""A city under a stream of messages on all wires, and the blows that fall on it meanwhile, each drawn from a seed."""

import os
import random
import re
import resource
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.model import Report
from tests.fakes.citizens import Call, Citizen, Post, TelegramUser, WebhookUser, codes_of
from tests.fakes.patience import moment, until
from tests.fakes.postgres_server import OwnServer
from tests.fakes.resi_process import Resi
from tests.fakes.smtp_sink import BODY, CLOSE, GREETING, SILENCE
from tests.fakes.storm import Storm
from tests.fakes.twilio_server import TwilioServer, refusal
from tests.fakes.wires import Wires, plugged

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARK = re.compile(r"penanda ([a-z]{6})")
_LONG = 2.0  # seconds
_SMALL = 8_192  # bytes that a file may have where a disk is full


@dataclass(frozen=True)
class World:
    """`length`: seconds that a fault lasts. `server`: its own PostgreSQL; None: SQLite, and one process."""

    wires: Wires
    rng: random.Random
    length: float
    server: OwnServer | None = None
    others: tuple[Resi, ...] = ()

    @property
    def processes(self) -> tuple[Resi, ...]:
        return (self.wires.resi, *self.others)


Blow = Callable[[World], None]
"""Begins a fault, waits for its length, and mends what was done from outside."""


@dataclass(frozen=True)
class Turning:
    """A message by HTTP that goes to another process at each try, as a proxy in front of several hands it over."""

    call: Call
    roots: Sequence[str]
    tries: list[int] = field(default_factory=lambda: [0])

    def hand_over(self) -> bool:
        self.tries[0] += 1
        root = self.roots[self.tries[0] % len(self.roots)]
        url = self.call.url.replace(self.roots[0], root)
        return Call(self.call.method, url, self.call.body, self.call.headers).hand_over()


@dataclass(frozen=True)
class ThroughAll:
    """Somebody who writes by HTTP, and reaches any of several processes."""

    who: Citizen
    roots: Sequence[str]

    @property
    def channel(self) -> str:
        return self.who.channel

    def post(self, text: str) -> Post:
        return self._turning(self.who.post(text))

    def replies(self, text: str, to: str = "") -> Post:
        return self._turning(self.who.replies(text, to))

    def heard(self) -> list[str]:
        return self.who.heard()

    def _turning(self, post: Post) -> Post:
        return Turning(post, self.roots) if isinstance(post, Call) else post


# -- blows --


def killed(world: World) -> None:
    """SIGKILL, and a new start."""
    resi = world.rng.choice(world.processes)
    resi.kill()
    resi.start()


def stopped(world: World) -> None:
    """SIGSTOP of one process: it neither answers nor dies."""
    resi = world.rng.choice(world.processes)
    assert resi.process is not None
    os.kill(resi.process.pid, signal.SIGSTOP)
    moment(world.length)
    os.kill(resi.process.pid, signal.SIGCONT)


def database_away(world: World) -> None:
    """PostgreSQL ends at once and comes back; of SQLite somebody else holds the lock."""
    if world.server is None:
        _locked(world)
        return
    world.server.halt()
    moment(world.length)
    world.server.resume()


def database_hangs(world: World) -> None:
    """PostgreSQL answers nothing and closes nothing."""
    if world.server is None:
        _locked(world)
        return
    with world.server.frozen():
        moment(world.length)


def _locked(world: World) -> None:
    with closing(sqlite3.connect(world.wires.resi.data / "resi.db", timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        moment(world.length)
        other.execute("ROLLBACK")


def disk_full(world: World) -> None:
    """No file of any process may grow beyond a few kilobytes."""
    pids = [resi.process.pid for resi in world.processes if resi.process is not None]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_SMALL, before[pid][1]))
    moment(world.length)
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before[pid])


def telegram_fails(world: World) -> None:
    """Server errors on everything, then a flood that asks to wait."""
    world.wires.telegram.refuse("*", 502, times=world.rng.randint(3, 9))
    world.wires.telegram.flood("sendMessage", 2, times=world.rng.randint(3, 9))


def relay_fails(world: World) -> None:
    """It refuses for now, then cuts off; in a long fault it keeps silent too, which costs the half of a minute."""
    world.wires.relay.answers(BODY, "451 4.3.0 later", times=world.rng.randint(1, 3))
    world.wires.relay.answers(GREETING, CLOSE, times=1)
    if world.length > _LONG:
        world.wires.relay.answers(GREETING, SILENCE, times=2)


def sms_fails(world: World) -> None:
    """Twilio has had too many."""
    if isinstance(world.wires.sms, TwilioServer):
        world.wires.sms.answers.extend(refusal(20429, "1") for _ in range(world.rng.randint(2, 6)))


BLOWS: Mapping[str, Blow] = {
    each.__name__: each
    for each in (killed, stopped, database_away, database_hangs, disk_full, telegram_fails, relay_fails, sms_fails)
}


# -- the stream --


@contextmanager
def world(folder: Path, database: str, seed: int, length: float) -> Iterator[World]:
    """Started: on SQLite one process with polling and Twilio, on PostgreSQL two with the webhook and Kannel."""
    with ExitStack() as stack:
        if database == "sqlite":
            wires = stack.enter_context(plugged(folder, webhook=False, sms="twilio"))
            wires.resi.start()
            yield World(wires, random.Random(seed), length)
            return
        server = OwnServer()
        stack.callback(server.stop)
        settings = {"DATABASE_URL": server.fresh()}
        wires = stack.enter_context(plugged(folder / "one", webhook=True, sms="kannel", settings=settings))
        other = Resi(folder / "two", data=wires.resi.data)
        own = {name: other.settings[name] for name in ("WEB_LISTEN", "MAIL_LISTEN")}
        other.settings = wires.resi.settings | own
        stack.callback(other.stop)
        wires.resi.start()
        other.start()
        yield World(wires, random.Random(seed), length, server, (other,))


Script = tuple[Citizen, tuple[str, ...], str]
"""Who, what they write in order, and the mark that stands in the report that comes of it."""


def scripts(world: World, messages: int, first: int = 0) -> list[Script]:
    """So many messages: of each five two mails or SMS, and a dialogue of three in a chat."""
    roots = [resi.root for resi in world.processes]
    webhook = "TELEGRAM_WEBHOOK_SECRET" in world.wires.resi.settings
    made: list[Script] = []
    for number in range(first, first + messages // 5):
        for channel in ("mail", "sms", "telegram"):
            mark = "".join(_LETTERS[number // 26**at % 26] for at in range(5)) + channel[0]
            told = f"Lampu jalan umum mati sudah seminggu, jalan gelap, PJU padam, dekat penanda {mark}"
            place = "kelurahan Tebet Barat"
            if channel == "telegram":
                person = world.wires.telegram.person()
                chat: Citizen = TelegramUser(world.wires.telegram, person)
                if webhook:
                    chat = WebhookUser(world.wires.resi, world.wires.telegram, person)
                made.append((ThroughAll(chat, roots), (told, place, "ya"), mark))
            else:
                opening = "LAPOR " if channel == "sms" else ""
                who = ThroughAll(world.wires.stranger(channel), roots)
                made.append((who, (f"{opening}{told}, {place}",), mark))
    return made


@dataclass(frozen=True)
class Outcome:
    """What came of a stream. `repeats`: answers that somebody heard twice, word for word."""

    acknowledged: int
    tries: int
    reports: int
    repeats: int


def stream(world: World, written: list[Script], blows: Sequence[str]) -> Storm:
    """Begins, lets the blows fall evenly among what is acknowledged, and waits for the last acknowledgement."""
    storm = Storm([(who, texts) for who, texts, _ in written], world.rng, patience=2_000)
    storm.begin()
    for at, blow in enumerate(blows, start=1):
        storm.wait_for(storm.total * at // (len(blows) + 1), 600)
        BLOWS[blow](world)
    storm.end(600)
    return storm


def settled(world: World, seconds: float = 300.0) -> None:
    """Every process is ready again, and nothing waits to be sent."""
    for resi in world.processes:
        until(resi.is_ready, "a process that is ready again", seconds)
    until(lambda: world.wires.resi.pending() == 0, "an empty outbox", seconds)


def reconciled(storm: Storm, written: list[Script], reports: Sequence[Report]) -> Outcome:
    """Every story filed once; every citizen one code of their own, and what was said twice word for word the same."""
    assert len(storm.acknowledged) == storm.total
    filed = Counter(mark for report in reports for mark in _MARK.findall(report.text))
    told = Counter(mark for _, _, mark in written)
    assert {mark: filed[mark] for mark in told} == told
    codes = [codes_of(who) for who, _, _ in written]
    assert {len(each) for each in codes} == {1}
    assert len(set().union(*codes)) == len(written)
    heard = [who.heard() for who, _, _ in written]
    assert all(len(set(each)) == len(texts) for each, (_, texts, _) in zip(heard, written, strict=True))
    repeats = sum(len(each) - len(set(each)) for each in heard)
    return Outcome(len(storm.acknowledged), sum(each.tries for each in storm.acknowledged), len(told), repeats)
