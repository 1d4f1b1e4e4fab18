"""`resi run`: every configured channel, the web, the outbox and the clock in one process, until it is told to end."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine, Iterable
from functools import partial

from app import connection_limits, metrics, onion_settings, search_settings
from app.address_keys import opener_of, refuse_wrong_part
from app.city_present import CityWatch
from app.clock import Clock
from app.desk import DeskBackend, hooks_of, sign_on
from app.development_outbox import DevelopmentOutbox, folder_of
from app.errors import CannotStart
from app.form_filling import PublicForm
from app.keyfile import key_file
from app.lock import lock_of
from app.logs import place_of
from app.maps import credit, tiles
from app.memory import keep_memory_in
from app.monitors import Monitors
from app.outbox import OutboxLoop
from app.page_data import Pages
from app.partner_hooks import PartnerHooks
from app.partners import PartnerFiling
from app.parts import PARTS, part_of
from app.receipts import Receipts
from app.report_search import Search
from app.runtime import Runtime, open_runtime, refuse_half_configured
from app.sandbox import Plan, Sandbox, Spawner
from app.search_socket import placed
from app.settings import SERVICE_SETTINGS, Settings
from app.tracking_page import TrackingPage
from app.turns import Turns
from app.warm_up import warmed
from bots.channels import CHANNELS
from core.errors import FileAway
from core.messages import Channel, ChannelCallbacks, Connection
from core.phrases import phrase
from core.watch import watched
from storage import Leader, is_sqlite
from web import CannotListen, Listener, Way, WebServices, create_app, serve

_log = logging.getLogger(__name__)
_SERVING = (10_000, 20, 20)  # allocations between two looks for garbage
_LISTEN_ENDS_WITHIN = 8.0  # seconds; with the farewell of the outbox the whole ends within 15


class Running:
    """The parts of one process."""

    def __init__(self, opened: Runtime, sandbox: Sandbox, parts: frozenset[str], *, files: int) -> None:
        self._opened = opened
        self._sandbox = sandbox
        self._files = files  # that the process may have open
        self._settings = opened.settings
        self._parts = parts
        self.turns = Turns(
            opened.store,
            opened.files,
            sandbox,
            opened.context,
            opened.clock,
            limits=self._settings.limits,
            foresees=not is_sqlite(self._settings.database_url),
            disk=opened.disk,
        )
        self._search, asked = placed(search_settings.socket_of(self._settings.values), parts, Search(self.turns))
        self._city, self._desk = CityWatch(self.turns), DeskBackend(self.turns, opened.files, sandbox, asked)
        self._clock = Clock(self.turns, opened.files, Leader(self._settings.database_url), opened.rules())
        self._development_outbox = DevelopmentOutbox(self._settings)
        self._listening: dict[str, Connection] = {}
        seen = (self.turns, self._clock, self._desk, opened.files)
        self._monitors = Monitors(*seen, url=self._settings.database_url, listening=self._listening)
        self._web: Listener | None = None

    async def run(self, started: Callable[[str], None]) -> None:
        """Until SIGTERM or SIGINT; `started` is given the address of the pages. Raises CannotStart."""
        ending = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ending.set)
        self._connect()
        if "web" in self._parts:
            self._web = self._served()
        tasks = [asyncio.create_task(work, name=name) for name, work in self._works()]
        if "clock" in self._parts:
            self._clock.start()
        started(self._address())
        comes_in = bool(self._listening) or self._web is not None
        warming = asyncio.create_task(warmed(self._opened.context, wanted=comes_in))
        try:
            await _until(ending, tasks)
        finally:
            await self._end(tasks)
            await warming

    def _address(self) -> str:
        host = f"[{self._settings.web_host}]" if ":" in self._settings.web_host else self._settings.web_host
        return f"http://{host}:{self._web.port}/" if self._web is not None else ""

    def _connect(self) -> None:
        for channel in CHANNELS:
            if not channel.configured(self._settings.values):
                continue
            callbacks = ChannelCallbacks(self.turns.take, partial(self._receipt, Receipts(), channel.name))
            connection = self.turns.connections[channel.name] = _connected(channel, self._settings, callbacks)
            if part_of(channel.name) in self._parts:
                self._listening[channel.name] = connection

    def _works(self) -> list[tuple[str, Coroutine[None, None, None]]]:
        works = [("city", self._city.run()), *((name, each.listen()) for name, each in self._listening.items())]
        if self._web is not None:
            works.append(("web", self._web.run()))
        if self._search is not None:
            works.append(("search", self._search()))
        if "outbox" in self._parts:
            opener = opener_of(self._settings.values)
            outbox = OutboxLoop(self.turns, self._development_outbox.write, opener=opener)
            works += [("outbox", outbox.run()), ("hooks", PartnerHooks(self.turns).run())]
        return works

    async def _receipt(self, receipts: Receipts, channel: str, provider_id: str, arrived: bool) -> None:  # noqa: FBT001 - core.messages.DeliveryReceipt
        upkeep, clock = self.turns.store.upkeep, self.turns.clock
        await receipts.take(lambda: self.turns.ask(lambda: upkeep.receipt(channel, provider_id, arrived, clock.now())))

    def _served(self) -> Listener:
        most = connection_limits.connections(self._settings.values, self._files)
        map_credit = partial(credit, self._settings.values, self.turns.context.city_map)
        pages = Pages(self.turns, map_credit)
        tracking = TrackingPage(self.turns, self._opened.files, self._sandbox)
        provider = sign_on(self._settings)
        services = WebServices(
            hooks=hooks_of(self.turns, provider),
            track=tracking.track,
            act=tracking.act,
            statistics=pages.statistics,
            places=pages.places,
            tiles=tiles(self._settings.values),
            ready=self._monitors.not_ready,
            lacking=self._monitors.lacking,
            metrics=self._monitors.figures,
            metrics_type=metrics.TYPE,
            metrics_token=self._settings.values["METRICS_TOKEN"],
            default_lang=self._settings.lang,
            public_url=self._settings.public_url,
            onion=onion_settings.address(self._settings.values),
            trusted_proxies=self._settings.proxies,
            connections=most.total,
            requests_of_one=connection_limits.requests_of_one(self._settings.values),
            ways=_ways(self._settings),
            form=PublicForm(self.turns, self._opened.files, self._sandbox, map_credit=map_credit).fill,
            open311=PartnerFiling(self.turns, self._opened.files, self._sandbox).open311(),
            desk=self._desk.desk(self._settings, lambda: self._clock.leads, provider, self._city.renew),
        )
        place = (self._settings.web_host, self._settings.web_port)
        try:
            return serve(
                create_app(pages.with_figures(services)),
                *place,
                bounds=most,
                trusted=self._settings.proxies,
                onion=onion_settings.listens(self._settings.values),
            )
        except CannotListen as error:
            why = "another program listens there" if error.busy else "the address is not ours"
            own = (error.host, error.port) == place
            name = "RESI_WEB_LISTEN" if own else "RESI_ONION_LISTEN"
            raise CannotStart(f"{name} {error.host}:{error.port}: {why}. Set another one.") from None

    async def _end(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        """First nothing new comes in, then what was begun is finished."""
        _log.info("ending")
        for task in tasks:
            task.cancel()
        done, late = await asyncio.wait(tasks, timeout=_LISTEN_ENDS_WITHIN) if tasks else (set(), set())
        for task in late:
            _log.warning("part_late", extra={"part": task.get_name()})
        for task in done:
            _report(task)
        if "clock" in self._parts:
            await self._clock.stop()


def _ways(settings: Settings) -> tuple[Way, ...]:
    """How to write to us, where a number or an address is known."""
    reached = ((each, each.reached_at(settings.values)) for each in CHANNELS if each.reached_at is not None)
    lang = settings.lang
    return tuple(Way(phrase(f"web_channel_{each.name}", lang), address) for each, address in reached if address)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        fault = task.exception()
        _log.error("part_failed", extra={"part": task.get_name(), "fault": place_of(fault) if fault else ""})


async def _until(ending: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Waits for the signal, or for a part that fell: then all end, for half a service would look whole."""
    told = asyncio.create_task(ending.wait())
    done, _ = await asyncio.wait([told, *tasks], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    for task in tasks:
        if task in done:
            raise CannotStart(_end_of(task))


def _end_of(task: asyncio.Task[None]) -> str:
    fault = None if task.cancelled() else task.exception()
    match fault:
        case None:
            return f"{task.get_name()} ended by itself."
        case CannotStart():
            return str(fault)
        case OSError():
            return f"{task.get_name()}: {fault.strerror or 'cannot listen'}. Check its address with `resi doctor`."
        case _:
            return f"{task.get_name()} ended by a fault of ours: {place_of(fault)}."


def _connected(channel: Channel, settings: Settings, callbacks: ChannelCallbacks) -> Connection:
    """Its library is loaded here, and what it says of a bad value may hold the value: it is not passed on."""
    try:
        return channel.connect(settings.values, callbacks)
    except Exception as fault:  # noqa: BLE001 - whatever a library raises
        wrong = [f"RESI_{problem.setting} {problem.what}" for problem in channel.problems(settings.values)]
        why = "; ".join(wrong) or place_of(fault)
        raise CannotStart(f"{channel.name} cannot be switched on: {why}. `resi doctor` says how to mend it.") from None


def run(settings: Settings, parts: frozenset[str], births: Spawner, say: Callable[[str], None]) -> None:
    """Blocks until the end; raises CannotStart. `births`: where the children come from that clean files."""
    keep_memory_in()
    refuse_half_configured(settings)
    refuse_wrong_part(settings.values, sends="outbox" in parts)
    lock = lock_of(settings.database_url)
    sandbox = Sandbox(limits=settings.limits, births=births, plan=Plan.of(settings.file_children))
    try:
        sandbox.start()
        files = connection_limits.raise_open_files()
        opened = open_runtime(settings)
        try:
            if lock is not None:
                opened.store.upkeep.release_leases()
            running = Running(opened, sandbox, parts, files=files)
            gc.freeze()  # what was loaded stays
            gc.set_threshold(*_SERVING)
            asyncio.run(_with_turns(running, lambda address: say(banner(opened, parts, address))))
        finally:
            opened.close()
    except FileAway:
        raise CannotStart("The child that cleans files does not start. `resi doctor` tells more.") from None
    finally:
        sandbox.stop()
        if lock is not None:
            lock.release()


async def _with_turns(running: Running, started: Callable[[str], None]) -> None:
    try:
        with watched(running.turns.faults):  # what is called from here on inherits it, but for threads of our own
            await running.run(started)
    finally:
        running.turns.close()


def banner(opened: Runtime, parts: frozenset[str], address: str) -> str:
    """What is on, what is off, and how to switch it on."""
    settings = opened.settings
    lines = [f"Resi, {settings.mode}. Everything kept lies in {settings.data_dir}."]
    if opened.new_keys:
        lines.append(f"Keys were made in {key_file(settings)}: who loses them loses every text and address.")
    wires = {channel.name for channel in CHANNELS}
    lines += (_part_line(part, parts) for part in PARTS if part not in wires | {"search"})
    lines.append(search_settings.said(settings.values, parts))
    lines += (_channel_line(channel, settings, parts) for channel in CHANNELS)
    ours = {setting.name for setting in SERVICE_SETTINGS}
    lines += (
        f"  note RESI_{each.setting} {each.what}. {each.mend}" for each in settings.problems if each.setting in ours
    )
    lines += (f"  note {name} is a name that nothing reads" for name in settings.unknown)
    if not settings.production and not opened.store.figures.total():
        lines.append("Nothing here yet: `resi seed` makes up 500 reports, and staff of every role to look at them.")
    return "\n".join([*lines, f"Pages: {address}  Ctrl-C ends." if address else "Ctrl-C ends."])


def _part_line(part: str, parts: frozenset[str]) -> str:
    return f"  on   {part}" if part in parts else f"  off  {part}: not named in --only"


def _channel_line(channel: Channel, settings: Settings, parts: frozenset[str]) -> str:
    if not channel.configured(settings.values):
        return f"  off  {channel.name}: {channel.off}"
    if part_of(channel.name) not in parts:
        return f"  off  {channel.name}: {part_of(channel.name)} is not named in --only"
    if channel.sends(settings.values):
        return f"  on   {channel.name}"
    return f"  on   {channel.name}; answers are written to {folder_of(settings)} (`resi doctor` says how to send)"
