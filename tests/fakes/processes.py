"""Processes that are none of ours to wait for."""

import os
import select

from tests.fakes.patience import PATIENCE


def ends(pid: int) -> bool:
    """Whether or not somebody collects it."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], PATIENCE)[0])
    finally:
        os.close(watch)
