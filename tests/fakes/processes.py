"""Processes that are none of ours to wait for."""

import os
import select
from pathlib import Path

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


def children_of(pid: int) -> set[int]:
    """Of all its threads."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int(each) for task in tasks for each in (task / "children").read_text(encoding="ascii").split()}


def processor_of(pid: int) -> float:
    """Seconds of processor that it took, all that run below it, and those whom they waited for; 0 once it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        below = children_of(pid)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(processor_of, below))
