"""Zygotes forked from a process that has loaded everything already: tests start hundreds of them."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from select import select

from app.sandbox import child, child_messages, zygote
from app.sandbox.preloading import rehearse
from app.sandbox.spawning import Child, Forked, environment
from core.limits import Limits
from tests.fakes import hanging_child

CHECKOUT = Path(__file__).parents[2]
_MOST_TOLD = 65_536  # bytes of limits
_ONE = threading.Lock()


def fork_zygote(line: int, limits: Limits, *, good: str = "") -> Child:
    """As app.sandbox.spawning.by_exec; `good`: its children are those of hanging_child.py."""
    return forked_at(zygote_server().path, line, limits, good=good)


def forked_at(path: str, line: int, limits: Limits, *, good: str = "") -> Child:
    """Asks the server at that socket."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(path)
        socket.send_fds(asking, [json.dumps([limits.told(), good]).encode()], [line])
        told, handles, _, _ = socket.recv_fds(asking, child_messages.BORN.size, 1)
    return Forked(child_messages.BORN.unpack(told)[0], handles[0])


class ZygoteServer:
    """It ends with its standard input, which is ours."""

    def __init__(self) -> None:
        self.path = f"{tempfile.mkdtemp(prefix='resi-zygotes-')}/socket"
        command = [sys.executable, "-P", "-s", "-m", "tests.fakes.zygote_server", self.path]
        surroundings = environment() | {"PYTHONPATH": str(CHECKOUT)}
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"


def zygote_server() -> ZygoteServer:
    """One for all tests of a process."""
    with _ONE:
        return _made()


@cache
def _made() -> ZygoteServer:
    return ZygoteServer()


# -- in the server --


def _serve(path: str) -> None:
    warnings.simplefilter("ignore")
    rehearse()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.bind(path)
        asked.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select([sys.stdin, asked], [], [])[0]:
            # Who asks may be killed before it has said for whom, or before it hears.
            with asked.accept()[0] as one, suppress(ConnectionError):
                _answer(one)
            zygote.bury()
    with suppress(OSError):
        Path(path).unlink()
        Path(path).parent.rmdir()


def _answer(one: socket.socket) -> None:
    told, handed, _, _ = socket.recv_fds(one, _MOST_TOLD, 1)
    if not handed:
        return
    born = os.fork()
    if born == 0:
        try:
            os.setsid()
            os.chdir("/")
            line = socket.socket(fileno=handed[0])
            child.close_all_but(line.fileno())
            limits, good = json.loads(told)
            if good:
                child.live = partial(hanging_child.live, good)
            zygote.serve(line, Limits.heard(limits))
        finally:
            os._exit(1)
    os.close(handed[0])
    handle = os.pidfd_open(born)
    try:
        socket.send_fds(one, [child_messages.BORN.pack(born)], [handle])
    finally:
        os.close(handle)


if __name__ == "__main__":
    _serve(sys.argv[1])
