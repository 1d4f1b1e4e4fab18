"""`resi` in processes forked from one that has read the code already: each a process of its own, soon at work."""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import create_engine

import app
import bots
import core
import storage
import web
from app.runtime import open_runtime
from app.sandbox import spawning
from app.warm_up import warm
from core import delivery, intake
from core.messages import Address, Envelope, Incoming, WireId
from tests.fakes import migrated
from tests.fakes.cheap_passwords import hash_cheaply
from tests.fakes.set_up import settings_in
from tests.fakes.zygote_server import forked_at, zygote_server

_RUN_BY_THEMSELVES = (".__main__", ".env", ".versions")
_LOADED_WHEN_NEEDED = (
    *("alembic.command", "alembic.context", "anyio._backends._asyncio", "apscheduler.executors.asyncio", "httpcore"),
    *("typer._adapters", "uvicorn.lifespan.off"),
)
CHECKOUT = Path(__file__).parents[2]


class Forked:
    """One of them, with what is used of a Popen."""

    def __init__(self, server: "ForkServer", pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._server = server
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """The exit status; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, of one that was killed below zero. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("resi", timeout or 0)
            os.close(self._handle)
            self.returncode = self._server.asked(reap=self.pid)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """To one that runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """Safe to ask from several threads, and from processes forked meanwhile."""

    def __init__(self) -> None:
        self._lock = get_context("fork").Lock()
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "tests.fakes.fork_server", zygote_server().path],
            cwd=CHECKOUT,
            # It serves all tests: not from the folder of whoever asks first, who may look for what is left there.
            env=os.environ | {"TMPDIR": migrated.TEMPORARY},  # noqa: TID251 - it inherits ours
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        streams: Sequence[Path | str],
        *,
        program: str = "",
    ) -> Forked:
        """A command in a folder, which reads the first of three files and adds what it says to the others.

        `program`: those lines of Python are run instead of `resi`.
        """
        files = [str(each) for each in streams]
        order = {"arguments": arguments, "folder": str(folder), "environment": dict(environment), "streams": files}
        order["program"] = program
        return Forked(self, self.asked(**order))

    def asked(self, **order: object) -> int:
        """What the server answers to a line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())


_ONE = threading.Lock()


def fork_server() -> ForkServer:
    """One for all tests of a process and of those forked from it; it ends with its standard input."""
    with _ONE:
        return _made()


@cache
def _made() -> ForkServer:
    return ForkServer()


# -- in the server --


def _serve(orders: IO[str], zygotes: str) -> None:
    spawning.start_zygote = partial(forked_at, zygotes)
    for room in (app, bots, core, storage, web):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith(_RUN_BY_THEMSELVES):
                import_module(module.name)
    for name in _LOADED_WHEN_NEEDED:
        import_module(name)
    create_engine("postgresql+psycopg://").dispose()  # loads the driver, and asks no server
    migrated.copy_what_is_new()
    hash_cheaply()
    _run_once()
    gc.freeze()
    for line in orders:
        order = json.loads(line)
        if "reap" in order:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["reap"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                _become(order)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _run_once() -> None:
    """Makes a database and takes a mail, so that no child compiles statements, patterns and word lists for itself."""
    with TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:
        envelope = Envelope(
            "mail", Address("warga@example.org"), WireId("1"), text="Lampu jalan mati, kelurahan Cikini"
        )
        opened.store.run(lambda tx: intake.message(tx, Incoming(envelope), opened.clock.now(), opened.context))
        opened.store.run(lambda tx: delivery.claim(tx, opened.clock.now(), 1, opened.context))
        warm(opened.context)


def _become(order: Mapping[str, Any]) -> None:
    """Never returns."""
    from app.cli import main  # noqa: PLC0415 - whoever only asks the server needs it not

    status = 70
    try:
        ways = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND | os.O_CREAT, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        for stream, (name, way) in enumerate(zip(order["streams"], ways, strict=True)):
            os.dup2(os.open(name, way, 0o600), stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the old one was read; this ends with us
        os.environ.clear()  # noqa: TID251 - a process of its own has surroundings of its own
        os.environ.update(order["environment"])  # noqa: TID251 - likewise
        os.chdir(order["folder"])
        sys.argv = ["resi", *order["arguments"]]
        if order["program"]:
            exec(compile(order["program"], "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102 - what a test wrote
        else:
            main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - as an interpreter tells of it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.stdin, sys.argv[1])
