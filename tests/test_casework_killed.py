"""SIGKILL between two statements of a turn: whatever had been done of it is gone, and the next try does all of it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage import new_key_line
from tests.fakes.killed_turns import KILLS
from tests.fakes.scenes import SCENES

pytestmark = pytest.mark.crash

SEED = "7"


def test_a_killed_turn_leaves_nothing_and_is_done_once_by_the_next_try(migrated_sqlite: Path, tmp_path: Path) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "resi.db")
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.fakes.killed_turns", str(tmp_path), new_key_line("k1"), SEED],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    tried = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["scene"] for each in tried] == list(SCENES)
    assert {each["scene"]: each["wrong"] for each in tried if each["wrong"]} == {}
    assert sum(len(each["killed_before"]) for each in tried) == KILLS * len(SCENES)
