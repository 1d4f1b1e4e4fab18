"""Search by words: an index of what reports say, in the memory of this process alone, built anew each day.

Texts are sealed at rest. An index on a disk would lie there unsealed, or sealed under a key that opens all of it.
"""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.logs import place_of
from app.search_index import SearchIndex
from app.turns import Turns
from core.casework import Candidates
from core.casework.searching import MOST
from core.errors import StoreAway
from core.model import Number, Report, ReportId
from core.search_terms import SearchTerms, said_in
from storage import SqlStore

_log = logging.getLogger(__name__)
_LATE = timedelta(minutes=10)  # a report may be committed that much later than the time of its receipt says
_SMALL = 5000  # reports; so few are counted before each search, since `resi seed` files with times long past
_AGAIN = 86_400.0  # seconds after which the index is built anew, without what was erased
_SOON = 60.0  # seconds, where the database was away
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = ReportId("")


@dataclass(frozen=True, slots=True)
class Pace:
    """How reports are read while others work: so many at a time, and so many seconds between.

    `since`: what came since, which is read before each search, at once as long as it is no more than that.
    """

    chunk: int = 200
    breath: float = 0.005
    since: int = 5000


class _Index:
    """The index, and up to where reports were read."""

    def __init__(self) -> None:
        self.postings = SearchIndex()
        self._there = 0  # reports, when it was read last; counted no further than is asked for
        self._last = (_BEGINNING, _FIRST)
        self._recent: dict[Number, datetime] = {}  # those that are read again, since others may have come between

    def read_on(self, store: SqlStore, most: int, go_on: Callable[[], bool]) -> bool:
        """Adds what it has not; False where it was told to stop in between."""
        at, last = self._last[0] - _LATE if self._last[1] else self._last[0], _FIRST
        while True:
            reports, self._there = store.read(lambda tx, at=at, last=last: tx.texts.after(at, last, most, _SMALL))  # type: ignore[misc]  # a default binds the loop variable
            for report in reports:
                self._add(report)
            if not reports:
                break
            at, last = reports[-1].received, reports[-1].id
            self._last = max(self._last, (at, last))
            self._recent = {number: at for number, at in self._recent.items() if at >= self._last[0] - _LATE}
            if len(reports) < most:
                break
            if not go_on():
                return False
        return True

    @property
    def lacks(self) -> bool:
        """Whether there are reports that it has not, in a house that is small enough to be counted."""
        return len(self.postings) < self._there

    def _add(self, report: Report) -> None:
        if report.number not in self._recent:
            self._recent[report.number] = report.received
            self.postings.add(report.number, said_in(report))


def stay() -> None:
    """What is held now is held for long: a collection that looks through all of it holds every page up for 100 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Search:
    """What stands behind the field of the desk; one lock: the index is caught up by one search at a time."""

    def __init__(self, turns: Turns, pace: Pace | None = None) -> None:
        self._turns = turns
        self._pace = pace or Pace()
        self._index: _Index | None = None
        self._lock = threading.Lock()
        self._ending = threading.Event()

    async def keep(self) -> None:
        """Builds it, and again each day, until it is cancelled; the one before serves meanwhile."""
        try:
            while True:
                pause = _AGAIN if await self._built() else _SOON
                await asyncio.sleep(pause)
        finally:
            self._ending.set()

    async def find(self, asked: SearchTerms) -> Candidates:
        """Newest first, with what was filed just now; nothing yet where it is still being built. Raises StoreAway."""
        return await self._turns.ask(lambda: self.look(asked))

    async def _built(self) -> bool:
        try:
            if not await self._turns.call(self.build):
                return False
            await self._turns.call(stay)
        except StoreAway as away:
            _log.warning("search_store_away", extra={"trouble": str(away)})
        except Exception as fault:  # noqa: BLE001 - the desk goes on without a search, and it is tried again
            _log.error("search_failed", extra={"fault": place_of(fault)})
        else:
            return True
        return False

    def build(self) -> bool:
        """Reads all reports beside whoever writes; False where the end came first. Raises StoreAway."""
        index = _Index()
        if not index.read_on(self._turns.store, self._pace.chunk, self._go_on):
            return False
        index.postings.sort()
        with self._lock:
            self._index = index
        _log.info("search_built", extra={"reports": len(index.postings), "words": index.postings.words})
        return True

    def look(self, asked: SearchTerms) -> Candidates:
        """The same as `find`, here and now."""
        with self._lock:
            index = self._index
            if index is None:
                return Candidates(ready=False)
            index.read_on(self._turns.store, self._pace.since, lambda: True)
            if index.lacks:
                index = self._index = _Index()
                index.read_on(self._turns.store, self._pace.since, lambda: True)
            return Candidates(index.postings.find(asked, MOST))

    def _go_on(self) -> bool:
        return not self._ending.wait(self._pace.breath)
