"""A real `resi run` in a process of its own, which can be ended, killed, and started again on the same data."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from core.model import Report, ReportId
from storage import SqlStore, open_store, parse_keys
from storage.tables import CONTACT, REPORT
from tests.fakes.fork_server import CHECKOUT, Forked, fork_server
from tests.fakes.patience import PATIENCE, until

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody, for plain HTTP: by itself each call would read the certificates of the world, which takes 10 ms."""


def free_port() -> int:
    """One that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings() -> dict[str, str]:
    """The environment of the tests without any setting of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RESI_")}  # noqa: TID251 - what a process of ours inherits


@dataclass(frozen=True)
class Ran:
    """`status` None: it was killed. `told`: on stdout, `said`: on stderr."""

    status: int | None
    seconds: float
    told: str
    said: str


class Resi:
    """`settings` without RESI_; in `folder` it works, keeps its data and writes its log, unless told otherwise.

    `forked`: what runs comes from a process that has read the code already, which saves it seconds; else it is run as
    anybody runs it.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] | None = None,
        *,
        data: Path | None = None,
        log: Path | None = None,
        checkout: Path = CHECKOUT,
        forked: bool = True,
    ) -> None:
        self.folder = folder
        self.forked = forked and checkout == CHECKOUT
        self.data = data or folder / "data"
        self.log = log or folder / "log"
        self.checkout = checkout
        self.web_port, self.mail_port = free_port(), free_port()
        self.root = f"http://127.0.0.1:{self.web_port}"
        self.settings = {
            "DATA_DIR": str(self.data),
            "WEB_LISTEN": f"127.0.0.1:{self.web_port}",
            "MAIL_LISTEN": f"127.0.0.1:{self.mail_port}",
            "PUBLIC_URL": self.root,
            "LOG_LEVEL": "DEBUG",
            **(settings or {}),
        }
        self.process: subprocess.Popen[bytes] | Forked | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # -- its life --

    def start(self, *arguments: str) -> Self:
        """Begins, and waits until it is ready."""
        self.launch(*arguments)
        until(self.is_ready, "a service that is ready")
        return self

    def launch(self, *arguments: str) -> None:
        """Begins, and does not wait."""
        if self.forked:
            streams = (os.devnull, self.log, self.log)
            self.process = fork_server().start(("run", *arguments), self.folder, self.environment(), streams)
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own code
                self._command("run", *arguments), cwd=self.folder, env=self.environment(), stdout=log, stderr=log
            )

    def is_ready(self) -> bool:
        """Whether /readyz says so; AssertionError where the process has ended instead."""
        assert self.process is not None
        assert self.process.poll() is None, f"it ended: {self.said()[-2000:]}"
        return self.readiness() == httpx.codes.OK

    def readiness(self) -> int:
        """The status of /readyz; 0 where nobody answers."""
        try:
            return self.get("/readyz").status_code
        except httpx.TransportError:
            return 0

    def kill(self) -> None:
        """SIGKILL: nothing is finished."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def end(self, within: float = PATIENCE) -> int:
        """SIGTERM; the exit status. Raises TimeoutExpired when it takes longer than it may."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def exits(self, within: float = PATIENCE) -> int:
        """Waits for it to end by itself; the exit status. One that lives on is stopped, and TimeoutExpired raised."""
        assert self.process is not None
        try:
            return self.process.wait(within)
        finally:
            self.stop()

    def stop(self) -> None:
        """Leaves nothing running behind, however the test ended."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    # -- what can be asked of it --

    def get(self, path: str) -> httpx.Response:
        """A page."""
        return httpx.get(self.root + path, trust_env=False, verify=PLAIN, timeout=PATIENCE)

    def post(self, path: str, form: Mapping[str, str]) -> httpx.Response:
        """A form handed in."""
        return httpx.post(self.root + path, data=dict(form), trust_env=False, verify=PLAIN, timeout=PATIENCE)

    def figures(self) -> dict[str, float]:
        """/metrics: value by name and labels, as the line begins."""
        lines = (line for line in self.get("/metrics").text.splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}

    def reports(self) -> int:
        """Reports in the database, by /metrics."""
        return int(sum(value for name, value in self.figures().items() if name.startswith("resi_reports{")))

    def pending(self) -> int:
        """Deliveries not yet sent, by /metrics."""
        return int(self.figures()["resi_outbox_pending"])

    def said(self) -> str:
        """All that it wrote on stdout and stderr since the first start."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def command(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Another command beside it, on the same settings."""
        if not self.forked:
            return subprocess.run(  # noqa: S603 - our own code
                self._command(*arguments),
                cwd=self.folder,
                env=self.environment(),
                input=typed,
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
        ran = self.runs(*arguments, typed=typed)
        return subprocess.CompletedProcess(arguments, ran.status if ran.status is not None else 1, ran.told, ran.said)

    def runs(self, *arguments: str, typed: str = "", kill_after: float | None = None) -> Ran:
        """The same to its end, or until it is killed after so many seconds."""
        with tempfile.TemporaryDirectory() as folder:
            given, told, said = (Path(folder, name) for name in ("given", "told", "said"))
            for each in (given, told, said):
                each.write_text(typed if each is given else "", encoding="utf-8")
            began = time.monotonic()
            child = fork_server().start(arguments, self.folder, self.environment(), (given, told, said))
            try:
                status = child.wait(kill_after if kill_after is not None else PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                status = child.wait()
            took = time.monotonic() - began
            return Ran(status if status >= 0 else None, took, told.read_text("utf-8"), said.read_text("utf-8"))

    def _command(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "app", *arguments)

    def environment(self) -> dict[str, str]:
        ours = {f"RESI_{name}": value for name, value in self.settings.items()}
        return surroundings() | {"PYTHONPATH": str(self.checkout)} | ours

    # -- what lies in its database --

    @property
    def database_url(self) -> str:
        """As the process takes it."""
        return self.settings.get("DATABASE_URL") or f"sqlite:///{self.data / 'resi.db'}"

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        """The real store, beside the process, with its keys."""
        line = self.settings.get("KEYS") or (self.data / "keys").read_text(encoding="ascii").strip()
        with closing(open_store(self.database_url, parse_keys(line))) as store:
            yield store

    def stored(self, but: frozenset[ReportId] = frozenset()) -> list[Report]:
        """Every report but some, opened; no query of ours lists them, so the table is read beside it."""
        ids = [each for each in self._select_ids() if each not in but]
        with self.store() as store:
            found = [store.run(lambda tx, of=each: tx.reports.get(of)) for each in ids]  # type: ignore[misc]  # a default binds the loop variable
        return [report for report in found if report is not None]

    def contacts(self) -> int:
        """Addresses that are kept."""
        engine = create_engine(self.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(CONTACT)).scalar_one()

    def _select_ids(self) -> list[ReportId]:
        engine = create_engine(self.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            return [ReportId(each) for each in connection.execute(select(REPORT.c.id)).scalars()]
