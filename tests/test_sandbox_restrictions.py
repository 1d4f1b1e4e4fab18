"""A hostile codec, played in a child of the tests' own, reaches for files, sockets, processes and memory in vain."""

import signal
import struct
import subprocess
import sys

import pytest

from app.sandbox import RESTRICTIONS, Sandbox
from app.sandbox.seccomp import ARCHITECTURES, Architecture, program
from app.sandbox.spawning import environment

KILLED = -signal.SIGSYS
ALLOW, KILL, DENY = 0x7FFF0000, 0x80000000, 0x00050001

BEGIN = """
import ctypes, mmap, os, resource, signal, socket, sys, threading
from app.sandbox import restrictions
pipe = os.pipe()
page = mmap.mmap(-1, 4096)
libc = ctypes.CDLL(None, use_errno=True)
restrictions.RESTRICTIONS = tuple(each for each in restrictions.RESTRICTIONS if each[0] in sys.argv[1:])
os.write(1, " ".join(restrictions.apply_all()).encode() + b"\\n")
try:
    {act}
except (OSError, MemoryError) as error:
    os.write(1, type(error).__name__.encode())
else:
    os.write(1, b"done")
os._exit(0)
"""


def play(act: str, *names: str) -> tuple[int, str]:
    """How a child ended that did `act` under the restrictions of these names, and what it could still say."""
    command = [sys.executable, "-P", "-c", BEGIN.format(act=act), *names]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)  # noqa: S603 -- our own code
    up, _, said = done.stdout.decode().partition("\n")
    if set(up.split()) != set(names):
        pytest.skip(f"this kernel gives only: {up or 'nothing'}")
    return done.returncode, said


def test_walls_are_told_by_the_child_itself() -> None:
    sandbox = Sandbox()
    assert sandbox.restrictions() == ()
    sandbox.start()
    try:
        assert "limits" in sandbox.restrictions()
        assert set(sandbox.restrictions()) <= set(RESTRICTIONS)
    finally:
        sandbox.stop()


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/hostname')",
        "open('/dev/shm/resi', 'w')",
        "os.open('.', os.O_RDONLY)",
        "socket.socket()",
        "socket.socketpair()",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "threading.Thread(target=print).start()",
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.memfd_create('x')",
        "os.unlink('/nowhere')",
        "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
        "libc.mprotect(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(page))), 4096, 5)",
        "libc.ptrace(0, 0, 0, 0)",
    ],
)
def test_seccomp_kills_whoever_reaches_outside(act: str) -> None:
    assert play(act, "no_new_privileges", "seccomp") == (KILLED, "")


@pytest.mark.parametrize(
    "act", ["os.stat('/')", "os.getcwd()", "os.chdir('/')", "os.dup(1)", "os.pipe()", "os.setuid(1)", "os.nice(1)"]
)
def test_seccomp_denies_what_is_odd_and_harmless(act: str) -> None:
    assert play(act, "no_new_privileges", "seccomp") == (0, "PermissionError")


def test_behind_seccomp_memory_and_pipes_still_work() -> None:
    act = "os.write(pipe[1], b'x' * 100); assert len(os.read(pipe[0], 100)) == 100; bytearray(50_000_000)"
    assert play(act, "no_new_privileges", "seccomp") == (0, "done")


@pytest.mark.parametrize("act", ["open('/etc/hostname')", "open('/dev/shm/resi', 'w')", "os.listdir('/')"])
def test_landlock_alone_closes_the_file_system(act: str) -> None:
    assert play(act, "no_new_privileges", "landlock") == (0, "PermissionError")


def test_landlock_does_not_count_where_a_second_thread_goes_free() -> None:
    act = "pass"
    begin = BEGIN.replace(
        "restrictions.RESTRICTIONS =",
        "threading.Thread(target=signal.pause, daemon=True).start()\nrestrictions.RESTRICTIONS =",
    )
    command = [sys.executable, "-P", "-c", begin.format(act=act), "no_new_privileges", "landlock"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)  # noqa: S603 -- our own code
    assert done.stdout == b"no_new_privileges\ndone"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("bytearray(3 * 1024**3)", "MemoryError"),
        ("open('/etc/hostname')", "OSError"),
        ("os.dup(1)", "OSError"),
        ("bytearray(500_000_000)", "done"),
        ("assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)", "done"),
        ("assert resource.getrlimit(resource.RLIMIT_NPROC) == (0, 0)", "done"),
    ],
)
def test_limits_alone_bound_memory_and_descriptors(act: str, said: str) -> None:
    assert play(act, "limits") == (0, said)


def test_nobody_may_look_into_the_child() -> None:
    assert play("assert libc.prctl(3, 0, 0, 0, 0) == 0", "not_dumpable") == (0, "done")


def test_a_wall_that_this_machine_does_not_have_is_left_out_and_nothing_fails() -> None:
    act = "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)"
    begin = BEGIN.replace(
        "restrictions.RESTRICTIONS =", "restrictions.seccomp.ARCHITECTURES.clear()\nrestrictions.RESTRICTIONS ="
    )
    command = [sys.executable, "-P", "-c", begin.format(act=act), "limits", "seccomp"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)  # noqa: S603 -- our own code
    assert done.stdout == b"limits\ndone"


# The filter, read step by step: so it is proved for the architectures that this machine is not


def verdict(code: bytes, word: int, number: int, third: int = 0) -> int:
    """What the kernel would answer; only the steps that we use."""
    memory = {0: number, 4: word, 32: third & 0xFFFFFFFF}
    steps = list(struct.iter_unpack("=HBBI", code))
    at, value = 0, 0
    while True:
        what, yes, no, operand = steps[at]
        at += 1
        match what:
            case 0x20:
                value = memory[operand]
            case 0x15:
                at += yes if value == operand else no
            case 0x35:
                at += yes if value >= operand else no
            case 0x45:
                at += yes if value & operand else no
            case 0x06:
                return int(operand)
            case _:
                raise AssertionError(what)


@pytest.mark.parametrize("here", ARCHITECTURES.values(), ids=ARCHITECTURES)
def test_the_filter_answers_each_call_as_its_table_says(here: Architecture) -> None:
    code = program(here)
    known = {*here.allowed, *here.memory, *here.killed}
    assert len(known) == len(here.allowed) + len(here.memory) + len(here.killed)
    assert {verdict(code, here.word, number) for number in here.allowed} == {ALLOW}
    assert {verdict(code, here.word, number) for number in here.killed} == {KILL}
    assert {verdict(code, here.word, number) for number in range(600) if number not in known} == {DENY}
    for number in here.memory:
        assert verdict(code, here.word, number, third=3) == ALLOW
        assert verdict(code, here.word, number, third=7) == KILL


@pytest.mark.parametrize("here", ARCHITECTURES.values(), ids=ARCHITECTURES)
def test_the_filter_kills_calls_of_another_architecture(here: Architecture) -> None:
    for other in (0x40000003, 0x40000028, *(row.word for row in ARCHITECTURES.values() if row is not here)):
        assert verdict(program(here), other, here.allowed[0]) == KILL


def test_the_second_table_of_x86_is_killed() -> None:
    here = ARCHITECTURES["x86_64"]
    assert verdict(program(here), here.word, 0x40000000) == KILL
    assert verdict(program(here), here.word, 0x40000101) == KILL
