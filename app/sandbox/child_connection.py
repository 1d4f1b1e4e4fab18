"""The line to one child: words over two pipes with a deadline, so that a child that hangs costs seconds, not us."""

import os
import select
import time
from collections.abc import Callable
from contextlib import ExitStack

from app.sandbox import child_messages
from app.sandbox.shared_memory import SharedMemory
from app.sandbox.spawning import Spawner
from core.limits import Limits

_DEFAULT = Limits()
_GLANCE = 0.05  # seconds between looks whether a file is to be given up


class GivenUp(Exception):
    """Others are not to wait for this file."""


def _never(_: float) -> bool:
    return False


class ChildConnection:
    """One child and its pipes. Raises TimeoutError, OSError or Garbage: then it is to be closed.

    A child of a command dies with the thread that opened the line: open it from one that lives as long as the line.
    """

    def __init__(self, births: Spawner, limits: Limits = _DEFAULT) -> None:
        self._most = limits.clean_bytes
        with ExitStack() as theirs, ExitStack() as ours:
            self._room = SharedMemory.made(limits)
            theirs.callback(self._room.leave)
            ours.callback(self._room.free)
            inward, out = os.pipe()
            theirs.callback(os.close, inward)
            self._out = ours.enter_context(os.fdopen(out, "wb", buffering=0))
            back, outward = os.pipe()
            theirs.callback(os.close, outward)
            self._in = ours.enter_context(os.fdopen(back, "rb", buffering=0))
            self._child = births.born(inward, outward, self._room.descriptor)
            ours.pop_all()  # it lives: what is ours stays open
        for pipe in (self._out, self._in):
            os.set_blocking(pipe.fileno(), False)

    @property
    def pid(self) -> int:
        """Of the child."""
        return self._child.pid

    def quiet(self) -> bool:
        """Whether the child lives and has said nothing unasked."""
        return not _poll(self._in.fileno(), select.POLLIN, 0)

    def hello(self, seconds: float) -> tuple[str, ...]:
        """Names of the restrictions, once the child is sealed."""
        answer = self._answer(time.monotonic() + seconds)
        if answer.kind != child_messages.HELLO:
            raise child_messages.Garbage
        return tuple(answer.note.decode("ascii", "replace").split())

    def ask(
        self, data: bytes, seconds: float, flags: int = 0, give_up: Callable[[float], bool] = _never
    ) -> child_messages.Answer:
        """The answer to one file. Raises GivenUp, too, once `give_up` says so of the seconds that it took."""
        began = time.monotonic()
        deadline = began + seconds
        self._room.put_file(data)
        self._write(child_messages.REQUEST.pack(len(data) | flags), deadline)
        while not _poll(self._in.fileno(), select.POLLIN, max(0.0, min(_GLANCE, deadline - time.monotonic()))):
            now = time.monotonic()
            if now >= deadline:
                raise TimeoutError
            if give_up(now - began):
                raise GivenUp
        answer = self._answer(deadline)
        self._room.clear(len(data), len(answer.data))
        return answer

    def close(self) -> None:
        """Kills the child; safe to call twice, and while another thread waits for an answer."""
        self._child.kill()
        self._child.wait()

    def free(self) -> None:
        """Closes the pipes and the room of a child that was killed; only by the thread that asks."""
        self._out.close()
        self._in.close()
        self._room.free()

    def _answer(self, deadline: float) -> child_messages.Answer:
        kind, note, size = child_messages.ANSWER.unpack(self._read(child_messages.ANSWER.size, deadline))
        if note > child_messages.MOST_NOTE or size > self._most:
            raise child_messages.Garbage
        return child_messages.Answer(kind, self._read(note, deadline), self._room.clean(size))

    def _write(self, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            _wait(self._out.fileno(), select.POLLOUT, deadline)
            left = left[os.write(self._out.fileno(), left) :]

    def _read(self, size: int, deadline: float) -> bytes:
        pieces, left = [], size
        while left:
            _wait(self._in.fileno(), select.POLLIN, deadline)
            piece = os.read(self._in.fileno(), left)
            if not piece:
                raise BrokenPipeError
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)


def _wait(descriptor: int, event: int, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not _poll(descriptor, event, left):
        raise TimeoutError


def _poll(descriptor: int, event: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(seconds * 1000))
