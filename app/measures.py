"""Counts and durations of each step in this process, by channel and step alone: never by a person, never a word."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Histogram

from core.errors import StoreAway
from core.messages import IntakeResult

Step = Literal["files", "read", "turn", "send"]
"""Files fetched, cleaned and kept; words read ahead; the turn, with its wait for the store; the wire out."""
Sending = Literal["sent", "again", "dead", "fault"]
STEPS: tuple[Step, ...] = ("files", "read", "turn", "send")
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12, 60)
_WAITS = (1, 5, 20, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)
_SEVERAL = 3  # deliveries that a wire did not take, one behind the other: one may fail for its own sake


class Measures:
    """Of one process. May be called from any thread; raises nothing of its own. Labels are names of the code."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self.registry = CollectorRegistry(auto_describe=False)
        by_result = ("channel", "result")
        self._messages = Counter(
            "resi_messages", "Messages by how they were answered", by_result, registry=self.registry
        )
        self._deliveries = Counter(
            "resi_deliveries", "Tries to send by what came of them", by_result, registry=self.registry
        )
        self._steps = Histogram(
            "resi_step_seconds",
            "How long a step of a message takes",
            ("step", "channel"),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._waits = Histogram(
            "resi_delivery_wait_seconds",
            "From when a delivery was due until its first try",
            ("channel",),
            registry=self.registry,
            buckets=_WAITS,
        )
        self._failing: dict[str, tuple[float, frozenset[str]]] = {}  # since when, and which deliveries

    @contextmanager
    def answering(self, channel: str) -> Iterator[Callable[[IntakeResult], IntakeResult]]:
        """One message of a wire; what is given says what became of it. Else it is `away`, or a `fault`."""
        result = "fault"

        def answered(given: IntakeResult) -> IntakeResult:
            nonlocal result
            result = given.value
            return given

        try:
            yield answered
        except StoreAway:
            result = "away"
            raise
        finally:
            self._messages.labels(channel, result).inc()

    @contextmanager
    def step(self, step: Step, channel: str) -> Iterator[None]:
        """How long what is done within takes, however it ends."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._steps.labels(step, channel).observe(time.perf_counter() - began)

    def waited(self, channel: str, seconds: float) -> None:
        """One delivery before its first try."""
        self._waits.labels(channel).observe(max(0.0, seconds))

    def sent(self, channel: str, result: Sending, delivery: str) -> None:
        """What came of one try. A final refusal is an answer of the wire, too."""
        self._deliveries.labels(channel, result).inc()
        if result in {"sent", "dead"}:
            self._failing.pop(channel, None)
            return
        since, which = self._failing.get(channel, (self._seconds(), frozenset[str]()))
        self._failing[channel] = (since, which if len(which) >= _SEVERAL else which | {delivery})

    def failing(self) -> Mapping[str, float]:
        """Wires that took none of several deliveries in a row: for how many seconds."""
        now = self._seconds()
        failing = tuple(self._failing.items())
        return {channel: now - since for channel, (since, which) in failing if len(which) >= _SEVERAL}
