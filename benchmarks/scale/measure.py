"""Times each thing on databases of several sizes by turns, so that a busy machine is as busy for all of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from app.batch_figures import of_batches
from app.due_work import process_due_deadlines, tell_staff
from app.figure_report import report_of
from app.report_search import Search
from app.runtime import profiles
from app.search_process import SearchThreads
from app.time_and_random import SystemClock, SystemRandomSource
from benchmarks.scale.city import vocabulary
from bots.channels import CHANNELS
from core import casework, intake
from core.analysis import Analysis
from core.casework import Wanted, Which
from core.categories import CATEGORIES
from core.intake import Requester
from core.messages import Address, Envelope, Incoming, WireId
from core.model import (
    AgencyId,
    AreaCode,
    FigureQuery,
    Grain,
    PublishedQuery,
    Publishing,
    Staff,
    StaffId,
    StaffRole,
    Status,
    TrackingCode,
)
from core.ports import Context, UnitOfWork
from core.record import Turn
from core.search_terms import terms_of
from storage import Retention, SqlStore

STORY = (
    "Jalan berlubang besar di depan pasar, sudah seminggu tidak ada yang memperbaiki. Kemarin dua motor jatuh. "
    "Mohon segera diperbaiki, Kelurahan Tebet Barat."
)
LEAST = 5
NINETY = timedelta(days=90)
READERS = {  # whose list: the whole city's, the largest agency's, one of restricted reports, a kelurahan's
    "biro_pemerintahan": StaffRole.BIRO,
    "satpol_pp": StaffRole.HEAD,
    "bnnp_dki": StaffRole.HEAD,
    "kel:31.74.01.1001": StaffRole.OFFICER,
}


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A filled database that is open; `codes` of some of its reports."""

    size: int
    store: SqlStore
    codes: Sequence[str]
    now: datetime
    rng: Random
    server: Connection | None = None  # of PostgreSQL, to ask who works for the store

    def server_work(self) -> float:
        """Seconds that PostgreSQL worked for this store, on this machine and without parallel workers."""
        if self.server is None:
            return 0.0
        found = self.server.execute(_BACKENDS).scalars()
        stats = (Path(f"/proc/{each}/schedstat") for each in found)
        return sum(int(each.read_text(encoding="ascii").split()[0]) for each in stats if each.exists()) / 1e9

    @property
    def context(self) -> Context:
        """As in production, but for the second person."""
        zone = ZoneInfo("Asia/Jakarta")
        by_name = profiles({setting.name: "" for each in CHANNELS for setting in each.settings})
        return Context(SystemRandomSource(), zone, "id", by_name, publishing=Publishing(timedelta(days=1), LEAST))

    def turn(self, tx: UnitOfWork) -> Turn:
        """Of a use case of staff or of the clock."""
        return Turn(tx, self.now, self.context)


Work = Callable[[Sized], object]
_BACKENDS = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
_WORDS_KEPT = 200  # days
_STATUS, _FILED = "status by code", "a mail that is filed"


def _filed(of: Sized) -> object:
    """A whole turn of the core, with the words read in it."""
    who = f"w{of.rng.getrandbits(64):x}@example.org"
    incoming = Incoming(Envelope("mail", Address(who), WireId(who), text=f"{STORY} {of.rng.getrandbits(32)}"))
    with Analysis().open():
        return of.store.run(lambda tx: intake.message(tx, incoming, of.now, of.context))


def _status(of: Sized) -> object:
    code, asker = TrackingCode(of.rng.choice(of.codes)), Requester(f"{of.rng.getrandbits(32)}", "id")
    answer = of.store.run(lambda tx: intake.look_up(tx, code, asker, of.now, of.context))
    if answer.report is None:
        raise AssertionError("no such report")
    return answer


def _list(of: Sized, reader: str, wanted: Wanted) -> object:
    return of.store.read(lambda tx: casework.queue(of.turn(tx), reader, wanted))


def _listed(of: Sized, **narrowed: object) -> object:
    query = PublishedQuery(since=of.now - NINETY, most=50, **narrowed)  # type: ignore[arg-type]  # as they are named
    return of.store.published.listed(query)


def _as_they_are(of: Sized, **narrowed: object) -> object:
    query = PublishedQuery(since=of.now - NINETY, most=50, **narrowed)  # type: ignore[arg-type]  # likewise
    return of.store.published.find(query)


def _statistics(of: Sized, **narrowed: object) -> object:
    """What the page shows, without what it keeps for a minute."""
    today, sums = of.now.date(), of.store.figure_sums
    query = FigureQuery(Grain.MONTH, f"{today:%Y-%m}", **narrowed)  # type: ignore[arg-type]  # likewise
    return of_batches(of.store.published, sums, today, LEAST, "id"), report_of(sums, query, today, LEAST, batches=True)


def _retention() -> Retention:
    return Retention(contact_days=30, text_days={each.id: _WORDS_KEPT for each in CATEGORIES})


def lists() -> Mapping[str, Work]:
    """Of each reader: the list, narrowed, late ones, ended ones, a page far behind."""
    leaf = next(iter(CATEGORIES)).id
    asked = {
        "open": Wanted(),
        "mine": Wanted(Which.MINE),
        "by status and channel": Wanted(status=Status.PROSES, channel="sms"),
        "by category": Wanted(category=leaf),
        "by area": Wanted(area=AreaCode("31.74.01")),
        "late": Wanted(Which.LATE),
        "ended": Wanted(Which.ENDED),
        "all": Wanted(Which.ALL),
        "all by status": Wanted(Which.ALL, status=Status.DITOLAK),
        "all, the third page": Wanted(Which.ALL, page=3),
    }
    return {
        f"list of {reader}: {name}": partial(_list, reader=reader, wanted=wanted)
        for reader in READERS
        for name, wanted in asked.items()
    }


@cache
def _index(of: Sized) -> Search:
    """Of all words, as it is after a start; built once."""
    search = Search(SearchThreads(of.store, SystemClock()))
    search.build()
    return search


def _search(of: Sized, reader: str, typed: str) -> object:
    """The first page, with the look for what came since."""
    asked = terms_of(typed)
    found = _index(of).look(asked)
    return of.store.read(lambda tx: casework.search(of.turn(tx), reader, Wanted(Which.ALL), asked, found))


def searches() -> Mapping[str, Work]:
    """By each reader: a seldom word, one of the middle, the commonest, two common ones."""
    words = vocabulary()
    typed = {
        "a seldom word": words[20_000],
        "a word of the middle": words[300],
        "the commonest word": words[0],
        "two common words": f"{words[0]} {words[1]}",
    }
    return {
        f"search of {reader}: {name}": partial(_search, reader=reader, typed=f"{each} ")
        for reader in ("biro_pemerintahan", "satpol_pp", "kel:31.74.01.1001")
        for name, each in typed.items()
    }


def works() -> Mapping[str, Work]:
    """In the order of the page that shows them."""
    leaf, area = [*CATEGORIES][3], AreaCode("31.74")
    return {
        _FILED: _filed,
        _STATUS: _status,
        **lists(),
        **searches(),
        "Open311, batches": _listed,
        "Open311, batches, by kind": partial(_listed, categories=(leaf.id,), groups=()),
        "Open311, batches, closed": partial(_listed, ended=True),
        "Open311, batches, the 20th page": partial(_listed, skip=950),
        "Open311, at once": _as_they_are,
        "Open311, at once, by kind": partial(_as_they_are, categories=(leaf.id,), groups=()),
        "Open311, at once, changed lately": lambda of: of.store.published.find(
            PublishedQuery(changed_since=of.now - timedelta(days=1), most=50)
        ),
        "figures": _statistics,
        "figures of a field": partial(_statistics, kind=leaf.group),
        "figures of a field and an area": partial(_statistics, kind=leaf.group, area=area),
        "the clock: nothing due": lambda of: process_due_deadlines(of.store, of.context, of.now),
        "the clock: nobody to tell": lambda of: tell_staff(of.store, of.context, of.now, of.now - timedelta(days=3)),
        "the clock: purge": lambda of: of.store.upkeep.purge(of.now, _retention()),
        "the clock: this month's figures anew": lambda of: of.store.recount.month(
            of.now.date().replace(day=1), of.context.zone
        ),
        "metrics": lambda of: (
            of.store.figures.reports(),
            of.store.figures.outbox(),
            of.store.figures.oldest_waiting(),
        ),
        "keys that wait for rotation": lambda of: of.store.rotation.waiting(),
    }


def hire(store: SqlStore) -> None:
    """A reader in each office that looks, once."""
    there = store.read(lambda tx: {each.agency for each in tx.accounts.all()})
    for agency, role in READERS.items():
        if agency not in there:
            staff = Staff(StaffId(agency), agency, AgencyId(agency), role)
            store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable


@dataclass(slots=True)
class Took:
    """Milliseconds of one work on one database: of the wall's clock, and of work by this process and PostgreSQL."""

    wall: list[float]
    work: list[float]


def measured(work: Work, sized: Sequence[Sized], rounds: int) -> list[Took]:
    """By turns, the first time of each not counted."""
    took = [Took([], []) for _ in sized]
    for at in range(rounds + 1):
        for of, each in zip(sized, took, strict=True):
            server = of.server_work()
            began, busy = time.perf_counter(), time.process_time()
            work(of)
            spent, wall = time.process_time() - busy, time.perf_counter() - began
            spent += of.server_work() - server
            if at:
                each.wall.append(wall * 1000)
                each.work.append(spent * 1000)
    return took


def said(name: str, took: Sequence[Took]) -> str:
    """One line of a table: medians of the wall's clock and of work, and how many times the first."""
    walls, busy = ([median(getattr(each, which)) for each in took] for which in ("wall", "work"))
    ratios = ", ".join(f"{each / walls[0]:.2f}" for each in walls[1:])
    more = ", ".join(f"{each / max(busy[0], 0.001):.2f}" for each in busy[1:])
    told = (" / ".join(f"{each:.2f}" for each in ms) for ms in (walls, busy))
    return f"| {name} | {' | '.join(told)} | {ratios} | {more} |"
