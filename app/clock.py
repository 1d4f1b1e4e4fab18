"""The clock: APScheduler with its memory store and jobs without arguments; what is due is asked of the database."""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from app.due_work import ALERTS_SINCE, process_due_deadlines, publish_due_batches, tell_staff
from app.logs import place_of
from app.recounting import Recounting
from app.time_and_random import SystemClock
from app.turns import Turns
from core.errors import StoreAway
from storage import LEAD_SECONDS, Files, Leader, Retention

_log = logging.getLogger(__name__)
_LEAD_EVERY = 5  # seconds; a dead leader is followed within twice that
_DEADLINES_EVERY = 30
_ALERTS_EVERY = 15
_ALERTS_OVERLAP = timedelta(minutes=10)  # a turn may be written down that long after its own time
_PUBLISH_EVERY = 30
_PURGE_EVERY = 600
_SWEEP_EVERY = 3600
_NAMELESS_AFTER = timedelta(hours=1)


class Clock:
    """Deals with deadlines and erases what had its time, in one process of all that run; the others stand by."""

    def __init__(
        self,
        turns: Turns,
        files: Files,
        leader: Leader,
        rules: Retention,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds`: of a clock that goes on while this process is stopped."""
        self._turns = turns
        self._files = files
        self._leader = leader
        self._rules = rules
        self._seconds = seconds
        self._leads = False
        self._proved = 0.0  # when that was asked
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self._running = 0
        self._told: datetime | None = None  # until when staff were told; None: not by this process
        self._recounting = Recounting()
        self._ended: dict[str, float] = {}  # when each job last ended well, by its seconds

    @property
    def leads(self) -> bool:
        """Whether this process is the one; one that was stopped for a while must ask first."""
        return self._leads and self._seconds() - self._proved < LEAD_SECONDS

    @property
    def idle(self) -> bool:
        """Whether no job runs now."""
        return not self._running

    def ages(self) -> dict[str, float]:
        """Seconds since each job last ended well here; of one that stands by, that it stood by."""
        now = self._seconds()
        return {name: now - ended for name, ended in tuple(self._ended.items())}

    def start(self) -> None:
        """Runs until `stop`; a second run of a job never begins while the first is on."""
        # What is erased is erased first when this process begins to lead, then at its interval.
        first = {self._lead: _at_once()}
        for work, seconds in (
            (self._lead, _LEAD_EVERY),
            (self._deadlines, _DEADLINES_EVERY),
            (self._alerts, _ALERTS_EVERY),
            (self._publish, _PUBLISH_EVERY),
            (self._purge, _PURGE_EVERY),
            (self._sweep, _SWEEP_EVERY),
        ):
            self.scheduler.add_job(
                self._safe(work),
                IntervalTrigger(seconds=seconds, jitter=seconds // 10 or None),
                id=work.__name__,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                **({"next_run_time": first[work]} if work in first else {}),
            )
            self._ended[work.__name__.strip("_")] = self._seconds()
        self.scheduler.start()

    async def stop(self) -> None:
        """Lets another lead."""
        self.scheduler.shutdown(wait=False)
        self._leads = False
        await self._turns.call(self._leader.resign)

    async def _lead(self) -> None:
        led, asked = self.leads, self._seconds()
        self._leads = await self._turns.call(self._leader.leads)
        self._proved = asked
        if self.leads and not led:
            # Who begins to lead does not know when the last one looked.
            for work in (self._deadlines, self._alerts, self._publish, self._purge, self._sweep):
                self.scheduler.modify_job(work.__name__, next_run_time=_at_once())

    async def _deadlines(self) -> None:
        """However long nobody looked: every mark that has come is dealt with once, in order."""
        if not self.leads:
            return
        store, context, now = self._turns.store, self._turns.context, self._turns.clock.now()
        done = await self._turns.call(lambda: process_due_deadlines(store, context, now))
        if done:
            self._turns.written.set()
            _log.info("deadlines_passed", extra={"reports": done})

    async def _alerts(self) -> None:
        """Staff who want it are told by mail what came, what is due, what is late and what was answered."""
        if not self.leads:
            self._told = None
            return
        store, context, now = self._turns.store, self._turns.context, self._turns.clock.now()
        since = now - ALERTS_SINCE if self._told is None else self._told - _ALERTS_OVERLAP
        done = await self._turns.call(lambda: tell_staff(store, context, now, since))
        self._told = now
        if done:
            self._turns.written.set()
            _log.info("staff_told", extra={"mails": done})

    async def _publish(self) -> None:
        """Where each report is published as soon as it is filed, its figures are counted anew."""
        if not self.leads:
            return
        store, context, now = self._turns.store, self._turns.context, self._turns.clock.now()
        if context.publishing.at_once:
            await self._turns.call(lambda: self._recounting.pass_to(store, context, now))
            return
        done = await self._turns.call(lambda: publish_due_batches(store, context, now))
        if done:
            _log.info("published", extra={"reports": done})

    async def _purge(self) -> None:
        if not self.leads:
            return
        store, now = self._turns.store, self._turns.clock.now()
        erased = await self._turns.call(lambda: store.upkeep.purge(now, self._rules))
        if any(erased.values()):
            _log.info("purged", extra=erased)

    async def _sweep(self) -> None:
        """Files on a shared disk are swept by the leader alone."""
        if not self.leads:
            return
        removed = await self._turns.call(lambda: sweep_files(self._turns, self._files))
        if removed:
            _log.info("files_swept", extra={"files": removed})

    def _safe(self, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            self._running += 1
            try:
                await work()
                self._ended[work.__name__.strip("_")] = self._seconds()
            except StoreAway as away:
                _log.warning("clock_store_away", extra={"trouble": str(away)})
            except Exception as fault:  # noqa: BLE001 - the next tick tries again
                _log.error("clock_failed", extra={"job": work.__name__, "fault": place_of(fault)})
            finally:
                self._running -= 1

        return run


def _at_once() -> datetime:
    """Of the scheduler, which goes by the clock of the machine, whatever time the service has."""
    return SystemClock().now()


def sweep_files(turns: Turns, files: Files) -> int:
    """Removes files that no report and no draft names, an hour after they came."""
    older_than = turns.clock.now() - _NAMELESS_AFTER
    return files.sweep(turns.store.upkeep.file_names_in_use(), older_than)
