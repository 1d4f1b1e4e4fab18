"""What this process knows stays in it: no core dump, no reading by a neighbour, no file that others may open."""

import ctypes
import os
import resource
import sys

_DUMPABLE = 4  # PR_SET_DUMPABLE


def keep_memory_in() -> bool:
    """Keys and addresses are in our memory while messages are handled; False where the system cannot promise it."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(_DUMPABLE, ctypes.c_ulong(0), 0, 0, 0) == 0)
