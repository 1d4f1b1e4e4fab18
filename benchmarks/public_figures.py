"""How fast the public figures answer at a million reports: figures of docs/scale.md.

    PYTHONPATH=. python benchmarks/public_figures.py

Kept rows of 200 days of 5,000 reports are made as publication makes them (classes of ten made-up days, in turn; each
report solved, two days later on average) and asked over HTTP on this machine, each page without what was kept before.
"""

import asyncio
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import uvicorn

from app.batch_figures import of_batches
from app.figure_report import report_of
from app.spreadsheets import csv_of
from core.model import AgencyId, FigureClass, FigureCount, FigureOutcome, FigureQuery, OutcomeEvent
from core.publication import partition
from core.publication.counting import by_channel, by_office, counted
from storage import SqlStore, migrate, open_store
from storage.vault import new_key_line, parse_keys
from tests.fakes.public_day import public_day
from tests.fakes.web_services import Behind
from web import FigureReport, Statistics, create_app

DAYS, SIZE, LEAST, TIMES = 200, 5_000, 5, 15
FIRST = date(2026, 5, 9)
LAST = FIRST + timedelta(days=DAYS - 1)
PATHS = (
    "/statistik",
    "/statistik?pada=2026-10",
    "/statistik?pada=2026-10&jenis=jalan",
    "/statistik?pada=2026-10&wilayah=31.74",
    "/statistik?pada=2026-10&jenis=jalan&wilayah=31.74",
    "/statistik?periode=hari",
    "/statistik/wilayah/31.74.01.1001",
    "/statistik/wilayah/31.74.01.1001/atom.xml",
)
Day = tuple[list[FigureCount], dict[str, int]]


def made_up(seed: int) -> Day:
    """What one batch tells."""
    rng = random.Random(seed)
    reports = [
        replace(each, agency=AgencyId(f"kel:{each.area}" if each.area else "biro_pemerintahan"), channel="telegram")
        for each in public_day(SIZE, seed=seed, proved=0.7)
    ]
    counts, events = list[FigureCount](), list[OutcomeEvent]()
    for shared, those in partition(reports, LEAST).classes.items():
        for office, part in by_office(those, LEAST).items():
            counts.append(FigureCount(FigureOutcome.RECEIVED, FigureClass(shared, office), {0: len(part)}))
            for each in part:
                took = min(int(rng.expovariate(0.5)), 40)
                outcome = FigureOutcome.IN_TIME if took <= 7 else FigureOutcome.LATER
                events.append(OutcomeEvent(each.report, each.number, outcome, shared, office, took, each.sender))
    return [*counts, *counted(events, LEAST)[0]], dict(by_channel(reports, LEAST))


def fill(store: SqlStore) -> int:
    """How many reports are counted."""
    days = [made_up(seed) for seed in range(10)]
    total = 0
    for at in range(DAYS):
        counts, channels = days[at % len(days)]
        day = FIRST + timedelta(days=at)

        def turn(tx, day=day, counts=counts, channels=channels) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - bound to the loop
            tx.figures.add(day, counts)
            tx.figures.add_channels(day, channels)

        store.run(turn)
        total += sum(each.reports for each in counts if each.outcome is FigureOutcome.RECEIVED)
    return total


def served(store: SqlStore, port: int) -> uvicorn.Server:
    """A server on a thread of its own."""

    async def figures(query: FigureQuery) -> FigureReport:
        return await asyncio.to_thread(report_of, store.figure_sums, query, LAST, LEAST, batches=True)

    async def counts(lang: str) -> Statistics:
        sums = store.figure_sums
        return await asyncio.to_thread(of_batches, store.published, sums, LAST, LEAST, lang)

    app = create_app(replace(Behind().services(), figures=figures, statistics=counts, csv=csv_of))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server


def main() -> None:
    """Fills a database and prints a line a page."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'resi.db'}"
        migrate(url)
        store = open_store(url, parse_keys(new_key_line("bench")))
        print(f"{fill(store):,} reports")
        server = served(store, 8917)
        with httpx.Client(base_url="http://127.0.0.1:8917") as client:
            for path in PATHS:
                took, sizes = list[float](), Counter[tuple[int, int]]()
                for _ in range(TIMES):
                    began = time.perf_counter()
                    answer = client.get(path)
                    took.append((time.perf_counter() - began) * 1000)
                    sizes[answer.status_code, len(answer.content)] += 1
                [(status, size)] = sizes
                told = f"first {took[0]:.0f}, median {statistics.median(took):.0f}, best {min(took):.0f} ms"
                print(f"{status} {path}: {told}, {size / 1000:.0f} kB")
        server.should_exit = True
        store.close()


if __name__ == "__main__":
    main()
