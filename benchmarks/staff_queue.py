"""How long staff wait for a page of their queue, or for all of it: python -m benchmarks.staff_queue [REPORTS] [URL]."""

import random
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert, text

from app.time_and_random import SystemRandomSource
from core import areas, casework, workflow
from core.casework import Turn, Wanted, Which
from core.categories import CATEGORIES, Category
from core.model import (
    ENDED,
    AgencyId,
    AreaCode,
    Number,
    Place,
    Report,
    ReportId,
    Staff,
    StaffId,
    StaffRole,
    Status,
)
from core.ports import Context, ReportQuery, UnitOfWork, Visibility
from storage import SqlStore, migrate, new_key_line, open_store, parse_keys
from storage.engine import Database, is_sqlite
from storage.pool import PostgresPool
from storage.report_rows import held_row_of, row_of
from storage.statements import Statements
from storage.tables import DATA_KEY, HELD, REPORT
from storage.vault import DataKey, Vault
from storage.writer import SqliteWriter

_NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_CONTEXT = Context(SystemRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {})
_TEXT = "Lampu jalan di depan pasar mati sejak tiga malam, gelap sekali dan sudah ada yang jatuh. " * 2
_YEAR = 365 * 24 * 60  # minutes
_BATCH = 2000
_KELURAHAN = tuple(code for code, area in areas.AREAS.items() if area.finest)
_OPEN = tuple(each for each in Status if each not in ENDED)
_LEAVES = tuple(sorted(CATEGORIES, key=lambda leaf: leaf.restricted is not None))
_WEIGHTS = tuple(1 / (at + 1) for at in range(len(_LEAVES)))  # a few make up most of what is reported


def _offices(rng: random.Random, leaf: Category, place: Place) -> list[AgencyId]:
    """Who held it, the last one now: the kelurahan, often the agency that leads, often its branch there."""
    held = [workflow.first_holder(leaf.id, place)]
    if leaf.restricted is None and rng.random() < 0.7:
        held.append(leaf.lead_agency)
        branches = sorted(workflow.branches(leaf.lead_agency, place.area))
        held += branches[:1] if rng.random() < 0.7 else []
    return held


def made_up(rng: random.Random, open_share: float) -> tuple[Report, list[AgencyId]]:
    """A report of the year, and who held it."""
    [leaf] = rng.choices(_LEAVES, _WEIGHTS)
    place = Place(rng.choice(_KELURAHAN), "Tebet Barat", "depan pasar")
    held = _offices(rng, leaf, place)
    is_open = rng.random() < open_share
    received = _NOW - timedelta(minutes=rng.randrange(_YEAR))
    status = rng.choice(_OPEN) if is_open else rng.choices((Status.SELESAI, Status.DITOLAK), (97, 3))[0]
    return Report(
        id=ReportId(secrets.token_hex(13)),
        number=Number("R" + secrets.token_hex(5)),
        channel=rng.choice(("telegram", "sms", "mail")),
        status=status,
        category=leaf.id,
        agency=held[-1],
        received=received,
        due=received + timedelta(days=7),
        text=_TEXT,
        place=place,
        restricted=leaf.restricted is not None,
        closed=None if is_open else received + timedelta(days=2),
    ), held


def fill(database: Database, vault: Vault, count: int, open_share: float) -> None:
    """Reports of a year as they lie in the tables, without turns: those take an hour."""
    rng = random.Random(1)

    def batch(statements: Statements) -> None:
        reports, keys, held = [], [], []
        for _ in range(_BATCH):
            report, offices = made_up(rng, open_share)
            raw, kept = vault.create(report.id)
            row = row_of(report, DataKey(raw))
            reports.append(row)
            keys.append({"owner": report.id, "key_id": kept.key_id, "wrapped": kept.wrapped})
            held += [held_row_of(row) | {"agency": each} for each in dict.fromkeys(offices)]
        for table, rows in ((DATA_KEY, keys), (REPORT, reports), (HELD, held)):
            statements.connection.execute(insert(table), rows)

    for _ in range(count // _BATCH):
        database.run(batch)


def settle(url: str) -> None:
    """What PostgreSQL does by itself some time after many rows came: its autovacuum, whose maps lists are read by."""
    if not is_sqlite(url):
        with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def visibilities() -> list[Visibility]:
    """Who looks: the Biro, a large agency, one that reads restricted reports, a kelurahan."""
    names = ("biro_pemerintahan", "satpol_pp", "bnnp_dki", "kel:31.74.01.1001")
    return [Visibility(AgencyId(name), every=name == "biro_pemerintahan") for name in names]


def searches() -> list[ReportQuery]:
    """What a page is narrowed by; some of it is seldom found, so that an index is read to its end."""
    first, seldom = _LEAVES[0].id, _LEAVES[40].id
    kelurahan, city = AreaCode("31.74.01.1001"), AreaCode("31.74")
    page = ReportQuery(most=50)
    return [
        page,
        *(replace(page, status=each) for each in (Status.MENUNGGU, Status.EWS, Status.SELESAI, Status.DITERUSKAN)),
        *(replace(page, category=each) for each in (first, seldom)),
        *(replace(page, area=each) for each in (kelurahan, city)),
        replace(page, category=seldom, area=kelurahan),
        replace(page, status=Status.EWS, category=first, area=city),
        *(replace(page, agency=AgencyId(each)) for each in ("satpol_pp", "sudin_sda_jaksel")),
        replace(page, agency=AgencyId("satpol_pp"), status=Status.EWS, area=kelurahan),
        replace(page, after=(_NOW, Number("R"))),
    ]


def named(query: ReportQuery) -> str:
    """The narrowing in words."""
    fields = {name: getattr(query, name) for name in ("status", "agency", "category", "area")}
    return " ".join(f"{name}={value}" for name, value in fields.items() if value) or (
        "the page behind today" if query.after else "-"
    )


def pages() -> dict[str, Callable[[UnitOfWork], object]]:
    """Lines of a list narrowed in every way, and the page of the desk with all that is counted on it."""
    found: dict[str, Callable[[UnitOfWork], object]] = {
        f"{visibility.agency}: {named(query)}": partial(_lines, visibility=visibility, query=query)
        for visibility in visibilities()
        for query in searches()
    }
    for visibility in visibilities():
        for which in Which:
            for status, category in ((None, None), (Status.EWS, None), (None, _LEAVES[0].id), (None, _LEAVES[40].id)):
                wanted = Wanted(which, status, category)
                name = f"desk of {visibility.agency}: {which.value} {status or ''} {category or ''}"
                found[name] = partial(_desk, name=visibility.agency, wanted=wanted)
    return found


def _lines(tx: UnitOfWork, visibility: Visibility, query: ReportQuery) -> object:
    return tx.queues.lines(visibility, query)


def _desk(tx: UnitOfWork, name: str, wanted: Wanted) -> object:
    return casework.queue(Turn(tx, _NOW, _CONTEXT), name, wanted)


def hire(store: SqlStore) -> None:
    """Somebody in each office that looks."""
    for visibility in visibilities():
        role = StaffRole.BIRO if visibility.every else StaffRole.HEAD
        store.run(partial(_hired, staff=Staff(StaffId(visibility.agency), visibility.agency, visibility.agency, role)))


def _hired(tx: UnitOfWork, staff: Staff) -> None:
    tx.accounts.add(staff, "hash")


def measure(store: SqlStore, rounds: int) -> None:
    """Prints the slowest kinds of page, and all together."""
    hire(store)
    took: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}  # of the processor alone: a machine that others use tells little else
    for _ in range(rounds):
        for name, page in pages().items():
            began, busy = time.perf_counter(), time.process_time()
            store.read(page)
            took.setdefault(name, []).append((time.perf_counter() - began) * 1000)
            worked.setdefault(name, []).append((time.process_time() - busy) * 1000)
    for name in sorted(took, key=lambda name: -median(took[name]))[:8]:
        print(f"{median(took[name]):8.1f} ms median, {max(took[name]):8.1f} most  {name}")
    for desk in (False, True):
        told = "pages of the desk" if desk else "lines of a list"
        for kind, each in (("", took), ("of the processor ", worked)):
            found = (ms for name in each if name.startswith("desk of") is desk for ms in each[name])
            print(f"{told}: {kind}{_spread(found)}")


def _spread(every: Iterable[float]) -> str:
    ordered = sorted(every)
    return f"median {median(ordered):.1f} ms, p95 {ordered[len(ordered) * 95 // 100]:.1f} ms of {len(ordered)}"


def whole(store: SqlStore) -> None:
    """The whole list of somebody who sees all, and how long a turn waits beside it."""
    waited: list[float] = []
    done = threading.Event()

    def turns() -> None:
        while not done.is_set():
            began = time.perf_counter()
            store.run(lambda tx: tx.inbox.counted("miss", "nobody", _NOW, timedelta(hours=1)))
            waited.append((time.perf_counter() - began) * 1000)
            done.wait(0.02)

    beside = threading.Thread(target=turns)
    beside.start()
    began = time.perf_counter()
    rows = len(store.read(lambda tx: tx.queues.lines(visibilities()[0], ReportQuery(open=None))))
    took = time.perf_counter() - began
    done.set()
    beside.join()
    print(f"the whole list: {rows} rows in {took:.1f} s; a turn beside it waited {max(waited):.0f} ms at most")


def main(count: int, url: str, open_share: float) -> None:
    """Fills a database and prints the figures."""
    migrate(url)
    keys = parse_keys(new_key_line("bench"))
    store = open_store(url, keys)
    database: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
    try:
        fill(database, Vault(keys), count, open_share)
        settle(url)
        print(f"{count} reports, {open_share:.0%} of them open, {url.partition(':')[0]}")
        measure(store, 10)
        whole(store)
    finally:
        database.close()
        store.close()


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 2:
        main(asked, sys.argv[2], 0.1)
    else:
        for share in (0.1, 1.0):
            with tempfile.TemporaryDirectory() as folder:
                main(asked, f"sqlite:///{Path(folder) / 'bench.db'}", share)
