"""The same for hours: tens of thousands of messages, blow upon blow; `python -m tests.faults.torture --help`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from core.model import ReportId
from tests.faults.world import BLOWS, World, reconciled, scripts, settled, stream, world

_CHUNK = 1_000  # messages between two looks at the memory
_EACH = 250  # messages for each blow


def main() -> None:
    """Prints a line each thousand messages, and at the end what the page on reliability says."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=50_000)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--seed", type=int, default=18)
    asked.add_argument("--seconds", type=float, default=5.0, help="how long a fault lasts")
    asked.add_argument("--calm", action="store_true", help="no faults: what is measured is memory")
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        world(Path(folder), given.database, given.seed, given.seconds) as city,
    ):
        _run(city, given.messages, calm=given.calm)


def _run(city: World, messages: int, *, calm: bool) -> None:
    began, repeats, tries, known = time.monotonic(), 0, 0, frozenset[ReportId]()
    for first in range(0, messages, _CHUNK):
        count = min(_CHUNK, messages - first)
        blows = [] if calm else city.rng.choices(list(BLOWS), k=max(1, count // _EACH))
        written = scripts(city, count, first // 5)
        storm = stream(city, written, blows)
        settled(city)
        reports = city.wires.resi.stored(known)
        known |= {report.id for report in reports}
        outcome = reconciled(storm, written, reports)
        repeats, tries = repeats + outcome.repeats, tries + outcome.tries
        memory = [f"{resi.figures()['resi_memory_bytes'] / 1e6:.1f}" for resi in city.processes]
        _say(f"{first + count} messages, {time.monotonic() - began:.0f} s, MB {' '.join(memory)}, {' '.join(blows)}")
    assert len(known) == city.wires.resi.reports() == messages // 5 * 3
    _say(f"each of {messages} messages once; handed over {tries} times; {repeats} answers were heard twice")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
