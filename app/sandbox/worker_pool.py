"""The crew: workers side by side before one queue, so that a file that hangs holds one of them and nobody else."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.sandbox.child_connection import GivenUp
from app.sandbox.child_messages import Answer, Garbage
from app.sandbox.children import Children
from app.sandbox.fair_queue import FairQueue, Kind, Waiting
from app.sandbox.time_spent import Origin
from app.sandbox.worker import Worker
from core.errors import FileAway, Refused

T = TypeVar("T")
_QUICK = 2.0
_SPARE = 2  # so that two who hang at once can be replaced at once
_GREEDY = 2  # the rank of a sender who used too much
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What each worker takes, what it prefers first; and how many children are kept warm beside theirs.

    `quick`: seconds after which a file is no quick one, where others wait.
    """

    workers: tuple[tuple[Kind, ...], ...]
    spare: int = 0
    quick: float = _QUICK

    @classmethod
    def of(cls, children: int) -> "Plan":
        """For a service: so many for citizens, at least two; one for staff; spare ones."""
        turns = ((Kind.QUICK,), (Kind.LONG, Kind.DOCUMENT, Kind.QUICK), (Kind.DOCUMENT, Kind.QUICK), (Kind.QUICK,))
        return cls((*(turns[number % len(turns)] for number in range(children)), (Kind.STAFF,)), spare=_SPARE)


FOR_ALL = Plan((tuple(Kind),))
"""One child for everything: for a command that has one file at a time."""


@dataclass(slots=True)
class Allowance:
    """Seconds of cleaning that all files of one message have left together."""

    left: float


@dataclass(slots=True, eq=False)
class Asked(Generic[T]):
    """One file and what is asked about it; `read` makes the answer of what a child says, and raises as it likes."""

    data: bytes = field(repr=False)
    flags: int
    seconds: float
    read: Callable[[Answer], T] = field(repr=False)
    allowance: Allowance | None = None
    answer: "Future[T]" = field(default_factory=Future)

    def wanted(self) -> bool:
        """Whether somebody still waits for the answer."""
        return self.answer.running() or self.answer.set_running_or_notify_cancel()

    def late(self) -> Refused:
        """Why it was given up: it alone took too long, or the whole message did."""
        short = self.allowance is not None and self.allowance.left < self.seconds
        return Refused("file_rest" if short else "file_slow")

    @property
    def patience(self) -> float:
        """Seconds that it may take now."""
        return self.seconds if self.allowance is None else min(self.seconds, self.allowance.left)


class WorkerPool:
    """Safe to call from any thread. Threads begin with the first file."""

    def __init__(self, children: Children, plan: Plan, queue: FairQueue[Asked[Any]]) -> None:
        self._children = children
        self._quick = plan.quick
        self._workers = tuple(Worker(children, serves) for serves in plan.workers)
        self._idle: set[Worker] = set()
        self._called_up: set[Worker] = set()  # of the idle, those who get themselves a child for what waits
        self._queue = queue
        self._changed = threading.Condition()  # guards the queue and who is idle
        self._threads: list[threading.Thread] = []
        self._ended = False

    @property
    def first(self) -> Worker:
        """The one whose child is there from the start."""
        return self._workers[0]

    def put(self, asked: Asked[T], origin: Origin, kind: Kind) -> None:
        """Its answer may be FileAway: the children were ended, or too much of its sender waits."""
        now = time.monotonic()
        if kind is Kind.QUICK:
            with self._changed:
                greedy = self._queue.rank(origin, now) == _GREEDY
            kind = Kind.LONG if greedy else kind  # else each file of theirs would cost two seconds and a child
        self._add(Waiting(asked, origin, kind, len(asked.data), now), now)

    def end(self) -> None:
        """After the children were: waits for the threads."""
        with self._changed:
            self._ended = True
            gone = self._queue.empty()
            self._changed.notify_all()
        _turn_away(gone)
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.drop(BrokenPipeError())

    def _add(self, waiting: Waiting[Asked[Any]], now: float) -> None:
        with self._changed:
            gone = [waiting] if self._ended else self._queue.put(waiting, now)
            if not self._threads and not self._ended:
                self._begin()
            self._changed.notify_all()
        _turn_away(gone)

    def _begin(self) -> None:
        self._idle.update(self._workers)
        for number, worker in enumerate(self._workers):
            thread = threading.Thread(target=self._work, args=(worker,), name=f"sandbox-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _work(self, worker: Worker) -> None:
        while (waiting := self._next(worker)) is not None:
            began = time.monotonic()
            again = waiting.what.wanted() and self._served(worker, waiting)
            now = time.monotonic()
            with self._changed:
                self._queue.done(waiting, now - began, now)
            if again:
                self._add(Waiting(waiting.what, waiting.origin, Kind.LONG, waiting.size, waiting.since), now)

    def _next(self, worker: Worker) -> Waiting[Asked[Any]] | None:
        """None at the end. A file stays in the queue, for whoever is free, until there is a child for it."""
        while self._called(worker):
            worker.make_ready()
            if (waiting := self._taken(worker)) is not None:
                return waiting
        return None

    def _called(self, worker: Worker) -> bool:
        """Waits until there is something for it; False at the end."""
        with self._changed:
            self._idle.add(worker)
            while not self._ended and not self._queue.has(self._kinds_for(worker)):
                self._changed.wait()
            self._called_up.add(worker)
            return not self._ended

    def _taken(self, worker: Worker) -> Waiting[Asked[Any]] | None:
        """None where somebody else was quicker."""
        with self._changed:
            self._called_up.discard(worker)
            waiting = self._queue.take(self._kinds_for(worker), time.monotonic())
            if waiting is not None:
                self._idle.discard(worker)
            self._changed.notify_all()  # who has no child yet may have to step in now
            return waiting

    def _kinds_for(self, worker: Worker) -> tuple[Kind, ...]:
        """What it serves; as long as it has no child, only what nobody can take who is idle and has one, or soon."""
        if worker.pid is not None:
            return worker.serves
        ready = (other for other in self._idle - {worker} if other.pid is not None or other in self._called_up)
        others = {kind for other in ready for kind in other.serves}
        return tuple(kind for kind in worker.serves if kind not in others)

    def _served(self, worker: Worker, waiting: Waiting[Asked[Any]]) -> bool:
        """Whether it is to be tried again, among those that take long. What comes of it else, its answer has."""
        asked, began = waiting.what, time.monotonic()
        try:
            try:
                said = worker.ask(asked.data, asked.flags, asked.patience, self._gives_up(worker, waiting))
                answer = asked.read(said)
            finally:
                if asked.allowance is not None:
                    asked.allowance.left -= time.monotonic() - began
        except GivenUp:
            return True
        except TimeoutError:
            self._refuse(asked, asked.late())
        except (OSError, Garbage) as error:
            worker.drop(error)
            self._refuse(asked, Refused("file_damaged"))
        except Exception as error:  # noqa: BLE001 -- Refused, FileAway, or a fault of ours: whoever asked must hear of it
            asked.answer.set_exception(error)
        else:
            asked.answer.set_result(answer)
        return False

    def _refuse(self, asked: Asked[Any], why: Refused) -> None:
        """A child that we ended ourselves says nothing about the file."""
        asked.answer.set_exception(FileAway(final=False) if self._children.stopped else why)

    def _gives_up(self, worker: Worker, waiting: Waiting[Asked[Any]]) -> Callable[[float], bool]:
        if worker.keeps_long or waiting.kind not in {Kind.QUICK, Kind.STAFF}:
            return lambda _: False
        with self._changed:
            rank = self._queue.rank(waiting.origin, time.monotonic())

        def others_wait(seconds: float) -> bool:
            if seconds <= self._quick:
                return False
            with self._changed:
                return self._queue.waits(worker.serves, rank, time.monotonic())

        return others_wait


def _turn_away(gone: list[Waiting[Asked[Any]]]) -> None:
    for each in gone:
        if each.what.wanted():
            each.what.answer.set_exception(FileAway(final=False))
    if gone:
        _log.warning("sandbox_turned_away count=%d", len(gone))
