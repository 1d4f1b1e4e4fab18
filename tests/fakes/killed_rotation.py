"""A rotation that is killed in the middle and begun again by two operators, while citizens go on."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.patience import PATIENCE, until


def killed_and_begun_again(
    start: Callable[[], ForkedProgram],
    waiting: Callable[[], int],
    run: Callable[[], object],
    citizen: Callable[[], None],
) -> None:
    """Until nothing waits any more. `run`: in this process.

    `start`: in another process, which prints after each batch and, behind the second, waits for a line of its stdin
    or its end: however late the kill comes on a busy machine, there is something left to do.
    """
    ended = threading.Event()

    def goes_on() -> None:
        while not ended.is_set():
            citizen()

    def is_done() -> bool:
        """PostgreSQL may find out late that a killed process no longer holds its rows."""
        run()
        return waiting() == 0

    with ThreadPoolExecutor(1) as threads:
        citizens = threads.submit(goes_on)
        try:
            with start() as killed:
                killed.stdout.readline()
                killed.send_signal(signal.SIGKILL)
            assert waiting() > 0, "the kill came too late to show anything"
            with start() as one, start() as other:  # two operators, as it happens
                for each in (one, other):
                    each.stdin.close()
                assert [each.wait() for each in (one, other)] == [0, 0]
            until(is_done, "nothing that waits for the rotation")
        finally:
            ended.set()
        citizens.result(PATIENCE)
