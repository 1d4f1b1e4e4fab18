"""A child of the sandbox that hangs when a file tells it to, or the first time that it sees it; without walls."""

import os
import signal
from functools import partial
from pathlib import Path
from typing import NoReturn

from app.sandbox import child, child_messages
from app.sandbox.shared_memory import SharedMemory
from core.limits import Limits

# The same as a command of its own, with the path of `good` behind it.
ALONE = """
import sys
from app.sandbox import child
from tests.fakes import hanging_child
hanging_child.live(sys.argv[1], *child.entered(sys.argv))
"""


def live(good: str, room: SharedMemory, _: Limits) -> NoReturn:
    """In place of child.live; what hung once is answered as the file at `good` would be."""
    inward, outward = child.pipes()
    child.close_all_but(inward.fileno(), outward.fileno())
    child.say(outward, child_messages.Answer(child_messages.HELLO, b"limits"))
    child.serve(inward, outward, room, partial(_reply, good))
    os._exit(0)


def _reply(good: str, data: bytes) -> child_messages.Answer:
    if data.startswith((b"hang", b"%PDF-hang")):
        signal.pause()
    if data.startswith(b"once "):
        try:
            os.close(os.open(data[5:], os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return child.answer(Path(good).read_bytes())
        signal.pause()
    return child.answer(data)
