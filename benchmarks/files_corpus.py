"""Every generated file, cut at many places and bent a thousand times, through the sandbox; run it by path.

Prints a table: what was taken and refused, what leaked, how often a child had to be replaced, the slowest answer.
Usage: python benchmarks/files_corpus.py [BENDS [NAME...]], where only files whose name holds a NAME are taken.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.sandbox import Sandbox
from core.errors import Refused
from core.scrub import Clean
from tests.hostile.corpus import Case, bends, cases, cuts
from tests.hostile.judge import broken, leaks

CUTS = 200
COLUMNS = ("files", "taken", "refused", "wrong", "variants", "clean", "leaks", "broken", "replaced", "slowest ms")


def outcome(child: Sandbox, data: bytes) -> Clean | str:
    """The clean file, or the phrase of the refusal."""
    try:
        return child.scrub_now(data)
    except Refused as no:
        return no.phrase


def judged(child: Sandbox, case: Case, count: int) -> Counter[str]:
    """Figures of one file; what is found wrong is named on the way."""
    said = outcome(child, case.data)
    right = (said if isinstance(said, str) else "") == case.refused
    figures = Counter(files=1, taken=isinstance(said, Clean), refused=isinstance(said, str), wrong=not right)
    if isinstance(said, Clean):
        figures["broken"] += bool(broken(said.data, said.kind))
        figures["leaks"] += bool(leaks(said.data))
    if not right:
        print(f"  {case.name}: {said}", flush=True)
    if case.source != "bombs":
        figures += varied(child, case, count)
    return figures


def varied(child: Sandbox, case: Case, count: int) -> Counter[str]:
    """Figures of what a file becomes when it is cut and bent."""
    figures: Counter[str] = Counter()
    slowest = 0.0
    for kind, number, data in variants(case, count):
        pid, start = child.pid, time.perf_counter()
        said = outcome(child, data)
        slowest = max(slowest, (time.perf_counter() - start) * 1000)
        figures["variants"] += 1
        if pid is not None and child.pid != pid:
            figures["replaced"] += 1
            print(f"  child replaced: {case.name}, {kind} {number}", flush=True)
        if isinstance(said, Clean):
            figures["clean"] += 1
            if (found := leaks(said.data)) and not only_words(case, said):
                figures["leaks"] += 1
                print(f"  leak: {case.name}, {kind} {number}: {min(found)[:24]!r} in {said.kind}", flush=True)
    return figures + Counter({"slowest ms": int(slowest)})


def only_words(case: Case, said: Clean) -> bool:
    """Whether nothing but words was left of a file of no kind that we take: then they are what is to be seen."""
    return case.source == "unsupported" and said.kind == "text/plain"


def variants(case: Case, count: int) -> Iterable[tuple[str, int, bytes]]:
    """How each was made, its number, and the file."""
    yield from (("cut", number, data) for number, data in enumerate(cuts(case, CUTS)))
    yield from (("bend", number, data) for number, data in enumerate(bends(case, count)))


def share(files: list[Case], count: int) -> dict[str, Counter[str]]:
    """Of one child."""
    child = Sandbox()
    child.start()
    found: dict[str, Counter[str]] = {}
    try:
        for case in files:
            add(found, case.source, judged(child, case, count))
    finally:
        child.stop()
    return found


def add(table: dict[str, Counter[str]], source: str, figures: Counter[str]) -> None:
    """Sums, and the slowest of both."""
    row = table.setdefault(source, Counter())
    slowest = max(row["slowest ms"], figures["slowest ms"])
    row.update(figures)
    row["slowest ms"] = slowest


def main() -> None:
    """One row for each generator, and one for all."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    names = sys.argv[2:] or [""]
    files = [case for case in cases() if any(name in case.name for name in names)]
    workers = os.cpu_count() or 1
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda first: share(files[first::workers], count), range(workers)))
    table: dict[str, Counter[str]] = {}
    for part in found:
        for source, figures in part.items():
            add(table, source, figures)
            add(table, "all", figures)
    print(f"{'':<10}" + "".join(f"{column:>11}" for column in COLUMNS))
    for source in (*sorted(table.keys() - {"all"}), "all"):
        print(f"{source:<10}" + "".join(f"{table[source][column]:>11}" for column in COLUMNS))
    print(f"{time.perf_counter() - start:.0f} s, {count} bends and {CUTS} cuts a file, {workers} children")


if __name__ == "__main__":
    main()
