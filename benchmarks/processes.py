"""What one, two and four processes on one PostgreSQL take: python -m benchmarks.processes [MESSAGES [PROCESSES…]].

Each a whole `resi run`, PostgreSQL with fsync, fakes of the wires and the people who write (as benchmarks.memory has
them, 32 at a time) on one machine. For each number of processes: messages a second, and the work of a message in ms by
who did it; "others": what else ran on the machine meanwhile, of all its processors.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import Town
from tests.fakes.patience import until
from tests.fakes.postgres_server import OwnServer
from tests.fakes.processes import processor_of
from tests.fakes.resi_process import Resi
from tests.fakes.wires import Wires, plugged

_AT_ONCE = 32
_WARM = 120  # messages before it is counted
_SIX = 6
_TICK = os.sysconf("SC_CLK_TCK")
_DURABLE = "-c fsync=on -c max_connections=100"


@dataclass(frozen=True)
class Worked:
    """Seconds of work so far."""

    resi: float
    database: float
    people: float
    all: float


def worked(running: Sequence[Resi], server: OwnServer) -> Worked:
    """By whom."""
    ours = [each.process.pid for each in running if each.process is not None]
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _io, irq, soft, *_ = map(int, first)
    return Worked(
        sum(map(processor_of, ours)),
        processor_of(server.pids()[0]),
        time.process_time(),
        (user + nice + system + irq + soft) / _TICK,
    )


@contextmanager
def running(folder: Path, server: OwnServer, count: int) -> Iterator[tuple[Wires, list[Resi]]]:
    """So many, ready, on a database of their own."""
    with ExitStack() as stack:
        settings = {"DATABASE_URL": server.fresh(), "LOG_LEVEL": "WARNING"}
        wires = stack.enter_context(plugged(folder / "0", webhook=True, sms="twilio", settings=settings))
        others = [Resi(folder / f"{at}", data=wires.resi.data) for at in range(1, count)]
        for each in others:
            own = {name: each.settings[name] for name in ("WEB_LISTEN", "MAIL_LISTEN")}
            each.settings = wires.resi.settings | own
            stack.callback(each.stop)
        for each in (wires.resi, *others):
            each.forked = False
            each.start()
        yield wires, others


def written(town: Town, first: int, count: int) -> None:
    """All are acknowledged."""
    numbers = range(first // _SIX, (first + count) // _SIX)
    stories = [story for number in numbers for story in town.stories(number)]
    with ThreadPoolExecutor(_AT_ONCE) as people:
        for done in [people.submit(story) for story in stories]:
            done.result()


def measured(folder: Path, server: OwnServer, count: int, messages: int) -> str:
    """A row of the table."""
    with running(folder, server, count) as (wires, others):
        town = Town(wires, others)
        written(town, 0, _WARM * count)
        until(lambda: wires.resi.pending() == 0, "an empty outbox", 300)
        before, began = worked((wires.resi, *others), server), time.monotonic()
        written(town, _WARM * count, messages)
        took = time.monotonic() - began
        until(lambda: wires.resi.pending() == 0, "an empty outbox", 300)
        whole, after = time.monotonic() - began, worked((wires.resi, *others), server)
    each = [(getattr(after, name) - getattr(before, name)) * 1000 / messages for name in ("resi", "database", "people")]
    ours = sum(each) * messages / 1000
    free = os.cpu_count() or 1
    other = (after.all - before.all - ours) / whole
    told = " | ".join(f"{ms:.1f}" for ms in each)
    return f"| {count} | {messages / took:.0f} | {told} | {ours / whole:.2f} of {free} | {max(other, 0):.2f} |"


def main() -> None:
    """Prints a row each."""
    messages, *counts = [int(each) for each in sys.argv[1:]] or [1200]
    server = OwnServer(_DURABLE)
    try:
        print("| processes | messages a second | Resi, ms | PostgreSQL | people and wires | all | others |", flush=True)
        for count in counts or (1, 2, 4):
            with tempfile.TemporaryDirectory() as folder:
                print(measured(Path(folder), server, count, messages), flush=True)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
