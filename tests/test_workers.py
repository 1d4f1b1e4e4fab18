"""Tests side by side: all are run once, what fails is told as ever, and what a dead worker had before it has failed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[1]
GOOD = """
import os
import warnings

def test_says(tmp_path):
    print("not shown")
    assert tmp_path.parent.name.startswith("w")

def test_warns():
    warnings.warn("mind the step")
"""
BAD = """
import os
import pytest

@pytest.fixture(scope="session")
def shared():
    yield
    raise OSError("cannot be put away")

def test_fails():
    os.write(1, b"what it said")
    assert 1 == 2

def test_is_skipped():
    pytest.skip("not today")
"""
DYING = """
import os
import time

def test_before():
    pass

def test_dies():
    left_behind = os.fork()
    if left_behind == 0:
        time.sleep(120)  # it holds what it inherited
        os._exit(0)
    with open("{left_behind}", "w") as file:
        file.write(str(left_behind))
    os.kill(os.getpid(), 9)

def test_behind():
    pass
"""


def run(folder: Path, *words: str, workers: int = 2, **files: str) -> tuple[int, str, dict[str, str]]:
    """The exit status, what it said, and what came of each test by the file that other programs read."""
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text, encoding="utf-8")
    told = ("-p", "tests.workers", "--workers", str(workers), "--rootdir", str(folder), "-c", "/dev/null")
    plain = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", f"--junitxml={folder / 'told.xml'}", *words)
    command = [sys.executable, "-m", "pytest", *told, *plain, str(folder)]
    said = folder / "said"
    with said.open("wb") as out:
        done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=out, timeout=PATIENCE, check=False)  # noqa: S603 - our own
    cases = ET.parse(folder / "told.xml").iter("testcase")  # noqa: S314 - pytest wrote it
    came = {case.get("name", ""): ",".join(each.tag for each in case if each.tag != "system-out") for case in cases}
    return done.returncode, said.read_text(encoding="utf-8"), came


def test_what_passes_fails_and_warns_is_told_as_by_one_process(tmp_path: Path) -> None:
    status, said, came = run(tmp_path, "-q", good=GOOD, bad=BAD)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert came == {"test_says": "", "test_warns": "", "test_fails": "failure", "test_is_skipped": "skipped"}
    assert "what it said" in said
    assert "not shown" not in said
    assert "mind the step" in said
    assert "1 failed, 2 passed, 1 skipped, 1 warning" in said


def test_what_a_dead_worker_had_before_it_has_failed(tmp_path: Path) -> None:
    left_behind = tmp_path / "left_behind"
    status, said, came = run(tmp_path, good=GOOD, dying=DYING.replace("{left_behind}", str(left_behind)))
    os.kill(int(left_behind.read_text(encoding="ascii")), signal.SIGKILL)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert came == {
        "test_says": "",
        "test_warns": "",
        "test_before": "",
        "test_dies": "failure",
        "test_behind": "failure",
    }
    assert "its worker died before it was done" in said


def test_what_all_tests_of_a_worker_share_is_put_away_and_a_fault_in_it_is_told(tmp_path: Path) -> None:
    status, said, came = run(tmp_path, good=GOOD, bad=BAD.replace("test_is_skipped()", "test_last(shared)"))
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "cannot be put away" in said
    assert "error" in "".join(came.values())


def test_the_first_that_fails_ends_it_where_that_is_asked_for(tmp_path: Path) -> None:
    status, said, _ = run(tmp_path, "-x", bad=BAD, good=GOOD)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "stopping after 1 failures" in said
