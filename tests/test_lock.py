"""One `run` on one SQLite file; the kernel lets the lock go, however the process ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.lock import RunLock
from tests.fakes.patience import PATIENCE
from tests.fakes.shell import CHECKOUT

HOLDER = """
import sys
from pathlib import Path
from app.lock import RunLock
RunLock(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_run_is_refused_with_a_sentence_until_the_first_lets_go(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path / "resi.db"), RunLock(tmp_path / "resi.db")
    first.take()
    with pytest.raises(CannotStart, match="Another `resi run`"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_other_databases_in_the_same_folder_are_free(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path / "a.db"), RunLock(tmp_path / "b.db")
    first.take()
    second.take()
    first.release()
    second.release()


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "resi.db")]
    streams = subprocess.PIPE
    with subprocess.Popen(command, stdin=streams, stdout=streams, cwd=CHECKOUT) as holder:  # noqa: S603 - our own command
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        lock = RunLock(tmp_path / "resi.db")
        with pytest.raises(CannotStart):
            lock.take()
        holder.kill()
        holder.wait(PATIENCE)
    lock.take()
    lock.release()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(CannotStart, match="RESI_DATA_DIR"):
        RunLock(tmp_path / "data" / "resi.db").take()


def test_the_folder_is_made_for_its_owner_alone_and_letting_go_twice_is_harmless(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "data" / "resi.db")
    lock.release()
    lock.take()
    lock.release()
    lock.release()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "data").iterdir())
