"""Another city runs where the one that comes with us is deleted: no line of Python knows it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHICAGO = ROOT / "tests" / "cities" / "chicago"
TOLD = "from app.city import choose; choose(); from tests.cities.stories import tell; tell()"
STORIES = ("telegram", "mail", "sms", "danger", "restricted", "a_point", "handled", "menus")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The house without cities/: what it holds is a link to each room."""
    for room in ("app", "bots", "core", "storage", "web", "tests"):
        (tmp_path / room).symlink_to(ROOT / room, target_is_directory=True)
    return tmp_path


def runs(at: Path, *words: str, said: str = "", city: str = str(CHICAGO)) -> subprocess.CompletedProcess[str]:
    named = {"PYTHONPATH": str(at), "RESI_CITY": city, "RESI_DATA_DIR": str(at / "var")}
    command = [sys.executable, *words]
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=at, env=named, input=said, capture_output=True, text=True, timeout=240, check=False
    )


@pytest.mark.journey
def test_its_stories_come_to_their_end_with_the_other_city_deleted(elsewhere: Path) -> None:
    told = runs(elsewhere, "-c", TOLD)
    assert (told.returncode, told.stderr) == (0, "")
    assert tuple(told.stdout.split()) == STORIES


@pytest.mark.journey
def test_the_command_line_serves_it(elsewhere: Path) -> None:
    found = json.loads(runs(elsewhere, "-m", "app", "suggest", "--json", said="rats behind the bar in Pilsen\n").stdout)
    assert found["suggestions"][0]["category"] == "rodent_baiting"
    assert found["place"]["area"] == "W.31"
    added = runs(elsewhere, "-m", "app", "staff", "add", "crew", "--agency", "cdot", "--role", "officer")
    assert added.returncode == 0, added.stderr
    refused = runs(
        elsewhere, "-m", "app", "staff", "add", "crew2", "--agency", "kel:31.74.01.1001", "--role", "officer"
    )
    assert refused.returncode == 1
    assert "America/Chicago" in runs(elsewhere, "-m", "app", "doctor").stdout


def test_without_a_folder_that_is_there_nothing_is_served_and_a_sentence_says_so(elsewhere: Path) -> None:
    told = runs(elsewhere, "-m", "app", "suggest", said="x\n", city="nowhere")
    assert told.returncode == 1
    assert "The city of RESI_CITY cannot be served." in told.stderr
    assert "Traceback" not in told.stderr
