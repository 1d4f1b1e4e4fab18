"""The version before and this one on one database, under a stream: `python -m tests.faults.upgrade --messages 1000`."""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.migrations import HEAD
from tests.fakes.fork_server import CHECKOUT
from tests.fakes.patience import until
from tests.fakes.postgres_server import OwnServer
from tests.fakes.resi_process import Resi
from tests.fakes.storm import Storm
from tests.fakes.wires import Wires, plugged
from tests.faults.world import World, reconciled, scripts

_LATER = "later version"


def main() -> None:
    """Prints what happened; an AssertionError tells of the first message that was lost, doubled or not answered."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=18)
    asked.add_argument("--before", default="", help="a commit or tag; else the one before the last migration")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        revision = given.before or before_the_last_migration()
        old = _unpacked(revision, Path(folder, "old"))
        _say(f"from {revision[:9]}, whose last migration is {_last(old)}, to {HEAD}")
        with two_versions(Path(folder), old) as pair:
            Upgrade(pair, given.messages, given.seed).run()


@dataclass(frozen=True)
class Pair:
    """Two processes on one PostgreSQL, neither of them started."""

    wires: Wires
    new: Resi

    @property
    def old(self) -> Resi:
        return self.wires.resi


def before_the_last_migration() -> str:
    """The commit before the one that brought it."""
    (file,) = (CHECKOUT / "storage" / "migrations" / "versions").glob(f"{HEAD}*.py")
    return _git("log", "--diff-filter=A", "-1", "--format=%H", "--", str(file)) + "~1"


def _unpacked(revision: str, folder: Path) -> Path:
    folder.mkdir()
    packed = folder.with_suffix(".tar")
    _git("archive", "--output", str(packed), revision)
    subprocess.run(["tar", "-xf", packed, "-C", folder], check=True)  # noqa: S603, S607 - of this machine
    return folder


def _git(*words: str) -> str:
    ran = subprocess.run(["git", "-C", CHECKOUT, *words], check=True, capture_output=True, text=True)  # noqa: S603, S607 - the same
    return ran.stdout.strip()


def _last(checkout: Path) -> str:
    return max(path.name[:5] for path in (checkout / "storage" / "migrations" / "versions").glob("r*.py"))


@contextmanager
def two_versions(folder: Path, checkout: Path) -> Iterator[Pair]:
    """The old one works as anybody runs it, with what is installed here."""
    with ExitStack() as stack:
        server = OwnServer()
        stack.callback(server.stop)
        settings = {"DATABASE_URL": server.fresh()}
        wires = stack.enter_context(plugged(folder / "one", webhook=True, sms="kannel", settings=settings))
        wires.resi.checkout, wires.resi.forked = checkout, False
        new = Resi(folder / "two", data=wires.resi.data)
        new.settings = wires.resi.settings | {name: new.settings[name] for name in ("WEB_LISTEN", "MAIL_LISTEN")}
        stack.callback(new.stop)
        yield Pair(wires, new)


class Upgrade:
    """Four streams, and what an operator does in the middle of each."""

    def __init__(self, pair: Pair, messages: int, seed: int) -> None:
        self._pair = pair
        self._world = World(pair.wires, random.Random(seed), 0.0, None, (pair.new,))
        self._each = messages // 20 * 5
        self._tries = self._repeats = self._done = 0

    def run(self) -> None:
        """The order of docs/operating.md: migrate, start the new one, end the old one."""
        pair = self._pair
        assert pair.new.command("migrate", "--help").returncode == 0  # what starts commands is ready then
        pair.old.start()
        began = time.monotonic()
        self._under("the old version alone", lambda: None)
        self._under("migrated under it", self._migrate)
        self._under("the new version starts beside it", pair.new.start)
        self._under("the old version ends", self._end_the_old)
        took = time.monotonic() - began
        _say(f"{self._done} messages, each once, handed over {self._tries} times, in {took:.0f} s")
        _say(f"{self._repeats} answers were heard twice")

    def _under(self, what: str, act: Callable[[], object]) -> None:
        written = scripts(self._world, self._each, self._done // 5)
        storm = Storm([(who, texts) for who, texts, _ in written], self._world.rng, patience=5_000)
        storm.begin()
        storm.wait_for(storm.total // 4, 900)
        began = time.monotonic()
        act()
        took = time.monotonic() - began
        _say(f"{what}: {len(storm.acknowledged)} of {storm.total} taken when it was done ({took:.1f} s)")
        storm.end(900)
        running = self._pair.new if self._pair.new.process is not None else self._pair.old
        until(lambda: running.pending() == 0, "an empty outbox", 600)
        outcome = reconciled(storm, written, self._pair.new.stored())
        self._done += outcome.acknowledged
        self._tries += outcome.tries
        self._repeats += outcome.repeats

    def _migrate(self) -> None:
        migrated = self._pair.new.command("migrate")
        assert migrated.returncode == 0, migrated.stderr

    def _end_the_old(self) -> None:
        old = self._pair.old
        assert old.end() == 0
        old.mail_port = self._pair.new.mail_port  # mail for one exchanger that is gone goes to the other
        old.launch()
        assert old.exits() == 1
        refusal = old.said().splitlines()[-1]
        assert _LATER in refusal, refusal
        _say(f"started again, it says: {refusal}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
