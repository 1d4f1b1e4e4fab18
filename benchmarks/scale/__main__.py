"""Fills databases and measures them; a database keeps its keys and some codes in a file of JSON beside it.

    python -m benchmarks.scale fill r1000000.json sqlite:////somewhere/r1000000.db 1000000 [REPORTS A DAY]
    python -m benchmarks.scale older r100000.json 900000 [DAYS]
    python -m benchmarks.scale copy r1000000.json p1000000.json postgresql+psycopg://somewhere
    python -m benchmarks.scale measure ROUNDS r1000.json r100000.json r1000000.json [-- WORDS OF THE NAMES…]

A hundred thousand reports of 508 a day take a minute of a processor, 900,000 older ones two or three more. `measure`
compares each with the first.
"""

import gc
import json
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.time_and_random import SystemClock
from benchmarks.scale import older as older_reports
from benchmarks.scale.city import City
from benchmarks.scale.fill import copied, fill
from benchmarks.scale.measure import Sized, hire, measured, said, works
from storage import migrate, new_key_line, open_store, parse_keys
from storage.engine import is_sqlite

_A_DAY = 508  # what Jakarta's people sent
_WORDS_KEPT = 200  # days, as the measures have it


@dataclass(frozen=True, slots=True)
class _Filled:
    """What is known of a filled database."""

    url: str
    keys: str
    size: int
    now: str
    codes: list[str]

    @classmethod
    def of(cls, file: str) -> "_Filled":
        return cls(**json.loads(Path(file).read_text(encoding="utf-8")))

    def write(self, file: str) -> None:
        Path(file).write_text(json.dumps(asdict(self)), encoding="utf-8")

    def opened(self, stack: ExitStack) -> Sized:
        migrate(self.url)
        store = open_store(self.url, parse_keys(self.keys))
        stack.callback(store.close)
        hire(store)
        server = None
        if not is_sqlite(self.url):
            engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
            server = stack.enter_context(engine.connect())
        return Sized(self.size, store, self.codes, datetime.fromisoformat(self.now), Random(), server)


def filled(file: str, url: str, count: int, a_day: int) -> None:
    """Makes a database and the file that knows it."""
    now, keys = SystemClock().now(), new_key_line("bench")
    migrate(url)
    open_store(url, parse_keys(keys)).close()
    gc.disable()  # nothing of what is made is garbage until it is written, and then nothing refers to it in a circle
    began, busy = time.perf_counter(), time.process_time()
    codes = fill(url, parse_keys(keys), City(1, a_day, now), count)
    _Filled(url, keys, count, now.isoformat(), codes).write(file)
    took, work = time.perf_counter() - began, time.process_time() - busy
    print(f"{count} reports: {took:.0f} s, {work:.0f} s of this process")


def older(file: str, count: int, days: int) -> None:
    """Adds reports of the years before, whose words had their time, to a database of SQLite."""
    known, busy = _Filled.of(file), time.process_time()
    size = older_reports.add(known.url, count, days)
    replace(known, size=size).write(file)
    print(f"{size} reports: {time.process_time() - busy:.0f} s of this process")


def copy(known: str, file: str, url: str) -> None:
    """The same rows in another database."""
    migrate(url)
    old = _Filled.of(known)
    began = time.perf_counter()
    copied(old.url, url)
    _Filled(url, old.keys, old.size, old.now, old.codes).write(file)
    print(f"{old.size} reports: {time.perf_counter() - began:.0f} s")


def measure(rounds: int, files: Sequence[str], words: Sequence[str]) -> None:
    """Prints a table: medians of each size by the clock and in work, and how many times the first."""
    with ExitStack() as stack:
        sized = [_Filled.of(file).opened(stack) for file in files]
        sizes = " / ".join(f"{each.size}" for each in sized)
        print(f"| ms, beside {sizes} | by the clock | in work | times the first | in work |")
        for name, work in works().items():
            if all(word in name for word in words):
                print(said(name, measured(work, sized, rounds)), flush=True)


def main(given: Sequence[str]) -> None:
    """One of three commands."""
    match given:
        case "fill", file, url, count, *rest:
            filled(file, url, int(count), int(rest[0]) if rest else _A_DAY)
        case "older", file, count, *rest:
            older(file, int(count), int(rest[0]) if rest else _WORDS_KEPT)
        case "copy", known, file, url:
            copy(known, file, url)
        case "measure", rounds, *rest:
            files, _, words = " ".join(rest).partition(" -- ")
            measure(int(rounds), files.split(), words.split())
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
