"""SIGKILL between two statements of a turn: whatever had been done of it is gone, and the next try does all of it."""

import json
import shutil
from pathlib import Path

import pytest

from storage import new_key_line
from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.killed_turns import KILLS
from tests.fakes.scenes import SCENES

pytestmark = pytest.mark.crash

SEED = "7"
KILLED_TURNS = """
from tests.fakes.killed_turns import main
main()
"""


def test_a_killed_turn_leaves_nothing_and_is_done_once_by_the_next_try(migrated_sqlite: Path, tmp_path: Path) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "resi.db")
    with ForkedProgram(KILLED_TURNS, str(tmp_path), new_key_line("k1"), SEED) as program:
        tried = [json.loads(line) for line in program.stdout]
        assert program.wait() == 0, program.said()[-2000:]
    assert [each["scene"] for each in tried] == list(SCENES)
    assert {each["scene"]: each["wrong"] for each in tried if each["wrong"]} == {}
    assert sum(len(each["killed_before"]) for each in tried) == KILLS * len(SCENES)
