"""The desk's way into the service: turns on threads, passwords that take their time, photos through the sandbox."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from app import oidc_settings
from app.authenticator import TelephoneCodes
from app.maps import credit
from app.passwords import judged
from app.report_search import ReportSearch, Search
from app.sandbox import STAFF, Sandbox
from app.settings import Settings
from app.spreadsheets import SHEETS, Cell
from app.system_status import system_status, troubles
from app.turns import Turns
from bots.channels import CHANNELS
from core import casework
from core.casework import Miss
from core.errors import FileAway, NotFound, Refused
from core.messages import Address, Hook, PerceptualHash, StoredFile
from core.model import TrailPage, TrailQuery, Verified
from core.ports import UnitOfWork
from storage import Files, SealBroken, decoy, fits, hashed
from web import DeskServices, System, nothing_to_renew

if TYPE_CHECKING:
    from app.oidc import OidcLogin

T = TypeVar("T")
_HOOKS = 100  # of the log that is shown
_AT_ONCE = 2  # passwords that are hashed at the same time: 64 MiB and a core each


class TrailReader:
    """web.services.Trail: on threads, a check of all of it one at a time."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._checking = asyncio.Lock()

    async def page(self, query: TrailQuery) -> TrailPage:
        """Newest first."""
        return await self._turns.ask(lambda: self._turns.store.audit.page(query))

    async def verify(self) -> Verified:
        """Whether it holds to its end."""
        async with self._checking:
            return await self._turns.call(self._turns.store.audit.verify)


def ways(settings: Settings) -> dict[str, Callable[[str], Address | None]]:
    """Channels that are switched on and can write to somebody who has not written."""
    values = settings.values
    on = {each.name: each.typed for each in CHANNELS if each.typed is not None and each.configured(values)}
    return {name: partial(typed, values) for name, typed in on.items()}


def sign_on(settings: Settings) -> "OidcLogin | None":
    """The provider that staff log in at; None: there is none, or what is set of it cannot be used."""
    if not oidc_settings.wanted(settings.values):
        return None
    from app.oidc import OidcLogin  # noqa: PLC0415 - its library loads only where there is a provider

    try:
        return OidcLogin(oidc_settings.setup_of(settings.values), settings.public_url)
    except ValueError:  # told among the problems; in production nothing starts like that
        return None


def hooks_of(turns: Turns, provider: "OidcLogin | None") -> tuple[Hook, ...]:
    """Where those call who carry messages, and the provider of single sign-on, which says who has left."""
    hooks = tuple(hook for connection in turns.connections.values() for hook in connection.hooks)
    if provider is None:
        return hooks
    from app.oidc_logout import OidcLogout  # noqa: PLC0415 - likewise

    return (*hooks, OidcLogout(provider, turns).hook)


class DeskBackend:
    """What stands behind web.Desk."""

    def __init__(self, turns: Turns, files: Files, sandbox: Sandbox, search: ReportSearch | None = None) -> None:
        """`search`: where the index of words is; None: here."""
        self._turns = turns
        self._files = files
        self._sandbox = sandbox
        self.search = search or Search(turns)
        self.refusals = Counter[Miss]()
        self._hashing = asyncio.Semaphore(_AT_ONCE)

    def desk(
        self,
        settings: Settings,
        leads: Callable[[], bool],
        provider: "OidcLogin | None" = None,
        renew_city: Callable[[], Awaitable[None]] = nothing_to_renew,
    ) -> DeskServices:
        """What the desk may call. `leads`: whether the clock runs in this process; `provider`: of single sign-on."""
        context = self._turns.context

        async def system() -> System:
            now = self._turns.clock.now()
            return await self._turns.ask(lambda: system_status(self._turns.store.figures, settings, now, leads=leads()))

        return DeskServices(
            run=self.run,
            run_else=self.run_else,
            renew_city=renew_city,
            read=self.read,
            fits=self.fits,
            hashed=self.hashed,
            judged=self.judged,
            photo=self.photo,
            file=self.file,
            authenticator=TelephoneCodes(),
            search=self.search.find,
            sheet=self.sheet,
            trail=TrailReader(self._turns),
            system=system,
            troubles=lambda: troubles(self._turns.disk, self._turns.measures),
            ways=ways(settings),
            sign_on=provider,
            passwords=settings.values["LOGIN"] != "oidc",
            mail_leaves=any(each.name == "mail" and each.sends(settings.values) for each in CHANNELS),
            map_credit=lambda: credit(settings.values, context.city_map),
            hooks=lambda: self._turns.ask(lambda: self._turns.store.hooks.log(_HOOKS)),
            rng=context.rng,
            zone=context.zone,
            production=settings.production,
            refusals=self.refusals,
        )

    async def run(self, turn: Callable[[casework.Turn], T]) -> T:
        """After the commit; what it wrote for citizens leaves at once."""
        turns = self._turns
        now = turns.clock.now()
        done = await turns.run(lambda tx: turn(casework.Turn(tx, now, turns.context)))
        turns.written.set()
        return done

    async def run_else(self, turn: Callable[[casework.Turn], T], instead: Callable[[casework.Turn], T]) -> T:
        """The same of what must be kept: where a fault of ours stops `turn` twice, `instead` is done."""
        turns = self._turns
        now = turns.clock.now()

        def opened(given: Callable[[casework.Turn], T]) -> Callable[[UnitOfWork], T]:
            return lambda tx: given(casework.Turn(tx, now, turns.context))

        done = await turns.run_else(opened(turn), opened(instead))
        turns.written.set()
        return done

    async def read(self, turn: Callable[[casework.Turn], T]) -> T:
        """For a turn that writes nothing: it waits for nobody."""
        turns = self._turns
        now = turns.clock.now()
        return await turns.ask(lambda: turns.store.read(lambda tx: turn(casework.Turn(tx, now, turns.context))))

    async def fits(self, password: str, kept: str | None) -> bool:
        """False for nobody's, which takes as long."""

        def work() -> bool:
            if kept is None:
                decoy(password)
                return False
            return fits(kept, password)

        async with self._hashing:
            return await self._turns.call(work)

    async def hashed(self, password: str) -> str:
        """As it is kept."""
        async with self._hashing:
            return await self._turns.call(lambda: hashed(password))

    async def judged(self, password: str, name: str) -> None:
        """Raises Refused."""
        await self._turns.call(lambda: judged(password, name))

    async def photo(self, data: bytes) -> tuple[StoredFile, PerceptualHash]:
        """Scrubbed as citizens' photos are, and looked at for comparing it with earlier results. Raises Refused.

        No thread of the turns waits for it: a file that hangs must not hold up what citizens write.
        """
        try:
            clean = await self._sandbox.scrub(data, STAFF)
            photo_hash = await self._sandbox.perceptual_hash(clean, STAFF)
        except FileAway:
            raise Refused("file_lost") from None
        if photo_hash is None:
            raise Refused("case_photo_wrong")
        return await self._turns.ask(partial(self._files.put, clean.data, clean.kind)), photo_hash

    async def sheet(self, kind: str, rows: Sequence[Sequence[Cell]]) -> bytes:
        """A table as a file."""
        return await self._turns.call(lambda: SHEETS[kind](rows))

    async def file(self, kept: StoredFile) -> bytes | None:
        """None where it was erased."""

        def work() -> bytes | None:
            try:
                return self._files.get(kept)
            except (NotFound, SealBroken):
                return None

        return await self._turns.ask(work)
