"""Interpreters forked from one that has loaded the libraries and nothing of the house, which may lie anywhere.

To load the libraries takes two seconds of a processor, and each recipe wants several interpreters.
"""

import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, Any

_LIBRARIES = (
    *("_pytest.assertion.rewrite", "_pytest.config", "pytest", "hypothesis", "pytest_asyncio.plugin"),
    *(
        "alembic.command",
        "alembic.context",
        "apscheduler.schedulers.asyncio",
        "argon2",
        "cryptography.x509",
        "email.mime",
    ),
    *("fastapi", "hypothesis.strategies", "jinja2", "numpy", "phonenumbers", "PIL.Image", "prometheus_client"),
    *("pydantic_settings", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite", "sqlmodel"),
    *(
        "aiosmtpd.smtp",
        "aiosmtplib",
        "starlette.testclient",
        "telegram.ext",
        "twilio.rest",
        "typer",
        "uvicorn",
        "httpx",
    ),
)


class BareInterpreter:
    """It ends with its standard input, which is ours."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, words: Sequence[str], house: Path, *, strict: bool = False) -> subprocess.CompletedProcess[str]:
        """As `python words`, which are `-c program` or `-m module` and arguments; `strict`: as with -W error.

        What it says on either stream is its stdout.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder, "told")
            order = {"words": list(words), "house": str(house), "told": str(told), "strict": strict}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            status = int(self._process.stdout.readline())
            return subprocess.CompletedProcess(words, status, told.read_text(encoding="utf-8"), "")


@cache
def bare_interpreter() -> BareInterpreter:
    """One for all tests of a process."""
    return BareInterpreter()


# -- in the interpreter --


def _serve(orders: IO[str]) -> None:
    for name in _LIBRARIES:
        with suppress(ImportError):  # each is only sooner there
            import_module(name)
    for line in orders:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _become(order: dict[str, Any]) -> None:
    """Never returns."""
    status = 1
    try:
        told = os.open(order["told"], os.O_WRONLY | os.O_CREAT, 0o600)
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), told, told)):
            os.dup2(file, stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the old one was read; this ends with us
        os.chdir(order["house"])
        sys.path.insert(0, order["house"])
        if order["strict"]:
            warnings.simplefilter("error")
        kind, what, *arguments = order["words"]
        sys.argv = [kind, *arguments]
        if kind == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            sys.modules["__main__"] = ModuleType("__main__")
            exec(compile(what, "<journey>", "exec"), vars(sys.modules["__main__"]))  # noqa: S102 - what a test wrote
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - as an interpreter tells of it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.stdin)
