"""Children: where a sealed child comes from; one is kept warm, so that a killed one is replaced at once."""

import logging
import threading
from collections import deque

from app.sandbox.child_connection import ChildConnection
from app.sandbox.child_messages import Garbage
from app.sandbox.spawning import Spawner
from core.errors import FileAway
from core.limits import Limits

_GETTING_READY = 20.0  # seconds for a child
_AGAIN = 5.0  # seconds after which a spare that could not be had is tried again
_log = logging.getLogger(__name__)


class Children:
    """Starts children and ends them all. `spare`: how many are kept warm once `keep_spare` was called.

    Safe to call from any thread; a child of a command dies with the thread that started it, so ask from one that lives
    as long.
    """

    def __init__(self, births: Spawner, limits: Limits, patience: float, *, spare: int) -> None:
        self._births = births
        self._limits = limits
        self._patience = max(patience, _GETTING_READY)
        self._spare = spare
        self._changed = threading.Condition()
        self._alive: set[ChildConnection] = set()
        self._warm: deque[ChildConnection] = deque()
        self._asking: list[int] = []  # how urgently; the lowest goes first
        self._misses = 0  # times that none could be had
        self._stopped = False
        self._keeper: threading.Thread | None = None
        self.restrictions: tuple[str, ...] = ()  # that the last one told

    @property
    def stopped(self) -> bool:
        """Whether all were ended for good."""
        return self._stopped

    def started(self) -> ChildConnection:
        """A new one, started in this thread and sealed. Raises FileAway where there is none to be had."""
        with self._changed:
            if self._stopped:
                raise FileAway(final=False)
            try:
                line = ChildConnection(self._births, self._limits)
            except OSError:
                raise FileAway(final=False) from None
            self._alive.add(line)
        try:
            self.restrictions = line.hello(self._patience)
        except (OSError, Garbage) as error:
            self.drop(line, error)
            raise FileAway(final=False) from None
        return line

    def keep_spare(self) -> None:
        """From now on the next one is always being made ready."""
        if self._spare and self._keeper is None:
            self._keeper = threading.Thread(target=self._keep, name="sandbox-spare", daemon=True)
            self._keeper.start()

    def warm(self, urgency: int) -> ChildConnection:
        """One that is ready, or the next that will be; the lowest urgency is served first. Raises FileAway."""
        if self._keeper is None:
            return self.started()
        with self._changed:
            self._asking.append(urgency)
            misses = self._misses
            self._changed.notify_all()
            try:
                while not (self._warm and urgency == min(self._asking)):
                    if self._stopped or self._misses > misses:
                        raise FileAway(final=False)
                    self._changed.wait()
                return self._warm.popleft()
            finally:
                self._asking.remove(urgency)
                self._changed.notify_all()

    def drop(self, line: ChildConnection, error: Exception) -> None:
        """Kills one that is not to be trusted any more; only by the thread that asks it."""
        line.close()
        with self._changed:
            self._alive.discard(line)
            if self._stopped:
                line.free()
                return
        line.free()
        _log.warning("sandbox_child_replaced reason=%s", type(error).__name__)

    def stop(self) -> None:
        """Kills all, whatever they are doing. Who asks one sees it end, and frees it by `drop`."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
            for line in self._alive:
                line.close()
        if self._keeper is not None:
            self._keeper.join()
        while self._warm:
            self._warm.popleft().free()
        self._births.end()

    def _keep(self) -> None:
        while self._wanted():
            try:
                line = self.started()
            except FileAway:
                with self._changed:
                    self._misses += 1
                    self._changed.notify_all()
                    if not self._stopped and not self._asking:
                        self._changed.wait(_AGAIN)
                continue
            with self._changed:
                self._warm.append(line)
                self._changed.notify_all()

    def _wanted(self) -> bool:
        """Waits until one more is; False at the end."""
        with self._changed:
            while not self._stopped and len(self._warm) >= self._spare + len(self._asking):
                self._changed.wait()
            return not self._stopped
