"""Programs of tests in processes of their own, forked from one that has read the code already."""

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.fakes.fork_server import CHECKOUT, fork_server
from tests.fakes.patience import PATIENCE


class ForkedProgram:
    """As `python -c source arguments`, with two pipes. It ends by itself, or at the latest when it is left."""

    def __init__(self, source: str, *arguments: str) -> None:
        self._folder = TemporaryDirectory()
        given, told, self._said = (Path(self._folder.name, name) for name in ("given", "told", "said"))
        for each in (given, told):
            os.mkfifo(each)
        streams = (given, told, self._said)
        self._child = fork_server().start(arguments, CHECKOUT, os.environ, streams, program=source)  # noqa: TID251 - it inherits ours
        self.stdin, self.stdout = given.open("w", encoding="utf-8"), told.open(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.kill()
        self._child.wait()
        self.stdin.close()
        self.stdout.close()
        self._folder.cleanup()

    def send_signal(self, number: signal.Signals) -> None:
        """To one that runs."""
        self._child.send_signal(number)

    def wait(self) -> int:
        """The exit status, below zero where it was killed."""
        return self._child.wait(PATIENCE)

    def said(self) -> str:
        """What it wrote on stderr."""
        return self._said.read_text(encoding="utf-8")
