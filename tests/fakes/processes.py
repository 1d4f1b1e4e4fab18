"""Processes that are none of ours to wait for."""

import os
import select


def ends(pid: int) -> bool:
    """Within a minute, whether or not somebody collects it."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], 60)[0])
    finally:
        os.close(watch)
