"""A PostgreSQL of the tests' own: thrown away at the end, and started by root or by anybody else."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from tests.fakes.patience import PATIENCE
from tests.fakes.processes import children_of
from tests.fakes.rows import table_names

_SHORT_VOID = b"\0" * 32
_VOID = re.compile(rb"\0{33,}")  # logs are made long before they are written


class NoServer(Exception):
    """Says what is missing."""


class PostgresServer:
    """Makes databases on a server that runs."""

    def __init__(self, url: URL) -> None:
        self._url = url

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        name = f"resi_test_{secrets.token_hex(6)}"
        with self._admin().connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        return self._url.set(database=name).render_as_string(hide_password=False)

    def empty(self, url: str) -> None:
        """Takes every row out of a migrated database: much faster than making another one."""
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
            for table in reversed(table_names()):
                connection.exec_driver_sql(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
            connection.execute(text("ALTER TABLE history ENABLE TRIGGER USER"))

    def drop(self, url: str) -> None:
        with self._admin().connect() as connection:
            connection.execute(text(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))

    def _admin(self) -> Engine:
        return create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


class OwnServer(PostgresServer):
    """A server on a socket in a folder of its own; `options` as postgres takes them. Raises NoServer.

    A subclass may make the folder of its data otherwise than empty.
    """

    def __init__(self, *options: str, port: int = 5432) -> None:
        self._programs = _programs()
        self._run_as = _somebody_else() if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="resi-pg-"))  # pytest's own folders are closed to other users
        if self._run_as is not None:
            shutil.chown(self._folder, self._run_as)
        super().__init__(
            URL.create(
                "postgresql+psycopg", "resi", database="postgres", query={"host": str(self._folder), "port": str(port)}
            )
        )
        self.data = self._folder / "data"
        self._make(self.data)
        # No power fails here; and when a table is counted is left to no clock, for its plans follow from it.
        plain = "-c listen_addresses= -c fsync=off -c autovacuum=off -c max_connections=60"
        self._given = f"-k {self._folder} -p {port} {plain} {' '.join(options)}"
        self.resume()

    def _make(self, data: Path) -> None:
        self._call("initdb", "-D", data, "-U", "resi", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def stop(self) -> None:
        self.halt()
        shutil.rmtree(self._folder)

    def halt(self) -> None:
        """As if its power went."""
        self._call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def resume(self) -> None:
        """On the same data."""
        data, log = self.data, self._folder / "log"
        self._call("pg_ctl", "-D", data, "-l", log, "-w", "-o", self._given, "start")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It answers nothing, and closes nothing."""
        pids = self.pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def pids(self) -> tuple[int, ...]:
        """Of all its processes, the first of them first."""
        head = int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        return head, *children_of(head)

    def says(self, statement: str) -> list[str]:
        """The first column of what it answers, outside of a transaction."""
        with self._admin().connect() as connection:
            found = connection.execute(text(statement))
            return [str(row[0]) for row in found] if found.returns_rows else []

    def disk(self, url: str) -> bytes:
        """What lies in the files of the server: a database with its free space, the logs, what was swapped out."""
        with create_engine(url, poolclass=NullPool).connect() as connection:
            number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
        with self._admin().connect() as connection:
            connection.execute(text("CHECKPOINT"))
        others = {path for path in (self.data / "base").iterdir() if path.name not in {str(number), "pgsql_tmp"}}
        found = [self._folder / "log"]
        found += [path for path in (self.data).rglob("*") if path.is_file() and others.isdisjoint(path.parents)]
        return b"\n".join(_VOID.sub(_SHORT_VOID, path.read_bytes()) for path in found if path.exists())

    def _call(self, program: str, *arguments: str | Path) -> None:
        command: list[str | Path] = [self._programs / program, *arguments]
        # Written to a file: the server would hold a pipe open.
        with (self._folder / "out").open("a+b") as out:
            done = subprocess.run(  # noqa: S603 - initdb and pg_ctl, found on this machine
                command,
                cwd=self._folder,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=PATIENCE,
                user=self._run_as,
                extra_groups=None if self._run_as is None else (),
            )
            if done.returncode != 0:
                out.seek(0)
                raise NoServer(f"{program} failed: {out.read().decode(errors='replace')[-400:]}")


def _programs() -> Path:
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise NoServer("initdb, pg_ctl and postgres are not installed")


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _somebody_else() -> int:
    """PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise NoServer("root needs a user named postgres or nobody to run the server as")
