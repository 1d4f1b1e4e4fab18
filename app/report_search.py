"""Search by words: an index of what reports say, in memory alone, which follows them and is built anew each day.

Texts are sealed at rest. An index on a disk would lie there unsealed, or sealed under a key that opens all of it.
"""

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from app.logs import place_of
from app.search_index import SearchIndex
from core.casework import Candidates
from core.casework.searching import MOST
from core.categories import KEEP_DAYS
from core.errors import StoreAway
from core.model import Number, Report, ReportId
from core.ports import Clock
from core.search_terms import SearchTerms, said_in
from storage import SqlStore

T = TypeVar("T")
_log = logging.getLogger(__name__)
_LATE = timedelta(minutes=10)  # a report may be committed that much later than the time of its receipt says
_SMALL = 5000  # reports; so few are counted before each search, since `resi seed` files with times long past
_AGAIN = 86_400.0  # seconds after which the index is built anew, without what was erased
_SOON = 60.0  # seconds, where the database was away
_FOLLOWS = 10.0  # seconds between two looks for what was erased or corrected
_ERASED_WITHIN = timedelta(days=2)  # after its time had passed; what a clock that stood still erases later waits a day
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


class Threads(Protocol):
    """What a search needs of the process that it is in: the store, the time, and threads to wait on."""

    @property
    def store(self) -> SqlStore:
        """Which is read alone."""

    @property
    def clock(self) -> Clock:
        """By which texts are erased."""

    async def ask(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """A look at the store. Raises StoreAway."""

    async def call(self, work: Callable[[], T]) -> T:
        """However long it takes."""


class ReportSearch(Protocol):
    """What the desk asks of an index, in this process or in another."""

    async def ready(self) -> bool:
        """Whether it is there and was built."""

    async def find(self, asked: SearchTerms) -> Candidates:
        """Newest first; not ready where it cannot tell yet. Raises StoreAway."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of reports: what they say now; nothing where they were erased. `until`: when it was read."""

    words: Mapping[Number, frozenset[str]]
    until: datetime


def changes(store: SqlStore, since: datetime, now: datetime) -> Changes:
    """What was corrected since, and what had its time and is erased. Raises StoreAway."""
    spans = [timedelta(days=days) for days in sorted(set(KEEP_DAYS.values()))]
    corrected, erased = store.read(
        lambda tx: (
            tx.texts.corrected(since - _LATE),
            [tx.texts.erased(now - span - _ERASED_WITHIN, now - span) for span in spans],
        )
    )
    words = {report.number: said_in(report) for report in corrected}
    return Changes(words | {number: frozenset[str]() for span in erased for number in span}, now)


class _Index:
    """The index, and up to where reports were read."""

    def __init__(self, began: datetime) -> None:
        self.postings = SearchIndex()
        self.followed = began  # until when it knows what was changed
        self._reworded: Mapping[Number, int] = {}  # what was done of the last changes, which are read again
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

    def follow(self, changed: Changes) -> None:
        """Each change once, though it is read for as long as a commit may come late."""
        done = {number: hash(words) for number, words in changed.words.items()}
        self.postings.reword(
            {number: words for number, words in changed.words.items() if self._reworded.get(number) != done[number]}
        )
        self._reworded, self.followed = done, changed.until

    @property
    def lacks(self) -> bool:
        """Whether there are reports that it has not, in a database that is small enough to be counted."""
        return len(self.postings) < self._there

    def _add(self, report: Report) -> None:
        if report.number not in self._recent:
            self._recent[report.number] = report.received
            self.postings.add(report.number, said_in(report))


def stay(*, again: bool) -> None:
    """What is held now is held for long: a collection that looks through all of it holds every page up for 100 ms.

    `again`: what was held until now may have become garbage. At a start there is none, and nothing is looked through.
    """
    if again:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


class Search:
    """What stands behind the field of the desk; one lock: the index is caught up by one search at a time."""

    def __init__(self, threads: Threads, pace: Pace | None = None) -> None:
        self._threads = threads
        self._pace = pace or Pace()
        self._index: _Index | None = None
        self._lock = threading.Lock()
        self._ending = threading.Event()

    async def ready(self) -> bool:
        """Whether it was built."""
        return self._index is not None

    async def keep(self) -> None:
        """Builds it, and again each day, until it is cancelled; the one before serves meanwhile, and follows."""
        try:
            while True:
                until = time.monotonic() + (_AGAIN if await self._done(self._anew, "search_failed") else _SOON)
                while (left := until - time.monotonic()) > 0:
                    await asyncio.sleep(min(left, _FOLLOWS))
                    await self._done(self.follow, "search_not_followed")
        finally:
            self._ending.set()

    async def find(self, asked: SearchTerms) -> Candidates:
        """Newest first, with what was filed just now; nothing yet where it is still being built. Raises StoreAway."""
        return await self._threads.ask(lambda: self.look(asked))

    async def _done(self, work: Callable[[], bool], failed: str) -> bool:
        try:
            return await self._threads.call(work)
        except StoreAway as away:
            _log.warning("search_store_away", extra={"trouble": str(away)})
        except Exception as fault:  # noqa: BLE001 - the desk goes on without a search, and it is tried again
            _log.error(failed, extra={"fault": place_of(fault)})
        return False

    def _anew(self) -> bool:
        again = self._index is not None
        if not self.build():
            return False
        stay(again=again)
        return True

    def build(self) -> bool:
        """Reads all reports beside whoever writes; False where the end came first. Raises StoreAway."""
        index = _Index(self._threads.clock.now())
        if not index.read_on(self._threads.store, self._pace.chunk, self._go_on):
            return False
        index.postings.sort()
        with self._lock:
            self._index = index
        _log.info("search_built", extra={"reports": len(index.postings), "words": index.postings.words})
        return True

    def follow(self) -> bool:
        """Takes over what was erased or corrected; False where there is no index yet. Raises StoreAway."""
        index = self._index
        if index is None:
            return False
        changed = changes(self._threads.store, index.followed, self._threads.clock.now())
        with self._lock:
            index.follow(changed)
        return True

    def look(self, asked: SearchTerms) -> Candidates:
        """The same as `find`, here and now."""
        with self._lock:
            index = self._index
            if index is None:
                return Candidates(ready=False)
            index.read_on(self._threads.store, self._pace.since, lambda: True)
            if index.lacks:
                index = self._index = _Index(index.followed)
                index.read_on(self._threads.store, self._pace.since, lambda: True)
            return Candidates(index.postings.find(asked, MOST))

    def _go_on(self) -> bool:
        return not self._ending.wait(self._pace.breath)
