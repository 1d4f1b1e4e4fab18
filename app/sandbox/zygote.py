"""The zygote: loads everything that a child needs, once, and forks a child for every room that it is handed.

Started by exec (`python -m app.sandbox.zygote`), so that no key, address or open file of the service is in its memory,
nor in that of its children. It reads no file itself, and ends when the service closes its end or dies; its children die
with it.
"""

import os
import socket
import sys
import warnings
from contextlib import suppress
from typing import NoReturn

from app.sandbox import child, child_messages
from app.sandbox.preloading import rehearse
from app.sandbox.shared_memory import SharedMemory
from core.scrub import Limits


def main() -> None:
    """Never returns."""
    warnings.simplefilter("ignore")  # showing one would open its source file
    line, limits = socket.socket(fileno=int(sys.argv[-2])), Limits.heard(sys.argv[-1])
    child.close_all_but(line.fileno())
    rehearse()
    serve(line, limits)


def serve(line: socket.socket, limits: Limits) -> NoReturn:
    """Forks whatever is asked for, with everything loaded, until the other end is closed."""
    while True:
        asked, handed, _, _ = socket.recv_fds(line, 1, child_messages.HANDED)
        if not asked:
            os._exit(0)
        _answer(line, handed, limits)
        bury()


def _answer(line: socket.socket, handed: list[int], limits: Limits) -> None:
    """Its number, and a handle by which it is known whatever becomes of that number; 0: there is none to be had."""
    try:
        born = os.fork()
    except OSError:
        born = -1
    if born == 0:
        _live(handed, limits)
    for each in handed:
        os.close(each)
    if born < 0:
        line.sendall(child_messages.BORN.pack(0))
        return
    handle = os.pidfd_open(born)
    socket.send_fds(line, [child_messages.BORN.pack(born)], [handle])
    os.close(handle)


def _live(handed: list[int], limits: Limits) -> None:
    """Never returns: as a child that was started by itself, with everything loaded."""
    try:
        inward, outward, descriptor = handed
        os.setsid()
        os.dup2(inward, 0)
        os.dup2(outward, 1)
        room = SharedMemory(descriptor, limits)
        room.leave()
        child.live(room, limits)
    finally:
        os._exit(1)


def bury() -> None:
    """Those that ended: nobody else can."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main()
