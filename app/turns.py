"""The way in: files fetched and scrubbed, then one turn of the core, then the wire may be answered."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from app.disk import WITHOUT_RESERVE, Disk
from app.faults import TURN, Faults
from app.file_cleaning import FileCleaning
from app.latest_city import LatestCity
from app.logs import place_of
from app.measures import Measures
from app.message_order import MessageOrder, waits_for
from app.sandbox import Allowance, Origin, Sandbox
from app.turn_threads import Patience, TurnThreads
from core import intake
from core.analysis import Analysis
from core.errors import FileAway, Refused, ResiError, StoreAway
from core.messages import Connection, Envelope, FileRef, Incoming, IntakeResult, Point, StoredFile
from core.model import Dialogue
from core.ports import Clock, Context, UnitOfWork
from core.scrub import Clean, Limits, is_document
from core.watch import watched
from storage import Files, SqlStore

T = TypeVar("T")
_LIMITS = Limits()
_log = logging.getLogger(__name__)
_THREADS = 64  # turns that may wait for one commit together
_MAIL_PATIENCE = timedelta(hours=1)  # how long a mail that we fail on is asked for again


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a file is asked for; seconds."""

    tries: int = 3
    pause: float = 0.5  # doubled at each try
    patience: float = 60.0  # for one file, all tries together: the sender's next messages wait for it


class Turns:
    """Runs turns on threads, one sender after the other."""

    def __init__(
        self,
        store: SqlStore,
        files: Files,
        sandbox: Sandbox,
        context: Context,
        clock: Clock,
        *,
        fetching: Fetching | None = None,
        faults: Faults | None = None,
        limits: Limits = _LIMITS,
        patience: Patience | None = None,
        disk: Disk = WITHOUT_RESERVE,
        foresees: bool = False,
    ) -> None:
        """`foresees`: words are read before the store is held, which costs more where nobody else wants it."""
        self.store = store
        self.context = context
        self.clock = clock
        self.disk = disk
        self.faults = faults or Faults()
        self.measures = Measures()
        self.connections: dict[str, Connection] = {}
        self.written = asyncio.Event()  # something may stand in the outbox
        self.city = LatestCity()
        self._cleaning = FileCleaning(sandbox, files, self.ask)
        self._threads = TurnThreads(_THREADS, patience or Patience())
        self._order = MessageOrder()
        self._taking: set[asyncio.Task[IntakeResult]] = set()
        self._fetching = fetching or Fetching()
        self._limits = limits
        self._foresees = foresees

    @property
    def busy(self) -> int:
        """Messages that are being taken now."""
        return len(self._taking)

    @property
    def ordered_senders(self) -> int:
        """Senders whose order is being kept now."""
        return len(self._order)

    async def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        """One turn, wherever the store does them; returns after the commit. Raises StoreAway."""

        def work(tx: UnitOfWork) -> T:
            self._threads.lives()  # of many turns that share a commit none is answered before the last was done
            return self._watched(partial(turn, tx))

        threads = self._threads

        async def once() -> T:
            return await threads.answer(self.store.submit(work, ordering_key=ordering_key, threads=threads.executor))

        return await self.city.known_to(once)

    async def run_else(
        self, turn: Callable[[UnitOfWork], T], instead: Callable[[UnitOfWork], T], *, ordering_key: bytes = b""
    ) -> T:
        """The same of a filled form: what fails for a fault of ours is tried once more, and then done `instead`."""
        try:
            return await self._twice(turn, ordering_key)
        except ResiError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, a report must not wait for its mending
            _log.error("turn_failed", extra={"fault": place_of(fault)})
            self.faults.failed(TURN, fault)
            return await self.run(instead, ordering_key=ordering_key)

    def _watched(self, work: Callable[[], T]) -> T:
        """Done on whatever thread calls this, perhaps the writer's: what readers get over is heard of."""
        with watched(self.faults):
            return work()

    async def ask(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """A look at the store or the disk, as patient as a turn, or so many seconds. Raises StoreAway."""
        return await self.city.known_to(lambda: self.ask_once(work, seconds))

    async def ask_once(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """The same of what is not about the city's rows."""
        return await self._threads.ask(partial(self._watched, work), seconds)

    async def call(self, work: Callable[[], T]) -> T:
        """Something else that blocks, however long."""
        return await self._threads.run(partial(self._watched, work))

    async def take(self, envelope: Envelope) -> IntakeResult:
        """core.messages.TakeEnvelope: hands an envelope to the core; raises StoreAway when nothing could be kept."""
        # A wire that goes away in the middle must not end a turn that is under way, nor let the next one overtake it.
        task = asyncio.create_task(self._counted(envelope))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)
        return await asyncio.shield(task)

    async def _counted(self, envelope: Envelope) -> IntakeResult:
        with self.measures.answering(envelope.channel) as answered:
            self.disk.refuse_where_full()
            return answered(await self._in_order(envelope))

    async def _in_order(self, envelope: Envelope) -> IntakeResult:
        ordering_key = self.store.ordering_key(envelope.channel, envelope.sender)
        async with self._order.alone(waits_for(envelope, self.context.profile_of(envelope), ordering_key)):
            return await self._take(envelope, ordering_key)

    async def _take(self, envelope: Envelope, ordering_key: bytes) -> IntakeResult:
        step, channel = self.measures.step, envelope.channel
        with step("files", channel):
            incoming = await self._prepared(envelope, self._origin(envelope, ordering_key))
        now = self.clock.now()
        with step("read", channel):
            analysis = await self._foreseen(incoming, now)

        def turn(tx: UnitOfWork) -> IntakeResult:
            with analysis.open():
                return intake.message(tx, incoming, now, self.context)

        try:
            with step("turn", channel):
                result = await self._twice(turn, ordering_key)
        except StoreAway:
            raise
        except Exception as fault:  # noqa: BLE001 - a poison turn must not block those behind it
            _log.error("turn_failed", extra={"fault": place_of(fault), "channel": envelope.channel})
            result = await self._as_it_is(incoming, fault, ordering_key) or await self._give_up(envelope, ordering_key)
        self.written.set()
        return result

    async def _foreseen(self, incoming: Incoming, now: datetime) -> Analysis:
        """What its words say, read before the store is held; empty where that fails, and the turn reads by itself."""
        analysis, context = Analysis(), self.context
        if not self._foresees:
            return analysis

        def read() -> None:
            with analysis.open():
                told, dialogue = incoming, Dialogue(lang=context.lang)
                if intake.needs_store(incoming, context):
                    told, dialogue = self.store.read(lambda tx: intake.stands(tx, incoming, now, context))
                intake.foresee(told, dialogue, context)

        try:
            await self.ask(read)
        except StoreAway:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, the turn meets it too, and knows what to do
            _log.warning("not_foreseen", extra={"fault": place_of(fault)})
            return Analysis()
        return analysis

    async def _twice(self, turn: Callable[[UnitOfWork], T], ordering_key: bytes) -> T:
        try:
            return await self.run(turn, ordering_key=ordering_key)
        except ResiError:
            raise
        except Exception as fault:  # noqa: BLE001 - chance may have been against us: two equal numbers, a race
            _log.warning("turn_again", extra={"fault": place_of(fault)})
            return await self.run(turn, ordering_key=ordering_key)

    async def _as_it_is(self, incoming: Incoming, fault: Exception, ordering_key: bytes) -> IntakeResult | None:
        """Files the words without reading them; None where there are none to file, or where even that fails."""
        envelope, now = incoming.envelope, self.clock.now()
        self.faults.failed(TURN, fault)
        try:
            return await self.run(
                lambda tx: intake.as_it_is(tx, incoming, now, self.context), ordering_key=ordering_key
            )
        except StoreAway:
            raise
        except Exception as again:  # noqa: BLE001 - what was done for such a message before is still to be done
            _log.error("not_filed_as_it_is", extra={"fault": place_of(again), "channel": envelope.channel})
            return None

    async def _give_up(self, envelope: Envelope, ordering_key: bytes) -> IntakeResult:
        """Mail comes again by itself; every other wire gets an apology instead of silence."""
        now = self.clock.now()
        if self.context.profiles[envelope.channel].threads:
            since = await self.run(
                lambda tx: tx.inbox.failing_since(envelope.channel, envelope.wire_id, now), ordering_key=ordering_key
            )
            return IntakeResult.LATER if now - since < _MAIL_PATIENCE else IntakeResult.FAILED
        try:
            return await self.run(lambda tx: intake.apology(tx, envelope, now, self.context), ordering_key=ordering_key)
        except StoreAway:
            raise
        except Exception as fault:  # noqa: BLE001 - not even an apology can be kept: at least nothing is blocked
            _log.error("apology_failed", extra={"fault": place_of(fault), "channel": envelope.channel})
            return await self._let_go(envelope, ordering_key)

    async def _let_go(self, envelope: Envelope, ordering_key: bytes) -> IntakeResult:
        now = self.clock.now()
        try:
            await self.run(
                lambda tx: tx.inbox.record_if_new(envelope.channel, envelope.wire_id, now), ordering_key=ordering_key
            )
        except StoreAway:
            raise
        except Exception as fault:  # noqa: BLE001 - where nothing at all can be kept, nothing may be acknowledged
            _log.critical("store_unusable", extra={"fault": place_of(fault)})
            raise StoreAway(type(fault).__name__) from None
        return IntakeResult.FAILED

    def _origin(self, envelope: Envelope, ordering_key: bytes) -> Origin:
        return Origin(envelope.channel, envelope.path, ordering_key, self.context.profile_of(envelope).proved)

    async def _prepared(self, envelope: Envelope, origin: Origin) -> Incoming:
        """Photos before documents: what takes long, and may use up what a message may take, comes last."""
        kept: list[StoredFile] = []
        refused = list(envelope.refused)
        found: Point | None = None
        refused_at: list[int] = []
        allowance = Allowance(float(self._limits.message_patience))
        for at, ref in sorted(enumerate(envelope.files, start=1), key=lambda each: is_document(each[1].data)):
            try:
                clean = await self._scrubbed(ref, origin, allowance)
                kept.append(await self._cleaning.keep(clean))
                found = found or clean.place
                continue
            except Refused as no:
                refused.append(no.phrase)
            except FileAway as away:
                refused.append(away.phrase)
            refused_at.append(at)
        return Incoming(envelope, tuple(kept), tuple(refused), found, tuple(sorted(refused_at)))

    async def _scrubbed(self, ref: FileRef, origin: Origin, allowance: Allowance) -> Clean:
        return await self._cleaning.clean(ref.data or await self._fetched(origin.channel, ref), origin, allowance)

    async def _fetched(self, channel: str, ref: FileRef) -> bytes:
        """Raises FileAway, whatever goes wrong: a file that cannot be had must not cost the words that came with it."""
        connection = self.connections.get(channel)
        if connection is None:
            raise FileAway(final=True)
        try:
            async with asyncio.timeout(self._fetching.patience):
                return await self._tried(connection, ref)
        except FileAway:
            raise
        except Exception as fault:  # noqa: BLE001 - see above
            _log.warning("fetch_failed", extra={"fault": place_of(fault), "channel": channel})
            raise FileAway(final=False) from None

    async def _tried(self, connection: Connection, ref: FileRef) -> bytes:
        for tries in range(self._fetching.tries):
            try:
                return await connection.fetch(ref)
            except FileAway as away:
                if away.final:
                    raise
            if tries < self._fetching.tries - 1:
                await asyncio.sleep(self._fetching.pause * 2**tries)
        raise FileAway(final=False)

    def close(self) -> None:
        """Waits for the turns that run."""
        self._threads.close()
