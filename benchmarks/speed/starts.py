"""Commands, and a service that starts on a database that is there already."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.target import Target
from tests.fakes.resi_process import Resi


def starts(*command: str) -> float:
    """Seconds of processor of a command, where it finds a database already."""
    with tempfile.TemporaryDirectory() as folder:
        here = {"cwd": folder, "env": os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}}  # noqa: TID251 - handed on
        spent = 0.0
        for _ in range(2):
            before = sum(os.times()[2:4])
            subprocess.run([sys.executable, "-m", "app", *command], capture_output=True, check=False, **here)  # type: ignore[call-overload]  # noqa: S603 - ourselves
            spent = sum(os.times()[2:4]) - before
        return spent


def ready() -> float:
    """Seconds from a second start to the first 200 of /readyz."""
    with tempfile.TemporaryDirectory() as folder:
        resi = Resi(Path(folder), {"LOG_LEVEL": "ERROR"}, forked=False)
        with resi:
            resi.end()
            began = time.perf_counter()
            resi.start()
            return time.perf_counter() - began


def measured() -> Iterator[Target]:
    """Starts."""
    yield Target("resi --help, s of processor", starts("--help"), most=0.4)
    yield Target("resi status, s of processor", starts("status", "0" * 16), most=0.9)
    yield Target("resi case list, s of processor", starts("case", "list", "--as", "nobody"), most=0.9)
    yield Target("ready after a second start, s", ready(), most=1.5)
