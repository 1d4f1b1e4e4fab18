"""Search by words, its index, and the pages of the desk: python -m benchmarks.desk [REPORTS]."""

import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from sqlalchemy import insert

from app.desk import DeskBackend
from app.report_search import Search, stay
from app.sandbox import Sandbox
from app.settings import load
from app.time_and_random import SystemClock, SystemRandomSource
from app.turns import Turns
from benchmarks.scale.city import vocabulary
from benchmarks.staff_queue import hire, made_up, settle, visibilities
from core import tracking
from core.model import HistoryEntry, Place, Report, Session, SessionId, SessionToken, StaffId
from core.ports import Context, ReportQuery
from core.search_terms import terms_of
from storage import Files, SqlStore, migrate, new_key_line, open_store, parse_keys
from storage.engine import Database, is_sqlite
from storage.pool import PostgresPool
from storage.report_rows import held_row_of, history_row_of, row_of
from storage.statements import PostgresStatements, SqliteStatements, Statements
from storage.tables import DATA_KEY, HELD, HISTORY, REPORT
from storage.vault import DataKey, Vault
from storage.writer import SqliteWriter
from tests.fakes.postgres_server import NoServer, OwnServer
from web import Statistics, Tracked, WebServices, create_app

_BATCH = 2000
_WORDS = 25  # of a report
_ROUNDS = 40
_ANY = ReportQuery(open=None, most=1)


class City:
    """Reports whose words follow Zipf's law."""

    def __init__(self) -> None:
        self._rng = random.Random(1)
        self.words = list(vocabulary())
        self._weights = tuple(accumulate(1 / (at + 3) for at in range(len(self.words))))

    def report(self) -> tuple[Report, list[Any]]:
        """One, and who held it."""
        report, held = made_up(self._rng, 0.1)
        said = " ".join(self._rng.choices(self.words, cum_weights=self._weights, k=_WORDS))
        number = tracking.new_number(SystemRandomSource())
        return replace(
            report, number=number, text=said, place=Place(report.place.area, "Tebet Barat", said.partition(" ")[0])
        ), held


def fill(database: Database, vault: Vault, count: int, city: City) -> None:
    """As they lie in the tables, without turns: those take an hour."""

    def batch(statements: Statements) -> None:
        rows: dict[Any, list[dict[str, object]]] = {DATA_KEY: [], REPORT: [], HELD: [], HISTORY: []}
        for _ in range(_BATCH):
            report, offices = city.report()
            raw, kept = vault.create(report.id)
            row = row_of(report, DataKey(raw))
            first = HistoryEntry(report.received, report.status, report.agency)
            rows[DATA_KEY].append({"owner": report.id, "key_id": kept.key_id, "wrapped": kept.wrapped})
            rows[REPORT].append(row)
            rows[HELD] += [held_row_of(row) | {"agency": each} for each in dict.fromkeys(offices)]
            rows[HISTORY].append(history_row_of(report.id, 1, first, DataKey(raw)))
        for table, found in rows.items():
            statements.connection.execute(insert(table), found)

    for _ in range(count // _BATCH):
        database.run(batch)


class Asking:
    """Counts the statements of every transaction, until it is put back."""

    def __init__(self) -> None:
        self.count = 0
        ways = {SqliteStatements: ("rows", "changed"), PostgresStatements: ("rows", "several", "change", "changed")}
        for kind, names in ways.items():
            for name in names:
                setattr(kind, name, self._counted(getattr(kind, name)))

    def _counted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:  # noqa: ANN401 - passed on as it came
            self.count += len(given[1]) if isinstance(given[1], list) else 1
            return work(*given)

        return counted


def memory() -> float:
    """Of this process at its most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def said(name: str, took: Sequence[float], more: str = "") -> None:
    """One line."""
    ordered = sorted(took)
    print(
        f"{name:46} median {median(ordered):6.1f} ms, p95 {ordered[len(ordered) * 95 // 100]:6.1f} ms, "
        f"most {ordered[-1]:6.1f} ms{more}"
    )


def terms(city: City) -> dict[str, str]:
    """What is searched for: the commonest word, one that is seldom, both, a beginning, a number."""
    common, middle, seldom = (city.words[at] for at in (0, 300, 20_000))
    return {
        "the commonest word": f"{common} ",
        "a seldom word": f"{seldom} ",
        "a common word and one of the middle": f"{common} {middle} ",
        "two common words": f"{common} {city.words[1]} ",
        "the beginning of a word, three letters": common[:3],
        "words that nobody said": f"{common} tidakada ",
        "a number that is nobody's": "R00000000",
    }


def build(turns: Turns, count: int) -> Search:
    """The index, as it is built after a start."""
    before, began = memory(), time.perf_counter()
    search = Search(turns)
    search.build()
    stay(again=True)
    took = time.perf_counter() - began
    index: Any = search._index  # noqa: SLF001 - what it weighs
    postings = index.postings
    arrays = sum(each.itemsize * len(each) for each in postings._by_word.values())  # noqa: SLF001 - likewise
    print(
        f"index of {count} reports: {took:.1f} s; {postings.words} words, {arrays / 1e6:.0f} MB of positions; "
        f"the process grew by {memory() - before:.0f} MB"
    )
    return search


def look(search: Search, city: City) -> None:
    """The index alone, with its look for what came since."""
    for name, typed in terms(city).items():
        took, count = [], 0
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            count = len(search.look(terms_of(typed)).numbers)
            took.append((time.perf_counter() - began) * 1000)
        said(f"index: {name}", took, f"; {count} candidates")


def services_of(desk: DeskBackend, folder: Path) -> WebServices:
    """The pages of the desk, with nothing else behind."""

    async def nothing(*_: str) -> Any:  # noqa: ANN401 - never asked
        return Tracked(found=False, words=()) if _ else Statistics(0)

    settings = load(folder / "no.env")
    return WebServices((), nothing, nothing, nothing, nothing, desk=desk.desk(settings, lambda: False))


async def pages(turns: Turns, search: Search, city: City, folder: Path) -> None:
    """Each page as often as it takes, by each kind of reader."""
    desk = DeskBackend(turns, Files(folder / "files"), Sandbox())
    desk.search = search
    app = create_app(services_of(desk, folder))
    asking = Asking()
    for visibility in visibilities():
        token = SessionToken(SystemRandomSource().token())
        now = turns.clock.now()
        session = Session(SessionId(f"session of {visibility.agency}"), StaffId(visibility.agency), now, now)
        turns.store.run(lambda tx, session=session, token=token: tx.sessions.add(session, token))  # type: ignore[misc]  # a default binds the loop variable
        lines = turns.store.read(lambda tx, visibility=visibility: tx.queues.lines(visibility, _ANY))  # type: ignore[misc]  # likewise
        paths = {"the list": "/petugas", "a filter": "/petugas?status=proses&saluran=sms"}
        paths |= {f"search: {name}": f"/petugas?cari={typed}" for name, typed in terms(city).items()}
        paths |= {"a report": f"/petugas/laporan/{lines[0].number}"} if lines else {}
        wire = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=wire, base_url="http://resi.test") as browser:
            browser.cookies.set("resi_petugas", token.reveal(), path="/petugas")
            for name, path in paths.items():
                took, size, busy = [], 0, time.process_time()
                for _ in range(_ROUNDS):
                    asking.count, began = 0, time.perf_counter()
                    answer = await browser.get(path)
                    took.append((time.perf_counter() - began) * 1000)
                    size = len(answer.content)
                    assert answer.status_code == 200, answer.status_code  # noqa: S101 - what is measured is a page
                cpu = (time.process_time() - busy) * 1000 / _ROUNDS
                said(
                    f"{visibility.agency}: {name}",
                    took,
                    f"; {asking.count} queries, {size / 1000:.0f} kB, {cpu:.1f} ms of work",
                )


def main(count: int, url: str, folder: Path) -> None:
    """Fills a database and prints the figures."""
    print(f"-- {url.partition(':')[0]}, {count} reports", flush=True)
    migrate(url)
    keys = parse_keys(new_key_line("bench"))
    store: SqlStore = open_store(url, keys)
    database: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
    city = City()
    try:
        fill(database, Vault(keys), count, city)
        settle(url)
        hire(store)
        settings = load(folder / "no.env")
        context = Context(SystemRandomSource(), settings.zone, "id", {})
        turns = Turns(store, Files(folder / "files"), Sandbox(), context, SystemClock())
        search = build(turns, count)
        look(search, city)
        asyncio.run(pages(turns, search, city, folder))
        turns.close()
    finally:
        database.close()
        store.close()


def both(count: int) -> None:
    """SQLite, then PostgreSQL where there is a server to start."""
    with tempfile.TemporaryDirectory() as place:
        main(count, f"sqlite:///{Path(place) / 'bench.db'}", Path(place))
    try:
        server = OwnServer()
    except NoServer as missing:
        print(f"no PostgreSQL here: {missing}")
        return
    try:
        with tempfile.TemporaryDirectory() as place:
            main(count, server.fresh(), Path(place))
    finally:
        server.stop()


if __name__ == "__main__":
    both(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
