"""How coarse a day of reports has to become before none points at one person, and what a batch takes.

Run: python benchmarks/publication.py   prints the tables of docs/publication.md, and the times
"""

import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.time_and_random import SystemRandomSource  # noqa: E402 - run as a script, the root must be on the path first
from core import areas, publication  # noqa: E402 - likewise
from core.messages import Address  # noqa: E402 - likewise
from core.model import HistoryEntry, Place, PublicClass, Publishing, Unpublished  # noqa: E402 - likewise
from core.ports import Context, UnitOfWork  # noqa: E402 - likewise
from core.record import Turn  # noqa: E402 - likewise
from storage import migrate, new_key_line, open_store, parse_keys  # noqa: E402 - likewise
from tests.fakes.nouns import AGENCY, report  # noqa: E402 - likewise
from tests.fakes.public_day import MIDNIGHT, public_day  # noqa: E402 - likewise

LEAST: Final = 5
SIZES: Final = (508, 5000)
PROVED: Final = (1.0, 0.5, 0.2)
_PLACES: Final = {"kelurahan": "kelurahan", "kecamatan": "kecamatan", "kota": "city", "kabupaten": "city"}
_DAY: Final = timedelta(days=1)


def alone(day: list[Unpublished]) -> float:
    """The share of rows that nobody shared kind and place with, as they are."""
    cells = Counter((each.category, each.area) for each in day)
    return sum(count for count in cells.values() if count == 1) / len(day)


def told(shared: PublicClass) -> tuple[str, str]:
    """How fine the kind and the place of a class are."""
    kind = "kind" if shared.category else "group" if shared.group else "neither"
    return kind, _PLACES[areas.AREAS[shared.area].kind] if shared.area else "anywhere"


def shares(day: list[Unpublished]) -> tuple[Counter[str], Counter[str], float]:
    """Of rows, by how fine kind and place are; and of rows that wait for the next batch."""
    kinds, places = Counter[str](), Counter[str]()
    found = publication.partition(day, LEAST)
    for shared, those in found.classes.items():
        kind, place = told(shared)
        kinds[kind] += len(those)
        places[place] += len(those)
    return kinds, places, len(found.held) / len(day)


def batch_takes(size: int) -> tuple[float, float]:
    """Seconds of the turn that publishes a day on SQLite, and of one that only renews it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/resi.db"
        migrate(url)
        with closing(open_store(url, parse_keys(new_key_line("bench")))) as store:
            day = public_day(size)

            def file(tx: UnitOfWork) -> None:
                for each in day:
                    made = replace(report(), id=each.report, number=each.number, category=each.category)
                    made = replace(made, received=each.received, place=Place(each.area))
                    tx.reports.add(made, HistoryEntry(made.received, made.status, AGENCY))
                    tx.publications.add_waiting(made.id, "telegram", Address(each.sender.hex()))

            store.run(file)
            context = Context(
                SystemRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {}, publishing=Publishing(_DAY, LEAST)
            )
            times = []
            for days in (1, 2):
                began = perf_counter()
                store.run(lambda tx, days=days: publication.publish(Turn(tx, MIDNIGHT + days * _DAY, context)))  # type: ignore[misc]  # bound now
                times.append(perf_counter() - began)
            return times[0], times[1]


def main() -> None:
    """Prints."""
    print(
        "| reports | senders proved | alone before | kind | group | neither | kelurahan | kecamatan | city | anywhere |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in SIZES:
        for proved in PROVED:
            day = public_day(size, proved=proved)
            kinds, places, held = shares(day)
            cells = [kinds[each] for each in ("kind", "group", "neither")]
            cells += [places[each] for each in ("kelurahan", "kecamatan", "city", "anywhere")]
            row = " | ".join(f"{count / size:.0%}" for count in cells)
            print(f"| {size} | {proved:.0%} | {alone(day):.0%} | {row} |{f' held {held:.0%}' if held else ''}")
    for size in SIZES:
        published, renewed = batch_takes(size)
        print(f"{size}: published in {published:.2f} s, renewed in {renewed:.3f} s")


if __name__ == "__main__":
    main()
