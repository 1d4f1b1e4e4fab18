"""What the fakes of both SMS providers share: a server on loopback that a test waits for."""

import threading
from collections.abc import Callable

from tests.fakes.loopback_server import LoopbackServer
from tests.fakes.patience import PATIENCE


class SmsServer(LoopbackServer):
    """A subclass remembers under `changed`, and notifies it."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = threading.Condition()

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Waits for something to happen here."""
        with self.changed:
            return self.changed.wait_for(true, seconds)
