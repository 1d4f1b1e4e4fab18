"""What is loaded behind readiness: all that a message needs, without a message."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from app.maps import SETTINGS, city_map
from app.warm_up import warm
from core.watch import watched
from tests.fakes.drawn_city import boundaries_file, gazetteer_file
from tests.fakes.fork_server import CHECKOUT
from tests.fakes.town import Town

LOADED = """
import sys
from app.warm_up import warm
from tests.fakes.town import Town
before = set(sys.modules)
warm(Town().context)
print(" ".join(set(sys.modules) - before))
"""


class Counting:
    """A watch that counts."""

    def __init__(self) -> None:
        self.readings = 0

    def reads(self, reader: str) -> None:
        del reader
        self.readings += 1

    def failed(self, reader: str, error: Exception) -> None:
        raise AssertionError(reader) from error


def test_a_story_is_read_and_nothing_is_kept_of_it() -> None:
    town, watch = Town(), Counting()
    with watched(watch):
        warm(town.context)
    assert watch.readings
    assert not town.reports


def test_libraries_for_words_and_files_are_there_afterwards() -> None:
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", LOADED], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert {"core.scrub.formats", "numpy", "core.redact.tagger", "core.places.index"} <= set(ran.stdout.split())


def test_a_map_is_read_while_nobody_waits_for_it(tmp_path: Path) -> None:
    town = Town()
    values = {each.name: each.default for each in SETTINGS}
    values |= {"BOUNDARIES": str(boundaries_file(tmp_path)), "GAZETTEER": str(gazetteer_file(tmp_path))}
    town.context = replace(town.context, city_map=city_map(values, tmp_path))
    warm(town.context)
    assert sorted(each.suffix for each in (tmp_path / "maps").iterdir()) == [".names", ".outlines"]


def test_words_are_read_in_one_thread_whatever_the_machine_has() -> None:
    asked = (
        "import app, os; from core.redact import find; find('saya Budi, hp 081234567890 ' * 40); "
        "print(os.environ['OPENBLAS_NUM_THREADS'], len(os.listdir('/proc/self/task')))"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", asked],
        cwd=CHECKOUT,
        env={"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["1", "1"]
