"""`resi` commands forked from a process that has read the code already: each a process of its own, soon at work."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Self

import app.cli
import app.commands.clock
from tests.fakes.resi_process import Resi


@dataclass(frozen=True)
class Ran:
    """`status` None: it was killed. `told`: on stdout, `said`: on stderr."""

    status: int | None
    seconds: float
    told: str
    said: str


class ForkedResi:
    """One command at a time, on the data of a service."""

    def __init__(self, resi: Resi) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.forked_resi"],
            cwd=resi.folder,
            env=resi.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=30)

    def runs(self, *arguments: str, kill_after: float | None = None) -> Ran:
        """To its end, or until it is killed after so many seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"arguments": arguments, "kill_after": kill_after}) + "\n")
        self._process.stdin.flush()
        return Ran(**json.loads(self._process.stdout.readline()))


def _serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        told, said = (os.memfd_create(name) for name in ("told", "said"))
        began = os.times().elapsed
        child = os.fork()
        if child == 0:
            _become(order["arguments"], told, said)
        status = _waited(child, order["kill_after"])
        ran = Ran(status, os.times().elapsed - began, _read(told), _read(said))
        sys.stdout.write(json.dumps(asdict(ran)) + "\n")
        sys.stdout.flush()


def _read(written: int) -> str:
    with open(written, "rb") as file:
        file.seek(0)
        return file.read().decode()


def _become(arguments: list[str], told: int, said: int) -> None:
    """Never returns."""
    status = 70
    try:
        for stream, target in ((0, os.open(os.devnull, os.O_RDONLY)), (1, told), (2, said)):
            os.dup2(target, stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the old one was read; this ends with us
        sys.argv = ["resi", *arguments]
        app.cli.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _waited(child: int, kill_after: float | None) -> int | None:
    handle = os.pidfd_open(child)
    try:
        if not select.select([handle], [], [], kill_after)[0]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    finally:
        os.close(handle)
    return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    _serve()
