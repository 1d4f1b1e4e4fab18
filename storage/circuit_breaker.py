"""A store that did not answer is asked by one at a time until it does again; all others are told so at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.errors import StoreAway

REST_SECONDS = 5.0


class CircuitBreaker:
    """For any thread. `clock`: seconds that only grow."""

    def __init__(self, rest: float = REST_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._clock = clock
        self._until: float | None = None  # None: it answers, as far as is known
        self._lock = threading.Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around one question. Raises StoreAway where nobody is to ask now; one from inside begins the rest."""
        with self._lock:
            now = self._clock()
            if self._until is not None:
                if now < self._until:
                    raise StoreAway("silent")
                self._until = now + self._rest  # the others wait for this one
        try:
            yield
        except StoreAway:
            self._set(self._clock() + self._rest)
            raise
        except BaseException:
            self._set(None)  # it answered something else
            raise
        self._set(None)

    def _set(self, until: float | None) -> None:
        with self._lock:
            self._until = until
