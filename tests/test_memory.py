"""What a process of ours knows stays in it."""

import subprocess
import sys

import pytest

PROGRAM = """
import os, resource
from app.memory import keep_memory_in
held = keep_memory_in()
print(held, resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
print(os.stat("/proc/self/mem").st_uid)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the wall is Linux's")
def test_no_core_is_dumped_no_neighbour_may_look_and_new_files_are_ours_alone() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    held, *rest = done.stdout.splitlines()[0].split(" ", 1)
    assert held == "True"
    assert rest[0].startswith("(0, 0) 0o77")
    # The kernel gives the files of a process that is not dumpable to root, whoever runs it.
    assert done.stdout.splitlines()[1] == "0"
