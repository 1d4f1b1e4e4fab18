"""A shell in which `resi` is run: in this process for speed, or as a process of its own where that matters."""

import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from app import cli
from core import tracking
from tests.fakes.fork_server import fork_server
from tests.fakes.patience import PATIENCE

CHECKOUT = Path(__file__).resolve().parents[2]
_CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")
RESI = (sys.executable, "-m", "app")


@dataclass(frozen=True)
class Ran:
    """What a command left on the screen."""

    code: int
    out: str = field(repr=False)
    err: str = field(repr=False)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def all(self) -> str:
        return self.out + self.err

    @property
    def shows_a_trace(self) -> bool:
        return "Traceback" in self.all or 'File "' in self.all


@dataclass
class Shell:
    """A folder to stand in, and what is exported there; nothing of the real environment that is ours."""

    folder: Path
    exported: dict[str, str] = field(default_factory=dict)

    def env_file(self, **values: str) -> None:
        text = "".join(f"RESI_{name}={value}\n" for name, value in values.items())
        (self.folder / ".env").write_text(text, encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RESI_")}  # noqa: TID251 - of the shell, not of settings
        ours = {f"RESI_{name}": value for name, value in (self.exported | more).items()}
        return kept | {"PYTHONPATH": str(CHECKOUT), "NO_COLOR": "1", "COLUMNS": "100"} | ours

    def resi(self, *words: str | Path, said: str | bytes = b"", **env: str) -> Ran:
        """Runs the command here and now, as its entry point would."""
        given = said.encode() if isinstance(said, str) else said
        out, err = BytesIO(), BytesIO()
        mask = os.umask(0)
        os.umask(mask)
        before = dict(os.environ), os.getcwd(), sys.argv, sys.stdin, sys.stdout, sys.stderr  # noqa: TID251, PTH109 - put back below
        with logging_as_before():
            try:
                _put(self.environment(**env))
                os.chdir(self.folder)
                sys.argv = ["resi", *map(str, words)]
                sys.stdin, sys.stdout, sys.stderr = (TextIOWrapper(raw) for raw in (BytesIO(given), out, err))
                code = _code_of()
                sys.stdout.flush()
                sys.stderr.flush()
                return Ran(code, out.getvalue().decode(), err.getvalue().decode())
            finally:
                _put(before[0])
                os.umask(mask)
                os.chdir(before[1])
                sys.argv, sys.stdin, sys.stdout, sys.stderr = before[2:]

    @property
    def nobodys(self) -> str:
        """A code that holds and was never given."""
        return "0" * 15 + tracking.check_digit("0" * 15)

    def files_a_report(self) -> str:
        """By mail, for that takes one message; the code."""
        story = "lampu jalan mati di kelurahan Tebet Timur sudah tiga hari"
        found = _CODE.search(self.resi("chat", "--channel", "mail", said=story).out)
        if found is None:
            raise AssertionError("no code was shown")
        return found.group()

    def starts(self, *words: str | Path, command: Sequence[str] = RESI, **env: str) -> "subprocess.Popen[bytes]":
        """A process of its own, its three streams in the hands of the test."""
        return subprocess.Popen(  # noqa: S603 - our own command
            [*command, *map(str, words)],
            cwd=self.folder,
            env=self.environment(**env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def waits_for(self, process: "subprocess.Popen[bytes]", said: bytes = b"", within: float = PATIENCE) -> Ran:
        try:
            out, err = process.communicate(said, within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Ran(process.returncode, out.decode(), err.decode())

    def process(self, *words: str | Path, said: bytes = b"", **env: str) -> Ran:
        """A process of its own, forked from one that has read the code already."""
        with TemporaryDirectory() as folder:
            given, out, err = (Path(folder, name) for name in ("given", "out", "err"))
            given.write_bytes(said)
            streams = (given, out, err)
            child = fork_server().start(list(map(str, words)), self.folder, self.environment(**env), streams)
            code = child.wait(PATIENCE)
            return Ran(code, out.read_text("utf-8"), err.read_text("utf-8"))


def _code_of() -> int:
    try:
        cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _put(environment: dict[str, str]) -> None:
    os.environ.clear()  # noqa: TID251 - of the shell, not of settings
    os.environ.update(environment)  # noqa: TID251 - the same


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Whatever a command does to logging and to the hooks of last resort is undone."""
    root, last, raises = logging.getLogger(), logging.lastResort, logging.raiseExceptions
    handlers, level = list(root.handlers), root.level
    names = {name: (one.level, one.propagate, list(one.handlers)) for name, one in _loggers().items()}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    try:
        root.handlers = []  # else setting up anew would close the handlers of pytest
        yield
    finally:
        logging.captureWarnings(capture=False)
        logging.lastResort, logging.raiseExceptions = last, raises
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        root.handlers, root.level = handlers, level
        for name, one in _loggers().items():
            was = names.get(name, (logging.NOTSET, True, []))
            _put_level(one, was[0])
            one.propagate, one.handlers = was[1], was[2]
        _put_level(root, level)


def _put_level(logger: logging.Logger, level: int) -> None:
    if logger.level != level:  # each change makes every logger forget what it knew
        logger.setLevel(level)


def _loggers() -> dict[str, logging.Logger]:
    known = logging.getLogger().manager.loggerDict
    return {name: one for name, one in known.items() if isinstance(one, logging.Logger)}
