"""The zygote: children that need no loading, that nobody outlives, and that know nothing of ours."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from app.sandbox import RESTRICTIONS, Sandbox, spawning
from app.sandbox.child_connection import ChildConnection
from app.sandbox.spawning import ALONE, ByCommand, Child, environment
from app.sandbox.worker_pool import Plan
from core.scrub import Limits, scrub
from tests.fakes.processes import ends
from tests.hostile.files import picture

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone holds children by handles")


@pytest.fixture(autouse=True)
def _zygotes_are_started_by_exec() -> Iterator[None]:
    others, spawning.start_zygote = spawning.start_zygote, spawning.by_exec
    yield
    spawning.start_zygote = others


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(plan=Plan.of(2))
    made.start()
    yield made
    made.stop()


def _child(sandbox: Sandbox) -> int:
    assert sandbox.pid is not None
    return sandbox.pid


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


def test_children_are_forked_by_one_process_of_their_own(sandbox: Sandbox) -> None:
    zygote = _parent_of(_child(sandbox))
    assert zygote != os.getpid()
    assert _parent_of(zygote) == os.getpid()
    assert sandbox.scrub_now(picture()) == scrub(picture())


WALLED = """
import os
from app.sandbox.restrictions import apply_all
os.write(1, " ".join(apply_all()).encode())
os._exit(0)
"""


def test_every_wall_stands_around_what_was_forked(sandbox: Sandbox) -> None:
    command = [sys.executable, "-P", "-c", WALLED]
    alone = subprocess.run(command, env=environment(), capture_output=True, check=False)  # noqa: S603 -- our own code
    assert set(sandbox.restrictions()) == set(alone.stdout.decode().split()) <= set(RESTRICTIONS)


def test_a_child_that_was_killed_is_replaced_by_another_of_the_same_zygote(sandbox: Sandbox) -> None:
    first, zygote = _child(sandbox), _parent_of(_child(sandbox))
    os.kill(first, signal.SIGKILL)
    assert ends(first)
    assert sandbox.scrub_now(picture()) == scrub(picture())
    assert sandbox.pid != first
    assert _parent_of(_child(sandbox)) == zygote


def test_children_die_with_the_zygote_and_the_next_file_has_another_one(sandbox: Sandbox) -> None:
    first, zygote = _child(sandbox), _parent_of(_child(sandbox))
    os.kill(zygote, signal.SIGKILL)
    assert ends(first)
    assert sandbox.scrub_now(picture()) == scrub(picture())
    assert _parent_of(_child(sandbox)) != zygote


def test_an_end_leaves_neither_zygote_nor_child() -> None:
    sandbox = Sandbox(plan=Plan.of(2))
    sandbox.start()
    child, zygote = _child(sandbox), _parent_of(_child(sandbox))
    sandbox.stop()
    assert ends(child)
    assert ends(zygote)


SERVICE = """
import os, signal
from app.sandbox import Sandbox
sandbox = Sandbox()
sandbox.start()
print(sandbox.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_service_that_is_killed_takes_the_zygote_and_its_children_with_it() -> None:
    service = subprocess.Popen(  # noqa: S603 -- our own code
        [sys.executable, "-P", "-c", SERVICE], env=environment(), stdout=subprocess.PIPE
    )
    assert service.stdout is not None
    child = int(service.stdout.readline())
    zygote = 0
    with suppress(FileNotFoundError, ProcessLookupError):
        zygote = _parent_of(child)
    service.wait()
    service.stdout.close()
    assert ends(child)
    assert zygote in {0, 1} or ends(zygote)


def test_nothing_of_ours_is_in_the_surroundings_of_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_KEYS", "kanari-1187")
    sandbox = Sandbox()
    secret = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(secret, True)  # noqa: FBT003 -- as the system names it
    sandbox.start()
    try:
        zygote = _parent_of(_child(sandbox))
        assert b"kanari" not in Path(f"/proc/{zygote}/environ").read_bytes()
        held = {os.readlink(each) for each in Path(f"/proc/{zygote}/fd").iterdir()}  # noqa: PTH115 -- of a number
        assert {each for each in held if each.startswith("socket:")} == {each for each in held if each != "/dev/null"}
    finally:
        os.close(secret)
        sandbox.stop()


def test_where_nothing_can_be_forked_a_child_loads_everything_by_itself() -> None:
    sandbox = Sandbox(births=ByCommand(ALONE, Limits()))
    sandbox.start()
    try:
        assert _parent_of(_child(sandbox)) == os.getpid()
        assert sandbox.scrub_now(picture()) == scrub(picture())
    finally:
        sandbox.stop()


class NoChild:
    """A spawner whose children never start."""

    def begin(self) -> None:
        """Nothing is loaded."""

    def born(self, inward: int, outward: int, room: int) -> Child:
        raise BlockingIOError(inward, outward, room)

    def end(self) -> None:
        """Nothing is kept."""


def _held() -> set[str]:
    return set(os.listdir("/proc/self/fd"))  # noqa: PTH208 -- names are enough


@pytest.mark.parametrize("left", [None, *range(1, 7)])
def test_where_no_child_or_no_descriptor_is_to_be_had_none_is_lost(left: int | None) -> None:
    before, (soft, hard) = _held(), resource.getrlimit(resource.RLIMIT_NOFILE)
    free = (number for number in range(soft) if str(number) not in before)
    low = soft if left is None else list(islice(free, left))[-1]  # so many that are free lie below, but for the last
    resource.setrlimit(resource.RLIMIT_NOFILE, (low, hard))
    try:
        with pytest.raises(OSError):  # noqa: PT011 -- whichever it is
            ChildConnection(NoChild())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert _held() == before
