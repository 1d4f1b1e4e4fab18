"""A worker: one thread with a child of its own, which asks it about one file after the other."""

import os
from collections.abc import Callable
from contextlib import suppress

from app.sandbox.child_connection import ChildConnection, GivenUp
from app.sandbox.child_messages import Answer, Garbage
from app.sandbox.children import Children
from app.sandbox.fair_queue import Kind
from core.errors import FileAway

_NICER = 5  # of those who do slow work: a photo does not wait for the processor


class Worker:
    """Only for its thread, but for `pid`. `serves`: what it takes, what it prefers first."""

    def __init__(self, children: Children, serves: tuple[Kind, ...]) -> None:
        self.serves = serves
        self._children = children
        self._line: ChildConnection | None = None

    @property
    def pid(self) -> int | None:
        """Of its child, where it has one."""
        line = self._line
        return None if line is None else line.pid

    @property
    def keeps_long(self) -> bool:
        """Whether a file that takes its time may stay here."""
        return Kind.LONG in self.serves

    def begin(self) -> None:
        """Starts the child in the thread that calls. Raises FileAway."""
        self._line = self._children.started()

    def make_ready(self) -> None:
        """Gets a child, which may take a while; where there is none, `ask` will say so."""
        with suppress(FileAway):
            self._ready()

    def ask(self, data: bytes, flags: int, seconds: float, give_up: Callable[[float], bool]) -> Answer:
        """What the child says within so many seconds.

        Raises FileAway where there is no child, GivenUp where `give_up` says so of the seconds it took until now;
        TimeoutError, OSError or Garbage where the child hangs, dies or babbles: it was killed.
        """
        line = self._ready()
        try:
            return line.ask(data, seconds, flags, give_up)
        except (OSError, Garbage, GivenUp) as error:
            self.drop(error)
            raise

    def drop(self, error: Exception) -> None:
        """Kills the child, which is not to be trusted any more."""
        line, self._line = self._line, None
        if line is not None:
            self._children.drop(line, error)

    def _ready(self) -> ChildConnection:
        while (line := self._line) is None or not line.quiet():
            self.drop(BrokenPipeError())  # one that died while idle, or spoke unasked
            self._line = line = self._children.warm(self._urgency)
            if self._urgency:
                _put_behind(line.pid)
        return line

    @property
    def _urgency(self) -> int:
        return int(Kind.DOCUMENT in self.serves and Kind.STAFF not in self.serves)


def _put_behind(pid: int) -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _NICER)
