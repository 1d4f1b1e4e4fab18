"""`resi run --only search`: the index of words and nothing else: no page, no channel, no child that cleans files."""

import asyncio
import signal
from collections.abc import Callable
from typing import TypeVar

from app.address_keys import refuse_wrong_part
from app.errors import CannotStart
from app.memory import keep_memory_in
from app.report_search import Search
from app.runtime import open_database
from app.search_settings import socket_of
from app.search_socket import SearchServer
from app.settings import Settings
from app.time_and_random import SystemClock
from app.turn_threads import Patience, TurnThreads
from core.ports import Clock
from storage import SqlStore

T = TypeVar("T")
_THREADS = 4
NEEDS = frozenset({"KEYS", "DATABASE_URL", "DATA_DIR", "MODE", "SEARCH_SOCKET", "ADDRESS_KEYS", "ADDRESS_PUBLIC"})


class SearchThreads:
    """app.report_search.Threads of this process."""

    def __init__(self, store: SqlStore, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._threads = TurnThreads(_THREADS, Patience())

    async def ask(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """A look at the store. Raises StoreAway."""
        return await self._threads.ask(work, seconds)

    async def call(self, work: Callable[[], T]) -> T:
        """However long it takes."""
        return await self._threads.run(work)

    def close(self) -> None:
        """Waits for what runs."""
        self._threads.close()


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Blocks until the end; raises CannotStart. It reads alone, so that on SQLite it runs beside the others."""
    path = socket_of(settings.values)
    if path is None:
        raise CannotStart("The part search alone needs RESI_SEARCH_SOCKET: without it nobody could ask.")
    keep_memory_in()
    wrong = [each for each in settings.problems if each.fatal and each.setting in NEEDS]
    if settings.production and wrong:
        raise CannotStart("\n".join(f"RESI_{each.setting} {each.what}. {each.mend}" for each in wrong))
    refuse_wrong_part(settings.values, sends=False)
    store, _ = open_database(settings, SystemClock())
    threads = SearchThreads(store, SystemClock())
    try:
        say(f"Resi, {settings.mode}. The index of words answers at {path}. Ctrl-C ends.")
        asyncio.run(_kept(SearchServer(path, Search(threads))))
    finally:
        threads.close()
        store.close()


async def _kept(server: SearchServer) -> None:
    loop = asyncio.get_running_loop()
    work = asyncio.create_task(server.run())
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, work.cancel)
    await asyncio.wait((work,))
    if not work.cancelled():
        work.result()
