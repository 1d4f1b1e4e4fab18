"""Programs of Debian's that a journey runs by itself, in a folder of its own; where they are not, it says so."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def needs(package: str, *paths: str) -> None:
    """Skips with a reason where one of them is not installed, unless TEST_NEEDS_WIRES=1 says that it must be."""
    missing = [path for path in paths if not Path(path).exists()]
    if not missing:
        return
    reason = f"NO {missing[0]}: apt-get install {package}"
    if os.environ.get("TEST_NEEDS_WIRES") == "1":  # noqa: TID251 - of the tests, not of the service
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that another user may pass through, as pytest's own may not be."""
    folder = Path(tempfile.mkdtemp(prefix="resi-wires-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(*command: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program until the end of the block; what it says goes into `log`."""
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=log.parent)  # noqa: S603 - our own words
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
