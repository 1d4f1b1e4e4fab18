"""Many citizens who write at once, each message handed over until it is acknowledged, as their wires would do it."""

import random
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.fakes.citizens import Citizen, Post
from tests.fakes.patience import PATIENCE, moment, until

_AT_ONCE = 16
_PATIENCE = 200  # tries of one message, with pauses of a tenth of a second or more between them


@dataclass
class Acknowledged:
    """One message that the service said yes to, and how often it was handed over until then."""

    who: Citizen
    text: str
    post: Post = field(repr=False)
    tries: int


class Storm:
    """`begin`, then whatever is to happen meanwhile, then `end`; `acknowledged` grows."""

    def __init__(
        self,
        scripts: Sequence[tuple[Citizen, Sequence[str]]],
        rng: random.Random,
        patience: int = _PATIENCE,
        *,
        at_once: int = _AT_ONCE,
    ) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.total = sum(len(texts) for _, texts in scripts)
        self._scripts = list(scripts)
        self._rng = rng
        self._patience = patience
        self._rng.shuffle(self._scripts)
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(at_once, "citizen")
        self._writing: list[Future[None]] = []

    def begin(self) -> None:
        self._writing = [self._threads.submit(self._speak, who, texts) for who, texts in self._scripts]

    def wait_for(self, count: int, seconds: float = PATIENCE) -> None:
        """Until so many messages were acknowledged, or one of the citizens fell over a surprise."""

        def enough() -> bool:
            for each in self._writing:
                if each.done():
                    each.result()
            return len(self.acknowledged) >= count

        until(enough, f"{count} acknowledged messages", seconds)

    def end(self, seconds: float = PATIENCE) -> None:
        """Waits for the last acknowledgement."""
        self.wait_for(self.total, seconds)
        self._threads.shutdown()

    def comes_again(self, share: float) -> int:
        """Some of what was acknowledged is handed over once more, as wires do; how many."""
        chosen = self._rng.sample(self.acknowledged, round(len(self.acknowledged) * share))
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            assert all(threads.map(lambda each: each.post.hand_over(), chosen))
        return len(chosen)

    def _speak(self, who: Citizen, texts: Sequence[str]) -> None:
        for text in texts:
            post = who.post(text)
            for tries in range(1, self._patience):
                if post.hand_over():
                    break
                moment(0.1 + 0.01 * (tries % 7))
            else:
                raise AssertionError("a message that was never acknowledged")
            with self._lock:
                self.acknowledged.append(Acknowledged(who, text, post, tries))
