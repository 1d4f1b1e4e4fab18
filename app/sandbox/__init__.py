"""Sandbox: the child process in which citizens' files are scrubbed, behind walls; a crash or hang costs one file.

`walls` says what the child cannot do any more, `child` is what runs in it, `line` and `wire` how we speak with it.
"""

import asyncio
import hashlib
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from app.sandbox.line import COMMAND, Line
from app.sandbox.walls import NAMES as WALLS
from app.sandbox.wire import LOOK_AT, Garbage, believed, seen
from core.errors import FileAway, Refused
from core.messages import Look
from core.scrub import Clean, Limits

__all__ = ["WALLS", "Sandbox"]

_DEFAULT = Limits()
_GETTING_READY = 20.0  # seconds for a child
_log = logging.getLogger(__name__)


class Sandbox:
    """One child, one file at a time; safe to call from any thread and from asyncio.

    Raises FileAway (not final) where no child can be had: a fault of ours, and nothing about the file.
    """

    def __init__(
        self, *, limits: Limits = _DEFAULT, command: Sequence[str] = COMMAND, patience: float | None = None
    ) -> None:
        self._limits = limits
        self._command = command
        self._patience = float(limits.patience) if patience is None else patience
        self._line: Line | None = None
        self._walls: tuple[str, ...] = ()
        self._stopped = False
        self._guard = threading.Lock()
        # One thread that lives as long as we do: it keeps files in line, and a child dies with the thread it came from.
        self._queue = ThreadPoolExecutor(1, "sandbox")

    def start(self) -> None:
        """Starts the child and waits until it is sealed; best called from the main thread before there is another."""
        self._open()

    async def scrub(self, data: bytes) -> Clean:
        """Raises Refused; whatever the child does, only what is proved bare comes back."""
        return await asyncio.wrap_future(self._enqueue(data))

    def scrub_now(self, data: bytes) -> Clean:
        """The same for callers without a loop; blocks."""
        return self._enqueue(data).result()

    def look_now(self, clean: Clean) -> Look | None:
        """What a clean picture looks like; None for what is no picture. Blocks."""
        try:
            return self._queue.submit(self._look, clean.data).result()
        except RuntimeError:
            raise FileAway(final=False) from None

    def walls(self) -> tuple[str, ...]:
        """Names of the walls that the child last started has told; see WALLS for all that there are."""
        return self._walls

    @property
    def pid(self) -> int | None:
        """Of the child, where one was started."""
        line = self._line
        return None if line is None else line.pid

    def stop(self) -> None:
        """Kills the child, whatever it is doing; files that wait are not scrubbed any more."""
        with self._guard:
            self._stopped = True
            line = self._line
        if line is not None:
            line.close()
        self._queue.shutdown(wait=True)
        if line is not None:
            line.free()

    def _enqueue(self, data: bytes) -> Future[Clean]:
        if len(data) > self._limits.file_bytes:
            raise Refused("file_too_large")
        try:
            return self._queue.submit(self._scrub, data)
        except RuntimeError:
            raise FileAway(final=False) from None

    def _scrub(self, data: bytes) -> Clean:
        line = self._ready()
        try:
            return believed(line.ask(data, self._patience), self._limits)
        except (OSError, Garbage) as error:
            self._drop(line, error)
            if self._stopped:
                raise FileAway(final=False) from None
            raise Refused("file_damaged") from None

    def _look(self, data: bytes) -> Look | None:
        line = self._ready()
        try:
            return seen(line.ask(data, self._patience, LOOK_AT), hashlib.sha256(data).digest())
        except (OSError, Garbage) as error:
            self._drop(line, error)
            return None

    def _ready(self) -> Line:
        line = self._line
        if line is not None and line.quiet():
            return line
        if line is not None:
            self._drop(line, BrokenPipeError())
        return self._open()

    def _open(self) -> Line:
        with self._guard:
            if self._stopped:
                raise FileAway(final=False)
            try:
                self._line = line = Line(self._command, self._limits)
            except OSError:
                raise FileAway(final=False) from None
        try:
            self._walls = line.hello(max(self._patience, _GETTING_READY))
        except (OSError, Garbage) as error:
            self._drop(line, error)
            raise FileAway(final=False) from None
        return line

    def _drop(self, line: Line, error: Exception) -> None:
        line.close()
        with self._guard:
            if self._stopped:
                return  # stop frees it
            self._line = None
        line.free()
        _log.warning("sandbox_child_replaced reason=%s", type(error).__name__)
