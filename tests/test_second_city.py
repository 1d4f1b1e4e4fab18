"""Another city runs where the one that comes with us is deleted: no line of Python knows it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[1]
CHICAGO = ROOT / "tests" / "cities" / "chicago"
TOLD = "from app.city import choose; choose(); from tests.cities.stories import tell; tell()"
STORIES = (
    *("telegram", "mail", "sms", "danger", "restricted", "a_point", "handled", "menus"),
    *("foreign", "open_to_partners", "published"),
)
# Levels of areas, and what a report of the smallest is filed with: its area's full name, its office, who is told of it.
FOUR = """
[[land]]
code = "1"
name = "Land"
[[land.county]]
code = "1.2"
name = "County"
[[land.county.district]]
code = "1.2.3"
name = "District"
[[land.county.district.ward]]
code = "1.2.3.4"
name = "Harbour Ward"
"""
LEVELS = {
    1: (
        '[[ward]]\ncode = "1"\nname = "Harbour Ward"\ncentre = [52.1, 5.1]\n',
        ["1", "Harbour Ward", "ward:1", ["town_hall"], ["1", ""]],
    ),
    4: (
        FOUR,
        [
            *("1.2.3.4", "Harbour Ward, District", "ward:1.2.3.4"),
            ["district:1.2.3", "county:1.2", "land:1", "town_hall"],
            ["1.2.3.4", "1.2.3", "1.2", "1", ""],
        ],
    ),
}
TOLD_OF_LEVELS = """
from app.city import choose; choose()
import json
from core import areas, places, workflow
from core.model import CategoryId, Number, Place, ReportId, Status, Unpublished
from core.publication import classes
from tests.fakes.town import Town
town = Town("en")
told = town.citizen("mail", "ana@example.org").writes("There is a pothole, a hole in the road, in Harbour Ward")
[report] = town.reports
assert told.code and report.place.area == places.find("Harbour Ward").candidates[0]
waiting = Unpublished(ReportId("x"), Number("R1"), Status.PROSES, report.category, report.place.area, town.clock.now())
coarse = [classes.coarser(classes.finest(waiting), (0, at)).area for at in range(areas.FINEST + 2)]
rungs = workflow.rungs(report.agency, restricted=False)
print(json.dumps([report.place.area, areas.full_name(report.place.area), report.agency, rungs, coarse]))
"""

OF_JAKARTA = re.compile(
    r"jakarta|kelurahan|kecamatan|indonesia"
    r"|\b(?:dki|jaki|pln|rt|rw|112|(?<!role )biro|lurah|tebet|nik|jawa|sunda|jowo)\b",
    re.IGNORECASE,
)
SAID = """
from app.city import choose; choose()
from bots.whatsapp.templates import approvals
from core.phrases import KEYS
from tests.fakes.sentences import raw
for key in sorted(KEYS):
    print(key, raw(key, "en"), raw(key, "en", terse=True))
for template in approvals():
    print(template)
"""


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
        command, cwd=at, env=named, input=said, capture_output=True, text=True, timeout=PATIENCE, check=False
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
    assert runs(elsewhere, "-m", "app", "suggest", said="the gas pipe is leaking and burning\n").stdout.endswith(
        " | 911\n"
    )


def test_no_sentence_and_no_template_names_the_city_that_comes_with_us(elsewhere: Path) -> None:
    told = runs(elsewhere, "-c", SAID)
    assert (told.returncode, told.stderr) == (0, "")
    assert [line for line in told.stdout.splitlines() if OF_JAKARTA.search(line.partition(" ")[2])] == []


@pytest.mark.journey
@pytest.mark.parametrize("levels", LEVELS)
def test_a_city_has_one_level_or_four(elsewhere: Path, levels: int) -> None:
    written, expected = LEVELS[levels]
    town = Path(shutil.copytree(ROOT / "app" / "city_pack" / "skeleton", elsewhere / "town"))
    before, _, after = (town / "city.toml").read_text(encoding="utf-8").partition("[[level]]")
    rest = after[after.index("# How sentences call") :]
    rows = ("land", "county", "district", "ward")[-levels:]
    tables = "".join(
        f'[[level]]\nrows = "{row}"\noffice = "{row}"\nnamed.{row} = {{ en = "{{name}}" }}\n' for row in rows
    )
    (town / "city.toml").write_text(before + tables + rest, encoding="utf-8")
    (town / "areas.toml").write_text(written, encoding="utf-8")
    checked = runs(elsewhere, "-m", "app", "city", "check", "town")
    assert checked.stdout.startswith("Nothing is wrong."), checked.stdout
    told = runs(elsewhere, "-c", TOLD_OF_LEVELS, city="town")
    assert (told.stderr, json.loads(told.stdout)) == ("", expected)


def test_without_a_folder_that_is_there_nothing_is_served_and_a_sentence_says_so(elsewhere: Path) -> None:
    told = runs(elsewhere, "-m", "app", "suggest", said="x\n", city="nowhere")
    assert told.returncode == 1
    assert "The city of RESI_CITY cannot be served." in told.stderr
    assert "Traceback" not in told.stderr
