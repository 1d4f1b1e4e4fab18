"""A rotation that is killed in the middle and begun again by two operators, while citizens go on."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from core.errors import StoreAway
from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.patience import PATIENCE, until

_BETWEEN_CITIZENS = 0.01  # seconds: who never pauses leaves SQLite's lock to nobody


def killed_and_begun_again(
    start: Callable[[], ForkedProgram],
    waiting: Callable[[], int],
    run: Callable[[], object],
    citizen: Callable[[], None],
) -> None:
    """Until nothing waits any more.

    `start`: in another process, which prints after each batch and then reads a line; `run`: in this one. A lock is
    waited for five seconds: who has it not in them, as on a busy machine, tries again.
    """
    ended = threading.Event()

    def goes_on() -> None:
        while not ended.wait(_BETWEEN_CITIZENS):
            with suppress(StoreAway):
                citizen()

    def is_done() -> bool:
        """PostgreSQL may find out late that a killed process no longer holds its rows."""
        with suppress(StoreAway):
            run()
        return waiting() == 0

    def ends(operator: ForkedProgram) -> None:
        operator.stdin.close()
        if operator.wait() != 0:
            assert "StoreAway" in operator.said(), operator.said()
            with start() as again:
                ends(again)

    with ThreadPoolExecutor(1) as threads:
        citizens = threads.submit(goes_on)
        try:
            with start() as killed:
                killed.stdout.readline()
                killed.stdin.write("\n")
                killed.stdin.flush()  # it does one batch more at most
                killed.send_signal(signal.SIGKILL)
            assert waiting() > 0, "the kill came too late to show anything"
            with start() as one, start() as other:  # two operators, as it happens
                one.stdin.close()
                ends(other)
                ends(one)
            until(is_done, "nothing that waits for the rotation")
        finally:
            ended.set()
        citizens.result(PATIENCE)
