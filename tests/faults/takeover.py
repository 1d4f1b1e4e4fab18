"""Two copies before yes: the first of two PostgreSQL servers loses its disk; `python -m tests.faults.takeover`."""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.patience import moment, until
from tests.fakes.postgres_server import OwnServer
from tests.fakes.resi_process import Resi, free_port
from tests.fakes.storm import Storm
from tests.fakes.wires import plugged
from tests.faults.world import World, reconciled, scripts

_STANDBY = "second"
_AT_ONCE = 60  # messages
_DURABLE = "-c fsync=on -c listen_addresses=127.0.0.1"


class First(OwnServer):
    """It says yes to a commit when the standby has it too, once there is one and `sync` is asked for."""

    def __init__(self) -> None:
        self.port = free_port()
        super().__init__(_DURABLE, port=self.port)

    def waits_for_the_second(self) -> None:
        self.set("synchronous_standby_names", _STANDBY)

    def set(self, name: str, value: str) -> None:
        """At once."""
        self.says(f"ALTER SYSTEM SET {name} = '{value}'")
        self.says("SELECT pg_reload_conf()")

    def loses_its_disk(self) -> None:
        """The folder goes under the running server, then the machine."""
        pids = self.pids()
        shutil.rmtree(self.data)
        for pid in pids:
            _killed(pid)


class Second(OwnServer):
    """A standby of the first, by pg_basebackup."""

    def __init__(self, first: First) -> None:
        self._first = first
        self.port = free_port()
        super().__init__(_DURABLE, port=self.port)

    def _make(self, data: Path) -> None:
        told = f"host=127.0.0.1 port={self._first.port} user=resi application_name={_STANDBY}"
        self._call("pg_basebackup", "-D", data, "-d", told, "-R", "-c", "fast")

    def promote(self) -> None:
        self._call("pg_ctl", "-D", self.data, "-w", "promote")


def _killed(pid: int) -> None:
    """It may have ended by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@dataclass(frozen=True)
class House:
    """Two processes on two servers."""

    world: World
    first: First
    second: Second


@contextmanager
def house(folder: Path, seed: int) -> Iterator[House]:
    """Started, with one URL that names both servers."""
    with ExitStack() as stack:
        first = First()
        stack.callback(_gone, first)
        name = first.fresh().rpartition("/")[2].partition("?")[0]
        second = Second(first)
        stack.callback(second.stop)
        hosts = f"host=127.0.0.1:{first.port}&host=127.0.0.1:{second.port}&target_session_attrs=read-write"
        settings = {"DATABASE_URL": f"postgresql+psycopg://resi@/{name}?{hosts}"}
        wires = stack.enter_context(plugged(folder / "one", webhook=True, sms="kannel", settings=settings))
        other = Resi(folder / "two", data=wires.resi.data)
        own = {each: other.settings[each] for each in ("WEB_LISTEN", "MAIL_LISTEN")}
        other.settings = wires.resi.settings | own
        stack.callback(other.stop)
        wires.resi.start()
        other.start()
        yield House(World(wires, random.Random(seed), 0.0, None, (other,)), first, second)


def _gone(server: First) -> None:
    if server.data.exists():
        server.stop()
    else:
        shutil.rmtree(server.data.parent, ignore_errors=True)


def main() -> None:
    """Prints what was seen; an AssertionError tells of a message that was lost, doubled or not answered."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=300)
    asked.add_argument("--seed", type=int, default=18)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, house(Path(folder), given.seed) as both:
        _throughput(both, given.messages)
        _standby_away(both, given.messages)
        _disk_lost(both, given.messages)


def _throughput(both: House, messages: int) -> None:
    """The same stream with one copy and with two."""
    _say(f"one copy: {_timed(both, messages, 0)}")
    both.first.waits_for_the_second()
    until(lambda: _synchronous(both.first), "a synchronous standby")
    _say(f"two copies: {_timed(both, messages, messages)}")


def _timed(both: House, messages: int, first: int) -> str:
    began = time.monotonic()
    storm, written = _begun(both.world, messages, first)
    storm.end(1200)
    took = time.monotonic() - began
    _settled(both.world)
    return f"{messages / took:.1f} messages a second, {_AT_ONCE} at once; {_counted(both.world, storm, written)}"


def _synchronous(first: First) -> bool:
    return "sync" in first.says("SELECT sync_state FROM pg_stat_replication")


def _standby_away(both: House, messages: int) -> None:
    """Nothing is acknowledged that lies in one place alone; what waited is kept when the second is back."""
    storm, written = _begun(both.world, messages // 3, 2 * messages)
    storm.wait_for(storm.total // 3, 300)
    with both.second.frozen():
        moment(2)  # what was on its way
        before = len(storm.acknowledged)
        moment(5)
        after = len(storm.acknowledged)
    storm.end(600)
    _settled(both.world)
    _say(
        f"second server stopped: {after - before} messages acknowledged in 5 s; {_counted(both.world, storm, written)}"
    )
    assert after == before


def _begun(world: World, messages: int, first: int) -> tuple[Storm, list]:  # type: ignore[type-arg]
    written = scripts(world, messages, first // 5)
    storm = Storm([(who, texts) for who, texts, _ in written], world.rng, patience=5_000, at_once=_AT_ONCE)
    storm.begin()
    return storm, written


def _disk_lost(both: House, messages: int) -> None:
    """Sixty write at once; what they were told yes to is in the second server."""
    storm, written = _begun(both.world, messages, 3 * messages)
    storm.wait_for(storm.total // 3, 300)
    began = time.monotonic()
    both.first.loses_its_disk()
    at = len(storm.acknowledged)
    both.second.promote()
    promoted = time.monotonic() - began
    storm.wait_for(at + _AT_ONCE + 1, 300)  # more than were on their way
    took = time.monotonic() - began
    _say(f"disk of the first lost after {at} messages; promoted in {promoted:.1f} s, 60 more taken after {took:.1f} s")
    until(lambda: _leads(both.world) == 1, "one process that leads", 120)
    _say(f"one process leads the clock {time.monotonic() - began:.1f} s after it")
    storm.end(600)
    _settled(both.world)
    _say(_counted(both.world, storm, written))


def _leads(world: World) -> float:
    return sum(each.figures()["resi_clock_leader"] for each in world.processes)


def _settled(world: World) -> None:
    for each in world.processes:
        until(each.is_ready, "a process that is ready", 120)
    until(lambda: world.wires.resi.pending() == 0, "an empty outbox", 600)


def _counted(world: World, storm: Storm, written: list) -> str:  # type: ignore[type-arg]
    outcome = reconciled(storm, written, world.wires.resi.stored())
    return (
        f"{outcome.acknowledged} messages, {outcome.reports} reports, each once, in {outcome.tries} tries; "
        f"{outcome.repeats} answers heard twice"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
