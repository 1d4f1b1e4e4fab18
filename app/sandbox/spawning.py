"""How a child comes to be: forked by a zygote that has loaded everything, or started by a command of its own."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from app.sandbox import child_messages
from core.limits import Limits

_ZYGOTE = (sys.executable, "-P", "-s", "-m", "app.sandbox.zygote")
ALONE = (sys.executable, "-P", "-s", "-m", "app.sandbox.child")
_LOADED_WITHIN = 60.0  # seconds, on a machine that has much else to do
_KEPT = str(256 * 1024 * 1024)  # bytes
_HOUSE = Path(__file__).resolve().parents[2]  # where the rooms lie: a checkout or site-packages


def environment() -> dict[str, str]:
    """All that a child learns of ours: where the rooms are. One thread, for restrictions hold best around one.

    Memory that a file needed is kept for the next: giving it back and asking again costs a third of the time.
    """
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    memory = {"MALLOC_MMAP_THRESHOLD_": _KEPT, "MALLOC_TRIM_THRESHOLD_": _KEPT}
    return {"PYTHONPATH": str(_HOUSE), "LC_ALL": "C.UTF-8", **threads, **memory}


class Child(Protocol):
    """A process that was started."""

    pid: int

    def kill(self) -> None:
        """Safe to call twice."""

    def wait(self) -> object:
        """Until it has ended."""


class Spawner(Protocol):
    """Where children come from. Safe to call from any thread."""

    def begin(self) -> None:
        """Loads what can be loaded now; nobody waits for it."""

    def born(self, inward: int, outward: int, room: int) -> Child:
        """One that reads from `inward`, writes to `outward`, and has the room. Raises OSError."""

    def end(self) -> None:
        """No more of them."""


def spawner_of(limits: Limits, command: Sequence[str] = ()) -> Spawner:
    """Of this command; without one by a zygote, where the system can hold its children fast."""
    if command:
        return ByCommand(command, limits)
    return ByZygote(limits) if hasattr(os, "pidfd_open") else ByCommand(ALONE, limits)


@contextmanager
def begun(limits: Limits) -> Iterator[Spawner]:
    """The usual one, which makes ready on another processor from here on, and ends with the block."""
    births = spawner_of(limits)
    births.begin()
    try:
        yield births
    finally:
        births.end()


class ByCommand:
    """Each loads everything by itself, and dies with the thread that started it."""

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        self._command, self._limits = tuple(command), limits

    def begin(self) -> None:
        """Each begins with itself."""

    def born(self, inward: int, outward: int, room: int) -> Child:
        """Raises OSError."""
        return subprocess.Popen(  # noqa: S603 -- our own command
            (*self._command, str(room), self._limits.told()),
            stdin=inward,
            stdout=outward,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment(),
            pass_fds=(room,),
            start_new_session=True,  # Ctrl-C at the terminal is for the parent, which stops us in order
        )

    def end(self) -> None:
        """Nothing is kept."""


class Forked:
    """Known by a handle, for somebody else may have its number once it has ended."""

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle

    def kill(self) -> None:
        """Safe to call twice."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> object:
        """Until it has ended."""
        return select.select([self._handle], [], [])

    def __del__(self) -> None:
        os.close(self._handle)


def by_exec(line: int, limits: Limits) -> Child:
    """A zygote that hears us on that descriptor. Raises OSError."""
    return subprocess.Popen(  # noqa: S603 -- our own command
        (*_ZYGOTE, str(line), limits.told()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=environment(),
        pass_fds=(line,),
        start_new_session=True,
    )


start_zygote: Callable[[int, Limits], Child] = by_exec  # whoever starts hundreds, as tests do, may fork them


class ByZygote:
    """One that died is replaced when the next child is wanted."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._zygote: Child | None = None
        self._line: socket.socket | None = None

    def begin(self) -> None:
        """Where it cannot be started, whoever wants a child hears of it."""
        with self._lock, suppress(OSError):
            self._started()

    def born(self, inward: int, outward: int, room: int) -> Child:
        """Raises OSError."""
        with self._lock:
            try:
                return self._asked([inward, outward, room])
            except ChildProcessError:
                raise  # the zygote lives, and so do its other children
            except OSError:
                self._drop()
            return self._asked([inward, outward, room])

    def end(self) -> None:
        """Ends the zygote, and with it every child that is left."""
        with self._lock:
            self._drop()

    def _asked(self, handed: list[int]) -> Forked:
        line = self._line or self._started()
        socket.send_fds(line, [b"\0"], handed)
        told, handles, _, _ = socket.recv_fds(line, child_messages.BORN.size, 1)
        if len(told) < child_messages.BORN.size:
            raise ConnectionResetError
        pid: int = child_messages.BORN.unpack(told)[0]
        if not pid or not handles:
            raise ChildProcessError
        return Forked(pid, handles[0])

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(_LOADED_WITHIN)
        with theirs:
            self._zygote = start_zygote(theirs.fileno(), self._limits)
        self._line = ours
        return ours

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote.wait()
        self._line = self._zygote = None
