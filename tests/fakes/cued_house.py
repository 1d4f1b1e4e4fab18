"""The real store on a real file, and wires and a sandbox that do what a test tells them: the inside of app/."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.faults import Faults
from app.outbox import OutboxLoop, Pace
from app.sandbox import Allowance, Origin, Sandbox
from app.turns import Fetching, Turns
from core.errors import FileAway, Refused, StoreAway
from core.messages import Address, Envelope, FileRef, Hook, Outgoing, Point, WireId
from core.ports import Context, Inbox, UnitOfWork
from core.scrub import Clean
from storage import AddressOpener, AddressSealer, Files, Keys, SqlStore
from storage.keyring import load
from storage.vault import Vault
from storage.writer import SqliteWriter
from tests.fakes.declared import profiles
from tests.fakes.patience import PATIENCE
from tests.fakes.time_and_random import FakeClock, FakeRandomSource

T = TypeVar("T")
Fetch = bytes | Exception | asyncio.Event
"""What becomes of a file that is asked for: its bytes, an error, or a wait."""
CANARY = "kanari-4711"


class CuedInbox:
    """Fails on cue at the sight of a wire id; else it is the real one."""

    def __init__(self, inbox: Inbox, faults: dict[str, int]) -> None:
        self._inbox = inbox
        self._faults = faults

    def record_if_new(self, channel: str, wire_id: WireId, now: object) -> bool:
        if self._faults.get(wire_id.reveal(), 0) > 0:
            self._faults[wire_id.reveal()] -= 1
            raise ValueError(f"{CANARY} {wire_id.reveal()}")
        return self._inbox.record_if_new(channel, wire_id, now)  # type: ignore[arg-type]  # handed on as it came

    def __getattr__(self, name: str) -> object:
        return getattr(self._inbox, name)


class CuedUnitOfWork:
    """A transaction with that inbox."""

    def __init__(self, tx: UnitOfWork, faults: dict[str, int]) -> None:
        self._tx = tx
        self.inbox = CuedInbox(tx.inbox, faults)

    def __getattr__(self, name: str) -> object:
        return getattr(self._tx, name)


class CuedStore(SqlStore):
    """The real store. `faults`: how often a wire id makes a turn raise; `trouble`: raised by the next turns instead."""

    def __init__(self, url: str, keys: Keys, sealer: AddressSealer | None = None) -> None:
        database = SqliteWriter(url)
        vault = Vault(keys)
        super().__init__(database, database.run(lambda statements: load(statements.connection, vault, sealer)))
        self.faults: dict[str, int] = {}
        self.trouble: list[Exception | None] = []
        self.begun = 0  # turns that met their trouble, or none

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        trouble = self.trouble.pop(0) if self.trouble else None
        self.begun += 1
        if trouble is not None:
            raise trouble
        return super().run(lambda tx: turn(CuedUnitOfWork(tx, self.faults)), ordering_key=ordering_key)  # type: ignore[arg-type]  # stands in for a UnitOfWork

    def submit(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes, threads: Executor) -> Future[T]:
        return threads.submit(self.run, turn, ordering_key=ordering_key)


class CuedSandbox(Sandbox):
    """No child: the bytes say what becomes of them. `may_end`: a file that begins with "slow" waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = asyncio.Event()
        self.begun = asyncio.Event()
        self.asked: list[tuple[Origin | None, Allowance | None]] = []
        self.cleaned: list[bytes] = []
        self.taken_at: dict[bytes, Point] = {}

    async def scrub(self, data: bytes, origin: Origin | None = None, allowance: Allowance | None = None) -> Clean:
        self.asked.append((origin, allowance))
        self.cleaned.append(data)
        if data == b"bad":
            raise Refused("file_kind")
        if data == b"away":
            raise FileAway(final=False)
        if data.startswith(b"slow"):
            self.begun.set()
            await self.may_end.wait()
        return Clean(data, "image/jpeg", ".jpg", (), self.taken_at.get(data))


@dataclass
class CuedWire:
    """A connection. `cues`: raised by the next sends, None for a yes; `holds`: the texts that wait for `may_go`."""

    cues: list[Exception | None] = field(default_factory=list)
    sent: list[Outgoing] = field(default_factory=list)
    begun: list[Outgoing] = field(default_factory=list)
    may_go: asyncio.Event | None = None
    files: dict[str, list[Fetch]] = field(default_factory=dict)
    most: int = 0  # that were on the wire at once
    hooks: tuple[Hook, ...] = ()
    _now: int = 0

    async def listen(self) -> None:
        await asyncio.Event().wait()

    def ready(self) -> bool:
        return True

    async def send(self, out: Outgoing) -> str:
        self.begun.append(out)
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            if self.may_go is not None:
                await self.may_go.wait()
            cue = self.cues.pop(0) if self.cues else None
            if cue is not None:
                raise cue
            self.sent.append(out)
            return f"provider-{len(self.sent)}"
        finally:
            self._now -= 1

    async def fetch(self, ref: FileRef) -> bytes:
        cue = self.files[ref.fetch_id].pop(0)
        if isinstance(cue, Exception):
            raise cue
        if isinstance(cue, asyncio.Event):
            await cue.wait()
            return b"late"
        return cue


QUICK = Pace(at_once=4, poll=0.02, patience=0.2, away=0.02, farewell=2)


class Inside:
    """One service without its doors: turns, outbox, wires; real storage below."""

    def __init__(self, store: CuedStore, files: Files, faults: Faults | None = None) -> None:
        self.store = store
        self.clock = FakeClock()
        self.sandbox = CuedSandbox()
        context = Context(rng=FakeRandomSource(), zone=ZoneInfo("Asia/Jakarta"), lang="id", profiles=profiles())
        fetching = Fetching(tries=3, pause=0, patience=0.3)
        self.turns = Turns(store, files, self.sandbox, context, self.clock, fetching=fetching, faults=faults)
        self.wire = CuedWire()
        self.turns.connections["sms"] = self.turns.connections["telegram"] = self.wire
        self._ids = 0

    def letter(self, text: str = "", sender: str = "budi", channel: str = "telegram", **more: object) -> Envelope:
        self._ids += 1
        plain = Envelope(channel, Address(sender), WireId(f"w{self._ids}"), text=text)
        return replace(plain, **more)  # type: ignore[arg-type]  # each test its own

    def outbox(
        self,
        pace: Pace = QUICK,
        paper: Callable[[str, Outgoing], bool] | None = None,
        opener: AddressOpener | None = None,
    ) -> OutboxLoop:
        return OutboxLoop(self.turns, paper or (lambda _channel, _out: False), pace, opener=opener)

    def close(self) -> None:
        self.turns.close()
        self.sandbox.stop()
        self.store.close()


async def until(true: Callable[[], bool], within: float = PATIENCE) -> None:
    """Looks again and again; an assertion where it never becomes true."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - threads and databases set no event
            await asyncio.sleep(0.005)


AWAY = StoreAway("locked")
